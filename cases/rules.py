"""Time limits, priority, long-term assistance and age: pure rules over values."""

from calendar import SATURDAY, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import holidays
from django.utils.translation import gettext_lazy as _

from cases.identity import age_on

AGE_BANDS = ((18, 19), (20, 24), (25, 34), (35, 44), (45, 54), (55, 64))
LONG_TERM_SHARE = 10 / 12
LOOK_BACK_FROM = timedelta(days=30)  # before its day, after a case has ended
FEWEST_SHOWN = 5  # people: a smaller group could be recognised, so it is told as "färre än 5"


class DeadlineState(StrEnum):
    RUNNING = "running"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    MISSED_EXPLAINED = "missed_explained"
    ON_HOLD = "on_hold"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self):
        return DEADLINE_LABELS[self]

    @property
    def is_missed(self):
        return self in (DeadlineState.MISSED, DeadlineState.MISSED_EXPLAINED)


DEADLINE_LABELS = {
    DeadlineState.RUNNING: _("Pågår"),
    DeadlineState.MET: _("I tid"),
    DeadlineState.MET_LATE: _("Uppfylld för sent"),
    DeadlineState.MISSED: _("Försenad, inte förklarad"),
    DeadlineState.MISSED_EXPLAINED: _("Försenad, förklarad"),
    DeadlineState.ON_HOLD: _("Vilande"),
    DeadlineState.NOT_APPLICABLE: _("Gäller inte"),
}


@cache
def swedish_holidays(year):
    """Day → name: the holidays of lag 1989:253 and the eves of midsummer, Christmas and New Year; no plain Sundays."""
    found = holidays.SE(years=year, categories=("public", "de_facto"), language="sv", include_sundays=False)
    return MappingProxyType(dict(sorted(found.items())))


def is_working_day(day):
    return day.weekday() < SATURDAY and day not in swedish_holidays(day.year)


def last_working_day_on_or_before(day):
    """The day to aim for when the last day itself is a holiday."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def next_working_day_on_or_after(day):
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def due_on(start, *, days, counts="calendar", roll="none"):
    """The last day in time. The start day is day 0.

    The 14-day rule is an agreement, not a statute, so lag 1930:173 does not move it: roll stays "none" unless
    the parties decided on "next_working_day".
    """
    if days < 0:
        raise ValueError("A time limit cannot end before it starts.")
    if counts not in ("calendar", "working") or roll not in ("none", "next_working_day"):
        raise ValueError(f"Unknown way of counting: {counts}, {roll}.")
    end = start + timedelta(days=days) if counts == "calendar" else _after_working_days(start, days)
    return next_working_day_on_or_after(end) if roll == "next_working_day" else end


def _after_working_days(start, days):
    end = start
    for _step in range(days):
        end = next_working_day_on_or_after(end + timedelta(days=1))
    return end


def earliest_anchor(received_on, pes_registered_on, anchor="earliest"):
    """The day the clock starts (S56): application received, registered at AF, or the earlier. None: not started yet."""
    choices = {
        "earliest": min(filter(None, (received_on, pes_registered_on)), default=None),
        "received": received_on,
        "pes_registered": pes_registered_on,
    }
    return choices[anchor]


def moved_due_on(start, rests, *, days, counts="calendar", roll="none"):
    """The last day of a clock that has rested: its length and the days of rest. `rests`: (first day, last day or
    None) of each written reason. One that began after the last day then in force moves nothing; one without an end
    has not moved it yet."""
    last, rested, counted_to = due_on(start, days=days, counts=counts, roll=roll), 0, date.min
    for since, until in sorted(rest for rest in rests if rest[1] is not None):
        if since > last:
            continue
        first = max(since, counted_to + timedelta(days=1))
        rested += sum(counts == "calendar" or is_working_day(day) for day in _days(first, until))
        counted_to = max(counted_to, until)
        last = due_on(start, days=days + rested, counts=counts, roll=roll)
    return last


def _days(first, last):
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def deadline_state(*, due_on, met_on, closed_on, on_hold, today, promised_on=None, explained=False):
    """Where a clock stands, as known on `today`. Only a held, personal meeting gives met_on, and in time is what was
    promised from the start, before any rest moved the last day.

    on_hold: it rests today, or did when it was closed; explained: a reason is written down.
    A case closed while its clock still ran takes the clock with it; closed afterwards, it stays missed.
    """
    if due_on is None:
        return DeadlineState.NOT_APPLICABLE
    if met_on is not None and met_on <= today:
        return DeadlineState.MET if met_on <= (promised_on or due_on) else DeadlineState.MET_LATE
    if closed_on is not None and closed_on <= today and (on_hold or closed_on <= due_on):
        return DeadlineState.NOT_APPLICABLE
    if on_hold:
        return DeadlineState.ON_HOLD
    if today <= due_on:
        return DeadlineState.RUNNING
    return DeadlineState.MISSED_EXPLAINED if explained else DeadlineState.MISSED


@dataclass(frozen=True)
class PriorityRule:
    """The order of Sölvesborg (S114). Long-term unemployment begins at six months: the risk is counted from three."""

    order: tuple[str, ...] = ("on_assistance", "at_risk", "other")
    risk_after_months: int = 3
    youth_below_age: int = 25


SOLVESBORG_ORDER = PriorityRule()


class Priority(NamedTuple):
    """number is None for somebody who does not seek work: the order is about job seekers."""

    number: int | None
    reason: str


def priority_class(*, seeks_work, on_assistance, months_unemployed, age, rule=SOLVESBORG_ORDER):
    """The first group of the rule's order that fits. months_unemployed and age are None when not known."""
    if not seeks_work:
        return Priority(None, _("Söker inte arbete nu. Prioritetsordningen gäller arbetssökande."))
    is_youth = age is not None and age < rule.youth_below_age
    reasons = {
        "on_assistance": on_assistance and _("Söker arbete och har försörjningsstöd."),
        "at_risk": _risk_reason(is_youth, months_unemployed, rule),
        "other": _("Söker arbete, utan försörjningsstöd och utan känd risk för långtidsarbetslöshet."),
    }
    group = next(name for name in (*rule.order, "other") if reasons[name])
    return Priority((*rule.order, "other").index(group) + 1, reasons[group])


