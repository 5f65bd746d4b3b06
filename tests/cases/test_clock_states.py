"""Where a clock stands: rules × dates × holds, against a walk day by day, and SQL against the plain rule."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import DateField, ExpressionWrapper, F, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Deadline, DeadlineHold, DeadlineRule
from cases.rules import DeadlineState, due_on, is_working_day, moved_due_on, next_working_day_on_or_after

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
LENGTHS = st.integers(0, 45)
RESTS = st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 40))), max_size=4)
COUNTS, ROLLS = st.sampled_from(DeadlineRule.Counting.values), st.sampled_from(DeadlineRule.Roll.values)


def spans(start, rests):
    return [
        (start + timedelta(days=since), None if length is None else start + timedelta(days=since + length))
        for since, length in rests
    ]


def walk(start, rests, days, counts, roll):
    """Day by day: a day on which the clock rests gives one more day at the end."""

    def counted(day):
        return counts == "calendar" or is_working_day(day)

    def rolled(day):
        return next_working_day_on_or_after(day) if roll == "next_working_day" else day

    last, resting = due_on(start, days=days, counts=counts), []
    day = start
    while day <= max([rolled(last), *(until for _since, until in rests if until)]):
        resting += [rest for rest in rests if rest[0] == day and rest[1] and day <= rolled(last)]
        if counted(day) and any(since <= day <= until for since, until in resting):
            last += timedelta(days=1)
            while not counted(last):
                last += timedelta(days=1)
        day += timedelta(days=1)
    return rolled(last)


@given(start=DAYS, length=LENGTHS, rests=RESTS, counts=COUNTS, roll=ROLLS)
@settings(deadline=None, max_examples=150)
def test_the_last_day_moves_by_the_days_of_rest_and_never_earlier(start, length, rests, counts, roll):
    rule = {"days": length, "counts": counts, "roll": roll}
    due, rests = due_on(start, **rule), spans(start, rests)
    moved = moved_due_on(start, rests, **rule)
    assert moved >= due
    assert moved == walk(start, rests, **rule)
    assert moved_due_on(start, [rest for rest in rests if rest[0] > due], **rule) == due


@given(start=DAYS, length=LENGTHS, rests=RESTS, more=RESTS, counts=COUNTS, roll=ROLLS)
@settings(deadline=None, max_examples=100)
def test_one_more_reason_never_takes_a_day_back(start, length, rests, more, counts, roll):
    rule = {"days": length, "counts": counts, "roll": roll}
    fewer = moved_due_on(start, spans(start, rests), **rule)
    assert moved_due_on(start, spans(start, rests + more), **rule) >= fewer


@pytest.mark.parametrize(
    ("start", "rests", "calendar", "rolled"),
    [
        ("2026-12-11", [("2026-12-20", "2026-12-22")], "2026-12-28", "2026-12-28"),
        ("2026-12-18", [("2026-12-24", "2026-12-27")], "2027-01-05", "2027-01-05"),
        ("2026-12-18", [("2027-01-02", "2027-01-08")], "2027-01-01", "2027-01-08"),
        ("2026-05-23", [("2026-05-25", "2026-05-25"), ("2026-05-25", "2026-05-25")], "2026-06-07", "2026-06-08"),
        ("2026-06-05", [("2026-06-19", None)], "2026-06-19", "2026-06-22"),
        ("2028-02-24", [("2028-02-28", "2028-03-01")], "2028-03-12", "2028-03-13"),
    ],
)
def test_rests_over_swedish_holidays_and_the_leap_day(start, rests, calendar, rolled):
    start = date.fromisoformat(start)
    rests = [(date.fromisoformat(a), b and date.fromisoformat(b)) for a, b in rests]
    for roll, expected in (("none", calendar), ("next_working_day", rolled)):
        assert moved_due_on(start, rests, days=14, roll=roll).isoformat() == expected


# --- the same in SQL ----------------------------------------------------------------------------------------------
DUE, PROMISED = 20, 14
MET = (None, 13, 14, 15, 20, 21, 30)
CLOSED = (None, 5, 20, 21, 30)
HOLDS = ((), ((10, 15),), ((10, None),), ((20, None),), ((21, None),), ((21, 25),), ((3, 4), (25, 26)))
ASKED = (0, 12, 14, 15, 20, 21, 24, 29, 40)


@pytest.fixture
def every_clock(cast):
    """One clock for each way of being met, closed and held; its own day 0."""
    Deadline.objects.all().delete()
    rule = DeadlineRule.objects.get(code="first_meeting")
    combined, zero = list(product(MET, CLOSED, HOLDS)), date(2026, 1, 1)
    clocks = []
    for number, (met, closed, _holds) in enumerate(combined):
        start = zero + timedelta(days=100 * number)
        day = {
            name: (n is not None and start + timedelta(days=n)) or None
            for name, n in (("met", met), ("closed", closed))
        }
        clocks.append(
            Deadline(
                case=cast.case,
                owner=cast.ifo,
                rule=rule,
                starts_on=start,
                due_on=start + timedelta(days=DUE),
                moved_days=DUE - PROMISED,
                met_on=day["met"],
                closed_on=day["closed"],
            )
        )
    clocks = Deadline.objects.bulk_create(clocks)
    DeadlineHold.objects.bulk_create(
        DeadlineHold(
            deadline=clock,
            reason="ill",
            text="x",
            set_by=cast.anna,
            since=clock.starts_on + timedelta(days=since),
            until=until and clock.starts_on + timedelta(days=until),
        )
        for clock, (_met, _closed, holds) in zip(clocks, combined, strict=True)
        for since, until in holds
    )


@pytest.mark.parametrize("asked", ASKED)
def test_sql_and_the_plain_rule_say_the_same_of_every_clock(every_clock, asked):
    day = ExpressionWrapper(F("starts_on") + Value(asked), DateField())
    rows = Deadline.objects.with_state(day).prefetch_related("holds")
    said = {clock.pk: (clock.state, clock.state_on(clock.starts_on + timedelta(days=asked))) for clock in rows}
    assert len(said) == len(MET) * len(CLOSED) * len(HOLDS)
    assert {pk: states for pk, states in said.items() if states[0] != states[1]} == {}


def test_every_state_is_among_them(every_clock):
    day = ExpressionWrapper(F("starts_on") + Value(24), DateField())
    assert set(Deadline.objects.with_state(day).values_list("state", flat=True)) | {"running"} == set(DeadlineState)
