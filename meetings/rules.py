"""Times of a meeting: pure rules over values."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.rules import is_working_day

EARLIEST, LATEST = time(7), time(20)
DAY_STARTS, DAY_ENDS = time(8), time(16, 30)
FOLLOW_UP_WITHIN = timedelta(days=60)


def instant(day, clock):
    """Swedish wall time as an instant. Meetings are kept within EARLIEST–LATEST, where every time exists once."""
    return timezone.make_aware(datetime.combine(day, clock))


def working_days(since, number):
    """So many working days from and including `since`."""
    found = []
    while len(found) < number:
        if is_working_day(since):
            found.append(since)
        since += timedelta(days=1)
    return found


class SheetChanged(Exception):
    """Somebody saved the sheet after it was shown; `theirs` is what is saved now."""

    def __init__(self, theirs):
        super().__init__("Someone else saved first.")
        self.theirs = theirs
