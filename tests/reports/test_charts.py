import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import Bar, Mark, Series, StackedBars, column_chart, line_chart, stacked_bars
from reports.charts.series import scale_ticks
from reports.suppression import Table, share, suppress

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("sep", "okt", "nov")
NASTY = """<script>alert("1")</script> & 'x' {0} %s"""


def series(*values, **changes):
    facts = {
        "chart_id": "in-time",
        "title": "Första möte inom 14 dagar",
        "description": "Andelen steg från 78 till 84 procent.",
        "headings": ("Månad", "Andel"),
        "marks": tuple(Mark(label, value, f"{value} st") for label, value in zip(MONTHS, values, strict=False)),
    }
    return Series(**facts | changes)


def outcomes(*rows, names=("kvinnor", "män"), **changes):
    published = suppress(Table(names, rows))
    bars = tuple(Bar.of_cells(label, cells) for label, cells in published.rows)
    facts = {"chart_id": "outcome", "title": "Resultat", "description": "", "heading": "Avslutade till"}
    return StackedBars(**facts | {"part_names": names, "bars": bars} | changes)


def drawn(chart):
    return ElementTree.fromstring(chart.svg)


def all_of(chart, tag, css_class=None):
    return [element for element in drawn(chart).iter(SVG + tag) if css_class in (None, element.get("class"))]


def words(chart):
    return [element.text for element in all_of(chart, "text")]


ALL_KINDS = [
    line_chart(series(78, 81, 84, unit="%", top=100)),
    column_chart(series(3, 0, 9)),
    stacked_bars(outcomes(("Arbete", (9, 7)), ("Studier", (8, 5)))),
]


@pytest.mark.parametrize("chart", ALL_KINDS, ids=["line", "columns", "bars"])
def test_a_chart_is_an_image_with_a_name_a_description_and_no_style(chart):
    root = drawn(chart)
    names = [element.get("id") for element in (root.find(SVG + "title"), root.find(SVG + "desc"))]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == names
    assert root.find(SVG + "title").text == chart.title
    assert "style" not in chart.svg
    assert root.get("viewBox") is None


@pytest.mark.parametrize("chart", ALL_KINDS, ids=["line", "columns", "bars"])
def test_a_chart_comes_with_its_figures_as_a_table(chart):
    assert all(len(row) == len(chart.headings) for row in chart.rows)
    assert all(isinstance(cell, str) for row in chart.rows for cell in row)


def test_ids_begin_with_the_chart_so_that_two_fit_on_a_page():
    charts = [stacked_bars(outcomes(("Arbete", (9, 7)), chart_id=name)) for name in ("first", "second")]
    ids = [set(re.findall(r' id="([^"]+)"', chart.svg)) for chart in charts]
    assert ids[0].isdisjoint(ids[1])
    assert len(ids[0]) == 4
    assert 'fill="url(#first-hatch)"' in charts[0].svg


@pytest.mark.parametrize("chart_id", ["", "Två ord", 'x"onload="', "9"])
def test_an_id_that_could_break_the_page_is_refused(chart_id):
    with pytest.raises(ValueError, match="cannot be an id"):
        line_chart(series(1, chart_id=chart_id))


@pytest.mark.parametrize("draw", [line_chart, column_chart])
def test_every_text_of_a_series_is_escaped(draw):
    mark = Mark(NASTY, 3, NASTY)
    chart = draw(series(title=NASTY, description=NASTY, headings=(NASTY, NASTY), marks=(mark,), unit=NASTY))
    assert "<script" not in chart.svg
    assert words(chart).count(NASTY) == 2


def test_every_text_of_bars_is_escaped():
    bar = Bar(NASTY, (Mark("", 3, NASTY), Mark("", 4, NASTY)), Mark("", 7, NASTY))
    chart = stacked_bars(outcomes(bars=(bar,), part_names=(NASTY, "män"), title=NASTY, description=NASTY))
    assert "<script" not in chart.svg
    assert NASTY in words(chart)


def test_the_line_climbs_when_the_share_does_and_its_last_figure_is_written():
    chart = line_chart(series(78, 81, 84, unit="%", top=100))
    heights = [float(dot.get("cy")) for dot in all_of(chart, "circle")]
    assert heights == sorted(heights, reverse=True)
    assert len(all_of(chart, "line", "chart-line")) == 2
    assert [element.text for element in all_of(chart, "text", "chart-value")] == ["84 st"]
    assert words(chart)[:5] == [f"{n}\u00a0%" for n in (0, 25, 50, 75, 100)]


def test_a_missing_month_is_a_gap_and_words_in_the_table():
    marks = tuple(
        Mark.of_share(month, share(*pair)) for month, pair in zip(MONTHS, [(8, 10), (1, 2), (9, 10)], strict=True)
    )
    chart = line_chart(series(marks=marks, unit="%", top=100))
    assert len(all_of(chart, "circle")) == 2
    assert not all_of(chart, "line", "chart-line")
    assert [row[1] for row in chart.rows] == ["80\u00a0%", "färre än 5", "90\u00a0%"]


