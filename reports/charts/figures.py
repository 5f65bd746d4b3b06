"""What a chart is asked to draw, and what comes out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

EVERYBODY = _("Alla")


@dataclass(frozen=True)
class Chart:
    """What the chart component and the PDF show. Each row begins with its label."""

    title: str
    description: str
    svg: SafeString
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """One figure. With value None (hidden, not collected) nothing is drawn, and the text says why."""

    label: str
    value: float | None
    text: str

    @classmethod
    def of_cell(cls, label, cell):
        return cls(label, cell.value, cell.text)

    @classmethod
    def of_share(cls, label, share):
        return cls(label, share.percent, share.text)


@dataclass(frozen=True)
class Series:
    """Figures over time or over groups, for a line or for columns.

    chart_id is unique on its page. The scale ends at top, or at an even number above the highest. unit "%" writes
    percent on the scale.
    """

    chart_id: str
    title: str
    description: str
    headings: tuple[str, str]
    marks: tuple[Mark, ...]
    unit: str = ""
    top: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One group: its parts in the order of the chart's part names, and its total."""

    label: str
    parts: tuple[Mark, ...]
    total: Mark

    @classmethod
    def of_cells(cls, label, cells):
        """From a row of a published table, whose last cell is the total."""
        parts = tuple(Mark.of_cell("", cell) for cell in cells)
        return cls(label, parts[:-1], parts[-1])

    @property
    def is_undivided(self):
        return self.total.value is not None and any(part.value is None for part in self.parts)


@dataclass(frozen=True)
class StackedBars:
    """Groups split in at most three parts."""

    chart_id: str
    title: str
    description: str
    heading: str
    part_names: tuple[str, ...]
    bars: tuple[Bar, ...]
    total_name: str | Promise = EVERYBODY
    note: str = ""
