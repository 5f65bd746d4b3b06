"""Somebody sits in a colleague's place at a meeting, with the colleague's duties there."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from psycopg.errors import ExclusionViolation, UniqueViolation

from meetings.models import Meeting, Participant

TAKEN = (ExclusionViolation, UniqueViolation)
DUTIES = ("leader", "timekeeper")


def give(participant, worker):
    """The new seat. ValidationError with code "taken" when the worker sits somewhere else then; nothing is changed."""
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=participant.pk).update(takes_time=False)
            seat = _sit_down(participant, worker)
    except IntegrityError as error:
        if not isinstance(error.__cause__, TAKEN):
            raise
        raise ValidationError(f"{worker.full_name} är upptagen den tiden.", code="taken") from error
    for duty in DUTIES:
        Meeting.objects.filter(pk=participant.meeting_id, **{duty: participant.user}).update(**{duty: worker})
    return seat


def _sit_down(participant, worker):
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
