"""How far the case has come, from application to own living."""

from dataclasses import dataclass

from cases.models import Category, ExitReason
from cases.rules import DeadlineState
from cases.templatetags.wording import near_instant, short_date
from consent.models import Consent
from meetings.models import Meeting

OWN_LIVING = {ExitReason.WORK, ExitReason.SUPPORTED_WORK, ExitReason.STUDIES, ExitReason.OWN_BUSINESS}


@dataclass(frozen=True)
class Step:
    label: str
    detail: str = ""
    state: str = "todo"


def build_steps(facts) -> tuple[Step, ...]:
    """What we may not know of is shown as not done, without a date."""
    found = [
        ("Ansökan", *application(facts)),
        ("Samtycke", *consent(facts)),
        ("Kartläggning", facts.assessed_on is not None, short_date(facts.assessed_on)),
        ("Första möte", *first_meeting(facts)),
        ("Handlingsplan", *plan(facts)),
        ("Uppföljning", *follow_up(facts)),
        ("Egen försörjning", *own_living(facts)),
    ]
    last_done = max((i for i, (_, done, _) in enumerate(found) if done), default=-1)
    ahead = [i for i, (_, done, _) in enumerate(found) if not done and i > last_done]
    current = ahead[0] if ahead and facts.case.is_open else None
    return tuple(
        Step(label, detail, "done" if done else "current" if i == current else "todo")
        for i, (label, done, detail) in enumerate(found)
    )


def application(facts):
    return True, short_date(facts.case.application.received_on) if facts.knows(Category.APPLICATION) else ""


def consent(facts):
    """A no is an answer too: the case goes on without sharing."""
    answers = [c for c in facts.consents if c.answer != Consent.Answer.ASKED]
    in_force = [c for c in answers if c.is_in_force(facts.day)]
    if in_force:
        return True, short_date(min(c.given_on for c in in_force))
    if not answers:
        return False, ""
    latest = answers[0]
    if latest.withdrawn_at:
        return False, f"återkallat {short_date(latest.withdrawn_at)}"
    if latest.answer == Consent.Answer.DECLINED:
        return True, f"nej {short_date(latest.given_on)}"
    return False, f"gick ut {short_date(latest.valid_until)}"


def first_meeting(facts):
    deadline, meeting = facts.deadline, facts.first_meeting
    if deadline and deadline.met_on:
        return True, short_date(deadline.met_on)
    if meeting and meeting.is_held:
        return True, short_date(meeting.starts_at)
    booked = meeting and near_instant(meeting.starts_at)
    return False, " · ".join(filter(None, [booked, running_day(deadline, facts.day)]))


def running_day(deadline, day):
    """ "dag 13 av 14", or what else the clock says."""
    if deadline is None:
        return ""
    state, length = deadline.state_on(day), (deadline.due_on - deadline.starts_on).days
    if state == DeadlineState.RUNNING:
        return f"dag {(day - deadline.starts_on).days} av {length}"
    if state.is_missed:
        return f"försenat, skulle vara {short_date(deadline.due_on)}"
    return state.label.lower() if state == DeadlineState.ON_HOLD else ""


def plan(facts):
    if facts.plan_version:
        return True, f"version {facts.plan_version.number}, {short_date(facts.plan_version.made_on)}"
    return False, "utkast" if facts.plan else ""


def follow_up(facts):
    held = [m for m in facts.meetings if m.kind == Meeting.Kind.FOLLOW_UP and m.is_held]
    booked = [m for m in facts.meetings if m.kind == Meeting.Kind.FOLLOW_UP and m.is_booked]
    if held:
        return True, short_date(held[-1].starts_at)
    return False, f"bokad {short_date(booked[0].starts_at)}" if booked else ""


def own_living(facts):
    """Closed to work, studies or an own business; other endings say where to."""
    if facts.case.is_open or facts.exit is None:
        return False, ""
    return (
        facts.exit.reason in OWN_LIVING,
        f"{facts.exit.get_reason_display().lower()} {short_date(facts.exit.closed_on)}",
    )
