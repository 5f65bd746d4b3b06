"""The three phases: the sheet that is prepared, the talk that opens with consent, and what is decided in it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.templatetags.wording import joined
from consent.gate import Gate
from consent.services.consents import confirm_at_meeting
from meetings import content
from meetings.models import ConsentConfirmation, Decision, Meeting, MeetingPhase, Preparation, Responsibility
from meetings.rules import SheetChanged

PHASE = MeetingPhase.Phase
ANSWER = ConsentConfirmation.Answer


@transaction.atomic
def save_preparation(
    gate: Gate,
    *,
    meeting: Meeting,
    version: int,
    ready: bool,
    roles: dict[str, object],
    sheet: dict[str, str],
    responsibilities: dict[int, str],
) -> None:
    """`version` 0: nobody had written anything when the sheet was shown. `ready` asks for leader, timekeeper and
    aim (S59). SheetChanged when somebody saved meanwhile."""
    gate.require_write(meeting)
    _require_told(gate, meeting)
    if ready and not all(roles.values()):
        raise ValidationError("Välj vem som leder, vem som håller tiden och vad som ska uppnås.")
    _save_sheet(meeting, version, sheet | {"prepared_by": gate.user})
    status = {"status": Meeting.Status.PREPARED} if ready and meeting.status == Meeting.Status.PLANNED else {}
    Meeting.objects.filter(pk=meeting.pk).update(**roles, **status, version=F("version") + 1)
    for participant in meeting.participants.filter(pk__in=responsibilities):
        text = responsibilities[participant.pk]
        Responsibility.objects.update_or_create(participant=participant, defaults={"text": text})


def _require_told(gate, meeting):
    """A hard stop: nobody is talked about with an organisation that no consent in force covers."""
    left_out = content.untold(gate, meeting.case, meeting.participants.select_related("organisation"))
    if left_out:
        names = joined(organisation.short_name for organisation in left_out)
        raise ValidationError(
            f"Inget samtycke som gäller täcker {names}. Fråga om samtycke, eller ändra vilka som kallas."
        )


def _save_sheet(meeting, version, words):
    sheet, created = Preparation.objects.get_or_create(meeting=meeting, defaults=words)
    if created and version == 0:
        return
    same = Preparation.objects.filter(pk=sheet.pk, version=version)
    if created or not same.update(**words, version=F("version") + 1):
        raise SheetChanged(sheet)


@transaction.atomic
def start_phase(gate: Gate, *, meeting: Meeting, phase: str) -> None:
    """Starts a phase and ends the one before. The talk waits for the person's answer about consent (S47)."""
    gate.require_write(meeting)
    if phase == PHASE.TALK and not ConsentConfirmation.objects.filter(meeting=meeting).exists():
        raise ValidationError("Fråga först personen om samtycket gäller och skriv svaret.")
    if phase == PHASE.PREPARATION:
        _require_told(gate, meeting)
    now = timezone.now()
    MeetingPhase.objects.filter(meeting=meeting, ended_at=None).exclude(phase=phase).update(ended_at=now)
    MeetingPhase.objects.get_or_create(meeting=meeting, phase=phase, defaults={"started_at": now})


@transaction.atomic
def end_phase(gate: Gate, *, meeting: Meeting, phase: str) -> None:
    gate.require_write(meeting)
    MeetingPhase.objects.filter(meeting=meeting, phase=phase, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def confirm_consent(gate: Gate, *, meeting: Meeting, answer: str) -> None:
    """Who asked, when, and what the person said. A no does not stop the meeting: each then speaks for itself."""
    gate.require_write(meeting)
    if not meeting.is_booked:
        raise ValidationError("Mötet är redan avslutat.")
    if answer == ANSWER.CONFIRMED:
        confirm_at_meeting(gate, case=meeting.case, note=f"möte {meeting.day:%Y-%m-%d}")
    ConsentConfirmation.objects.update_or_create(
        meeting=meeting, defaults={"answer": answer, "asked_by": gate.user, "confirmed_at": timezone.now()}
    )
    Meeting.objects.booked().filter(pk=meeting.pk).update(status=Meeting.Status.CONSENT_CONFIRMED)


@transaction.atomic
def decide(gate: Gate, *, meeting: Meeting, text: str, acknowledged: bool) -> Decision:
    """A decision of the talk, and whether the person stands behind it (S66). Once the minutes are final it would stand
    in no version of them."""
    gate.require_write(meeting)
    if meeting.minutes.final().exists():
        raise ValidationError("Protokollet är färdigt. Rätta protokollet om ett beslut saknas.")
    if not ConsentConfirmation.objects.filter(meeting=meeting).exists():
        raise ValidationError("Samtalet har inte börjat. Skriv först svaret om samtycke.")
    return Decision.objects.create(meeting=meeting, text=text, acknowledged=acknowledged)
