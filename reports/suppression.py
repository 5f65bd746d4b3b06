"""Small numbers: the one place where a count becomes something that may be shown.

Protects one table at a time. Two tables over the same people, or the same table a month apart, can still be
subtracted from each other: publish the splits that are decided on, not every one that is possible.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from reports.wording import number, percent

K = 5


class CellState(StrEnum):
    SHOWN = "shown"
    FEW = "few"
    HIDDEN = "hidden"
    NOT_COLLECTED = "not_collected"
    NO_BASIS = "no_basis"


WORDS = {
    CellState.FEW: _("färre än %(k)d"),
    CellState.HIDDEN: _("döljs"),
    CellState.NOT_COLLECTED: _("ej insamlat"),
    CellState.NO_BASIS: _("inget underlag"),
}


@dataclass(frozen=True)
class Cell:
    """A count as it may leave the house: value is None unless it is shown, so nothing behind the text can leak."""

    value: int | None
    state: CellState = CellState.SHOWN
    k: int = K

    def __str__(self):
        return self.text

    @property
    def text(self):
        if self.state == CellState.SHOWN:
            return number(self.value)
        return str(WORDS[self.state]) % {"k": self.k}


@dataclass(frozen=True)
class Share:
    """A share with the figures it is made of. Without percent, state tells why."""

    percent: float | None
    numerator: int | None
    denominator: int | None
    state: CellState = CellState.SHOWN
    k: int = K

    @property
    def text(self):
        if self.percent is not None:
            return percent(self.percent)
        return Cell(None, self.state, self.k).text

    @property
    def basis(self):
        """'27 av 32', or nothing where the figures are hidden."""
        if self.percent is None:
            return ""
        return _("%(part)s av %(whole)s") % {"part": number(self.numerator), "whole": number(self.denominator)}


@dataclass(frozen=True)
class Table:
    """Counts without totals. None: this was not collected, which is not zero; it adds nothing to the totals."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True)
