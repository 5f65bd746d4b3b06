"""Why a promise could not be kept, and how a closed case begins again. It is closed with its meetings (meetings)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.models import AfterFollowUp, Case, CaseExit, Deadline, DeadlineHold

CLOSED_WITH_CASE = "ärendet avslutades"


@transaction.atomic
def explain_delay(gate, *, deadline, reason, text, until=None):
    """From today, never backwards: before the last day the clock rests, after it the delay is only explained."""
    gate.require_write(deadline)
    hold = DeadlineHold(deadline=deadline, reason=reason, text=text, since=gate.day, until=until, set_by=gate.user)
    hold.full_clean()
    hold.save()
    return hold


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
    locked = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if locked.is_open:
        raise ValidationError(_("Ärendet är redan öppet."), code="open")
    locked.closed_on = None
    locked.version += 1
    locked.save()
    CaseExit.objects.filter(case=case, reopened_on=None).update(reopened_on=gate.day)
    AfterFollowUp.objects.filter(case=case, done_on=None).delete()
    Deadline.objects.filter(case=case, closed_reason=CLOSED_WITH_CASE).update(closed_on=None, closed_reason="")
