"""The minutes: written together, shared, locked, corrected, handed on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from consent.gate import Gate
from consent.hearers import hearers
from meetings import content, minutes_mail, tasks
from meetings.models import Meeting, MeetingMinutes
from meetings.rules import SheetChanged
from notices.models import Document, Kind, Notice
from notices.wake import wake

STATUS = MeetingMinutes.Status


@transaction.atomic
def write_minutes(
    gate: Gate, *, meeting: Meeting, number: int, version: int, words: dict[str, Any], act: str = ""
) -> MeetingMinutes:
    """`version` 0: nobody had begun when the page was shown. `act`: "share" or "finish" once it is saved; refused, it
    leaves nothing saved. SheetChanged when somebody saved or locked it meanwhile."""
    gate.require_write(meeting)
    if not content.may_be_minuted(gate, meeting):
        raise ValidationError("Protokollet skrivs när samtalet har börjat.")
    minutes = _saved(gate, meeting, number, version, words)
    if act == "share":
        _share(gate, meeting, minutes)
    if act == "finish":
        _finish(meeting, minutes)
    return minutes


@transaction.atomic
def correct_minutes(gate: Gate, *, meeting: Meeting, reason: str) -> MeetingMinutes:
    """Final minutes stay as they are; the correction begins as a draft that holds the same words."""
    gate.require_write(meeting)
    last = meeting.minutes.select_for_update(of=("self",), no_key=True).first()
    if last is None or not last.is_final:
        raise ValidationError("Protokollet är inte färdigt än. Ändra det i stället.")
    draft = MeetingMinutes(
        meeting=meeting,
        number=last.number + 1,
        situation=last.situation,
        conclusion=last.conclusion,
        commitments=last.commitments,
        decisions=last.decisions,
        next_meeting_on=last.next_meeting_on,
        correction_reason=reason,
        written_by=gate.user,
    )
    draft.full_clean()
    draft.save()
    return draft


@transaction.atomic
def hand_on_minutes(gate: Gate, *, meeting: Meeting, number: int, on: date) -> None:
    """The person got this version, on paper or read aloud."""
    gate.require_write(meeting)
    meeting.minutes.told().filter(number=number).update(handed_on=on)


@transaction.atomic
def ask_for_minutes(gate: Gate, *, meeting: Meeting, number: int) -> Document:
    gate.require_open(meeting.case)
    document = Document.objects.ask(
        kind=Document.Kind.MINUTES,
        title="Protokoll",
        requested_by=gate.user,
        case=meeting.case,
        object_id=meeting.pk,
        options={
            "number": number,
            "print_url": reverse("meetings:minutes_version", args=[meeting.case_id, meeting.pk, number]),
        },
    )
    wake(tasks.render_minutes, document.pk)
    return document


def _saved(gate, meeting, number, version, words):
    if version == 0 and not meeting.minutes.exists():
        minutes, created = MeetingMinutes.objects.get_or_create(
            meeting=meeting, number=1, defaults={**words, "written_by": gate.user}
        )
        if created:
            return minutes
        raise SheetChanged(minutes)
    same = meeting.minutes.unfinished().filter(number=number, version=version)
    minutes = same.first()
    if minutes is None or not same.update(**_beside(minutes, words), version=F("version") + 1):
        raise SheetChanged(meeting.minutes.first())
    minutes.refresh_from_db()
    return minutes


def _beside(minutes, words):
    """Lines that the writer may not see stay as they are."""
    written = {line["party"] for line in words["commitments"]}
    unseen = [line for line in minutes.commitments if line["party"] not in written]
    return words | {"commitments": words["commitments"] + unseen}


def _share(gate, meeting, minutes):
    """The workers who may know get a bevakning and a mail that says nothing but where to read. The hour is the
    database's, as in the log that tells who has read."""
    if not meeting.is_held:
        raise ValidationError("Skriv först hur mötet gick. Sedan kan protokollet delas.")
    if not minutes.conclusion:
        raise ValidationError({"conclusion": "Skriv vad ni kom fram till innan protokollet delas."})
    _move_on(minutes, STATUS.DRAFT, status=STATUS.SHARED, shared_at=Now())
    kind = Kind.MINUTES_SHARED if minutes.number == 1 else Kind.MINUTES_CORRECTED
    others = [reader for reader in hearers(meeting, gate.day) if reader != gate.user]
    Notice.objects.tell(kind, others, object_key=f"minutes:{minutes.pk}", case=meeting.case, due_on=gate.day)
    minutes_mail.tell(meeting, minutes, others, kind)


def _finish(meeting, minutes):
    """Locked, with the decisions of the talk as they stand, or those that the correction says."""
    said = [{"text": d.text, "acknowledged": d.acknowledged} for d in meeting.decisions.all()]
    decided = minutes.decisions if minutes.is_correction else said
    _move_on(minutes, STATUS.SHARED, status=STATUS.FINAL, final_at=timezone.now(), decisions=decided)


def _move_on(minutes, since, **fields):
    standing = MeetingMinutes.objects.filter(pk=minutes.pk, status=since)
    if not standing.update(**fields, version=F("version") + 1):
        raise ValidationError("Protokollet är redan delat eller färdigt. Läs in sidan igen.")
    minutes.refresh_from_db()
