"""The looking back: each professional for themselves, the observer apart, and the person's own two answers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from audit.models import Action
from consent.gate import Gate
from meetings import tasks, voice
from meetings.models import (
    Feedback,
    Meeting,
    MeetingPhase,
    Participant,
    PersonFeedback,
    ProcessFeedback,
    VoiceSlip,
)
from notices.models import Document
from notices.wake import wake

READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
STATUS = Meeting.Status


@transaction.atomic
def give_feedback(gate: Gate, *, meeting: Meeting, next_time: str, **figures: int) -> None:
    """About the cooperation, for oneself; written again it replaces what one said before."""
    gate.require_write(meeting)
    _require_held(meeting)
    words = figures | {"next_time": next_time, "organisation": gate.organisation, "given_at": timezone.now()}
    Feedback.objects.update_or_create(meeting=meeting, given_by=gate.user, defaults=words)
    Meeting.objects.filter(pk=meeting.pk, status=STATUS.HELD).update(status=STATUS.FEEDBACK_DONE)
    MeetingPhase.objects.filter(meeting=meeting, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def give_process_feedback(gate: Gate, *, meeting: Meeting, method: int, attitude: int, line: str) -> None:
    """By the observer of the meeting only."""
    gate.require_open(meeting.case, action=Action.READ)
    _require_held(meeting)
    if not meeting.participants.filter(user=gate.user, role=Participant.Role.OBSERVER).exists():
        raise PermissionDenied("Bara den som var med som observatör lämnar återkoppling om metoden.")
    words = {"method": method, "attitude": attitude, "line": line}
    ProcessFeedback.objects.update_or_create(meeting=meeting, given_by=gate.user, defaults=words)


@transaction.atomic
def note_person_feedback(
    gate: Gate, *, meeting: Meeting, listened_to: int | None, know_next: int | None, line: str
) -> None:
    """The person's own two answers, given on the screen or on paper."""
    gate.require_write(meeting)
    _require_held(meeting)
    PersonFeedback.objects.update_or_create(
        meeting=meeting, defaults={"listened_to": listened_to, "know_next": know_next, "line": line}
    )


@transaction.atomic
def print_voice_slip(gate: Gate, *, meeting: Meeting) -> VoiceSlip:
    """The same code and link however often it is printed."""
    gate.require_open(meeting.case)
    _require_held(meeting)
    voice.lay(meeting)
    slip, _ = VoiceSlip.objects.get_or_create(meeting=meeting, defaults={"code": get_random_string(8, READABLE)})
    return slip


@transaction.atomic
def ask_for_slip(gate: Gate, *, meeting: Meeting) -> Document:
    gate.require_open(meeting.case)
    _require_held(meeting)
    document = Document.objects.ask(
        kind=Document.Kind.VOICE_SLIP,
        title="Två frågor",
        requested_by=gate.user,
        case=meeting.case,
        object_id=meeting.pk,
        options={"print_url": reverse("meetings:voice_slip", args=[meeting.case_id, meeting.pk])},
    )
    wake(tasks.render_voice_slip, document.pk)
    return document


def _require_held(meeting):
    if not meeting.is_held:
        raise ValidationError("Återkopplingen öppnas när mötet är hållet.")
