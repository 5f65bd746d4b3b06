"""Calendar months."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """The month from its first day to the last day that is counted, and the twelve months that end with it.

    `passed_to`: time limits up to this day have passed; a live month ends yesterday.
    """

    month: date
    counted_to: date
    passed_to: date

    @property
    def days(self):
        return self.month, self.counted_to

    @property
    def year(self):
        return month_before(self.month, 11), self.counted_to

    @property
    def months(self):
        return [month_before(self.month, n) for n in range(11, -1, -1)]


def whole_or_live(month, today):
    """A month that is over is counted whole; the running one up to today, its time limits up to yesterday."""
    last = last_day(month)
    return Period(month, min(last, today), min(last, today - timedelta(days=1)))


def first_day(day):
    return day.replace(day=1)


def last_day(month):
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_before(month, count=1):
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)
