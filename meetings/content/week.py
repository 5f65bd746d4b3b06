"""A week: one's own, the unit's, or the rooms'. What the gate does not show is only busy."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import RoleAssignment, User
from cases.templatetags.wording import clock
from consent.content.assignments import CASE_ROLES
from meetings.models import Absence, Meeting, Room
from meetings.rules import DAY_ENDS, DAY_STARTS, instant
from meetings.slots import room_times, worker_times

OWN, UNIT, ROOMS = "", "enhet", "rum"
QUARTER = timedelta(minutes=15)
OPENS = 7


@dataclass(frozen=True)
class Entry:
    """A meeting in somebody's week; `meeting` is None when the gate does not show it (any longer): only busy. Or a
    day of an absence, whose reason nobody writes."""

    starts_at: datetime
    ends_at: datetime
    meeting: Meeting | None = None
    absence: Absence | None = None

    @property
    def away(self):
        """In words: "Borta hela dagen", "Borta till 12.00", "Borta från 13.00", "Borta 10.00–12.00"."""
        starts, ends = (timezone.localtime(at).time() for at in (self.starts_at, self.ends_at))
        early, late = starts <= DAY_STARTS, ends >= DAY_ENDS
        if early and late:
            return "Borta hela dagen"
        if early or late:
            return f"Borta från {clock(self.starts_at)}" if late else f"Borta till {clock(self.ends_at)}"
        return f"Borta {clock(self.starts_at)}–{clock(self.ends_at)}"

    @property
    def row(self):
        """Its first quarter of an hour from seven o'clock, for the grid of wide screens."""
        local = timezone.localtime(self.starts_at)
        return max(0, (local.hour - OPENS) * 4 + local.minute // 15)

    @property
    def rows(self):
        return max(1, min(52 - self.row, -(-(self.ends_at - self.starts_at) // QUARTER)))


@dataclass(frozen=True)
class Day:
    day: date
    entries: list[Entry]

    @property
    def is_today(self):
        return self.day == timezone.localdate()


@dataclass(frozen=True)
class Line:
    """One colleague or one room through the week."""

    name: str
    detail: str
    days: list[Day]


@dataclass(frozen=True)
class Week:
    view: str
    monday: date
    days: list[Day] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

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

    @property
    def scale(self):
        """Where each hour stands in the grid."""
        return [((hour - OPENS) * 4, f"{hour:02}") for hour in range(OPENS, 20)]

    @property
    def heads(self):
        return [day.day for day in self.lines[0].days] if self.lines else []


def week(gate, day, view=OWN):
    """The ISO week of the day; weekends only when something is on."""
    monday = day - timedelta(days=day.weekday())
    if view == UNIT and gate.user.unit_id:
        gate.require_role(*CASE_ROLES)
        return _lines(view, monday, *_unit(gate, monday))
    if view == ROOMS:
        gate.require_role(*CASE_ROLES)
        return _lines(view, monday, *_rooms(gate, monday))
    entries = _of_workers(gate, [gate.user.pk], monday).get(gate.user.pk, [])
    return Week(OWN, monday, days=_days(monday, entries, weekends=_weekends(entries)))


def week_views(gate, shown):
    """The tabs: whose week. None for those who work without cases."""
    if not gate.has_role(*CASE_ROLES):
        return []
    words = [("", "Min vecka"), (UNIT, "Enheten")] if gate.user.unit_id else [("", "Min vecka")]
    return [
        {"label": label, "url": f"?vy={view}&dag={shown.monday}", "current": view == shown.view, "count": None}
        for view, label in [*words, (ROOMS, "Rum")]
    ]


def _unit(gate, monday):
    booked = RoleAssignment.objects.in_force(gate.day).filter(user=OuterRef("pk"), role__in=CASE_ROLES)
    colleagues = User.objects.filter(Exists(booked), unit=gate.user.unit, is_active=True)
    workers = list(colleagues.order_by("family_name", "given_name"))
    entries = _of_workers(gate, [worker.pk for worker in workers], monday)
    return [(worker.pk, worker.full_name, worker.title) for worker in workers], entries


def _rooms(gate, monday):
    """A room never says whom a protected person meets there, not even to those who know."""
    rooms = list(Room.objects.in_use().filter(municipality=gate.organisation.municipality_id))
    found = room_times([room.pk for room in rooms], _span(monday))
    shown = _shown(gate, [meeting for *_times, meeting in found])
    entries = {}
    for room, during, pk in found:
        meeting = shown.get(pk)
        told = meeting if meeting and meeting.tells_spot() else None
        entries.setdefault(room, []).append(Entry(during.lower, during.upper, told))
    return [(room.pk, room.name, room.in_words) for room in rooms], entries


def _of_workers(gate, users, monday):
    found = worker_times(users, _span(monday))
    shown, entries = _shown(gate, [meeting for *_times, meeting in found]), {}
    for user, during, pk in found:
        entries.setdefault(user, []).append(Entry(during.lower, during.upper, shown.get(pk)))
    starts, ends = _span(monday)
    for absence in Absence.objects.not_over(starts).filter(user__in=users, starts_at__lt=ends):
        entries.setdefault(absence.user_id, []).extend(_by_days(absence, monday))
    return entries


def _by_days(absence, monday):
    """One entry per weekday that the absence touches."""
    for n in range(5):
        day = monday + timedelta(days=n)
        starts = max(absence.starts_at, instant(day, time(OPENS)))
        ends = min(absence.ends_at, instant(day, time(18)))
        if starts < ends:
            yield Entry(starts, ends, absence=absence)


def _shown(gate, meetings):
    return {m.pk: m for m in gate.across(Meeting).filter(pk__in=meetings).for_page()}


def _span(monday):
    return instant(monday, time()), instant(monday + timedelta(days=7), time())


def _lines(view, monday, things, entries):
    weekends = _weekends([entry for each in entries.values() for entry in each])
    lines = [Line(name, detail, _days(monday, entries.get(pk, []), weekends)) for pk, name, detail in things]
    return Week(view, monday, lines=lines)


def _weekends(entries):
    return {timezone.localdate(e.starts_at) for e in entries if timezone.localtime(e.starts_at).weekday() > 4}


def _days(monday, entries, weekends):
    by_day = {monday + timedelta(days=n): [] for n in range(7)}
    for entry in sorted(entries, key=lambda e: e.starts_at):
        by_day[timezone.localdate(entry.starts_at)].append(entry)
    return [Day(day, found) for day, found in by_day.items() if day.weekday() < 5 or day in weekends]
