"""How it went: what a held meeting sets in motion, what one that was not held asks for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actionplans.models import ActionPlan
from actionplans.services.versions import snapshot_version
from audit.context import beyond
from cases.models import Case, Deadline
from consent.gate import Gate
from consent.hearers import hearers
from meetings import content
from meetings.models import (
    ConsentConfirmation,
    Meeting,
    MeetingPhase,
    OutcomeDetails,
    Participant,
)
from meetings.rules import FOLLOW_UP_WITHIN
from notices.models import Kind, Notice

OUTCOME, STATUS = Meeting.Outcome, Meeting.Status
NOT_REVIEWED = "Gå igenom delmålen som är kvar, eller skriv varför ni inte hann."
TOOK_PLACE = (OUTCOME.HELD, OUTCOME.HELD_WITHOUT_PERSON)


@transaction.atomic
def record_outcome(
    gate: Gate,
    *,
    meeting: Meeting,
    outcome: str,
    attended: list[int],
    plan_brought: bool | None = None,
    person_informed: bool = False,
    not_reviewed: str = "",
    minutes_late: int | None = None,
) -> None:
    """Written once. A first meeting held with the person, face to face, meets every running clock of the case."""
    gate.require_write(meeting)
    _check(gate, meeting, outcome, person_informed)
    if outcome == OUTCOME.HELD and not not_reviewed and content.left_to_review(gate, meeting.case, meeting):
        raise ValidationError({"not_reviewed": NOT_REVIEWED})
    took_place = outcome in TOOK_PLACE
    written = Meeting.objects.booked().filter(pk=meeting.pk)
    if not written.update(
        status=STATUS.HELD if took_place else STATUS.NOT_HELD,
        outcome=outcome,
        ended_on=meeting.day,
        plan_brought=plan_brought if took_place else None,
        plan_version=_snapshot(gate, meeting.case) if took_place else None,
        version=F("version") + 1,
    ):
        raise ValidationError("Någon har redan skrivit hur mötet gick. Läs in sidan igen.")
    OutcomeDetails.objects.create(
        meeting=meeting,
        person_informed=person_informed if outcome == OUTCOME.HELD_WITHOUT_PERSON else None,
        not_reviewed=not_reviewed if outcome == OUTCOME.HELD else "",
        minutes_late=minutes_late if outcome == OUTCOME.HELD else None,
        written_by=gate.user,
    )
    _note_who_came(meeting, outcome, attended, minutes_late)
    _stop_asking(meeting)
    if took_place:
        _after_held(meeting, outcome)
    else:
        _tell_about_absence(gate, meeting)


def _check(gate, meeting, outcome, person_informed):
    if meeting.day > gate.day:
        raise ValidationError("Mötet har inte varit än. Flytta eller ställ in det om det inte blir av.")
    if outcome == OUTCOME.HELD and not ConsentConfirmation.objects.filter(meeting=meeting).exists():
        raise ValidationError("Skriv först vad personen svarade om samtycke, under Håll mötet.")
    if outcome == OUTCOME.HELD_WITHOUT_PERSON and not person_informed:
        raise ValidationError("Ett möte om en person som inte vet om det kan inte skrivas som hållet.")


def _snapshot(gate, case):
    """The plan as it stood when the meeting ended; None without a plan, or for somebody who is not told of it."""
    plan = gate.visible(ActionPlan, case).filter(ended_on=None).first()
    return plan and snapshot_version(gate, plan=plan)


def _note_who_came(meeting, outcome, attended, minutes_late):
    """People who were not needed after all have their time back."""
    person = Participant.Role.INDIVIDUAL
    others = meeting.participants.exclude(role=person)
    others.filter(pk__in=attended).update(attended=True)
    others.exclude(pk__in=attended).update(attended=False)
    came = outcome == OUTCOME.HELD
    meeting.participants.filter(role=person).update(attended=came, late=came and minutes_late is not None)
    if outcome not in TOOK_PLACE:
        meeting.participants.update(takes_time=False)


@beyond("side_effect")
def _stop_asking(meeting):
    asked = Notice.objects.undone().filter(kind=Kind.NO_OUTCOME, object_key=f"meeting:{meeting.pk}")
    asked.update(done_at=timezone.now())


@beyond("side_effect")
def _after_held(meeting, outcome):
    MeetingPhase.objects.filter(meeting=meeting, ended_at=None).exclude(phase=MeetingPhase.Phase.FEEDBACK).update(
        ended_at=timezone.now()
    )
    clocks = Deadline.objects.filter(case=meeting.case).first_meeting()
    if outcome == OUTCOME.HELD and meeting.kind == Meeting.Kind.FIRST and meeting.is_in_person:
        clocks.meet(on=meeting.day, by=f"meeting:{meeting.pk}")
    if not clocks.unanswered().exists():
        _promise_next(meeting)


def _promise_next(meeting):
    """The day by which something happens next: the next booked meeting, or within sixty days."""
    following = Meeting.objects.booked().filter(case=meeting.case).order_by("starts_at").first()
    next_on = following.day if following else meeting.day + FOLLOW_UP_WITHIN
    Case.objects.filter(pk=meeting.case_id).update(next_on=next_on)


def _tell_about_absence(gate, meeting):
    """The workers who were called and still may know, in words that blame nobody."""
    called = set(meeting.participants.values_list("user", flat=True))
    Notice.objects.tell(
        Kind.NO_SHOW,
        [worker for worker in hearers(meeting, gate.day) if worker.pk in called and worker != gate.user],
        object_key=f"meeting:{meeting.pk}",
        case=meeting.case,
        text=f"Mötet {meeting.day:%Y-%m-%d} blev inte av. Föreslå en ny tid.",
        due_on=gate.day,
    )
