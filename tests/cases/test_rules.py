from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules import (
    DEADLINE_LABELS,
    DeadlineState,
    PriorityRule,
    age_band,
    case_number,
    deadline_state,
    due_on,
    earliest_anchor,
    is_working_day,
    last_working_day_on_or_before,
    long_term_assistance,
    months_with_assistance,
    next_working_day_on_or_after,
    priority_class,
    swedish_holidays,
    youth_20_24,
)

DAYS = st.dates(date(2010, 1, 1), date(2045, 12, 31))
DUE = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("anchor", "due", "aim", "rolled"),
    [
        ("2026-12-11", "2026-12-25", "2026-12-23", "2026-12-28"),
        ("2026-12-18", "2027-01-01", "2026-12-30", "2027-01-04"),
        ("2026-04-30", "2026-05-14", "2026-05-13", "2026-05-15"),
        ("2026-06-05", "2026-06-19", "2026-06-18", "2026-06-22"),
        ("2026-05-23", "2026-06-06", "2026-06-05", "2026-06-08"),
        ("2026-11-02", "2026-11-16", "2026-11-16", "2026-11-16"),
    ],
)
def test_fourteen_days_over_swedish_holidays(anchor, due, aim, rolled):
    start = date.fromisoformat(anchor)
    end = due_on(start, days=14)
    assert end.isoformat() == due
    assert last_working_day_on_or_before(end).isoformat() == aim
    assert due_on(start, days=14, roll="next_working_day").isoformat() == rolled


def test_the_holidays_are_the_legal_ones_and_three_eves_with_swedish_names():
    names = swedish_holidays(2026)
    assert len(names) == 16
    assert {"Midsommarafton", "Julafton", "Nyårsafton"} <= set(names.values())
    assert names[date(2026, 6, 6)] == "Nationaldagen"
    assert date(2026, 11, 22) not in names


def test_working_days_skip_weekends_and_holidays():
    assert due_on(date(2026, 12, 23), days=3, counts="working") == date(2026, 12, 30)
    assert due_on(date(2026, 11, 21), days=0, counts="working") == date(2026, 11, 21)
    assert due_on(date(2026, 11, 21), days=0, counts="working", roll="next_working_day") == date(2026, 11, 23)


@pytest.mark.parametrize("odd", [{"days": -1}, {"days": 1, "counts": "banking"}, {"days": 1, "roll": "back"}])
def test_an_unknown_way_of_counting_is_refused(odd):
    with pytest.raises(ValueError, match=r"cannot end|Unknown way"):
        due_on(DUE, **odd)


@given(start=DAYS, days=st.integers(0, 60))
@settings(deadline=None)
def test_calendar_days_are_never_moved_unless_asked_for(start, days):
    assert due_on(start, days=days) == start + timedelta(days=days)


@given(start=DAYS, days=st.integers(0, 60))
@settings(deadline=None)
def test_rolling_only_goes_forward_to_the_nearest_working_day(start, days):
    plain, rolled = due_on(start, days=days), due_on(start, days=days, roll="next_working_day")
    assert is_working_day(rolled)
    assert not any(is_working_day(plain + timedelta(days=n)) for n in range((rolled - plain).days))


@given(start=DAYS, days=st.integers(1, 40))
@settings(deadline=None)
def test_the_number_of_working_days_is_what_was_asked_for(start, days):
    end = due_on(start, days=days, counts="working")
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, passed)) == days
    assert is_working_day(end)


@given(day=DAYS)
@settings(deadline=None)
def test_the_nearest_working_days_lie_on_either_side_within_six_days(day):
    before, after = last_working_day_on_or_before(day), next_working_day_on_or_after(day)
    assert before <= day <= after
    assert (after - before).days <= 6
    assert (before == after) == is_working_day(day)


