"""The talk goes through every open delmål, and what it leaves undone is said."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplans.models import ActionPlan, Milestone
from cases.models import Category
from consent.models import Disclosure
from meetings.models import ConsentConfirmation, Meeting, MilestoneReview, OutcomeDetails
from tests.casting import add_milestone


@pytest.fixture
def milestone(cast):
    gate = cast.gate(cast.anna)
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Jobba i förskola"
    )
    return add_milestone(gate, plan)


@pytest.fixture
def confirmed(on_the_day, cast):
    ConsentConfirmation.objects.create(meeting=on_the_day, answer="confirmed", asked_by=cast.anna)
    Meeting.objects.filter(pk=on_the_day.pk).update(status="consent_confirmed")
    return on_the_day


@pytest.fixture
def review(client, cast):
    def send(meeting, milestone, user=None, **sent):
        client.force_login(user or cast.anna)
        url = reverse("meetings:review", args=[meeting.case_id, meeting.pk, milestone.pk])
        words = {"version": 1, "way": "continues", "happened": "Går dit varje dag"}
        return client.post(url, words | sent)

    return send


def says(response):
    return response.content.decode()


def test_what_happened_and_the_way_on_are_said_of_each_delmal(on_the_day, milestone, review, post, look):
    review(on_the_day, milestone)
    assert not MilestoneReview.objects.exists()
    post("confirm", on_the_day, answer="confirmed")
    assert "0 av 1" in says(look("hold", on_the_day))
    review(on_the_day, milestone)
    milestone.refresh_from_db()
    assert (milestone.status, milestone.reviewed_on) == ("not_started", on_the_day.day)
    shown = says(look("hold", on_the_day))
    assert "1 av 1" in shown
    assert "Går dit varje dag" in shown


@pytest.mark.parametrize(
    ("sent", "status"), [({"way": "reached"}, "done"), ({"way": "ended", "end_reason": "health"}, "ended")]
)
def test_a_delmal_is_reached_or_ended_in_the_talk(confirmed, milestone, review, look, sent, status):
    review(confirmed, milestone, **sent)
    milestone.refresh_from_db()
    assert milestone.status == status
    review(confirmed, milestone, version=2, happened="Inte riktigt")
    milestone.refresh_from_db()
    assert milestone.status == "ongoing"
    assert MilestoneReview.objects.get().happened == "Inte riktigt"


def test_a_changed_delmal_is_written_at_once(confirmed, milestone, review):
    answer = review(confirmed, milestone, way="changed")
    assert f"/delmal/{milestone.pk}/?tillbaka=" in answer.url


def test_both_texts_when_somebody_saved_the_delmal_meanwhile(confirmed, milestone, review, cast):
    review(confirmed, milestone, user=cast.bo)
    answer = review(confirmed, milestone, happened="Annas ord")
    assert answer.status_code == 409
    assert "Annas ord" in says(answer)


def test_words_that_lack_something_are_kept(confirmed, milestone, review):
    answer = says(review(confirmed, milestone, way="ended", happened="Orkade inte"))
    assert "Välj varför delmålet avslutas." in answer
    assert "Orkade inte" in answer
    assert not MilestoneReview.objects.exists()


def test_a_meeting_that_left_a_delmal_says_why(confirmed, milestone, review, post):
    answer = says(post("outcome", confirmed, outcome="held"))
    assert "Gå igenom delmålen som är kvar" in answer
    assert "SFI kurs D" in answer
    assert not OutcomeDetails.objects.exists()
    post("outcome", confirmed, outcome="held", not_reviewed="Brandlarmet gick", minutes_late=10)
    details = OutcomeDetails.objects.get()
    assert (details.not_reviewed, details.minutes_late) == ("Brandlarmet gick", 10)
    assert Meeting.objects.get().participants.get(role="individual").late


def test_nothing_is_asked_for_of_a_plan_one_is_not_told_of(on_the_day, milestone, post, cast):
    Disclosure.objects.filter(category=Category.PLAN).update(days="empty")
    post("confirm", on_the_day, user=cast.bo, answer="confirmed")
    assert post("outcome", on_the_day, user=cast.bo, outcome="held").status_code == 302


def test_that_the_person_knew_is_kept(on_the_day, post):
    post("outcome", on_the_day, outcome="held_without_person", person_informed="on")
    assert OutcomeDetails.objects.get().person_informed is True


def test_the_person_is_asked_about_what_holds_today(on_the_day, look, cast):
    shown = says(look("hold", on_the_day))
    assert "IFO får berätta för AF" in shown
    assert f"{cast.consent.valid_until:%Y-%m-%d}" in shown


def test_an_outsider_reviews_nothing(on_the_day, milestone, review, cast):
    assert review(on_the_day, milestone, user=cast.cilla).status_code == 404


def test_the_talk_costs_the_same_with_many_delmal(confirmed, milestone, look, costs, cast):
    look("hold", confirmed)
    short = costs(lambda: look("hold", confirmed))
    for number in range(6):
        Milestone.objects.create(
            case=cast.case,
            owner=cast.ifo,
            plan=milestone.plan,
            text=f"Delmål {number}",
            by_individual=True,
            due_on=cast.day + timedelta(days=30),
        )
    assert costs(lambda: look("hold", confirmed)) == short
