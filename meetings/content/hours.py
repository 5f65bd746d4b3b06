"""When a worker can be booked: the usual week, days that differ, absences. For the worker, and for the manager."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from accounts.models import Role, User
from consent.content.assignments import CASE_ROLES
from meetings.models import Absence, Availability, OtherHours
from meetings.rules import DAY_ENDS, DAY_STARTS

PARTS = (1, 2)
WORKDAYS = range(5)


@dataclass(frozen=True)
class OwnHours:
    """`seen` names the rows that were shown, so that a week saved in another tab is not written over."""

    kept: list[Availability]
    other: list[OtherHours]
    absences: list[Absence]
    colleagues: list[User]
    day: date

    @property
    def seen(self):
        return seen_of(self.kept)

    @property
    def initial(self):
        """The week in force today; office hours for those who have kept none."""
        now = [a for a in self.kept if a.valid_from <= self.day] or self.kept
        found = {"valid_from": self.day, "seen": self.seen}
        for weekday in WORKDAYS:
            spans = [(a.starts, a.ends) for a in now if a.weekday == weekday]
            for part, span in zip(PARTS, spans if self.kept else [(DAY_STARTS, DAY_ENDS)], strict=False):
                found[f"{weekday}_{part}_starts"], found[f"{weekday}_{part}_ends"] = span
        return found


@dataclass(frozen=True)
class UnitHours:
    workers: list[User]
    absences: list[Absence]
    colleagues: list[User]

    @property
    def rows(self):
        away = {pk: list(each) for pk, each in groupby(_by_user(self.absences), key=lambda a: a.user_id)}
        return [(worker, in_words(worker.hours_now), away.get(worker.pk, [])) for worker in self.workers]


def own_hours(gate):
    gate.require_role(*CASE_ROLES)
    return OwnHours(
        kept=list(Availability.objects.filter(user=gate.user).not_over(gate.day).order_by("weekday", "starts")),
        other=list(OtherHours.objects.filter(user=gate.user, day__gte=gate.day)),
        absences=list(Absence.objects.not_over(timezone.now()).filter(user=gate.user)),
        colleagues=list(_colleagues(gate).exclude(pk=gate.user.pk)),
        day=gate.day,
    )


def unit_hours(gate):
    """The manager's own workers."""
    gate.require_role(Role.UNIT_MANAGER)
    hours = Availability.objects.in_force(gate.day).order_by("weekday", "starts")
    workers = managed(gate).prefetch_related(Prefetch("availabilities", hours, to_attr="hours_now"))
    absences = Absence.objects.not_over(timezone.now()).filter(user__in=managed(gate).values("pk"))
    return UnitHours(workers=list(workers), absences=list(absences), colleagues=list(_colleagues(gate)))


def managed(gate):
    """Those whose absence a manager may note."""
    return User.objects.filter(gate.reach(Role.UNIT_MANAGER), is_active=True).order_by("family_name", "given_name")


def seen_of(rows):
    return ",".join(str(pk) for pk in sorted(row.pk for row in rows))


def in_words(hours):
    """ "mån–fre 08.30–16.30", or "kontorstid" for somebody who has kept no hours."""
    spans = {
        weekday: ", ".join(f"{a.starts:%H.%M}–{a.ends:%H.%M}" for a in each)
        for weekday, each in groupby(hours, key=lambda a: a.weekday)
    }
    if not spans:
        return "kontorstid, 08.00–16.30"
    runs = [(words, [day for day, _ in each]) for words, each in groupby(spans.items(), key=lambda pair: pair[1])]
    return " · ".join(f"{_days(days)} {words}" for words, days in runs)


def _days(days):
    first, last = (str(WEEKDAYS[day])[:3].lower() for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    together = days == list(range(days[0], days[-1] + 1))
    return f"{first}–{last}" if together else ", ".join(str(WEEKDAYS[day])[:3].lower() for day in days)


def _colleagues(gate):
    return User.objects.filter(organisation=gate.organisation, is_active=True).order_by("family_name", "given_name")


def _by_user(absences):
    return sorted(absences, key=lambda absence: (absence.user_id, absence.starts_at))
