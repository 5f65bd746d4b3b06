"""Free times for the demo's meetings: nobody and no room is ever in two places."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.rules import is_working_day

TIMES = [time(9), time(10, 30), time(13), time(14, 30)]
LENGTH = timedelta(minutes=75)


class FreeTimes:
    def __init__(self, rooms):
        self.rooms = rooms
        self._taken = set()

    def take(self, day, keys, *, step=-1, today=None):
        """(start, end, room) on the day, or the next one `step` days away that is a working day with a time for
        all of `keys`. `today` is taken even at a weekend, so that the demo always has something to open."""
        while True:
            if is_working_day(day) or day == today:
                for start in TIMES:
                    room = next((r for r in self.rooms if (day, start, r.pk) not in self._taken), None)
                    if room and not any((day, start, key) in self._taken for key in keys):
                        self._taken.update((day, start, key) for key in (*keys, room.pk))
                        begins = timezone.make_aware(datetime.combine(day, start))
                        return begins, begins + LENGTH, room
            day += timedelta(days=step)
