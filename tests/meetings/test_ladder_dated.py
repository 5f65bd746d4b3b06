"""Promises with a day of their own climb the same ladder: reviews, looks back, answers to referrals and needs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from actionplans.models import ActionPlan, Milestone
from cases.models import AfterFollowUp, DeadlineRule, Referral
from meetings.ladder import climb
from needs.models import UnmetNeed
from notices.models import Kind, Notice
from tests import casting


def in_days(number):
    return timezone.now() + timedelta(days=number)


def told(kind):
    rows = Notice.objects.undone().filter(kind=kind).select_related("recipient")
    return sorted((notice.recipient.given_name, notice.period.split(":")[1]) for notice in rows)


@pytest.fixture
def due(cast):
    return cast.day + timedelta(days=20)


@pytest.fixture
def klara(cast):
    return casting.worker(cast.ifo, "Klara", Role.COORDINATOR)


@pytest.fixture
def milestone(cast, due):
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Arbeta", coordinator=cast.anna
    )
    return Milestone.objects.create(
        case=cast.case, owner=cast.ifo, plan=plan, text="Läsa SFI", due_on=due, responsible_organisation=cast.af,
        responsible_user=cast.bo,
    )  # fmt: skip


def case_notices():
    return Notice.objects.exclude(kind=Kind.FIRST_MEETING)


def test_a_review_is_told_before_its_day_to_the_one_who_answers_for_it_and_afterwards_to_the_coordinator(
    cast, klara, milestone
):
    for day, expected in [(16, []), (17, [("Bo", "-3")]), (26, [("Bo", "-3")]), (27, [("Bo", "-3"), ("Klara", "7")])]:
        climb(in_days(day))
        climb(in_days(day))
        assert told(Kind.MILESTONE_DUE) == expected
    texts = set(Notice.objects.filter(kind=Kind.MILESTONE_DUE).values_list("text", "case"))
    assert texts == {
        (f"Senast {milestone.due_on}.", cast.case.pk),
        (f"Ärende {cast.case.number}. Senast {milestone.due_on}.", None),
    }


def test_a_day_of_review_comes_before_the_last_day_until_it_was_gone_through(cast, milestone):
    Milestone.objects.update(follow_up_on=milestone.due_on - timedelta(days=10))
    climb(in_days(7))
    assert told(Kind.MILESTONE_DUE) == [("Bo", "-3")]
    Milestone.objects.update(reviewed_on=milestone.due_on - timedelta(days=10))
    climb(in_days(8))
    assert told(Kind.MILESTONE_DUE) == []


def test_a_promise_that_moved_is_told_again_by_its_new_day_and_the_old_reminder_is_laid_down(cast, milestone, due):
    climb(in_days(17))
    Milestone.objects.update(due_on=due + timedelta(days=10))
    climb(in_days(18))
    assert told(Kind.MILESTONE_DUE) == []
    climb(in_days(27))
    assert told(Kind.MILESTONE_DUE) == [("Bo", "-3")]
    assert Notice.objects.filter(kind=Kind.MILESTONE_DUE).count() == 2


def test_without_an_assigned_person_those_responsible_in_the_lead_are_told(cast, milestone):
    cast.case.grants.filter(user=cast.bo).update(until=cast.day)
    climb(in_days(17))
    assert told(Kind.MILESTONE_DUE) == [("Anna", "-3")]


@pytest.mark.parametrize("change", [{"status": "done"}, {"status": "ended"}])
def test_what_is_done_is_quiet_and_what_was_told_is_laid_down(cast, milestone, change, due):
    climb(in_days(17))
    Milestone.objects.update(done_on=cast.day, end_reason="other", **change)
    climb(in_days(30))
    assert told(Kind.MILESTONE_DUE) == []


def test_a_closed_case_is_looked_back_at_on_its_day(cast, klara, due):
    AfterFollowUp.objects.create(case=cast.case, owner=cast.ifo, months=3, due_on=due)
    climb(in_days(40))
    assert not told(Kind.FOLLOW_UP)
    type(cast.case).objects.update(closed_on=cast.day)
    climb(in_days(20))
    assert told(Kind.FOLLOW_UP) == [("Anna", "0")]
    climb(in_days(34))
    assert told(Kind.FOLLOW_UP) == [("Anna", "0"), ("Klara", "14")]
    AfterFollowUp.objects.update(done_on=cast.day)
    climb(in_days(34))
    assert told(Kind.FOLLOW_UP) == []


def test_a_referral_without_answer_is_told_to_the_sender(cast, due):
    Referral.objects.create(
        case=cast.case, owner=cast.ifo, receiver=cast.af, purpose="Bedömning", sent_on=cast.day, answer_due_on=due,
        sent_by=cast.anna,
    )  # fmt: skip
    climb(in_days(20))
    assert told(Kind.REFERRAL_ANSWER) == []
    climb(in_days(21))
    assert told(Kind.REFERRAL_ANSWER) == [("Anna", "1")]
    Referral.objects.update(status="accepted", answered_on=cast.day)
    climb(in_days(22))
    assert told(Kind.REFERRAL_ANSWER) == []


def test_a_need_without_answer_is_told_to_whoever_raised_it_and_then_to_the_project_leader(cast, due):
    UnmetNeed.objects.create(
        kind="language", title="Språkstöd", municipality=cast.case.municipality, raised_by_organisation=cast.ifo,
        raised_by=cast.anna, sent_on=cast.day, answer_due_on=due,
    )  # fmt: skip
    climb(in_days(21))
    assert told(Kind.NEED_DUE) == [("Anna", "1")]
    climb(in_days(27))
    assert told(Kind.NEED_DUE) == [("Anna", "1"), ("Petra", "7")]
    assert {n.text for n in Notice.objects.filter(kind=Kind.NEED_DUE)} == {f"Språkstöd. Svar senast {due}."}
    assert climb(in_days(27)) == 0


def test_a_municipality_has_its_own_ladder_before_the_common_one(cast, milestone):
    own = DeadlineRule.objects.create(
        code="milestone_review", municipality=cast.case.municipality, days=30, valid_from=cast.day
    )
    own.rungs.create(day=-10, role=Role.CASE_WORKER)
    climb(in_days(10))
    assert told(Kind.MILESTONE_DUE) == [("Bo", "-10")]
    climb(in_days(18))
    assert told(Kind.MILESTONE_DUE) == [("Bo", "-10")]


def test_a_rested_clock_climbs_later_by_as_many_days(cast):
    clock = cast.case.deadlines.get()
    clock.holds.create(
        reason="ill", text="x", since=clock.starts_on + timedelta(days=3), until=clock.starts_on + timedelta(days=6),
        set_by=cast.anna,
    )  # fmt: skip
    clock.rest()
    at_noon = timezone.localtime().replace(hour=12)
    days = {day: climb(at_noon + timedelta(days=day - 3)) for day in (5, 7, 8, 9, 10)}
    assert days == {5: 0, 7: 0, 8: 0, 9: 1, 10: 0}
