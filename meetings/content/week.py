"""The user's own week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meetings.models import Meeting, Participant
from meetings.rules import instant


@dataclass(frozen=True)
class Day:
    day: date
    entries: list

    @property
    def is_today(self):
        return self.day == timezone.localdate()


@dataclass(frozen=True)
class Entry:
    """A meeting in somebody's week; `meeting` is None when the gate does not show it (any longer): only busy."""

    starts_at: datetime
    ends_at: datetime
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Week:
    monday: date
    days: list[Day]

    @property
    def number(self):
        return self.monday.isocalendar().week

    @property
    def year(self):
        return self.monday.isocalendar().year

    @property
    def previous(self):
        return self.monday - timedelta(days=7)

    @property
    def following(self):
        return self.monday + timedelta(days=7)

    @property
    def is_empty(self):
        return not any(day.entries for day in self.days)


def week(gate, day):
    """The user's own meetings in the ISO week of the day; weekends only when something is on."""
    monday = day - timedelta(days=day.weekday())
    during = (instant(monday, time()), instant(monday + timedelta(days=7), time()))
    mine = Participant.objects.filter(user=gate.user, takes_time=True, during__overlap=during)
    shown = gate.across(Meeting).filter(pk__in=mine.values("meeting")).for_page()
    meetings = {meeting.pk: meeting for meeting in shown}
    entries = sorted(
        (Entry(p.during.lower, p.during.upper, meetings.get(p.meeting_id)) for p in mine), key=lambda e: e.starts_at
    )
    by_day = {monday + timedelta(days=n): [] for n in range(7)}
    for entry in entries:
        by_day[timezone.localdate(entry.starts_at)].append(entry)
    return Week(monday, [Day(d, found) for d, found in by_day.items() if found or d.weekday() < 5])
