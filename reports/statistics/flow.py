"""Cases in, open and out; where people went."""

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from cases.models import Case, CaseExit, ExitReason
from reports.statistics import definitions
from reports.statistics.publishing import by_sex, each_alone, split, tally
from reports.suppression import Cell, CellState, K, suppress, suppress_count

HIDDEN = Cell(None, CellState.HIDDEN)
OPENED, CLOSED, OPEN = "Nya ärenden", "Avslutade ärenden", "Pågående ärenden"


def count_flow(municipality, period):
    """The month's flow by sex, and {month: (opened, closed, open at its end)} for the twelve."""
    cases = Case.objects.filter(municipality=municipality)
    opened = _per_month(cases, "opened_on", period)
    closed = _per_month(cases, "closed_on", period)
    open_now = open_on(municipality, period.counted_to)
    counted = dict(open_now.values_list("individual__sex").annotate(n=Count("pk")))
    table = by_sex([(OPENED, opened.get(period.month, {})), (CLOSED, closed.get(period.month, {})), (OPEN, counted)])
    return {
        "flow": split(
            "flow",
            "Nya, avslutade och pågående",
            "Ärenden",
            _without_net(each_alone(table)),
            definitions.FLOW,
            shows_total=False,
        ),
        "open_cases": suppress_count(sum(counted.values())),
        "months": _backwards(period.months, opened, closed, sum(counted.values())),
    }


def open_on(municipality, day):
    still_open = Q(closed_on=None) | Q(closed_on__gt=day)
    return Case.objects.filter(still_open, municipality=municipality, opened_on__lte=day)


def _per_month(cases, field, period):
    rows = cases.filter(**{f"{field}__range": period.year}).annotate(month=TruncMonth(field))
    return tally(rows.values_list("month", "individual__sex").annotate(n=Count("pk")))


def _backwards(months, opened, closed, open_at_end):
    """Open cases at the end of each month, from the last one back."""
    points = {}
    for month in reversed(months):
        came, went = (sum(per_month.get(month, {}).values()) for per_month in (opened, closed))
        points[month] = (*_both_or_none(came, went), suppress_count(open_at_end))
        open_at_end += went - came
    return points


def _both_or_none(came, went):
    """Open cases a month apart give opened minus closed, so a small one hides the other too."""
    if 0 < came < K or 0 < went < K:
        return HIDDEN, HIDDEN
    return Cell(came), Cell(went)


def _without_net(published):
    """The same for the table: per sex and for all."""
    rows = {label: list(cells) for label, cells in published.rows}
    for place in range(len(published.columns)):
        if any(rows[label][place].state != CellState.SHOWN for label in (OPENED, CLOSED)):
            for label in (OPENED, CLOSED):
                rows[label][place] = HIDDEN
    return type(published)(published.columns, tuple((label, tuple(cells)) for label, cells in rows.items()), ())


def count_outcomes(municipality, period):
    """Exits of twelve months; a case that was opened again has no exit."""
    exits = CaseExit.objects.filter(
        Q(reopened_on=None) | Q(reopened_on__gt=period.counted_to),
        case__municipality=municipality,
        closed_on__range=period.year,
    )
    return {"outcomes": outcome_table(exits, "Resultat vid avslut", definitions.OUTCOMES)}


def outcome_counts(exits):
    """{reason: {sex: count}} from exits: the one place where outcomes are counted."""
    return tally(exits.order_by().values_list("reason", "case__individual__sex").annotate(n=Count("pk")))


def outcome_table(exits, title, definition):
    """Reasons that fewer than five left for stand together: what is left unlisted may as well be nobody."""
    counted = outcome_counts(exits)
    rows = [(reason.label, counted[reason]) for reason in ExitReason if sum(counted.get(reason, {}).values()) >= K]
    rare = [reason for reason in counted if sum(counted[reason].values()) < K]
    if rare:
        others = tally(("others", sex, n) for reason in rare for sex, n in counted[reason].items())
        rows.append(("Övriga skäl", others["others"]))
    return split("outcomes", title, "Avslutade till", suppress(by_sex(rows or [("Inga avslut", {})])), definition)