@pytest.mark.parametrize(
    ("anchor", "received", "registered", "starts"),
    [
        ("earliest", date(2026, 11, 2), date(2026, 10, 30), date(2026, 10, 30)),
        ("earliest", date(2026, 11, 2), None, date(2026, 11, 2)),
        ("earliest", None, date(2026, 10, 30), date(2026, 10, 30)),
        ("earliest", None, None, None),
        ("received", date(2026, 11, 2), date(2026, 10, 30), date(2026, 11, 2)),
        ("pes_registered", date(2026, 11, 2), date(2026, 10, 30), date(2026, 10, 30)),
        ("pes_registered", date(2026, 11, 2), None, None),
    ],
)
def test_the_clock_starts_where_the_setting_says(anchor, received, registered, starts):
    assert earliest_anchor(received, registered, anchor=anchor) == starts


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ("running", {"today": DUE}),
        ("missed", {"today": DUE + timedelta(days=1)}),
        ("missed_explained", {"today": DUE + timedelta(days=1), "explained": True}),
        ("met", {"met_on": DUE}),
        ("met_late", {"met_on": DUE + timedelta(days=1), "today": DUE + timedelta(days=1)}),
        ("met_late", {"met_on": DUE, "promised_on": DUE - timedelta(days=1)}),
        ("running", {"met_on": DUE + timedelta(days=1)}),
        (
            "met_late",
            {
                "met_on": DUE + timedelta(days=9),
                "closed_on": DUE + timedelta(days=20),
                "on_hold": True,
                "today": DUE + timedelta(days=30),
            },
        ),
        ("on_hold", {"on_hold": True, "today": DUE + timedelta(days=30)}),
        ("not_applicable", {"closed_on": DUE, "today": DUE + timedelta(days=30)}),
        ("not_applicable", {"closed_on": DUE + timedelta(days=9), "on_hold": True, "today": DUE + timedelta(days=30)}),
        ("missed", {"closed_on": DUE + timedelta(days=1), "today": DUE + timedelta(days=30)}),
        ("not_applicable", {"due_on": None}),
    ],
)
def test_where_a_clock_stands(state, facts):
    running = {"due_on": DUE, "met_on": None, "closed_on": None, "on_hold": False, "today": DUE}
    assert deadline_state(**running | facts) == state


def test_every_state_of_a_clock_has_a_swedish_word():
    assert set(DEADLINE_LABELS) == set(DeadlineState)
    assert str(DeadlineState.MET.label) == "I tid"


@pytest.mark.parametrize(
    ("number", "person"),
    [
        (1, {"on_assistance": True, "months_unemployed": 0, "age": 50}),
        (1, {"on_assistance": True, "months_unemployed": 9, "age": 20}),
        (2, {"on_assistance": False, "months_unemployed": 0, "age": 24}),
        (2, {"on_assistance": False, "months_unemployed": 3, "age": 40}),
        (3, {"on_assistance": False, "months_unemployed": 2, "age": 25}),
        (3, {"on_assistance": False, "months_unemployed": None, "age": None}),
    ],
)
def test_the_priority_order_of_job_seekers(number, person):
    priority = priority_class(seeks_work=True, **person)
    assert priority.number == number
    assert str(priority.reason).startswith("Söker arbete")


def test_somebody_who_does_not_seek_work_has_no_priority_class():
    priority = priority_class(seeks_work=False, on_assistance=True, months_unemployed=9, age=20)
    assert priority.number is None
    assert str(priority.reason).endswith("gäller arbetssökande.")


def test_the_priority_order_can_be_decided_otherwise():
    risk_first = PriorityRule(order=("at_risk", "on_assistance", "other"), risk_after_months=6, youth_below_age=20)
    person = {"seeks_work": True, "months_unemployed": 5, "age": 24, "rule": risk_first}
    assert priority_class(on_assistance=True, **person).number == 2
    assert priority_class(on_assistance=True, **person | {"months_unemployed": 6}).number == 1


@pytest.mark.parametrize(
    ("months", "window", "is_long"), [(10, 12, True), (9, 12, False), (30, 36, True), (29, 36, False)]
)
def test_ten_months_of_twelve_are_long_term_assistance(months, window, is_long):
    assert long_term_assistance(months, window) is is_long


def test_thirteen_months_of_twelve_are_a_mistake():
    with pytest.raises(ValueError, match="do not fit"):
        long_term_assistance(13)


def test_months_are_counted_once_and_only_inside_the_window():
    paid = [date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 24), date(2026, 11, 1), date(2026, 12, 1)]
    assert months_with_assistance(paid, last_month=date(2026, 11, 24)) == 2
    assert months_with_assistance(paid, last_month=date(2026, 12, 1)) == 2
    assert months_with_assistance(paid, last_month=date(2026, 11, 1), window=13) == 3


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (17, "under 18"),
        (18, "18–19"),
        (20, "20–24"),
        (24, "20–24"),
        (25, "25–34"),
        (64, "55–64"),
        (65, "65 eller äldre"),
        (None, "uppgift saknas"),
    ],
)
def test_age_bands_have_no_gaps(age, band):
    assert str(age_band(age)) == band


def test_youth_is_20_to_24_on_the_day_the_case_started():
    assert not youth_20_24(date(2006, 11, 25), date(2026, 11, 24))
    assert youth_20_24(date(2006, 11, 24), date(2026, 11, 24))
    assert youth_20_24(date(2001, 11, 25), date(2026, 11, 24))
    assert not youth_20_24(date(2001, 11, 24), date(2026, 11, 24))
    assert not youth_20_24(None, date(2026, 11, 24))


def test_case_numbers_are_readable_and_grow_past_four_digits():
    assert [case_number(2026, n) for n in (1, 412, 12345)] == ["2026-0001", "2026-0412", "2026-12345"]
    with pytest.raises(ValueError, match="start at 1"):
        case_number(2026, 0)
