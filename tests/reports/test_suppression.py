from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import Cell, CellState, PublishedTable, Table, share, suppress, suppress_count

SEXES = ("Kvinnor", "Män", "Uppgift saknas")
COUNTS = st.integers(0, 8)


def published(*rows, columns=SEXES, k=5):
    return suppress(Table(columns[: len(rows[0])], tuple((f"rad {n}", row) for n, row in enumerate(rows))), k)


def grid(table: PublishedTable):
    return [*(list(cells) for _label, cells in table.rows), list(table.total)]


def texts(table):
    return [[cell.text for cell in row] for row in grid(table)]


def possible_values(table, k=5, most=9):
    """Every hidden place → the values it takes in all tables a reader could still believe in, by plain enumeration."""
    cells = grid(table)
    choices = {CellState.FEW: range(1, k), CellState.HIDDEN: range(k, most + 1), CellState.NOT_COLLECTED: (0,)}
    inner = [[choices.get(cell.state) or (cell.value,) for cell in row[:-1]] for row in cells[:-1]]
    seen = {}
    for flat in product(*(options for row in inner for options in row)):
        rows = [flat[n : n + len(inner[0])] for n in range(0, len(flat), len(inner[0]))]
        full = [[*row, sum(row)] for row in rows]
        full.append([sum(row[c] for row in full) for c in range(len(full[0]))])
        if all(fits(cells[r][c], value, k) for r, row in enumerate(full) for c, value in enumerate(row)):
            for r, c in hidden_places(table):
                seen.setdefault((r, c), set()).add(full[r][c])
    return seen


def fits(cell, value, k):
    if cell.state == CellState.NOT_COLLECTED:
        return True
    if cell.state == CellState.SHOWN:
        return cell.value == value
    return 1 <= value < k if cell.state == CellState.FEW else value >= 1


def hidden_places(table):
    hidden = (CellState.FEW, CellState.HIDDEN)
    return {(r, c) for r, row in enumerate(grid(table)) for c, cell in enumerate(row) if cell.state in hidden}


def assert_nothing_can_be_computed(table):
    possible = possible_values(table)
    assert {place for place, values in possible.items() if len(values) > 1} == hidden_places(table)


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=3))
def test_no_hidden_number_can_be_computed_from_two_columns(rows):
    assert_nothing_can_be_computed(published(*rows))


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(COUNTS, COUNTS, st.sampled_from([None, 0, 1, 6])), min_size=1, max_size=2))
def test_no_hidden_number_can_be_computed_with_a_column_for_missing_sex(rows):
    assert_nothing_can_be_computed(published(*rows))


@settings(deadline=None)
@given(rows=st.lists(st.tuples(COUNTS), min_size=1, max_size=4))
def test_no_hidden_number_can_be_computed_in_a_plain_list(rows):
    assert_nothing_can_be_computed(published(*rows))


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 6)), min_size=1, max_size=12))
def test_shown_cells_are_true_and_small_ones_are_never_shown(rows):
    sums = [[*row, sum(row)] for row in rows]
    sums.append([sum(row[c] for row in sums) for c in range(4)])
    for cells, counts in zip(grid(published(*rows)), sums, strict=True):
        for cell, count in zip(cells, counts, strict=True):
            assert cell.value in (None, count)
            assert cell.value is None or not 0 < count < 5
            assert cell.state != CellState.FEW or 0 < count < 5
            assert count != 0 or cell.value == 0


def test_a_table_without_small_numbers_is_shown_whole():
    table = published((9, 7, 0), (8, 5, 0))
    assert texts(table) == [["9", "7", "0", "16"], ["8", "5", "0", "13"], ["17", "12", "0", "29"]]
    assert table.columns == ("Kvinnor", "Män", "Uppgift saknas", "Alla")
    assert not table.has_hidden


def test_a_small_number_takes_the_fewest_neighbours_with_it():
    table = published((3, 20), (15, 30), (40, 50))
    assert texts(table) == [
        ["färre än 5", "döljs", "23"],
        ["döljs", "döljs", "45"],
        ["40", "50", "90"],
        ["58", "100", "158"],
    ]


def test_one_person_beside_exactly_five_is_not_given_away_by_the_labels():
    table = published((1, 5))
    assert table.rows[0][1][2].text == "döljs"
    assert_nothing_can_be_computed(table)


def test_a_small_total_does_not_tell_that_every_part_is_one():
    assert texts(published((1, 1), (1, 1))) == texts(published((4, 4), (4, 4)))
    assert texts(published((3, 0), (20, 9)))[0] == ["färre än 5", "0", "färre än 5"]


def test_what_was_not_collected_is_not_zero():
    table = published((9, 7, None), (8, 5, None))
    assert texts(table)[0] == ["9", "7", "ej insamlat", "16"]
    assert table.total[2].text == "ej insamlat"
    assert published((None, None, None)).total[3].state == CellState.NOT_COLLECTED


def test_a_hidden_number_is_gone_from_the_object_too():
    assert "20" not in repr(published((3, 20), (15, 30)))
    assert Cell(None, CellState.FEW).value is None


def test_an_empty_table_has_a_total_of_zero():
    assert [cell.text for cell in suppress(Table(SEXES, ())).total] == ["0", "0", "0", "0"]


def test_another_k_is_named_in_the_text():
    assert texts(published((7, 60), (12, 70), k=10))[0][0] == "färre än 10"
    with pytest.raises(ValueError, match="at least 3"):
        published((1, 2), k=2)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "färre än 5"), (4, "färre än 5"), (5, "5"), (None, "ej insamlat")]
)
def test_a_single_figure_follows_the_same_rule(count, text):
    assert str(suppress_count(count)) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text", "basis"),
    [
        (27, 32, "84\u00a0%", "27 av 32"),
        (0, 5, "0\u00a0%", "0 av 5"),
        (5, 5, "100\u00a0%", "5 av 5"),
        (1, 8, "13\u00a0%", "1 av 8"),
        (0, 0, "inget underlag", ""),
        (1, 4, "färre än 5", ""),
        (None, 12, "ej insamlat", ""),
        (3, None, "ej insamlat", ""),
    ],
)
def test_a_share_comes_with_what_it_is_made_of(numerator, denominator, text, basis):
    found = share(numerator, denominator)
    assert (found.text, found.basis) == (text, basis)


@pytest.mark.parametrize(
    ("numerator", "text"), [(2, "döljs"), (30, "döljs"), (0, "0\u00a0%"), (32, "100\u00a0%"), (16, "50\u00a0%")]
)
def test_a_share_about_persons_hides_small_parts_and_small_rests(numerator, text):
    assert share(numerator, 32, protect_parts=True).text == text


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 4), (-1, 4)])
def test_a_part_larger_than_the_whole_is_a_mistake(numerator, denominator):
    with pytest.raises(ValueError, match="no part of"):
        share(numerator, denominator)