def _risk_reason(is_youth, months_unemployed, rule):
    """None when there is no known risk of long-term unemployment; young people count from the first day."""
    if is_youth:
        return _("Söker arbete, är ung och riskerar långtidsarbetslöshet.")
    if months_unemployed is not None and months_unemployed >= rule.risk_after_months:
        return _("Söker arbete och riskerar långtidsarbetslöshet.")
    return None


def months_with_assistance(months, *, last_month, window=12):
    """How many of the window's months had assistance; any day stands for its month, December gives a calendar year."""
    last = _month_index(last_month)
    return len({_month_index(day) for day in months if last - window < _month_index(day) <= last})


def long_term_assistance(months_with, window=12):
    """Ten months of twelve, or the same share of a longer window."""
    if not 0 <= months_with <= window:
        raise ValueError(f"{months_with} months do not fit in a window of {window}.")
    return months_with >= LONG_TERM_SHARE * window


def age_band(age):
    """Statistics only. None: the age is not known."""
    if age is None:
        return _("uppgift saknas")
    if age < AGE_BANDS[0][0]:
        return _("under 18")
    return next((f"{low}–{high}" for low, high in AGE_BANDS if age <= high), _("65 eller äldre"))


def youth_20_24(birth_date, on):
    """Target group S105, by the age on the day the case started."""
    return birth_date is not None and 20 <= age_on(birth_date, on) <= 24


def whole_months(since, day):
    """Whole months from one day to another; None when the first is not known."""
    if since is None:
        return None
    return _month_index(day) - _month_index(since) - (day.day < since.day)


def months_after(day, months):
    """The same day some months on; the last day of a shorter month."""
    year, month = divmod(_month_index(day) - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def computed_target_groups(*, birth_date, on, children, seeks_work, on_assistance, assistance_since, unemployed_since):
    """Codes of the target groups that follow from other facts (S102, S103, S105, S109, S110), by the day `on`."""
    follows = {
        "unemployed_with_assistance": seeks_work and on_assistance and unemployed_since is not None,
        "long_term_unemployed_6m": (whole_months(unemployed_since, on) or 0) >= 6,
        "youth_20_24": youth_20_24(birth_date, on),
        "family_with_children": children > 0,
        "long_term_assistance": on_assistance and (whole_months(assistance_since, on) or 0) >= 10,
    }
    return {code for code, holds in follows.items() if holds}


def case_number(year, serial):
    if serial < 1:
        raise ValueError("Case numbers start at 1.")
    return f"{year}-{serial:04d}"


def _month_index(day: date):
    return day.year * 12 + day.month
