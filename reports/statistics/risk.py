"""Clocks that are about to run out today: process figures for the one who leads the project."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from audit.context import beyond
from cases.models import Deadline
from cases.rules import DeadlineState
from meetings.models import Meeting
from reports.statistics.first_meetings import PROMISED_DAYS
from reports.suppression import Cell, suppress_count

FROM_DAY = 9


@dataclass(frozen=True)
class RiskZone:
    """Not booked from day 9, booked too late; and without a held meeting: clocks that rest, and days that have
    passed with and without a written reason."""

    not_booked: Cell
    booked_late: Cell
    resting: Cell
    explained: Cell
    unexplained: Cell


@beyond("figures")
def count_risks(municipality, day):
    booked = Meeting.objects.booked().first_meetings().filter(case=OuterRef("case"))
    late = booked.annotate(day=TruncDate("starts_at")).filter(day__gt=OuterRef("due_on"))
    in_time = booked.annotate(day=TruncDate("starts_at")).filter(day__lte=OuterRef("due_on"))
    clocks = (
        Deadline.objects.first_meeting()
        .unanswered()
        .filter(rule__days=PROMISED_DAYS, case__municipality=municipality, case__closed_on=None)
        .annotate(is_booked=Exists(booked), is_late=Exists(late), is_in_time=Exists(in_time))
        .with_state(day)
    )
    running = Q(state=DeadlineState.RUNNING)
    counted = clocks.aggregate(
        not_booked=Count("pk", filter=running & Q(is_booked=False, starts_on__lte=day - timedelta(days=FROM_DAY))),
        booked_late=Count("pk", filter=running & Q(is_late=True, is_in_time=False)),
        resting=Count("pk", filter=Q(state=DeadlineState.ON_HOLD)),
        explained=Count("pk", filter=Q(state=DeadlineState.MISSED_EXPLAINED)),
        unexplained=Count("pk", filter=Q(state=DeadlineState.MISSED)),
    )
    return RiskZone(**{name: suppress_count(count) for name, count in counted.items()})
