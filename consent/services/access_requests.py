"""A colleague asks for a case, and the manager says yes until a day, or no and why."""

from datetime import datetime, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from audit.context import beyond
from audit.models import Action, Entry
from consent.content.access_requests import open_requests
from consent.content.assignments import CASE_ROLES
from consent.models import AccessRequest, CaseGrant, CaseScope
from notices.models import Kind, Notice

ALREADY_ANSWERED = _("Frågan är redan besvarad, eller så har kollegan slutat.")
TOO_MANY = _("Du har frågat om %(limit)d ärenden i dag. Fråga chefen direkt, eller vänta till i morgon.")
MANAGER = "roll, enhetschef"


@transaction.atomic
@beyond("access_request")
def ask(gate, *, number, reason):
    """Says nothing back: whether there is such a case is not the asker's to know. One row in the log either way."""
    gate.require_role(*CASE_ROLES)
    _check_asked_today(gate)
    found = list(gate.askable(number))
    AccessRequest.objects.ask(gate.user, found, reason=reason)
    for case in found or [None]:
        gate.log(Action.REGISTERED, case, note="access_request", ground="fråga till chefen")


def _check_asked_today(gate):
    """Whoever tries numbers is stopped, whether there are such cases or not."""
    today = timezone.make_aware(datetime.combine(gate.day, time.min))
    asked = Entry.objects.filter(actor_id=gate.user.pk, at__gte=today, object_kind="access_request")
    if asked.filter(action=Action.REGISTERED).count() >= settings.ACCESS_ASKED_A_DAY:
        raise ValidationError(TOO_MANY % {"limit": settings.ACCESS_ASKED_A_DAY})


@transaction.atomic
@beyond("access_request")
def allow(gate, *, request_id, until):
    """A dated assignment from today, which ends by itself."""
    gate.require_role(Role.UNIT_MANAGER)
    asked = _locked(gate, request_id)
    _assign(gate, asked, until)
    _answer(gate, asked, AccessRequest.Answer.YES, until=until)
    gate.log(Action.ASSIGNED, asked.case, note=f"handläggare: {asked.asker.full_name}"[:60], ground=MANAGER)
    sees = CaseScope.objects.shown_to(asked.asker, asked.case, gate.day)
    _tell(gate, asked, f"Ja, till och med {until:%Y-%m-%d}", case=asked.case if sees else None)
    return asked


@transaction.atomic
@beyond("access_request")
def decline(gate, *, request_id, reason):
    gate.require_role(Role.UNIT_MANAGER)
    asked = _locked(gate, request_id)
    _answer(gate, asked, AccessRequest.Answer.NO, answer_reason=reason)
    gate.log(Action.REGISTERED, asked.case, note="access_no", ground=MANAGER)
    _tell(gate, asked, f"Nej till ärende {asked.case.number}: {reason}")
    return asked


def _locked(gate, request_id):
    """Of two managers the faster answers."""
    mine = open_requests(gate).for_page().select_for_update(of=("self",), no_key=True)
    asked = mine.filter(pk=request_id).first()
    if asked is None:
        raise ValidationError(ALREADY_ANSWERED, code="answered")
    return asked


def _assign(gate, asked, until):
    """What the colleague has already, or is to have, is never made shorter."""
    theirs = CaseGrant.objects.filter(content_object=asked.case, user=asked.asker, ends_at=None)
    held = theirs.exclude(until__lt=gate.day).first()
    since, responsible = gate.day, False
    if held:
        since, responsible = min(held.since, gate.day), held.is_responsible
        until = held.until and max(held.until, until)
    reason = f"fråga om åtkomst: {asked.reason}"[:200]
    CaseGrant.objects.engage(
        asked.case, asked.asker, since=since, until=until, reason=reason, is_responsible=responsible
    )


def _answer(gate, asked, answer, **more):
    rows = AccessRequest.objects.filter(pk=asked.pk)
    now = timezone.now()
    rows.update(answer=answer, answered_by=gate.user, answered_at=now, **more)
    Notice.objects.filter(kind=Kind.ACCESS, object_key=f"access_waits:{asked.pk}").finish(now)


def _tell(gate, asked, text, case=None):
    Notice.objects.tell(
        Kind.ACCESS, [asked.asker], object_key=f"access_request:{asked.pk}", case=case, text=text, due_on=gate.day
    )
