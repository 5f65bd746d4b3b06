"""Somebody comes in a colleague's place."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from psycopg.errors import ExclusionViolation, UniqueViolation

from accounts.models import User
from consent.gate import Gate
from meetings import content, mail, replies
from meetings.models import Meeting, Participant
from notices.models import Kind

TAKEN = (ExclusionViolation, UniqueViolation)


@transaction.atomic
def send_substitute(gate: Gate, *, meeting: Meeting, participant: Participant, worker_id: int) -> Participant:
    """A colleague who works on the case is called instead, and leads or keeps the time if that was theirs to do."""
    gate.require_write(meeting)
    colleagues = content.substitutes(gate, meeting).get(participant.organisation_id, [])
    worker = next((colleague for colleague in colleagues if colleague.pk == worker_id), None)
    if worker is None or not meeting.is_booked:
        raise ValidationError("Välj en kollega som arbetar med ärendet och inte redan är kallad.")
    replies.take(participant, Participant.Reply.NOT_COMING, meeting=meeting, noted_by=gate.user)
    Participant.objects.filter(pk=participant.pk).update(takes_time=False)
    seat = _take_seat(participant, worker)
    for duty in ("leader", "timekeeper"):
        Meeting.objects.filter(pk=meeting.pk, **{duty: participant.user}).update(**{duty: worker})
    mail.call(meeting, [seat], Kind.MEETING_BOOKED, meeting.case)
    return seat


def _take_seat(participant: Participant, worker: User) -> Participant:
    try:
        with transaction.atomic():
            return Participant.objects.create(
                meeting=participant.meeting,
                role=participant.role,
                user=worker,
                organisation=worker.organisation,
                name=worker.full_name,
                email=worker.email,
                during=participant.during,
                substitute_for=participant,
            )
    except IntegrityError as error:
        if not isinstance(error.__cause__, TAKEN):
            raise
        raise ValidationError(f"{worker.full_name} är upptagen den tiden.", code="taken") from error
