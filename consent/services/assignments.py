"""Who works on a case. Being assigned is half of what it takes to see it; the other half is right (consent.gate)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.context import beyond
from audit.models import Action
from cases.models import Case, CaseParty
from consent import closing
from consent.content.assignments import find_assignment, invitations, may_end
from consent.models import CaseGrant, CaseScope
from notices.models import Kind, Notice

INVITED = _("Du är inbjuden till ett ärende hos %(organisation)s. Du ser det när personen har lämnat samtycke.")
ALREADY_TAKEN = _("Ärendet är redan fördelat. Någon annan hann före.")
CLOSED = _("Ärendet är avslutat. Återöppna det först.")


@transaction.atomic
def add_colleague(gate, *, case, worker, since, until, reason, is_responsible):
    """Somebody of our own organisation. One is responsible at a time."""
    gate.require_assign(case)
    _lock_open(case)
    colleague = User.objects.filter(pk=worker, organisation=gate.organisation, is_active=True).first()
    if colleague is None:
        raise ValidationError({"worker": _("Välj en handläggare i er egen organisation.")})
    if is_responsible:
        _relieve(case, gate.organisation)
    _engage(gate, case, colleague, since=since, until=until, reason=reason, is_responsible=is_responsible)
    return colleague


@transaction.atomic
def invite(gate, *, case, worker, own_matter, since, until, reason):
    """Another organisation comes in as a party. Unless it has a matter of its own it sees nothing before a consent."""
    gate.require_lead(case)
    _lock_open(case)
    guest = User.objects.select_related("organisation").filter(pk=worker, is_active=True).first()
    if guest is None or guest.organisation_id == gate.organisation.pk:
        raise ValidationError({"worker": _("Välj en handläggare i en annan organisation.")})
    party, _created = CaseParty.objects.get_or_create(
        case=case, organisation=guest.organisation, defaults={"since": since, "own_matter": own_matter}
    )
    if party.until is not None or own_matter > party.own_matter:
        party.own_matter, party.until = own_matter, None
        party.save()
    answers = CaseGrant.objects.in_force(gate.day).filter(
        content_object=case, user__organisation=guest.organisation, is_responsible=True
    )
    _engage(gate, case, guest, since=since, until=until, reason=reason, is_responsible=not answers.exists())
    return guest


@transaction.atomic
def move_responsibility(gate, *, case, grant_id):
    """From whoever has it in our organisation to the holder of this assignment."""
    gate.require_assign(case)
    _lock_open(case)
    grant = find_assignment(gate, case, grant_id)
    if grant.user.organisation_id != gate.organisation.pk:
        raise PermissionDenied("Varje organisation väljer själv vem som är ansvarig.")
    _relieve(case, gate.organisation)
    CaseGrant.objects.filter(pk=grant.pk).update(is_responsible=True)
    gate.log(Action.ASSIGNED, case, note=_named("ansvarig", grant.user))
    _tell(gate, case, grant.user)
    return grant.user


@transaction.atomic
def end_assignment(gate, *, case, grant_id):
    """Access is gone with the next question, and calls that wait are stopped."""
    gate.require_assign(case)
    grant = find_assignment(gate, case, grant_id)
    if not may_end(gate, case, grant):
        raise PermissionDenied("Du kan inte avsluta en annan organisations tilldelning.")
    gate.log(Action.UNASSIGNED, case, note=_named("handläggare", grant.user))
    CaseGrant.objects.filter(pk=grant.pk).end(on=gate.day)
    closing.stop_messages_to(User.objects.filter(pk=grant.user_id), case, timezone.now())
    return grant.user


@transaction.atomic
def end_invitation(gate, *, case, organisation_id):
    """The organisation as a whole: the lead is not told who works there before somebody tells somebody something."""
    gate.require_assign(case)
    party = invitations(gate, case).filter(organisation=organisation_id).first()
    if party is None:
        raise Http404("Sidan finns inte.")
    gate.log(Action.UNASSIGNED, case, note=f"inbjudan: {party.organisation.short_name}"[:60])
    CaseGrant.objects.filter(content_object=case, user__organisation=party.organisation).exclude(
        until__lt=gate.day
    ).end(on=gate.day)
    CaseParty.objects.filter(pk=party.pk).end(on=gate.day)
    closing.stop_messages(case, [party.organisation], timezone.now())
    return party.organisation


@transaction.atomic
@beyond("distribution")
def assign_unassigned(gate, *, unassigned_id, worker, reason):
    """Intake or manager hands out a case that they cannot open themselves. The faster of two wins."""
    gate.require_distribution()
    case = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk=unassigned_id).first()
    if case is None or case.organisation_id != gate.organisation.pk:
        raise Http404("Sidan finns inte.")
    if not gate.unassigned().filter(pk=case.pk).exists():
        raise ValidationError(ALREADY_TAKEN, code="taken")
    colleague = User.objects.filter(pk=worker, organisation=gate.organisation, is_active=True).first()
    if colleague is None:
        raise ValidationError({"worker": _("Välj en handläggare i er egen organisation.")})
    _engage(gate, case, colleague, since=gate.day, until=None, reason=reason or "fördelat", is_responsible=True)
    return case, colleague


def _lock_open(case):
    """Two who assign at once are served one after the other."""
    if Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk).closed_on is not None:
        raise ValidationError(CLOSED, code="closed")


def _engage(gate, case, worker, *, since, until, reason, is_responsible):
    works = CaseGrant.objects.in_force(since).filter(content_object=case, user=worker, ends_at=None).first()
    if works and (works.is_responsible or not is_responsible) and works.until is None:
        raise ValidationError({"worker": _("%(name)s arbetar redan med ärendet.") % {"name": worker.full_name}})
    CaseGrant.objects.engage(
        case, worker, since=works.since if works else since, until=until, reason=reason, is_responsible=is_responsible
    )
    gate.log(Action.ASSIGNED, case, note=_named("handläggare", worker))
    _tell(gate, case, worker)


def _relieve(case, organisation):
    CaseGrant.objects.filter(content_object=case, user__organisation=organisation, is_responsible=True).update(
        is_responsible=False
    )


def _tell(gate, case, worker):
    """Somebody who may not see the case yet gets no link and no number."""
    with beyond("distribution"):
        sees = CaseScope.objects.shown_to(worker, case, gate.day)
    text = "" if sees else INVITED % {"organisation": case.organisation.short_name}
    if worker != gate.user:
        Notice.objects.tell(
            Kind.ASSIGNED,
            [worker],
            object_key=f"case:{case.pk}",
            case=case if sees else None,
            period=str(gate.day),
            text=text,
            due_on=gate.day,
        )


def _named(word, worker):
    return f"{word}: {worker.full_name}"[:60]
