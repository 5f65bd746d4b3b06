"""The charts of a month."""

from reports.charts import Bar, Mark, Series, StackedBars, column_chart, line_chart, stacked_bars
from reports.wording import short_month


def in_time_chart(figures):
    """The promise over twelve months."""
    known = [p for p in figures.series if p.in_time.percent is not None]
    description = "Andel första möten inom 14 dagar, månad för månad."
    if known:
        description += f" Från {known[0].in_time.text} till {known[-1].in_time.text}."
    marks = tuple(Mark.of_share(short_month(p.month), p.in_time) for p in figures.series)
    return line_chart(
        Series("in-time", "Första möte inom 14 dagar", description, ("Månad", "Andel"), marks, unit="%", top=100)
    )


def outcome_chart(split, chart_id="outcomes"):
    """Exits by reason and sex, or only by reason. None when there is nothing to draw."""
    if not any(cells[-1].value for _label, cells in split.table.rows):
        return None
    names = tuple(name.lower() for name in split.table.columns[:-1])
    bars = tuple(_bar(label, cells) for label, cells in split.table.rows)
    note = "Grupper med färre än 5 personer visas inte var för sig." if split.table.has_hidden else ""
    return stacked_bars(
        StackedBars(chart_id, split.title, split.definition, split.heading, names or ("alla",), bars, note=note)
    )


def _bar(label, cells):
    """A table without a split has one part: everybody."""
    total = Mark.of_cell("", cells[-1])
    return Bar.of_cells(label, cells) if len(cells) > 1 else Bar(label, (total,), total)


def assistance_chart(chart_id, points):
    """Yearly assistance paid in million kronor, from (year, kronor, text)."""
    marks = tuple(Mark(str(year), float(value) / 1_000_000, text) for year, value, text in points)
    return column_chart(
        Series(
            chart_id,
            "Utbetalt ekonomiskt bistånd per år",
            "Miljoner kronor per år.",
            ("År", "Miljoner kronor"),
            marks,
            unit="mnkr",
        )
    )
