"""Who works on a case, organisation by organisation, and who could."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404

from accounts.models import Organisation, Role, RoleAssignment, User
from audit.context import beyond
from cases.models import CaseParty
from consent.models import CaseGrant, Disclosure

CASE_ROLES = (Role.INTAKE, Role.CASE_WORKER, Role.UNIT_WORKER, Role.COORDINATOR, Role.UNIT_MANAGER)
PAGE_SIZE = 25
HANDLES_CASES = [Role.CASE_WORKER, Role.COORDINATOR]


@dataclass(frozen=True)
class Worker:
    grant_id: int
    name: str
    unit: str
    since: date
    until: date | None
    reason: str
    is_responsible: bool
    is_me: bool
    endable: bool
    movable: bool


@dataclass(frozen=True)
class Workplace:
    """`state` says what a party sees today; empty for the lead. `endable`: as a whole, see `invitations`."""

    organisation: Organisation
    is_lead: bool
    state: str
    tone: str
    workers: tuple[Worker, ...]
    endable: bool


def build_workplaces(gate, case):
    """The lead first, then the parties that we may know of."""
    grants = list(gate.workers(case))
    parties = {party.organisation_id: party for party in gate.parties(case).exclude(until__lt=gate.day)}
    endable = set(invitations(gate, case).values_list("organisation", flat=True))
    organisations = {case.organisation_id: case.organisation} | {
        p.organisation_id: p.organisation for p in parties.values()
    }
    told = set(Disclosure.objects.in_force(gate.day).filter(case=case).values_list("recipient", flat=True))
    for grant in grants:
        organisations.setdefault(grant.user.organisation_id, grant.user.organisation)
    return [
        Workplace(
            organisation=organisation,
            is_lead=organisation.pk == case.organisation_id,
            **_state(organisation, case, parties.get(organisation.pk), organisation.pk in told),
            workers=tuple(_worker(gate, case, g) for g in grants if g.user.organisation_id == organisation.pk),
            endable=organisation.pk in endable,
        )
        for organisation in organisations.values()
    ]


def invitations(gate, case):
    """What the lead may end without knowing who works there: parties that neither tell nor are told anything."""
    if not gate.may_lead(case, open_only=False):
        return CaseParty.objects.none()
    told = Disclosure.objects.in_force(gate.day).filter(case=case)
    silent = gate.parties(case).exclude(organisation__in=told.values("discloser"))
    return silent.exclude(organisation__in=told.values("recipient")).exclude(until__lt=gate.day)


def colleagues(gate):
    """Those of our own organisation who handle cases, with how many open ones they are responsible for."""
    answers_for = Q(
        case_grants__is_responsible=True,
        case_grants__since__lte=gate.day,
        case_grants__content_object__closed_on=None,
    ) & (Q(case_grants__until=None) | Q(case_grants__until__gte=gate.day))
    rows = (
        _handlers(gate.day)
        .filter(organisation=gate.organisation)
        .annotate(load=Count("case_grants", filter=answers_for))
        .select_related("unit")
        .order_by("family_name", "given_name")
    )
    with beyond("workload"):
        return list(rows)


def invitable(gate, case):
    """Those who handle cases at the other organisations that work in the case's municipality."""
    there = Q(organisation__serves=case.municipality_id) | Q(organisation__municipality=case.municipality_id)
    already = CaseGrant.objects.in_force(gate.day).filter(content_object=case, user=OuterRef("pk"))
    return (
        _handlers(gate.day)
        .filter(there, ~Exists(already), organisation__is_active=True)
        .exclude(organisation=gate.organisation)
        .select_related("organisation", "unit")
        .distinct()
        .order_by("organisation__name", "family_name", "given_name")
    )


@beyond("distribution")
def unassigned_page(gate, number):
    page = Paginator(gate.unassigned(), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    return page


@beyond("distribution")
def unassigned_row(gate, case_id):
    """None when somebody has taken it, and for a case that is not ours to hand out."""
    return gate.unassigned().filter(pk=case_id).first()


def _handlers(day):
    held = RoleAssignment.objects.in_force(day).filter(user=OuterRef("pk"), role__in=HANDLES_CASES)
    return User.objects.filter(Exists(held), is_active=True)


def _state(organisation, case, party, is_told):
    if organisation.pk == case.organisation_id:
        return {"state": "", "tone": ""}
    if is_told:
        return {"state": "Ser det som samtycket gäller", "tone": "ok"}
    if party and party.own_matter:
        return {"state": "Eget ärende: ser bara det egna", "tone": "neutral"}
    return {"state": "Ser inget förrän samtycke finns", "tone": "warn"}


def find_assignment(gate, case, grant_id):
    """Raises Http404 for one that is not seen, whatever else may be done in the case."""
    grant = gate.workers(case).filter(pk=grant_id).first()
    if grant is None:
        raise Http404("Sidan finns inte.")
    return grant


def may_end(gate, case, grant):
    """Each organisation its own assignments; the lead also what it has invited somebody to."""
    return grant.user.organisation_id == gate.organisation.pk or gate.may_lead(case, open_only=False)


def _worker(gate, case, grant):
    is_own = grant.user.organisation_id == gate.organisation.pk
    return Worker(
        grant_id=grant.pk,
        name=grant.user.full_name,
        unit=grant.user.unit.name if grant.user.unit else "",
        since=grant.since,
        until=grant.until,
        reason=grant.reason,
        is_responsible=grant.is_responsible,
        is_me=grant.user_id == gate.user.pk,
        endable=may_end(gate, case, grant),
        movable=is_own and not grant.is_responsible,
    )
