"""A wish for a meeting that is kept while others say which times suit them, and built again when one is chosen."""

from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import User
from meetings.models import Interpreter, Meeting, Participant, Proposal, Room
from meetings.slots import Booking, Guest, taken

ROLE = Participant.Role
AS_IT_IS = "kind form preparation_minutes talk_minutes feedback_minutes with_individual place".split()
AS_IT_IS.append("video_link")
ROWS = {
    "workers": User.objects.select_related("organisation"),
    "observers": User.objects,
    "rooms": Room.objects,
    "interpreters": Interpreter.objects,
}


def kept(booking: Booking) -> dict[str, object]:
    """Everything but the time."""
    rows = {name: [row.pk for row in getattr(booking, name)] for name in ROWS}
    return {name: getattr(booking, name) for name in AS_IT_IS} | rows | {"guests": booking.guests}


def wish_of(proposal: Proposal) -> Booking:
    """For the first of its times."""
    wish = proposal.wish
    rows = {name: _in_order(source, wish[name]) for name, source in ROWS.items()}
    as_it_is = {name: wish[name] for name in AS_IT_IS}
    return Booking(starts_at=proposal.starts[0], guests=_guests(wish), **as_it_is, **rows)


def standing(booking: Booking, starts: list[datetime]) -> dict[datetime, list[str]]:
    """Per time the names of what is taken then; nothing: it is free."""
    return {start: taken(replace(booking, starts_at=start)) for start in starts}


def talk_of(booking: Booking, start: datetime) -> tuple[datetime, datetime]:
    """What everybody but a worker is called to."""
    begins = start + timedelta(minutes=booking.preparation_minutes)
    return begins, begins + timedelta(minutes=booking.talk_minutes)


def meeting_like(proposal: Proposal, booking: Booking) -> Meeting:
    """Not saved: to say where it would be, in the words of a call. Without a room that is chosen, nowhere yet."""
    return Meeting(
        case=proposal.case,
        owner=proposal.owner,
        booked_by=proposal.proposed_by,
        form=booking.form,
        room=booking.room if len(booking.rooms) == 1 else None,
        place=booking.place,
        video_link=booking.video_link,
    )


def outsiders(case, booking: Booking):
    """(role, name, e-mail) of those who are called without an account. Of several interpreters none is chosen yet."""
    if booking.with_individual:
        yield ROLE.INDIVIDUAL, case.individual.full_name, ""
    if booking.interpreter and len(booking.interpreters) == 1:
        yield ROLE.INTERPRETER, booking.interpreter.name, booking.interpreter.email
    for guest in booking.guests:
        yield ROLE.OTHER, guest.name, guest.email


def _guests(wish):
    """A wish from when only one could be invited names them by themselves."""
    alone = [(wish["other_name"], wish["other_email"])] if wish.get("other_name") else []
    return tuple(Guest(*each) for each in wish.get("guests", alone))


def _in_order(source, ids):
    found = source.in_bulk(ids)
    return tuple(found[pk] for pk in ids if pk in found)
