"""Small numbers: the one place where a count becomes something that may be shown.

Protects one table at a time. Two tables over the same people, or the same table a month apart, can still be
subtracted from each other: publish the splits that are decided on, not every one that is possible.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from heapq import heappop, heappush

from django.utils.translation import gettext_lazy as _

from cases.rules import FEWEST_SHOWN as K
from reports.wording import number, percent


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
        return str(_("%(part)s av %(whole)s")) % {"part": number(self.numerator), "whole": number(self.denominator)}


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
        """The hidden places that have only one possible value, in order.

        Rows and columns are nodes, hidden counts are arcs: one person more here and one less there, round a closed
        walk, gives another table with the same shown figures. A place on no such walk can be computed.
        """
        return sorted(place for place in hidden if not self.walks(place, hidden, through=hidden))

    def walks(self, place, hidden, through):
        """The cheapest walks back, one for each direction that has any: (price, places on the way)."""
        steps = [
            (self.price(other, hidden), move, other)
            for other in sorted(through)
            if other != place
            for move in self.moves(other)
        ]
        found = [_cheapest_walk(start, goal, steps) for goal, start in self.moves(place)]
        return [walk for walk in found if walk is not None]

    def price(self, place, hidden):
        """Rather few places; rather counts than totals; rather small counts. What is hidden already is free."""
        if place in hidden:
            return 0
        return 1 + 2 * self.totals_in(place) + self.places[place] / (1 + max(self.places.values()))


def _hidden_places(grid):
    """Small counts, and as few others as keep them from being computed."""
    hidden = set(grid.small)
    while found := grid.computable(hidden):
        _price, on_the_way = min(grid.walks(found[0], hidden, through=grid.places))
        hidden.update(on_the_way)
    return hidden


def _cheapest_walk(start, goal, steps):
    """Dijkstra's way over a dozen nodes. None: there is no way."""
    waiting, reached = [(0, start, ())], set()
    while waiting:
        price, here, on_the_way = heappop(waiting)
        if here == goal:
            return price, on_the_way
        if here not in reached:
            reached.add(here)
            for extra, (origin, to), place in steps:
                if origin == here and to not in reached:
                    heappush(waiting, (price + extra, to, (*on_the_way, place)))
    return None
