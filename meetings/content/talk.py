"""The page of the talk: its three clocks, the person's answer, the delmål gone through, and what is decided."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Organisation
from actionplans.content import Card, milestone_cards
from actionplans.models import ActionPlan
from cases.models import Deadline
from consent.models import Consent
from meetings.models import ConsentConfirmation, Decision, Meeting, MeetingPhase, MilestoneReview, Preparation

PHASE = MeetingPhase.Phase
ABSENT = (Meeting.Outcome.ABSENT_ACCEPTABLE, Meeting.Outcome.ABSENT, Meeting.Outcome.ABSENT_LOGISTICS)


@dataclass(frozen=True)
class PhasePanel:
    """One of the three clocks. `state` is done, current or todo."""

    phase: str
    number: int
    title: str
    planned: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    used: int | None = None

    @property
    def state(self):
        if self.started_at is None:
            return "todo"
        return "done" if self.ended_at else "current"

    @property
    def clock(self):
        return f"{self.planned if self.used is None else self.used} min"

    @property
    def clock_note(self):
        return f"av {self.planned} min" if self.state == "current" else ""

    @property
    def running_since(self):
        return self.started_at if self.state == "current" else None


@dataclass(frozen=True)
class Step:
    """A delmål, and what was said about it in this meeting; None: not gone through yet."""

    card: Card
    review: MilestoneReview | None

    @property
    def is_left(self):
        return self.card.text.is_open and self.review is None


@dataclass(frozen=True)
class Talk:
    """Everything on the page of the talk. `limited`: the person said no, so nothing shared is shown."""

    now: datetime
    preparation: PhasePanel
    talk: PhasePanel
    feedback: PhasePanel
    facts: list[tuple[str, str]]
    confirmation: ConsentConfirmation | None
    standing: list[Consent]
    steps: tuple[Step, ...]
    has_plan: bool
    decisions: list[Decision]
    deadline: Deadline | None
    day_of_deadline: int | None

    @property
    def gone_through(self):
        return sum(step.review is not None for step in self.steps)

    @property
    def to_go_through(self):
        return self.gone_through + sum(step.is_left for step in self.steps)

    @property
    def limited(self):
        return self.confirmation is not None and self.confirmation.answer == ConsentConfirmation.Answer.DECLINED


def talk(gate, case, meeting):
    confirmation = consent_answer(meeting)
    declined = confirmation is not None and confirmation.answer == ConsentConfirmation.Answer.DECLINED
    deadline = None
    if meeting.kind == Meeting.Kind.FIRST:
        deadline = gate.visible(Deadline, case).first_meeting().order_by("due_on").first()
    ran = {phase.phase: phase for phase in meeting.phases.all()}
    return Talk(
        now=timezone.now(),
        preparation=_panel(ran, PHASE.PREPARATION, 1, meeting.preparation_minutes),
        talk=_panel(ran, PHASE.TALK, 2, meeting.talk_minutes),
        feedback=_panel(ran, PHASE.FEEDBACK, 3, meeting.feedback_minutes),
        facts=_prepared_facts(meeting),
        confirmation=confirmation,
        standing=[] if confirmation else _standing(gate, case),
        steps=() if declined else _steps(gate, case, meeting),
        has_plan=not declined and gate.visible(ActionPlan, case).filter(ended_on=None).exists(),
        decisions=list(meeting.decisions.all()),
        deadline=deadline,
        day_of_deadline=deadline and (meeting.day - deadline.starts_on).days,
    )


def consent_answer(meeting):
    """What the person said when the talk began; None: not asked yet."""
    return ConsentConfirmation.objects.filter(meeting=meeting).select_related("asked_by").first()


def left_to_review(gate, case, meeting):
    """Open delmål that the talk has not come to. None are asked for after a no, or in an informal meeting."""
    answer = consent_answer(meeting)
    if meeting.kind == Meeting.Kind.INFORMAL or answer is None or answer.answer == ConsentConfirmation.Answer.DECLINED:
        return []
    return [step.card.text.text for step in _steps(gate, case, meeting) if step.is_left]


def tells_board(gate, meeting):
    """After a no-show AF may tell the board what SoL 15:11 names, whatever the consent says (S53, S84)."""
    is_af = gate.organisation.kind == Organisation.Kind.EMPLOYMENT_SERVICE
    return is_af and meeting.outcome in ABSENT


def review_of(meeting, milestone):
    return MilestoneReview.objects.filter(meeting=meeting, milestone=milestone).first()


def agenda_of(meeting):
    """What was prepared and may be read by all in the room: the own questions first, who leads, the aim."""
    prepared = Preparation.objects.filter(meeting=meeting).first() or Preparation()
    facts = [
        ("Egna frågor", prepared.own_questions),
        ("Leder samtalet", _with_organisation(meeting.leader)),
        ("Håller tiden", _with_organisation(meeting.timekeeper)),
        ("Ska uppnås", meeting.aim),
    ]
    return [(word, value) for word, value in facts if value]


def steps_of(meeting, shown):
    """The delmål as cards, each with what was said of it in the meeting."""
    said = {review.milestone_id: review for review in meeting.reviews.all()}
    return tuple(Step(card, said.get(card.id)) for card in shown)


def _steps(gate, case, meeting):
    return steps_of(meeting, milestone_cards(gate, case))


def _standing(gate, case):
    """What the person is asked to confirm."""
    return list(gate.consents(case).in_force(gate.day).with_parties())


def _panel(ran, phase, number, planned):
    row = ran.get(phase)
    times = {"started_at": row.started_at, "ended_at": row.ended_at, "used": row.minutes} if row else {}
    return PhasePanel(phase, number, str(phase.label), planned, **times)


def _prepared_facts(meeting):
    sheet = Preparation.objects.filter(meeting=meeting).first() or Preparation()
    facts = [
        ("Nuläge", sheet.situation),
        ("Svårigheter", sheet.difficulties),
        ("Möjligheter", sheet.possibilities),
        ("Tas inte upp", sheet.not_raised),
    ]
    return agenda_of(meeting) + [(word, value) for word, value in facts if value]


def _with_organisation(user):
    return f"{user.full_name}, {user.organisation.short_name}" if user else ""
