"""Do the times last? First meetings that wait to be booked in a unit against the times left before their last days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Role, RoleAssignment, Unit, User
from audit.context import beyond
from cases.models import Deadline, DeadlineHold
from meetings.free_time import PEOPLE_FREE, Wanted, ids_of, span_of
from meetings.models import Meeting
from meetings.rules import Light, capacity_of, instant

SUGGESTED = Meeting()
LENGTH = SUGGESTED.preparation_minutes + SUGGESTED.talk_minutes + SUGGESTED.feedback_minutes
BOOKABLE = f"""{PEOPLE_FREE}
SELECT u.unit_id, (lower(r) AT TIME ZONE %(zone)s)::date,
       sum(floor(extract(epoch FROM upper(r) - lower(r)) / 60 / {LENGTH}))::int
  FROM people_free f JOIN accounts_user u ON u.id = f.id CROSS JOIN unnest(f.free) r
 GROUP BY 1, 2
"""  # noqa: S608


@dataclass(frozen=True)
class Capacity:
    """One unit. `waiting` first meetings are not booked; up to `until`, the tightest day, `needed` of them need the
    `bookable` times there are. `late` have passed their last day and are in neither."""

    unit: Unit
    light: Light
    waiting: int
    late: int
    until: date | None
    needed: int
    bookable: int


@beyond("capacity")
def capacities(units, today):
    """One per unit, in two statements however many they are. Counts only: no case, no person."""
    waiting = _waiting(units, today)
    last = max((due for (_unit, due) in waiting if due >= today), default=today)
    bookable = _bookable(units, last)
    return [_capacity(unit, waiting, bookable, today) for unit in units]


def _capacity(unit, waiting, bookable, today):
    due = {day: n for (pk, day), n in waiting.items() if pk == unit.pk}
    ahead = {day: n for day, n in due.items() if day >= today}
    free = {day: n for (pk, day), n in bookable.items() if pk == unit.pk}
    light, until, needed, left = capacity_of(ahead, free)
    number = sum(ahead.values())
    return Capacity(unit, light, number, sum(due.values()) - number, until, needed, left)


def _waiting(units, today):
    """{(unit, last day): clocks that run, without a booked first meeting}."""
    booked = Meeting.objects.booked().first_meetings().filter(case=OuterRef("case"))
    resting = DeadlineHold.objects.resting(today, OuterRef("due_on"), deadline=OuterRef("pk"))
    clocks = Deadline.objects.first_meeting().unanswered().filter(case__unit__in=units, case__closed_on=None)
    running = clocks.filter(~Exists(booked), ~Exists(resting))
    return Counter(running.values_list("case__unit_id", "due_on"))


def _bookable(units, last):
    now = timezone.now()
    role = RoleAssignment.objects.in_force(timezone.localdate(now)).filter(user=OuterRef("pk"), role=Role.CASE_WORKER)
    workers = User.objects.filter(Exists(role), unit__in=units, is_active=True)
    until = instant(last + timedelta(days=1), time())
    wanted = Wanted(users=tuple(workers.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(BOOKABLE, span_of(now, until) | ids_of(wanted))
        return {(unit, day): number for unit, day, number in cursor.fetchall()}
