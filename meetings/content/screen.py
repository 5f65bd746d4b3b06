"""What may stand on a screen that everybody in the room looks at: only what every party at the meeting may know."""

from dataclasses import dataclass, replace

from accounts.models import Organisation
from actionplans.content import cards, current_plan, plan_text
from actionplans.models import Milestone
from consent.hearers import is_heard_by_all, kept_from_any
from meetings.content.talk import PHASE, PhasePanel, Step, Talk, agenda_of, steps_of, talk


@dataclass(frozen=True)
class Clock:
    """One phase on the wall. `act` is start or end, or empty when it is not its turn."""

    panel: PhasePanel
    sub: str
    act: str
    label: str


@dataclass(frozen=True)
class Screen:
    """`hides_plan`: somebody in the room may not know of it. `own_goal` is empty then."""

    talk: Talk
    clocks: list[Clock]
    agenda: list[tuple[str, str]]
    own_goal: str
    steps: tuple[Step, ...]
    hides_plan: bool
    shows_plan: bool

    @property
    def gone_through(self):
        return sum(step.review is not None for step in self.steps)

    @property
    def to_go_through(self):
        return self.gone_through + sum(step.is_left for step in self.steps)


def screen(gate, case, meeting):
    page = talk(gate, case, meeting)
    present = [p.organisation for p in meeting.participants.all() if p.organisation and p.attended is not False]
    plan = current_plan(gate, case)
    is_open = plan is not None and plan.ended_on is None and not page.limited
    is_heard = is_open and is_heard_by_all(plan, {o.pk for o in present}, gate.day)
    text = _for_the_room(gate, plan, present) if is_heard else None
    return Screen(
        talk=page,
        clocks=[_clock(case, meeting, page, panel) for panel in (page.preparation, page.talk, page.feedback)],
        agenda=agenda_of(meeting),
        own_goal=text.own_goal if text else "",
        steps=steps_of(meeting, cards(gate, text)) if text else (),
        hides_plan=is_open and not is_heard,
        shows_plan=is_heard and page.confirmation is not None,
    )


def _for_the_room(gate, plan, present):
    """Without delmål that are withheld from somebody there. A condition for assistance is the board's matter, not the
    health care's."""
    withheld = kept_from_any(Milestone, plan.case_id, {o.pk for o in present}, gate.day)
    text = plan_text(plan)
    text = replace(text, milestones=tuple(m for m in text.milestones if m.id not in withheld))
    hears_health_care = any(o.kind == Organisation.Kind.HEALTH_CARE for o in present)
    return text.without_assistance_conditions() if hears_health_care else text


def _clock(case, meeting, page, panel):
    """A phase under way can be ended, and the one whose turn it is can be started."""
    turn = {
        PHASE.PREPARATION: meeting.is_booked and page.talk.state == "todo",
        PHASE.TALK: meeting.is_booked and page.confirmation is not None,
        PHASE.FEEDBACK: meeting.is_held,
    }[panel.phase]
    act = {"current": "end", "todo": "start" if turn else ""}.get(panel.state, "")
    label = {"start": "Starta", "end": "Avsluta"}.get(act, "")
    with_person = "Med" if panel.phase == PHASE.TALK else "Utan"
    return Clock(panel, f"{with_person} {case.individual.given_name}", act, f"{label} {panel.title.lower()}")
