"""All of a colleague's cases to another, with what is booked in them and the plans that the colleague coordinates."""

from collections.abc import Iterable
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from actionplans.models import ActionPlan
from audit.context import beyond
from cases.templatetags.wording import clock, near_date
from consent.content.assignments import CASE_ROLES
from consent.gate import Gate
from consent.services import hand_over as cases
from meetings import mail, seats
from meetings.content.hand_over import seats_of
from meetings.models import Meeting, Participant, Proposal
from meetings.rules import instant
from notices.models import Kind, Notice, OutboxMessage

CALLED_AT = time(8)


@transaction.atomic
def hand_over(
    gate: Gate, *, giver: int, worker: int, since: date, reason: str, mark: str
) -> tuple[User, int, int, int]:
    """(who has them now, cases, meetings, of which clash). A meeting in which the receiver is busy stays where it is:
    the receiver answers for it and is told."""
    gate.require_role(*CASE_ROLES)
    receiver, moved = cases.hand_over(gate, giver=giver, worker=worker, since=since, reason=reason, mark=mark)
    with beyond("hand_over"):
        _answer_for(moved, giver, receiver, since)
        found = list(seats_of(giver, moved, since))
        clashing = [participant for participant in found if not _seated(participant, receiver, since)]
    _tell_of_clashes(receiver, clashing, since)
    return receiver, len(moved), len(found), len(clashing)


def _answer_for(moved: Iterable, giver: int, receiver: User, since: date) -> None:
    """What was booked, asked and sent by the giver is looked after by the receiver, and so are the plans."""
    ahead = Meeting.objects.booked().filter(case__in=moved, starts_at__gte=instant(since, time()), booked_by=giver)
    ahead.update(booked_by=receiver)
    Proposal.objects.open().filter(case__in=moved, proposed_by=giver).update(proposed_by=receiver)
    OutboxMessage.objects.filter(case__in=moved, watcher=giver).update(watcher=receiver)
    plans = ActionPlan.objects.filter(case__in=moved, ended_on=None, coordinator=giver)
    plans.update(coordinator=receiver, version=F("version") + 1)


def _seated(participant: Participant, receiver: User, since: date) -> bool:
    """A call is written for the day when the receiver may read what it is about."""
    meeting = participant.meeting
    if meeting.participants.filter(user=receiver, takes_time=True).exists():
        Participant.objects.filter(pk=participant.pk).update(takes_time=False)
        return True
    try:
        seat = seats.give(participant, receiver)
    except ValidationError:
        return False
    meeting.booked_by = receiver if meeting.booked_by_id == participant.user_id else meeting.booked_by
    mail.call(meeting, [seat], Kind.MEETING_BOOKED, meeting.case)
    due_at = instant(since, CALLED_AT)
    OutboxMessage.objects.unsent().filter(object_key=seat.message_key, due_at__lt=due_at).update(due_at=due_at)
    return True


def _tell_of_clashes(receiver: User, clashing: list[Participant], since: date) -> None:
    for participant in clashing:
        starts_at = participant.meeting.starts_at
        Notice.objects.tell(
            Kind.HANDED_OVER,
            [receiver],
            object_key=participant.key,
            case=participant.meeting.case,
            text=f"Du är upptagen vid mötet {near_date(participant.meeting.day)} {clock(starts_at)}. Flytta det.",
            due_on=since,
        )
