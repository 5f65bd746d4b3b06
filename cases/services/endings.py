"""Why a promise could not be kept, and how a case ends and begins again."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.models import AfterFollowUp, Case, CaseExit, Deadline, DeadlineHold, ExitReason
from cases.rules import months_after

FOLLOW_UP_MONTHS = (3, 6, 12, 24)
CLOSED_WITH_CASE = "ärendet avslutades"


@transaction.atomic
def explain_delay(gate, *, deadline, reason, text, until=None):
    """From today, never backwards: before the last day the clock rests, after it the delay is only explained."""
    gate.require_write(deadline)
    hold = DeadlineHold(deadline=deadline, reason=reason, text=text, since=gate.day, until=until, set_by=gate.user)
    hold.full_clean()
    hold.save()
    return hold


@transaction.atomic
def close_case(gate, *, case, reason, closed_on, text):
    """Exit, the clocks that still ran, and the looks back after 3, 6, 12 and 24 months."""
    gate.require_lead(case)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not locked.is_open:
        raise ValidationError(_("Ärendet är redan avslutat."), code="closed")
    common = {"case": case, "owner": gate.organisation}
    ending = CaseExit(reason=reason, closed_on=closed_on, text=text, closed_by=gate.user, **common)
    ending.full_clean()
    ending.save()
    Deadline.objects.unanswered().filter(case=case).update(closed_on=closed_on, closed_reason=CLOSED_WITH_CASE)
    locked.closed_on = closed_on
    locked.version += 1
    locked.full_clean()
    locked.save()
    if reason != ExitReason.DECEASED:
        AfterFollowUp.objects.bulk_create(
            AfterFollowUp(months=months, due_on=months_after(closed_on, months), **common)
            for months in FOLLOW_UP_MONTHS
        )
    return ending


def reopen_case(gate, *, case):
    """The exit stays with the day it was taken back; the clocks that went with it run on, unmoved."""
    gate.require_lead(case, open_only=False)
    try:
        with transaction.atomic():
            _reopen(gate, case)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "one_open_case_per_individual":
            raise
        raise ValidationError(_("Personen har redan ett annat öppet ärende hos er."), code="open") from error


def _reopen(gate, case):
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.is_open:
        raise ValidationError(_("Ärendet är redan öppet."), code="open")
    locked.closed_on = None
    locked.version += 1
    locked.save()
    CaseExit.objects.filter(case=case, reopened_on=None).update(reopened_on=gate.day)
    AfterFollowUp.objects.filter(case=case, done_on=None).delete()
    Deadline.objects.filter(case=case, closed_reason=CLOSED_WITH_CASE).update(closed_on=None, closed_reason="")
