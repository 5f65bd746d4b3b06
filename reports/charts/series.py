"""A line over months, and upright columns."""

from itertools import pairwise
from math import ceil, floor, log10

from reports.charts import drawing
from reports.charts.figures import Chart
from reports.wording import number, percent

LEFT, RIGHT = 13.0, 95.5
TOP, BOTTOM, HEIGHT = 26.0, 160.0, 186
COLUMN_SHARE = 0.62
MOST_LABELS = 12


def line_chart(series):
    """Dots joined by a line, with a gap where a figure is missing; the last figure is written beside the line."""
    ticks = scale_ticks(series)
    count = len(series.marks)
    step = (RIGHT - LEFT) / max(count - 1, 1)
    places = [LEFT + step * n if count > 1 else (LEFT + RIGHT) / 2 for n in range(count)]
    points = [
        None if mark.value is None else (x, _height(mark.value, ticks))
        for x, mark in zip(places, series.marks, strict=True)
    ]
    lines = [drawing.line(*ends) for ends in pairwise(points) if None not in ends]
    dots = [drawing.dot(*point) for point in points if point]
    return _chart(series, ticks, places, [*lines, *dots, _last_value(series.marks, points)])


def column_chart(series):
    """Upright columns, each with its figure on top."""
    ticks = scale_ticks(series)
    slot = (RIGHT - LEFT) / max(len(series.marks), 1)
    places = [LEFT + slot * (n + 0.5) for n in range(len(series.marks))]
    drawn = []
    for x, mark in zip(places, series.marks, strict=True):
        y = _height(mark.value or 0, ticks)
        size = (slot * COLUMN_SHARE, BOTTOM - y)
        drawn.append(drawing.bar((x - size[0] / 2, y), size, 0, series.chart_id) if mark.value else "")
        drawn.append(drawing.text(x, y - 6, mark.text, anchor="middle", is_value=True))
    return _chart(series, ticks, places, drawn)


def scale_ticks(series):
    """From 0 in at most four even steps, so that the last is at least the highest figure; whole steps for counts."""
    values = [mark.value for mark in series.marks if mark.value is not None]
    highest = series.top or max(values, default=0) or 4
    power = 10.0 ** floor(log10(highest / 4))
    sizes = [power * size for size in (1, 2, 2.5, 5, 10)]
    whole = all(float(value).is_integer() for value in values)
    step = next(size for size in sizes if size * 4 >= highest and (size.is_integer() or not whole))
    return [step * n for n in range(5) if step * (n - 1) < highest]


def _chart(series, ticks, places, drawn):
    grid = [drawing.line((0, _height(tick, ticks)), (100, _height(tick, ticks)), is_grid=True) for tick in ticks]
    scale = [drawing.text(0, _height(tick, ticks) - 5, _tick_text(tick, ticks, series.unit)) for tick in ticks]
    picture = drawing.svg(series, HEIGHT, [*grid, *scale, *_labels_below(series.marks, places), *drawn])
    rows = tuple((mark.label, mark.text) for mark in series.marks)
    return Chart(series.title, series.description, picture, series.headings, rows, series.note)


def _labels_below(marks, places):
    """So many labels as a phone has room for; the last is always among them."""
    every = ceil(len(marks) / MOST_LABELS)
    return [
        drawing.text(x, BOTTOM + 20, mark.label, anchor="middle", size=11)
        for n, (x, mark) in enumerate(zip(places, marks, strict=True), start=1)
        if (len(marks) - n) % every == 0
    ]


def _height(value, ticks):
    return BOTTOM - (BOTTOM - TOP) * value / ticks[-1]


def _tick_text(tick, ticks, unit):
    """Percent stands at every step, another unit only at the top."""
    if unit == "%":
        return percent(tick)
    return f"{number(tick)} {unit}" if unit and tick == ticks[-1] else number(tick)


def _last_value(marks, points):
    shown = [(point, mark.text) for point, mark in zip(points, marks, strict=True) if point]
    if not shown:
        return ""
    (x, y), content = shown[-1]
    falls = len(shown) > 1 and shown[-2][0][1] < y < BOTTOM - 20
    return drawing.text(x, y + 18 if falls else y - 10, content, anchor="end" if x > 90 else "middle", is_value=True)
