"""A series of meetings: each one's time, and where it clashes, other times for that one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from cases.rules import is_working_day
from cases.templatetags.wording import joined
from meetings.rules import instant
from meetings.slots import Booking, search, taken

SKIPPED = "hoppa"
ALTERNATIVES = 5


@dataclass(frozen=True)
class Occurrence:
    """One of the series. `clash` says why its own time will not do; `starts_at` is None when it is left out."""

    number: int
    wanted: datetime
    starts_at: datetime | None
    clash: str = ""
    offers: tuple[datetime, ...] = ()

    @property
    def name(self):
        return f"tid-{self.number}"


@dataclass(frozen=True)
class Series:
    occurrences: tuple[Occurrence, ...]

    @property
    def clashes(self):
        return [each for each in self.occurrences if each.clash]

    @property
    def is_settled(self):
        return not self.clashes

    @property
    def starts(self):
        return [each.starts_at for each in self.occurrences if each.starts_at]


def series(booking: Booking, every: int, times: int, chosen: dict[str, str]) -> Series:
    """`chosen` is what was sent for those that clashed: another time, or that it is left out."""
    first = timezone.localtime(booking.starts_at)
    wanted = [
        instant(first.date() + timedelta(weeks=every * number), first.time().replace(microsecond=0))
        for number in range(times)
    ]
    return Series(tuple(_occurrence(booking, n, start, chosen) for n, start in enumerate(wanted, start=1)))


def _occurrence(booking, number, wanted, chosen):
    sent = chosen.get(f"tid-{number}", "")
    if sent == SKIPPED:
        return Occurrence(number, wanted, None)
    start = _instant(sent) or wanted
    clash = _clash(replace(booking, starts_at=start))
    if not clash:
        return Occurrence(number, wanted, start)
    day = timezone.localdate(wanted)
    near = replace(booking, starts_at=wanted)
    offers = search(near, day + timedelta(days=6), limit=ALTERNATIVES)
    return Occurrence(number, wanted, None, clash, tuple(offers.slots or offers.later[:ALTERNATIVES]))


def _clash(booking):
    if not is_working_day(timezone.localdate(booking.starts_at)):
        return "Det är helg den dagen."
    names = taken(booking)
    words = joined(names)
    return f"{words[:1].upper()}{words[1:]} är {'upptagen' if len(names) == 1 else 'upptagna'}." if names else ""


def _instant(written):
    try:
        return timezone.make_aware(datetime.strptime(written, "%Y-%m-%dT%H:%M"))
    except ValueError:
        return None