class PublishedTable:
    """Columns end with the total of each row; total is the last row, with the total of everything last."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    total: tuple[Cell, ...]

    @property
    def has_hidden(self):
        cells = [cell for _label, row in self.rows for cell in row] + list(self.total)
        return any(cell.state in (CellState.FEW, CellState.HIDDEN) for cell in cells)


def suppress(table, k=K):
    """The table with totals, where no count from 1 to k-1 can be read or computed from what is shown.

    Zeros are shown. k is at least 3: with 2, 'fewer than two' would say one.
    """
    if k < 3:
        raise ValueError("k must be at least 3.")
    counts = _with_totals([list(row) for _label, row in table.rows], len(table.columns))
    grid = _Grid(counts, k)
    hidden = _hidden_places(grid)
    cells = [[grid.published(r, c, (r, c) in hidden) for c in range(len(row))] for r, row in enumerate(counts)]
    rows = tuple((label, tuple(cells[r])) for r, (label, _counts) in enumerate(table.rows))
    return PublishedTable((*table.columns, str(_("Alla"))), rows, tuple(cells[-1]))


def suppress_count(count, k=K):
    """One figure on its own, such as a key figure without a split."""
    if count is None:
        return Cell(None, CellState.NOT_COLLECTED, k)
    return Cell(None, CellState.FEW, k) if 0 < count < k else Cell(count, CellState.SHOWN, k)


def share(numerator, denominator, *, k=K, protect_parts=False):
    """Percent of a group. A group of 1 to k-1 is never shown.

    protect_parts hides also when the part, or the rest, is 1 to k-1: for shares that say something about persons
    (health, outcome), not for how well the authorities kept a time limit. Splits go through suppress first.
    """
    if numerator is None or denominator is None:
        return Share(None, None, None, CellState.NOT_COLLECTED, k)
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} is no part of {denominator}.")
    if denominator == 0:
        return Share(None, None, None, CellState.NO_BASIS, k)
    if denominator < k:
        return Share(None, None, None, CellState.FEW, k)
    if protect_parts and (0 < numerator < k or 0 < denominator - numerator < k):
        return Share(None, None, None, CellState.HIDDEN, k)
    return Share(100 * numerator / denominator, numerator, denominator, CellState.SHOWN, k)


def _with_totals(rows, width):
    """Adds the total of each row and of each column; a line where nothing was collected has no total either."""
    rows = [[*row, _total(row)] for row in rows]
    return [*rows, [_total([row[c] for row in rows]) for c in range(width + 1)]]


def _total(counts):
    collected = [count for count in counts if count is not None]
    return sum(collected) if collected or not counts else None


@dataclass(frozen=True)
class _Grid:
    """Counts with totals in the last row and column, as a reader who knows every rule of this module sees them."""

    counts: list[list[int | None]]
    k: int

    @cached_property
    def places(self):
        return {(r, c): count for r, row in enumerate(self.counts) for c, count in enumerate(row) if count}

    @cached_property
    def small(self):
        return {place for place, count in self.places.items() if count < self.k}

    def totals_in(self, place):
        """0 for a count, 1 for a total of a row or a column, 2 for the total of everything."""
        return (place[0] == len(self.counts) - 1) + (place[1] == len(self.counts[0]) - 1)

    def published(self, r, c, is_hidden):
        count = self.counts[r][c]
        if count is None or not is_hidden:
            return Cell(count, CellState.NOT_COLLECTED if count is None else CellState.SHOWN, self.k)
        return Cell(None, CellState.HIDDEN if self.bounds((r, c))[1] is None else CellState.FEW, self.k)

    def bounds(self, place):
        """Between what the label of a hidden place tells that its count lies; None is no upper bound.

        A total of several counts is only ever 'hidden': 'fewer than 5' over four counts would say that each is one.
        """
        if self.is_sum(place):
            return 1, None
        return (1, self.k - 1) if place in self.small else (self.k, None)

    def is_sum(self, place):
        """Whether two or more counts that are not zero (zeros are shown) are added here."""
        if not self.totals_in(place):
            return False
        last_row, last_column = len(self.counts) - 1, len(self.counts[0]) - 1
        rows = range(last_row) if place[0] == last_row else [place[0]]
        columns = range(last_column) if place[1] == last_column else [place[1]]
        return sum((r, c) in self.places for r in rows for c in columns) > 1

    def moves(self, place):
        """The directions (from, to) in which one person more or one less can flow through a hidden place."""
        row, column = ("row", place[0]), ("column", place[1])
        more, less = ((row, column), (column, row)) if self.totals_in(place) != 1 else ((column, row), (row, column))
        low, high = self.bounds(place)
        return [more] * (self.places[place] != high) + [less] * (self.places[place] != low)

    def computable(self, hidden):
        """The hidden places that have only one possible value.

        Rows and columns are nodes, hidden counts are arcs: one person more here and one less there, round a closed
        walk, gives another table with the same shown figures. A place on no such walk can be computed.
        """
        arcs = {place: self.moves(place) for place in hidden}
        return {place for place in hidden if not any(_returns(move, place, arcs) for move in arcs[place])}


def _hidden_places(grid):
    """Small counts, and as few others as keep them from being computed: hide one by one, then show what need not be."""
    hidden = set(grid.small)
    while found := grid.computable(hidden):
        near = [place for place in grid.places.keys() - hidden if any(_in_line(place, other) for other in found)]
        hidden.add(min(sorted(near or grid.places.keys() - hidden), key=lambda place: _cost(grid, hidden, place)))
    largest_first = sorted(hidden - grid.small, key=lambda place: (grid.totals_in(place), grid.places[place]))[::-1]
    for place in largest_first:
        if not grid.computable(hidden - {place}):
            hidden.discard(place)
    return hidden


def _in_line(place, other):
    return place[0] == other[0] or place[1] == other[1]


def _cost(grid, hidden, place):
    """Rather what helps most; rather a count than a total; rather a small count."""
    return len(grid.computable(hidden | {place})), grid.totals_in(place), grid.places[place]


def _returns(move, place, arcs):
    """Whether a walk through the other hidden places leads back to where the move began."""
    goal, start = move
    steps = [step for other, moves in arcs.items() if other != place for step in moves]
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        onward = {to for origin, to in steps if origin == here} - reached
        reached |= onward
        waiting += onward
    return goal in reached
