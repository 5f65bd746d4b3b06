"""The promise of a first meeting within fourteen days: mature cohort, the late ones, days of waiting."""

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import Greatest, TruncMonth

from actionplans.models import Milestone
from cases.models import CaseExit, Deadline, DeadlineHold, ExitReason
from cases.rules import DeadlineState
from reports.rules import delay_buckets
from reports.statistics import definitions
from reports.statistics.figures import Late
from reports.statistics.publishing import by_sex, medians, split, tally, totals_only, with_known_totals
from reports.suppression import K, share, suppress

PROMISED_DAYS = 14
STATE = DeadlineState
ROWS = ("Inom 14 dagar", "Senare eller inte alls")


def cohort(municipality, since, until):
    """First-meeting clocks whose promised day fell in these days, and where each stood when that month ended.

    What came later is not known to that month: counted again, the month is the same. A rest moves a clock's last day,
    never the day its figure is measured by.
    """
    outage = DeadlineHold.objects.filter(
        deadline=OuterRef("pk"), reason=DeadlineHold.Reason.SYSTEM_DOWN, since__lte=OuterRef("known_on")
    )
    return (
        Deadline.objects.first_meeting()
        .filter(rule__days=PROMISED_DAYS, case__municipality=municipality, promised_on__range=(since, until))
        .with_state(MonthEnd("promised_on"))
        .annotate(month=TruncMonth("promised_on"), outage=Exists(outage))
    )


class MonthEnd(models.Func):
    template = "(date_trunc('month', %(expressions)s) + interval '1 month - 1 day')::date"
    output_field = models.DateField()


def count_cohort(municipality, period):
    """Shares and tables of the month, and (month, share) for the twelve."""
    rows = list(
        cohort(municipality, period.year[0], period.passed_to)
        .exclude(state=STATE.NOT_APPLICABLE)
        .values_list("month", "state", "explained", "outage", "case__individual__sex")
        .annotate(n=Count("pk"))
    )
    this_month = [row for row in rows if row[0] == period.month]
    return {
        "in_time": _share(this_month),
        "late": _late(this_month),
        "first_meetings": _table("first_meetings", "Första mötet, månaden", this_month, definitions.IN_TIME_SPLIT),
        "first_meetings_year": _table(
            "first_meetings_year", "Första mötet, tolv månader", rows, definitions.IN_TIME_YEAR
        ),
        "shares": {month: _share([row for row in rows if row[0] == month]) for month in period.months},
        "excluded": _excluded(municipality, period),
    }


def _share(rows):
    met = sum(row[-1] for row in rows if row[1] == STATE.MET)
    return share(met, sum(row[-1] for row in rows))


def _late(rows):
    """None when the cohort is too small to say anything about."""
    if sum(row[-1] for row in rows) < K:
        return None
    late = [row for row in rows if row[1] != STATE.MET]

    def count(was_met, explained):
        return sum(row[-1] for row in late if (row[1] == STATE.MET_LATE) == was_met and row[2] == explained)

    outage = sum(row[-1] for row in late if row[3])
    return Late(count(True, True), count(True, False), count(False, True), count(False, False), outage)


def _table(code, title, rows, definition):
    counted = tally((state == STATE.MET, sex, n) for _month, state, _explained, _outage, sex, n in rows)
    table = by_sex([(ROWS[0], counted.get(True, {})), (ROWS[1], counted.get(False, {}))])
    return split(code, title, "Första mötet", with_known_totals(table), definition)


def _excluded(municipality, period):
    reason = CaseExit.objects.filter(case=OuterRef("case"), reopened_on=None).values("reason")[:1]
    counted = tally(
        cohort(municipality, period.month, period.passed_to)
        .filter(state=STATE.NOT_APPLICABLE)
        .annotate(reason=Subquery(reason))
        .values_list("reason", "case__individual__sex")
        .annotate(n=Count("pk"))
    )
    rows = [(ExitReason(why).label, counted[why]) for why in ExitReason.values if why in counted]
    rows += [("Klockan gällde inte längre", counted[None])] if None in counted else []
    published = totals_only(rows or [("Inga undantag", {})])
    return split("excluded", "Undantagna", "Orsak", published, definitions.EXCLUDED)


def count_waiting(municipality, period):
    """Days from the start of the clock to the first meeting, and from there to the first activity."""
    met = (
        Deadline.objects.first_meeting()
        .filter(rule__days=PROMISED_DAYS, case__municipality=municipality, met_on__gte=F("starts_on"))
        .annotate(sex=F("case__individual__sex"))
    )
    waited = _day_counts(met.filter(met_on__range=period.days), F("met_on") - F("starts_on"))
    first = Milestone.objects.filter(case=OuterRef("case")).order_by().values("case")
    active = (
        met.annotate(first_on=Subquery(first.annotate(day=Min("starts_on")).values("day")))
        .exclude(first_on=None)
        .annotate(active_on=Greatest("first_on", "met_on"))
        .filter(active_on__range=period.days)
    )
    return {
        "delays": _delays(waited),
        "to_first_meeting": medians(
            "to_first_meeting", "Från ansökan till första mötet", waited, definitions.TO_MEETING
        ),
        "to_first_activity": medians(
            "to_first_activity",
            "Från första mötet till första aktiviteten",
            _day_counts(active, F("active_on") - F("met_on")),
            definitions.TO_ACTIVITY,
        ),
    }


def _day_counts(clocks, interval):
    """{days: {sex: count}}, exact: medians of parts never add up, counts do."""
    between = models.ExpressionWrapper(interval, output_field=models.DurationField())
    rows = clocks.annotate(between=between).values_list("between", "sex").annotate(n=Count("pk"))
    return tally((between.days, sex, n) for between, sex, n in rows)


def _delays(waited):
    sexes = {sex for counts in waited.values() for sex in counts}
    buckets = {sex: delay_buckets({days: n.get(sex, 0) for days, n in waited.items()}) for sex in sexes}
    labels = [label for label, _n in delay_buckets({})]
    rows = [(f"{label} dagar", {sex: dict(buckets[sex])[label] for sex in sexes}) for label in labels]
    return split("delays", "Dagar till första mötet", "Dagar", suppress(by_sex(rows)), definitions.DELAYS)
