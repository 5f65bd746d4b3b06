"""The one door outside the gate: what the holder of a personal link may see and do, without log-in.

They may see when and where they are called and by whom, and answer for themselves: nothing of the case, nobody else,
never where a protected person will be. The participant is found from the link alone; no id comes from a page.
A worker's link opens no more than the gate does.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from audit.context import beyond
from consent.gate import Gate
from meetings import by_link, replies
from meetings.mail import ANSWER
from meetings.models import CallingText, Meeting, Participant


class State(models.TextChoices):
    """Of the call, as the page tells it. OVER: held, or given up, before its time was out."""

    OPEN = "open"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Call(by_link.Told):
    """All that the page may say. A moved meeting is told with its new time, if its reader is called to it."""

    kind = CallingText.Kind.ANSWER_PAGE
    state: State
    starts_at: datetime
    ends_at: datetime
    reply: str

    @property
    def is_open(self):
        return self.state == State.OPEN

    @property
    def has_answered(self):
        return self.reply != Participant.Reply.NONE


@beyond("personal_link")
def call_behind(token):
    """None: no such link, or its time is out. Which of them is not told."""
    participant = _participant(token)
    return participant and _call(participant)


@transaction.atomic
@beyond("personal_link")
def answer(token, reply):
    """The call after the answer; it is taken only while the meeting stands."""
    participant = _participant(token, lock=True)
    if participant is None:
        return None
    meeting = participant.meeting
    if _state(meeting) == State.OPEN:
        replies.take(participant, reply, meeting=meeting)
        by_link.note(participant, meeting.case)
        participant.reply = reply
    return _call(participant)


def _participant(token, *, lock=False):
    rows = Participant.objects.to_call().filter(pk=by_link.row_behind(ANSWER, token))
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    participant = rows.first()
    return participant if participant and _still_told(participant) else None


def _still_told(participant):
    """A worker's link closes with their way in: whoever has an account is asked about by the gate."""
    user = participant.user
    return user is None or (user.is_active and Gate(user).across(Meeting).filter(pk=participant.meeting_id).exists())


def _call(participant):
    state, meeting, seat = _state(participant.meeting), participant.meeting, participant
    if state == State.MOVED:
        meeting, seat = _following(participant)
    starts_at, ends_at = seat.called_between(meeting)
    return Call.of(
        meeting,
        participant.role,
        state=state if meeting.is_booked or state != State.MOVED else State.CANCELLED,
        starts_at=starts_at,
        ends_at=ends_at,
        reply=participant.reply,
    )


def _state(meeting):
    if meeting.is_booked:
        return State.OPEN
    if meeting.status != Meeting.Status.CANCELLED:
        return State.OVER
    return State.MOVED if meeting.replaced_by.exists() else State.CANCELLED


def _following(participant):
    """The last meeting in the row that the same person is called to; the first one if they were left out."""
    meeting, seat = participant.meeting, participant
    while meeting.status == Meeting.Status.CANCELLED and (later := meeting.replaced_by.first()):
        kept = next((p for p in Participant.objects.to_call().filter(meeting=later) if p.seat == seat.seat), None)
        if kept is None:
            return participant.meeting, participant
        meeting, seat = kept.meeting, kept
    return meeting, seat
