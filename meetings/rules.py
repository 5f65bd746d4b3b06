"""Times of a meeting: pure rules over values."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from cases.rules import is_working_day

EARLIEST, LATEST = time(7), time(20)
DAY_STARTS, DAY_ENDS = time(8), time(16, 30)
FOLLOW_UP_WITHIN = timedelta(days=60)
STEP, DAY_LENGTH = 30, 13 * 60  # minutes: between starts, and from EARLIEST to LATEST


def instant(day, clock):
    """Swedish wall time as an instant. Meetings are kept within EARLIEST–LATEST, where every time exists once."""
    return timezone.make_aware(datetime.combine(day, clock))


def is_squeeze_day(day):
    """Klämdag: one working day alone between two days off. Many are away; nobody is offered unless they say so."""
    one = timedelta(days=1)
    return is_working_day(day) and not is_working_day(day - one) and not is_working_day(day + one)


def ordinary_days(first, last):
    """The days on which usual hours are kept, both ends included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day) and not is_squeeze_day(day)]


def starts_between(since, until):
    """Every half hour, in order, at which a meeting may start, from `since` and before `until`. In minutes since 1970:
    a search compares thousands of them, and whole numbers are quick."""
    day, found = timezone.localdate(since), []
    first, last = (bound.timestamp() / 60 for bound in (since, until))
    while (start := minute_of(instant(day, EARLIEST))) < last:
        found += [m for m in range(start, start + DAY_LENGTH + 1, STEP) if first <= m < last]
        day += timedelta(days=1)
    return found


def minute_of(moment):
    return int(moment.timestamp() // 60)


def moment_of(minute):
    """In Swedish time."""
    return timezone.localtime(datetime.fromtimestamp(minute * 60, UTC))


def fitting(starts, free, length):
    """Those of the starts, both in order, whose whole length lies in one of the free (lower, upper) ranges."""
    found, ranges = set(), iter(free)
    lower, upper = next(ranges, (None, None))
    for start in starts:
        while upper is not None and upper <= start:
            lower, upper = next(ranges, (None, None))
        if upper is None:
            break
        if lower <= start and start + length <= upper:
            found.add(start)
    return found


class Light(StrEnum):
    """Always shown with its word."""

    GREEN = "ok"
    AMBER = "warn"
    RED = "bad"

    @property
    def label(self):
        return {"ok": "Tiderna räcker", "warn": "Knappt om tider", "bad": "Tiderna räcker inte"}[self.value]


def capacity_of(waiting, bookable):
    """(light, tightest day, how many must be met by then, times until then) from {last day: meetings} and
    {day: times}. Red when some day more must be met than there are times; amber when there are fewer than two each."""
    worst = (Light.GREEN, None, 0, sum(bookable.values()))
    tightest, needed = None, 0
    for due in sorted(waiting):
        needed += waiting[due]
        left = sum(number for day, number in bookable.items() if day <= due)
        if tightest is None or left / needed < tightest:
            tightest = left / needed
            light = Light.RED if left < needed else Light.AMBER if left < 2 * needed else Light.GREEN
            worst = (light, due, needed, left)
    return worst


class SheetChanged(Exception):
    """Somebody saved the sheet or the minutes after they were shown; `theirs` is what is saved now."""

    def __init__(self, theirs):
        super().__init__("Someone else saved first.")
        self.theirs = theirs
