"""Which clocks start, by which rules and until when, and how the clocks of a case are shown."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Deadline, DeadlineHold, DeadlineRule
from cases.rules import DeadlineState, due_on, earliest_anchor

SETTLED = (DeadlineState.MET, DeadlineState.NOT_APPLICABLE)
TONES = {
    DeadlineState.RUNNING: "neutral",
    DeadlineState.MET: "ok",
    DeadlineState.MET_LATE: "warn",
    DeadlineState.MISSED: "bad",
    DeadlineState.MISSED_EXPLAINED: "warn",
    DeadlineState.ON_HOLD: "neutral",
    DeadlineState.NOT_APPLICABLE: "neutral",
}


@dataclass(frozen=True)
class Clock:
    """A promise that starts, or would start, by one rule."""

    rule: DeadlineRule
    starts_on: date
    due_on: date


def promised_clocks(received_on, pes_registered_on, municipality_id):
    """By the rules in force the day the application came in (or, without one, the registration), the nearest first."""
    day = received_on or pes_registered_on
    rules = DeadlineRule.objects.in_force(day, municipality_id).filter(code__in=DeadlineRule.CLOCKS)
    clocks = []
    for rule in own_before_common(rules):
        starts_on = earliest_anchor(received_on, pes_registered_on, rule.anchor)
        if starts_on is not None:
            last = due_on(starts_on, days=rule.days, counts=rule.counts, roll=rule.roll)
            clocks.append(Clock(rule, starts_on, last))
    return sorted(clocks, key=lambda clock: clock.due_on)


def own_before_common(rules):
    """Per promise and number of days the newest wording; a municipality with rules of its own leaves the common."""
    chosen = {}
    own_codes = {rule.code for rule in rules if rule.municipality_id}
    for rule in rules:
        if rule.municipality_id or rule.code not in own_codes:
            chosen.setdefault((rule.code, rule.days), rule)
    return list(chosen.values())


def write_clocks(case, clocks):
    Deadline.objects.bulk_create(
        Deadline(
            case=case, owner_id=case.organisation_id, rule=clock.rule, starts_on=clock.starts_on, due_on=clock.due_on
        )
        for clock in clocks
    )


@dataclass(frozen=True)
class Restart:
    """Clocks that a registration at AF starts in an open case, and those that they take the place of."""

    starts: list[Clock]
    replaced: list[Deadline]


def clocks_of_registration(case, since, day, *, is_return) -> Restart:
    """Within one entry the earliest anchor stands: a first registration that came before the application moves the
    start of a clock still running, by a new clock; one already late stays. Coming back to AF starts a new one, unless
    one waits already."""
    starts, replaced = [], []
    for clock in promised_clocks(None, since, case.municipality_id):
        known = Deadline.objects.filter(case=case, rule__code=clock.rule.code)
        waiting = list(known.unanswered())
        if waiting and all(since < deadline.starts_on and day <= deadline.due_on for deadline in waiting):
            starts.append(clock)
            replaced += [deadline for deadline in waiting if deadline not in replaced]
        elif not waiting and _begins_anew(clock.rule, known, since, is_return):
            starts.append(clock)
    return Restart(starts, replaced)


def _begins_anew(rule, known, since, is_return):
    """A return that no clock or meeting has followed yet, or the registration that the promise was waiting for."""
    if is_return:
        return not known.filter(Q(starts_on__gte=since) | Q(met_on__gte=since)).exists()
    return rule.anchor == DeadlineRule.Anchor.PES_REGISTERED and not known.exists()


@dataclass(frozen=True)
class ShownHold:
    hold: DeadlineHold
    came_too_late: bool
    may_end: bool


@dataclass(frozen=True)
class ShownClock:
    deadline: Deadline
    state: DeadlineState
    tone: str
    days_left: int
    holds: list[ShownHold]
    may_explain: bool


def build_clocks(gate, case):
    """Every clock of the case that we are told of, the nearest first."""
    rows = gate.visible(Deadline, case).select_related("rule").prefetch_related("holds__set_by")
    return [_shown(gate, deadline) for deadline in rows.order_by("due_on", "pk")]


def _shown(gate, deadline):
    state, may_write = deadline.state_on(gate.day), gate.may_write(deadline)
    resting = may_write and state == DeadlineState.ON_HOLD
    holds = [
        ShownHold(hold, hold.since > deadline.due_on, resting and hold.goes_on_after(gate.day, deadline.due_on))
        for hold in deadline.holds.all()
    ]
    return ShownClock(
        deadline=deadline,
        state=state,
        tone=TONES[state],
        days_left=deadline.days_left(gate.day),
        holds=holds,
        may_explain=may_write and state not in SETTLED,
    )
