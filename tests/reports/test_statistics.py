import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Municipality
from cases.models import CaseExit
from needs.models import UnmetNeed
from reports.statistics import STEPS, count_month, from_json, to_json, whole_or_live
from reports.statistics.figures import Median, MonthPoint, NeedLine, Split
from reports.statistics.flow import outcome_counts
from reports.statistics.publishing import by_sex, each_alone, median, with_known_totals
from reports.suppression import CellState
from tests.reports.stories import AFTER, COPIES, FIRST, MAY, Story, invent, tell


def test_the_cost_does_not_grow_with_the_cases(cast, costs):
    town = tell(invent(4, count=6), cast)
    nowhere = Municipality.objects.get(code="1760")
    assert costs(lambda: count_month(nowhere, MAY, AFTER)) == costs(lambda: count_month(town, MAY, AFTER))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(*(st.from_type(kind) for kind in (Split, MonthPoint, NeedLine, Median))))
def test_any_figure_survives_json_without_loss(figure):
    assert from_json(type(figure), json.loads(json.dumps(to_json(figure)))) == figure


def test_each_step_is_told_before_it_is_counted(cast):
    told = []
    count_month(cast.case.municipality, MAY, AFTER, lambda step, percent: told.append((step, percent)))
    assert [step for step, _percent in told] == [step for step, _count in STEPS]
    assert [percent for _step, percent in told] == sorted(percent for _step, percent in told)


def test_a_hold_after_the_due_day_explains_but_does_not_move_it(cast):
    story = Story("woman", date(2026, 4, 20), met_on=date(2026, 5, 12), hold=(date(2026, 5, 10), None))
    figures = count_month(tell([story], cast), MAY, AFTER)
    assert figures.in_time.basis == "0 av 5"
    assert (figures.late.explained, figures.late.unexplained) == (COPIES, 0)


def test_a_case_closed_before_its_fourteenth_day_is_excluded_with_its_reason(cast):
    story = Story("man", date(2026, 5, 1), date(2026, 5, 9), "moved", clock_closed_on=date(2026, 5, 9))
    figures = count_month(tell([story], cast), MAY, AFTER)
    assert figures.in_time.state == CellState.NO_BASIS
    assert figures.excluded.row("Flyttat")[0].value == COPIES


def test_a_meeting_in_the_next_month_is_not_known_to_this_one(cast):
    town = tell([Story("woman", date(2026, 5, 16), met_on=date(2026, 6, 2))], cast)
    late = count_month(town, MAY, AFTER).late
    assert (late.missed_unexplained, late.met_late_unexplained) == (COPIES, 0)


def test_a_running_month_counts_only_days_that_have_passed(cast):
    town = tell([Story("woman", date(2026, 5, 6))], cast)
    assert count_month(town, MAY, date(2026, 5, 20)).in_time.state == CellState.NO_BASIS
    assert count_month(town, MAY, date(2026, 5, 21)).in_time.denominator == COPIES
    assert whole_or_live(MAY, AFTER).passed_to == date(2026, 5, 31)


def test_what_nobody_was_asked_is_not_collected_rather_than_zero(cast):
    figures = count_month(cast.case.municipality, MAY, AFTER)
    assert {cell.state for _label, cells in figures.voice.table.rows for cell in cells} == {CellState.NOT_COLLECTED}


def test_needs_wait_from_the_day_they_were_raised_and_small_groups_are_not_told(cast):
    need = UnmetNeed(kind="housing", title="Bostad", people=3, municipality=cast.case.municipality)
    need.raised_by_organisation, need.raised_by = cast.ifo, cast.anna
    need.sent_on, need.answer_due_on, need.decided_on, need.decision = MAY, date(2026, 5, 20), AFTER, "granted"
    need.save()
    needs = count_month(cast.case.municipality, MAY, AFTER).needs
    assert (needs.raised, needs.answered, needs.waiting[0].waited) == (1, 0, 30)
    assert needs.waiting[0].people.text == "färre än 5"
    assert needs.waiting[0].is_late
    assert count_month(cast.case.municipality, date(2026, 6, 1), AFTER).needs.waiting == ()


def test_outcomes_are_counted_once_and_not_when_opened_again(cast):
    gone = Story("woman", FIRST, date(2025, 6, 1), "work")
    back = Story("man", FIRST, date(2025, 6, 1), "studies", date(2025, 7, 1))
    tell([gone, back], cast)
    assert outcome_counts(CaseExit.objects.filter(reopened_on=None)) == {"work": {"woman": COPIES}}


def test_a_median_is_told_only_for_five_or_more():
    assert median({3: 2, 5: 2}).state == CellState.FEW
    assert median({3: 2, 5: 3}).days == 5
    assert median({}).state == CellState.NO_BASIS


def test_a_split_is_not_shown_when_a_total_that_stands_elsewhere_is_small():
    table = by_sex([("i tid", {"woman": 20, "man": 20}), ("sent", {"woman": 1, "man": 2})])
    assert {cell.state for _label, cells in with_known_totals(table).rows for cell in cells} == {CellState.HIDDEN}


def test_rows_that_do_not_add_up_have_no_total():
    table = each_alone(by_sex([("nya", {"woman": 9, "man": 7}), ("öppna", {"woman": 90, "man": 70})]))
    assert [cells[-1].value for _label, cells in table.rows] == [16, 160]
    assert table.total == ()


def test_a_small_flow_hides_the_other_one_too(cast):
    figures = count_month(cast.case.municipality, cast.day.replace(day=1), cast.day)
    for label, cells in figures.flow.table.rows[:2]:
        assert cells[-1].state == CellState.HIDDEN, label
