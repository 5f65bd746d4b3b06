"""Lying bars, split in parts by fill and pattern."""

from textwrap import wrap

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reports.charts import drawing
from reports.charts.figures import Chart

LEFT, RIGHT = 38.0, 88.0
THICKNESS, GAP, TEXT_LINE, LETTERS_PER_LINE = 18, 10, 15, 18
LEGEND_WIDTH, LEGEND_LINE, LETTER_WIDTH, SWATCH_WIDTH = 300, 20, 7, 36


def stacked_bars(spec):
    """The total stands after each bar. Where a part is hidden the bar is an outline that is not split."""
    highest = max((bar.total.value or 0 for bar in spec.bars), default=0) or 1
    legend, y = _legend(spec)
    drawn = [drawing.patterns(spec.chart_id), *legend]
    for bar in spec.bars:
        lines = wrap(str(bar.label), LETTERS_PER_LINE) or [""]
        space = max(THICKNESS, TEXT_LINE * len(lines))
        drawn += _label(lines, y + (space - TEXT_LINE * len(lines)) / 2 + 11.5)
        drawn += _bar(spec.chart_id, bar, y + (space - THICKNESS) / 2, (RIGHT - LEFT) / highest)
        y += space + GAP
    headings = tuple(map(str, (spec.heading, *spec.part_names, spec.total_name)))
    rows = tuple((bar.label, *(part.text for part in bar.parts), bar.total.text) for bar in spec.bars)
    return Chart(spec.title, spec.description, drawing.svg(spec, y, drawn), headings, rows, spec.note)


def _label(lines, y):
    return [drawing.text(LEFT, y + TEXT_LINE * n, words, anchor="end", dx=-8) for n, words in enumerate(lines)]


def _bar(chart_id, bar, y, scale):
    """The rectangles of one bar and its total; a hidden total is only words."""
    if bar.total.value is None:
        return [drawing.text(LEFT, y + 13, bar.total.text, is_value=True)]
    drawn, x = [], LEFT
    widths = [(drawing.OUTLINE, bar.total.value)] if bar.is_undivided else enumerate(p.value for p in bar.parts)
    for fill, value in widths:
        drawn.append(drawing.bar((x, y), (value * scale, THICKNESS), fill, chart_id) if value else "")
        x += value * scale
    return [*drawn, drawing.text(x, y + 13, bar.total.text, is_value=True, dx=7)]


def _legend(spec):
    """What the fills mean, on as many lines as a phone needs, and where the bars may begin."""
    names = list(enumerate(spec.part_names))
    if any(bar.is_undivided for bar in spec.bars):
        names.append((drawing.OUTLINE, _("inte uppdelat")))
    drawn, x, y = [], 0, 4
    for fill, name in names:
        width = SWATCH_WIDTH + LETTER_WIDTH * len(str(name))
        if x and x + width > LEGEND_WIDTH:
            x, y = 0, y + LEGEND_LINE
        drawn.append(drawing.swatch((x + 1, y), fill, spec.chart_id))
        drawn.append(_name_beside(x + 18, y + 10, name))
        x += width
    return drawn, y + LEGEND_LINE + GAP


def _name_beside(x, y, name):
    template = '<text x="{}" y="{}" class="chart-label" fill="{}">{}</text>'
    return format_html(template, x, y, drawing.MUTED, name)
