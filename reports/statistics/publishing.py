"""From counted rows to tables that may be shown; the only door from counts to figures."""

from dataclasses import replace

from cases.models import Sex
from reports.rules import median_from_counts
from reports.statistics.figures import Median, Medians, Split
from reports.suppression import Cell, CellState, K, PublishedTable, Table, suppress

SEX_NAMES = {Sex.WOMAN: "Kvinnor", Sex.MAN: "Män", Sex.UNKNOWN: "Uppgift saknas"}
ALL = "Alla"


def tally(rows):
    """{key: {sex: count}} from (key, sex, count) as the database gives them."""
    counted = {}
    for key, sex, count in rows:
        by_sex = counted.setdefault(key, {})
        by_sex[sex] = by_sex.get(sex, 0) + count
    return counted


def by_sex(rows):
    """A table of (label, {sex: count} or None when not collected). Nobody unknown: no column for it."""
    known = [counts for _label, counts in rows if counts]
    sexes = [sex for sex in SEX_NAMES if sex != Sex.UNKNOWN or any(counts.get(sex) for counts in known)]
    return Table(
        tuple(SEX_NAMES[sex] for sex in sexes),
        tuple((str(label), tuple(_count(counts, sex) for sex in sexes)) for label, counts in rows),
    )


def _count(counts, sex):
    return None if counts is None else counts.get(sex, 0)


def totals_only(rows):
    """Without a split, for what is linked to another table that has one."""
    counted = tuple((str(label), (None if counts is None else sum(counts.values()),)) for label, counts in rows)
    published = suppress(Table((ALL,), counted))
    return PublishedTable((ALL,), tuple((label, cells[:1]) for label, cells in published.rows), published.total[:1])


def each_alone(table):
    """Rows that do not add up, such as opened and closed: each is its own table, and nothing stands below."""
    published = [suppress(Table(table.columns, (row,))) for row in table.rows]
    return PublishedTable(published[0].columns, tuple(one.rows[0] for one in published), ())


def with_known_totals(table):
    """For a table whose row totals are shown elsewhere: where one of them is small, the split is not shown at all."""
    published = suppress(table)
    totals = [cells[-1] for _label, cells in published.rows] + [published.total[-1]]
    return withheld(published) if any(cell.state != CellState.SHOWN for cell in totals) else published


def withheld(published):
    rows = tuple((label, _nothing(cells)) for label, cells in published.rows)
    return replace(published, rows=rows, total=_nothing(published.total))


def beside(published, other):
    """`other` over the same things as `published`, when its grand total does not give away a hidden one."""
    if published.total[-1].state == CellState.SHOWN:
        return other
    return withheld(other)


def _nothing(cells):
    return tuple(Cell(None, CellState.HIDDEN) for _cell in cells)


def split(code, title, heading, table, definition, **options):
    return Split(code, title, heading, table, definition, **options)


def medians(code, title, day_counts, definition):
    """From {days: {sex: count}}: a group of 1 to k-1 has no median to show."""
    per_sex = {sex: {days: n[sex] for days, n in day_counts.items() if n.get(sex)} for sex in SEX_NAMES}
    everyone = {days: sum(n.values()) for days, n in day_counts.items()}
    shown = [sex for sex in SEX_NAMES if sex != Sex.UNKNOWN or per_sex[sex]]
    values = [median(per_sex[sex]) for sex in shown] + [median(everyone)]
    return Medians(code, title, (*(SEX_NAMES[sex] for sex in shown), ALL), tuple(values), definition)


def median(day_counts):
    people = sum(day_counts.values())
    if not people:
        return Median(None, CellState.NO_BASIS)
    return Median(None, CellState.FEW) if people < K else Median(median_from_counts(day_counts))
