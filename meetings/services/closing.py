"""A case ends together with what is booked in it: here, where both are known, and nowhere else."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from cases.models import AfterFollowUp, Case, CaseExit, Deadline, ExitReason
from cases.rules import months_after
from cases.services.endings import CLOSED_WITH_CASE
from consent.gate import Gate
from meetings.models import Meeting, Participant, Proposal
from meetings.services.booking import cancel_meeting
from meetings.services.proposals import withdraw_proposal

FOLLOW_UP_MONTHS = (3, 6, 12, 24)


@transaction.atomic
def close_case(gate: Gate, *, case: Case, reason: str, closed_on: date, text: str) -> CaseExit:
    """Meetings ahead are called off, the exit is written, the clocks that still ran stop, and the looks back after
    3, 6, 12 and 24 months are laid out."""
    gate.require_lead(case)
    locked = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if not locked.is_open:
        raise ValidationError(_("Ärendet är redan avslutat."), code="closed")
    _call_off_meetings(gate, case, reason)
    common = {"case": case, "owner": gate.organisation}
    ending = CaseExit(reason=reason, closed_on=closed_on, text=text, closed_by=gate.user, **common)
    ending.full_clean()
    ending.save()
    _stop_clocks(case, closed_on)
    locked.closed_on = closed_on
    locked.version += 1
    locked.full_clean()
    locked.save()
    if reason != ExitReason.DECEASED:
        AfterFollowUp.objects.bulk_create(
            (
                AfterFollowUp(months=months, due_on=months_after(closed_on, months), **common)
                for months in FOLLOW_UP_MONTHS
            ),
            ignore_conflicts=True,
        )
    return ending


@beyond("side_effect")
def _stop_clocks(case, closed_on):
    """Also those that another organisation has promised."""
    Deadline.objects.unanswered().filter(case=case).update(closed_on=closed_on, closed_reason=CLOSED_WITH_CASE)


def _call_off_meetings(gate, case, reason):
    """With the times that are proposed. Nobody writes to somebody who has died."""
    untold = {Participant.Role.INDIVIDUAL} if reason == ExitReason.DECEASED else set()
    for meeting in gate.visible(Meeting, case).ahead(timezone.now()).for_page():
        cancel_meeting(
            gate,
            meeting=meeting,
            by=Meeting.AskedBy.PARTY,
            organisation=gate.organisation,
            reason=str(CLOSED_WITH_CASE),
            untold=untold,
        )
    for proposal in gate.visible(Proposal, case).open().for_page():
        withdraw_proposal(gate, proposal=proposal, untold=untold)
