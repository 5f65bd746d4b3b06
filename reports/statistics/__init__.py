"""A municipality's month, counted from the rows of cases.

The only code that reads the rows of cases without a gate: it returns nothing but counts that have been through
`reports.suppression`. Whoever shows them asks `gate.require_role` first. Set-based: the cost does not grow with the
number of queries, and a month that is over gives the same figures whenever it is counted.
"""

from audit.context import beyond
from reports.statistics.codec import from_json, to_json
from reports.statistics.figures import MonthFigures, MonthPoint
from reports.statistics.first_meetings import count_cohort, count_waiting
from reports.statistics.flow import count_flow, count_outcomes
from reports.statistics.months import first_day, last_day, month_before, whole_or_live
from reports.statistics.plans import count_plans
from reports.statistics.unmet import count_needs
from reports.statistics.work import count_meetings, count_milestones, count_voice

__all__ = [
    "STEPS",
    "MonthFigures",
    "count_month",
    "first_day",
    "from_json",
    "last_day",
    "month_before",
    "to_json",
    "whole_or_live",
]

STEPS = (
    ("Första möten", count_cohort),
    ("Väntetider", count_waiting),
    ("Ärenden in och ut", count_flow),
    ("Möten", count_meetings),
    ("Planer", count_plans),
    ("Delmål", count_milestones),
    ("Resultat vid avslut", count_outcomes),
    ("Deltagarnas svar", count_voice),
    ("Behov utan svar", count_needs),
)


@beyond("figures")
def count_month(municipality, month, today, tell=lambda step, done: None):
    """`tell(step, percent)` is called before each step, for a page that shows how far it has come."""
    period = whole_or_live(month, today)
    counted = {}
    for number, (step, count) in enumerate(STEPS):
        tell(step, 100 * number // len(STEPS))
        counted |= count(municipality, period)
    shares, flow = counted.pop("shares"), counted.pop("months")
    return MonthFigures(
        code=municipality.code,
        municipality=municipality.name,
        month=month,
        counted_to=period.counted_to,
        series=tuple(MonthPoint(each, shares[each], *flow[each]) for each in period.months),
        **counted,
    )
