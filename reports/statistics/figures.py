"""What a counted month consists of: only what may be shown, never a count that is hidden."""

from dataclasses import dataclass
from datetime import date

from reports.suppression import Cell, CellState, PublishedTable, Share
from reports.wording import days


@dataclass(frozen=True)
class Median:
    """Middle number of days. None with a state that tells why: too few, or nothing to count."""

    days: float | None
    state: CellState = CellState.SHOWN

    @property
    def text(self):
        return Cell(None, self.state).text if self.days is None else days(self.days)


@dataclass(frozen=True)
class Split:
    """A table by sex (or only 'Alla') with its heading and how it was counted. `total` False: no last row."""

    code: str
    title: str
    heading: str
    table: PublishedTable
    definition: str
    shows_total: bool = True

    def row(self, label):
        return dict(self.table.rows)[label]


@dataclass(frozen=True)
class Medians:
    """Days between two steps for each group that has k persons; parts in the order of `names`, last 'Alla'."""

    code: str
    title: str
    names: tuple[str, ...]
    values: tuple[Median, ...]
    definition: str

    @property
    def total(self):
        return self.values[-1]


@dataclass(frozen=True)
class Late:
    """How well the authorities kept the promise: counts about them, shown in full when the cohort has k cases.

    An explained one has a written reason (DeadlineHold); `outage` are those among them that an outage delayed.
    """

    met_late_explained: int
    met_late_unexplained: int
    missed_explained: int
    missed_unexplained: int
    outage: int = 0

    @property
    def total(self):
        return self.explained + self.unexplained

    @property
    def explained(self):
        return self.met_late_explained + self.missed_explained

    @property
    def unexplained(self):
        return self.met_late_unexplained + self.missed_unexplained


@dataclass(frozen=True)
class MonthPoint:
    """One month of the series of twelve."""

    month: date
    in_time: Share
    opened: Cell
    closed: Cell
    open_at_end: Cell


@dataclass(frozen=True)
class NeedLine:
    """A need without its persons. `waited` is whole days from the day it was raised."""

    title: str
    kind: str
    level: str
    people: Cell
    sent_on: date
    answer_due_on: date
    waited: int
    is_late: bool


@dataclass(frozen=True)
class Needs:
    raised: int
    answered: int
    waiting: tuple[NeedLine, ...]
    definition: str


@dataclass(frozen=True)
class Promise:
    """Share of one organisation's milestones that were done by their day."""

    kind: str
    short_name: str
    share: Share


@dataclass(frozen=True)
class MonthFigures:
    """One municipality's month as it stood at the end of `counted_to`. Frozen as JSON, read back without loss."""

    code: str
    municipality: str
    month: date
    counted_to: date
    in_time: Share
    late: Late | None
    first_meetings: Split
    first_meetings_year: Split
    excluded: Split
    delays: Split
    to_first_meeting: Medians
    to_first_activity: Medians
    flow: Split
    meetings: Split
    meeting_forms: Split
    no_shows: Split
    open_cases: Cell
    open_with_plan: Cell
    share_with_plan: Share
    plans_agreed: Split
    milestones_reached: Split
    outcomes: Split
    voice: Split
    series: tuple[MonthPoint, ...]
    needs: Needs
    promises: tuple[Promise, ...]
    promises_definition: str
    called_off: Split | None = None
