"""Book, move and cancel a meeting, and note who answered what. Everybody concerned is told in the same transaction."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from psycopg import errors

from accounts.models import Organisation
from audit.context import beyond
from audit.models import Action
from cases.models import Case, Category, Deadline
from cases.templatetags.wording import clock, joined, near_date
from consent.gate import Gate
from meetings import mail, reminders, replies, slots, wishes
from meetings.models import Meeting, OutcomeDetails, Participant, Preparation, Responsibility
from meetings.slots import Booking
from notices.models import Kind, Notice

LOST_RACE = (
    errors.ExclusionViolation,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.LockNotAvailable,
)
ROLE, OUTCOME = Participant.Role, Meeting.Outcome


@transaction.atomic
def book_series(gate: Gate, *, case: Case, booking: Booking, starts: list[datetime]) -> list[Meeting]:
    """Meetings of their own with the same people; all of them or none."""
    gate.require_write(case, Category.MEETING, action=Action.REGISTERED)
    series = uuid.uuid4()
    return [book_meeting(gate, case=case, booking=replace(booking, starts_at=start), series=series) for start in starts]


@transaction.atomic
def book_meeting(
    gate: Gate, *, case: Case, booking: Booking, replaces: Meeting | None = None, series: uuid.UUID | None = None
) -> Meeting:
    """Refused with code "taken" when somebody or something is busy. `replaces`: one that was not held."""
    gate.require_write(case, Category.MEETING, action=Action.REGISTERED)
    booking = slots.settle(booking)
    meeting = _meeting(gate, case, booking, calendar_uid=uuid.uuid4(), replaces=replaces, series=series)
    participants = _save(meeting, case, booking)
    mail.call(meeting, participants, Kind.MEETING_BOOKED, case)
    _climb_down(meeting)
    return meeting


@transaction.atomic
def move_meeting(
    gate: Gate,
    *,
    meeting: Meeting,
    booking: Booking,
    reason: str,
    by: str = "",
    organisation: Organisation | None = None,
) -> Meeting:
    """A new row for the new time, with the old one's calendar event and preparation; the old row is the history and
    says who asked for another time (`by`, and which party) and why."""
    gate.require_write(meeting)
    before = list(meeting.participants.all())
    _call_off(gate, meeting, organisation, cancelled_reason=reason, asked_by=by)
    booking = slots.settle(booking, meeting)
    following = {"calendar_uid": meeting.calendar_uid, "calendar_sequence": meeting.calendar_sequence + 1}
    following["series"] = meeting.series
    moved = _meeting(gate, meeting.case, booking, replaces=meeting, **following)
    moved.leader, moved.timekeeper, moved.aim = meeting.leader, meeting.timekeeper, meeting.aim
    participants = _save(moved, meeting.case, booking, making_way=meeting)
    _carry_over(meeting, moved, before, participants)
    mail.call(moved, participants, Kind.MEETING_CHANGED, meeting.case)
    _tell_those_left_out(meeting, before, participants)
    return moved


@transaction.atomic
def cancel_meeting(
    gate: Gate,
    *,
    meeting: Meeting,
    by: str,
    reason: str,
    organisation: Organisation | None = None,
    untold: Collection[str] = frozenset(),
) -> None:
    """`by` (Meeting.AskedBy) and which party called it off; `untold`: roles of participants that get no word."""
    gate.require_write(meeting)
    outcome = OUTCOME.CANCELLED_BY_PERSON if by == Meeting.AskedBy.PERSON else OUTCOME.CANCELLED_BY_PARTY
    _call_off(gate, meeting, organisation, outcome=outcome, cancelled_reason=reason, asked_by=by)
    meeting.calendar_sequence += 1
    Meeting.objects.filter(pk=meeting.pk).update(calendar_sequence=meeting.calendar_sequence)
    told = [participant for participant in meeting.participants.all() if participant.role not in untold]
    mail.call(meeting, told, Kind.MEETING_CANCELLED, meeting.case)


@transaction.atomic
def cancel_rest(gate: Gate, *, meeting: Meeting, by: str, reason: str, organisation: Organisation | None = None) -> int:
    """This meeting of a series and those after it that are still booked; gives how many."""
    gate.require_write(meeting)
    ahead = _rest_of_series(gate, meeting)
    for each in ahead:
        cancel_meeting(gate, meeting=each, by=by, reason=reason, organisation=organisation)
    return len(ahead)


@transaction.atomic
def note_reply(gate: Gate, *, meeting: Meeting, participant: Participant, reply: str) -> None:
    """Somebody answered by telephone, mail or in the corridor."""
    gate.require_write(meeting)
    replies.take(participant, reply, meeting=meeting, noted_by=gate.user)


def _rest_of_series(gate, meeting):
    following = gate.visible(Meeting, meeting.case).booked().filter(series=meeting.series)
    return list(following.filter(starts_at__gte=meeting.starts_at).for_page())


def _meeting(gate, case, booking, **fields):
    first = booking.kind == Meeting.Kind.FIRST
    running = _nearest_clock(case)
    return Meeting(
        case=case,
        owner=case.organisation,
        kind=booking.kind,
        form=booking.form,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        preparation_minutes=booking.preparation_minutes,
        talk_minutes=booking.talk_minutes,
        feedback_minutes=booking.feedback_minutes,
        room=booking.room,
        place=booking.place,
        video_link=booking.video_link,
        interpreter=booking.interpreter,
        rule=running.rule if first and running else None,
        booked_by=gate.user,
        **fields,
    )


def _save(meeting, case, booking, making_way=None):
    """Asks first, to name what is taken; the constraints decide. A lost race and a deadlock read the same."""
    _refuse_if(slots.taken(booking, making_way), booking)
    try:
        with transaction.atomic():
            meeting.save()
            return Participant.objects.bulk_create(_participants(meeting, case, booking))
    except (IntegrityError, OperationalError) as error:
        if not isinstance(error.__cause__, LOST_RACE):
            raise
        names = slots.taken(booking, making_way) or ["tiden"]
        raise _taken(names, booking) from error


def _refuse_if(names, booking):
    if names:
        raise _taken(names, booking)


def _taken(names, booking):
    start, words = timezone.localtime(booking.starts_at), joined(names)
    when = f"{near_date(start.date())} {clock(start)}–{clock(booking.ends_at)}"
    is_taken = "är upptagen" if len(names) == 1 else "är upptagna"
    return ValidationError(f"{words[:1].upper()}{words[1:]} {is_taken} {when}. Välj en annan tid.", code="taken")


def _participants(meeting, case, booking):
    """Workers in the order of their ids, so that two bookings wait for each other the same way round."""
    common = {"meeting": meeting, "during": booking.during}
    for worker in sorted(booking.workers, key=lambda w: w.pk):
        yield Participant(
            role=ROLE.OBSERVER if worker in booking.observers else ROLE.CASE_WORKER,
            user=worker,
            organisation=worker.organisation,
            name=worker.full_name,
            email=worker.email,
            **common,
        )
    for role, name, email in wishes.outsiders(case, booking):
        yield Participant(role=role, name=name, email=email, takes_time=False, **common)


def _call_off(gate, meeting, organisation, **fields):
    """Decide and write in one statement; the time of room, interpreter and people is free again."""
    still_booked = Meeting.objects.booked().filter(pk=meeting.pk)
    if not still_booked.update(status=Meeting.Status.CANCELLED, ended_on=timezone.localdate(), **fields):
        raise ValidationError("Mötet är redan hållet eller inställt. Läs in sidan igen.")
    OutcomeDetails.objects.create(meeting=meeting, cancelled_by=organisation, written_by=gate.user)
    meeting.participants.update(takes_time=False)
    reminders.withdraw(meeting)


def _carry_over(old, new, before, after):
    """What was prepared goes with the meeting to its new time."""
    Preparation.objects.filter(meeting=old).update(meeting=new)
    seats = {participant.seat: participant for participant in after}
    for participant in before:
        if seat := seats.get(participant.seat):
            Responsibility.objects.filter(participant=participant).update(participant=seat)


def _tell_those_left_out(old, before, after):
    kept = {participant.seat for participant in after}
    old.calendar_sequence += 1
    gone = [participant for participant in before if participant.seat not in kept]
    mail.call(old, gone, Kind.MEETING_CANCELLED, old.case)


@beyond("side_effect")
def _climb_down(meeting):
    """A booked first meeting answers the ladder's reminders."""
    if meeting.kind == Meeting.Kind.FIRST:
        Notice.objects.undone().filter(
            kind=Kind.FIRST_MEETING,
            object_key__in=[f"deadline:{pk}" for pk in _running_clocks(meeting.case).values_list("pk", flat=True)],
        ).update(done_at=timezone.now())


@beyond("side_effect")
def _nearest_clock(case):
    return _running_clocks(case).select_related("rule").order_by("due_on").first()


def _running_clocks(case):
    return Deadline.objects.filter(case=case).first_meeting().unanswered()
