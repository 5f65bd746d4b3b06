"""Twelve months, counted as people count them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.rules import last_day


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 21), date(2027, 11, 20)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_twelve_months_less_a_day(first, last):
    assert last_day(first) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_never_more_than_a_year(first):
    assert 364 <= (last_day(first) - first).days <= 365
