"""The figures of whole months in invented towns equal a count by hand."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction

from cases.models import ExitReason
from consent.models import CaseScope
from meetings.models import Meeting
from reports.statistics import MonthFigures, count_month, from_json, month_before, to_json
from tests import casting
from tests.reports import oracle
from tests.reports.stories import AFTER, COPIES, MAY, invent, tell

pytestmark = pytest.mark.django_db

MONTHS = ((MAY, AFTER), (date(2026, 2, 1), AFTER), (date(2026, 6, 1), date(2026, 6, 17)))


@pytest.fixture(scope="module", params=[1, 2, 3])
def town(request, django_db_setup, django_db_blocker):
    """Told once for all these tests: they count, and change nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = invent(request.param)
        yield told, tell(told, casting.assemble())
        assert CaseScope.objects.difference() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(("month", "today"), MONTHS)
def test_the_month_equals_a_count_by_hand(town, month, today):
    told, municipality = town
    figures = count_month(municipality, month, today)
    days = (month, figures.counted_to)
    passed = min(figures.counted_to, today - timedelta(days=1))
    year = (month_before(month, 11), figures.counted_to)

    assert (figures.in_time.numerator or 0, figures.in_time.denominator or 0) == oracle.share(told, month, passed)
    if figures.late:
        late = figures.late
        counted = (late.met_late_explained, late.met_late_unexplained, late.missed_explained, late.missed_unexplained)
        assert counted == oracle.late(told, month, passed)
    assert row(figures.flow, "Nya ärenden") == oracle.sexes(oracle.opened(told, *days))
    assert row(figures.flow, "Avslutade ärenden") == oracle.sexes(oracle.closed(told, *days))
    assert row(figures.flow, "Pågående ärenden") == oracle.sexes(oracle.open_on(told, days[1]))
    assert row(figures.plans_agreed, "Överenskomna planversioner") == oracle.sexes(
        [s for s in told if oracle.agreed_on(s) and days[0] <= oracle.agreed_on(s) <= days[1]]
    )
    assert figures.open_with_plan.value == COPIES * len(oracle.with_plan(told, days[1]))
    assert row(figures.milestones_reached, "Delmål som nåddes") == oracle.sexes(oracle.reached(told, *days))
    for promise in figures.promises:
        met, due = oracle.promises(told, year[0], passed)
        assert (promise.short_name, promise.share.numerator, promise.share.denominator) == ("AF", met, due)
    exits = oracle.exits(told, *year)
    for reason in {s.reason for s in exits}:
        counted = oracle.sexes([s for s in exits if s.reason == reason])
        assert row(figures.outcomes, ExitReason(reason).label) == counted
    assert figures.outcomes.table.total[-1].value == COPIES * len(exits)


@pytest.mark.parametrize(("month", "today"), MONTHS)
def test_waiting_and_meetings_equal_a_count_by_hand(town, month, today):
    told, municipality = town
    figures = count_month(municipality, month, today)
    days = (month, figures.counted_to)
    waits, starts = oracle.waited(told, *days), oracle.active(told, *days)
    assert figures.to_first_meeting.total.days == oracle.median(waits)
    assert figures.to_first_activity.total.days == oracle.median(starts)
    for name, value in zip(figures.to_first_meeting.names, figures.to_first_meeting.values, strict=True):
        if name != "Alla":
            assert value.days == oracle.median(waits, {"Kvinnor": "woman", "Män": "man"}.get(name, "unknown"))
    assert figures.delays.table.total[-1].value == COPIES * len(waits)
    for kind in Meeting.Kind:
        expected = oracle.sexes([s for s, m in oracle.held(told, *days) if m[1] == kind])
        assert row(figures.meetings, kind.label.capitalize()) == expected
    forms = Counter(m[2] for _s, m in oracle.held(told, *days))
    for form in Meeting.Form:
        assert figures.meeting_forms.row(form.label.capitalize())[0].value == COPIES * forms[form]
    for outcome in ("absent", "absent_acceptable", "absent_logistics"):
        expected = oracle.sexes([s for s, m in oracle.absent(told, *days) if m[4] == outcome])
        assert row(figures.no_shows, Meeting.Outcome(outcome).label.capitalize()) == expected


def test_the_series_is_what_each_month_said_of_itself(town):
    _told, municipality = town
    figures = count_month(municipality, MAY, AFTER)
    for point in figures.series:
        alone = count_month(municipality, point.month, AFTER)
        assert (point.in_time, point.open_at_end) == (alone.in_time, alone.open_cases)
        assert [point.opened, point.closed] == [cells[-1] for _label, cells in alone.flow.table.rows[:2]]


def test_a_month_that_is_over_is_the_same_whenever_it_is_counted(town):
    _told, municipality = town
    assert count_month(municipality, MAY, date(2026, 6, 1)) == count_month(municipality, MAY, date(2027, 1, 9))


def test_figures_survive_json_without_loss(town):
    _told, municipality = town
    figures = count_month(municipality, MAY, AFTER)
    assert from_json(MonthFigures, json.loads(json.dumps(to_json(figures)))) == figures


def row(split, label):
    """{sex: count} with zero for a column that is not there."""
    names = dict(zip(split.table.columns, split.row(label), strict=True))
    return {sex: names[name].value if name in names else 0 for sex, name in SEXES.items()}


SEXES = {"woman": "Kvinnor", "man": "Män", "unknown": "Uppgift saknas"}