@pytest.mark.parametrize("draw", [line_chart, column_chart])
def test_an_empty_series_still_draws_its_scale(draw):
    assert len(all_of(draw(series()), "line", "chart-grid")) == 5


def test_a_single_month_stands_in_the_middle():
    assert all_of(line_chart(series(3)), "circle")[0].get("cx") == "54.25%"


def test_two_years_of_months_are_labelled_sparsely_and_the_last_always():
    marks = tuple(Mark(f"m{n}", n, "") for n in range(1, 25))
    assert [word for word in words(line_chart(series(marks=marks))) if word and word[0] == "m"] == [
        f"m{n}" for n in range(2, 25, 2)
    ]


def test_a_unit_is_written_once():
    assert words(column_chart(series(11234, unit="tkr")))[:4] == ["0", "5\u00a0000", "10\u00a0000", "15\u00a0000 tkr"]


def test_columns_stand_on_the_scale_and_carry_their_figure():
    chart = column_chart(series(3, 0, 9))
    tall, low = (float(rect.get("height")) for rect in (all_of(chart, "rect")[1], all_of(chart, "rect")[0]))
    assert tall == pytest.approx(3 * low, rel=0.01)
    assert [element.text for element in all_of(chart, "text", "chart-value")] == ["3 st", "0 st", "9 st"]


def test_parts_lie_after_each_other_in_proportion_to_their_size():
    chart = stacked_bars(outcomes(("Arbete", (9, 7)), ("Studier", (8, 6))))
    bars = [rect for rect in all_of(chart, "rect") if rect.get("width").endswith("%")]
    starts, widths = ([float(rect.get(name)[:-1]) for rect in bars] for name in ("x", "width"))
    assert starts[1] == pytest.approx(starts[0] + widths[0], abs=0.02)
    assert widths[0] / widths[1] == pytest.approx(9 / 7, rel=0.01)
    assert [rect.get("fill") for rect in bars[:2]] == ["#0b5563", "url(#outcome-hatch)"]


def test_a_row_with_a_hidden_part_is_an_outline_that_is_not_split():
    chart = stacked_bars(outcomes(("Arbete", (3, 20)), ("Studier", (15, 9)), ("Flyttat", (12, 20))))
    outlines = [rect for rect in all_of(chart, "rect", "chart-axis") if rect.get("width").endswith("%")]
    assert len(outlines) == 2
    assert "inte uppdelat" in words(chart)
    assert chart.rows[0] == ("Arbete", "färre än 5", "döljs", "23")


def test_a_hidden_total_is_only_words():
    few = Mark("", None, "färre än 5")
    chart = stacked_bars(outcomes(bars=(Bar("Arbete", (few, Mark("", 0, "0")), few),)))
    assert "färre än 5" in words(chart)
    assert not [rect for rect in all_of(chart, "rect") if rect.get("width").endswith("%")]


def test_a_long_label_is_broken_and_the_bar_gets_room():
    chart = stacked_bars(outcomes(("Behöver stöd för att kunna avsluta studier", (9, 7)), ("Arbete", (8, 5))))
    assert words(chart)[2:5] == ["Behöver stöd för", "att kunna avsluta", "studier"]
    assert drawn(chart).get("height") == "117"


def test_a_third_part_has_its_own_pattern_and_the_legend_breaks_on_a_phone():
    names = ("kvinnor", "män", "uppgift saknas", "ett fjärde långt namn")
    chart = stacked_bars(outcomes(("Arbete", (9, 7, 6)), names=names[:3]))
    assert 'fill="url(#outcome-dots)"' in chart.svg
    lines = {element.get("y") for element in all_of(chart, "text") if not element.get("x").endswith("%")}
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(1, [0, 1]), (3, [0, 1, 2, 3]), (10, [0, 5, 10]), (16, [0, 5, 10, 15, 20]), (2.5, [0, 1, 2, 3])],
)
def test_counts_get_whole_steps(highest, ticks):
    assert scale_ticks(series(highest)) == ticks


@settings(deadline=None)
@given(values=st.lists(st.integers(0, 10**7) | st.floats(0, 1000, allow_subnormal=False) | st.none(), max_size=24))
def test_the_scale_reaches_above_every_figure_in_few_even_steps(values):
    marks = tuple(Mark("", value, "") for value in values)
    ticks = scale_ticks(series(marks=marks))
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 5
    assert ticks[-1] * 1.000001 >= max(filter(None, values), default=0)
    steps = [high - low for low, high in pairwise(ticks)]
    assert max(steps) == pytest.approx(min(steps), rel=0.01)
