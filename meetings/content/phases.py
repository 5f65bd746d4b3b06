"""The sheet of the preparation, the page of the talk with its three clocks, and what was said afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Organisation
from actionplans.content import Card, milestone_cards
from cases.models import Category, Deadline, SupportNeed
from meetings.models import (
    ConsentConfirmation,
    Decision,
    Feedback,
    Meeting,
    MeetingPhase,
    Participant,
    PersonFeedback,
    Preparation,
)

PHASE = MeetingPhase.Phase
SHEET = ["since_plan", "situation", "difficulties", "possibilities", "goals", "own_questions", "not_raised"]
SHEET_ALL = [*SHEET, "access_arranged"]


@dataclass(frozen=True)
class Sheet:
    """`untold`: organisations that are called but that no consent in force covers; then the sheet stays closed."""

    participants: list[Participant]
    initial: dict[str, object]
    untold: list[Organisation]
    needs: list[str]


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
class Talk:
    """Everything on the page of the talk. `limited`: the person said no, so nothing shared is shown."""

    now: datetime
    preparation: PhasePanel
    talk: PhasePanel
    feedback: PhasePanel
    facts: list[tuple[str, str]]
    confirmation: ConsentConfirmation | None
    cards: tuple[Card, ...]
    decisions: list[Decision]
    deadline: Deadline | None
    day_of_deadline: int | None

    @property
    def limited(self):
        return self.confirmation is not None and self.confirmation.answer == ConsentConfirmation.Answer.DECLINED


def sheet(gate, case, meeting):
    participants = list(meeting.participants.select_related("organisation", "user", "responsibility").order_by("pk"))
    written = Preparation.objects.filter(meeting=meeting).first()
    initial = {name: getattr(written, name) for name in SHEET_ALL} if written else {}
    answers = {f"answers_{p.pk}": p.responsibility.text for p in participants if hasattr(p, "responsibility")}
    roles = {"leader": meeting.leader_id, "timekeeper": meeting.timekeeper_id, "aim": meeting.aim}
    return Sheet(
        participants=participants,
        initial=initial | answers | roles | {"version": written.version if written else 0},
        untold=_untold(gate, case, participants),
        needs=[str(SupportNeed(need).label) for need in _support_needs(gate, case)],
    )


def _support_needs(gate, case):
    return case.individual.support_needs if gate.knows(case, Category.CONTACT) else []


def _untold(gate, case, participants):
    """Asked for the lead, who called them: a partner who may not be told cannot open the meeting at all."""
    if not case.sight.is_lead:
        return []
    known = {grant.user.organisation_id for grant in gate.workers(case)}
    others = {p.organisation_id: p.organisation for p in participants if p.organisation}
    return [organisation for pk, organisation in others.items() if pk not in known]


def sheet_text(written):
    """The saved sheet as words, for the page that shows two texts side by side."""
    meeting = written.meeting
    named = [
        (Preparation._meta.get_field(name).verbose_name.capitalize(), getattr(written, name)) for name in SHEET_ALL
    ]
    return "\n".join(f"{label}: {text}" for label, text in [("Ska uppnås", meeting.aim), *named] if text)


def talk(gate, case, meeting):
    confirmation = ConsentConfirmation.objects.filter(meeting=meeting).select_related("asked_by").first()
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
        cards=() if declined else milestone_cards(gate, case),
        decisions=list(meeting.decisions.all()),
        deadline=deadline,
        day_of_deadline=deadline and (meeting.day - deadline.starts_on).days,
    )


def _panel(ran, phase, number, planned):
    row = ran.get(phase)
    times = {"started_at": row.started_at, "ended_at": row.ended_at, "used": row.minutes} if row else {}
    return PhasePanel(phase, number, str(phase.label), planned, **times)


def _prepared_facts(meeting):
    sheet = Preparation.objects.filter(meeting=meeting).first() or Preparation()
    facts = [
        ("Leder samtalet", _with_organisation(meeting.leader)),
        ("Håller tiden", _with_organisation(meeting.timekeeper)),
        ("Ska uppnås", meeting.aim),
        ("Egna frågor", sheet.own_questions),
        ("Nuläge", sheet.situation),
        ("Svårigheter", sheet.difficulties),
        ("Möjligheter", sheet.possibilities),
        ("Tas inte upp", sheet.not_raised),
    ]
    return [(word, value) for word, value in facts if value]


def _with_organisation(user):
    return f"{user.full_name}, {user.organisation.short_name}" if user else ""


def own_feedback(gate, meeting):
    """What one's own organisation said; nobody sees another's."""
    written = Feedback.objects.filter(meeting=meeting, organisation=gate.organisation)
    return written.values("cooperation", "reached", "next_time").first() or {}


def person_feedback(meeting):
    return PersonFeedback.objects.filter(meeting=meeting).values("listened_to", "know_next", "line").first() or {}
