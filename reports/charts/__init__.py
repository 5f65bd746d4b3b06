"""Charts as inline SVG: one drawing for screen, print and PDF, always with its figures as a table.

Widths are percentages and heights are pixels, so text keeps its size from a phone to an A4 page. Colours are
presentation attributes (no inline style: the CSP holds, and WeasyPrint sees them); in the browser the stylesheet's
chart-* classes win over them, also in dark mode. Never scale the SVG: no viewBox, and no `height: auto` in CSS.
"""

from reports.charts.bars import stacked_bars
from reports.charts.figures import Bar, Chart, Mark, Series, StackedBars
from reports.charts.series import column_chart, line_chart

__all__ = ["Bar", "Chart", "Mark", "Series", "StackedBars", "column_chart", "line_chart", "stacked_bars"]
