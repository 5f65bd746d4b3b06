import statistics
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.rules import delay_buckets, median_from_counts

DAYS = st.lists(st.integers(0, 60), min_size=1, max_size=80)


@settings(deadline=None)
@given(values=DAYS)
def test_the_median_of_counts_is_the_median_of_the_values(values):
    assert median_from_counts(Counter(values)) == statistics.median(values)


def test_nothing_has_no_median():
    assert median_from_counts({}) is None
    assert median_from_counts({9: 0}) is None


def test_a_median_between_two_days_is_a_half():
    assert median_from_counts({8: 1, 9: 1}) == 8.5
    assert repr(median_from_counts({8: 1, 10: 1})) == "9"


@settings(deadline=None)
@given(values=DAYS)
def test_every_delay_lands_in_one_bucket(values):
    assert sum(count for _label, count in delay_buckets(Counter(values))) == len(values)


def test_the_buckets_end_where_they_say():
    every_day = dict.fromkeys(range(40), 1)
    expected = [("0–3", 4), ("4–7", 4), ("8–14", 7), ("15–30", 16), ("över 30", 9)]
    assert delay_buckets(every_day) == expected


def test_a_negative_delay_is_a_mistake():
    with pytest.raises(ValueError, match="mistake in the dates"):
        delay_buckets({-1: 1})
