"""Somebody comes in a colleague's place."""

from django.core.exceptions import ValidationError
from django.db import transaction

from consent.gate import Gate
from meetings import content, mail, replies, seats
from meetings.models import Meeting, Participant
from notices.models import Kind


@transaction.atomic
def send_substitute(gate: Gate, *, meeting: Meeting, participant: Participant, worker_id: int) -> Participant:
    """A colleague who works on the case is called instead, and leads or keeps the time if that was theirs to do."""
    gate.require_write(meeting)
    colleagues = content.substitutes(gate, meeting).get(participant.organisation_id, [])
    worker = next((colleague for colleague in colleagues if colleague.pk == worker_id), None)
    if worker is None or not meeting.is_booked:
        raise ValidationError("Välj en kollega som arbetar med ärendet och inte redan är kallad.")
    replies.take(participant, Participant.Reply.NOT_COMING, meeting=meeting, noted_by=gate.user)
    seat = seats.give(participant, worker)
    mail.call(meeting, [seat], Kind.MEETING_BOOKED, meeting.case)
    return seat
