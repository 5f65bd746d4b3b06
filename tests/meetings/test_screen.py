"""The screen in the room: nothing on it that one of those who look may not know."""

import pytest
from django.urls import reverse

from actionplans.models import ActionPlan
from cases.models import Category
from consent.models import Disclosure
from meetings.models import Preparation
from tests.casting import add_milestone


@pytest.fixture
def talking(on_the_day, post, cast):
    """The consent is confirmed, there is a plan, and something was prepared that stays between the professionals."""
    plan = ActionPlan.objects.create(
        case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Jobba i förskola"
    )
    add_milestone(cast.gate(cast.anna), plan)
    words = {"own_questions": "Kan jag byta skola?", "not_raised": "Skulderna", "difficulties": "Trött"}
    Preparation.objects.create(meeting=on_the_day, **words)
    post("confirm", on_the_day, answer="confirmed")
    return on_the_day


def says(response):
    return response.content.decode()


def test_it_shows_the_plan_and_the_own_questions_and_no_frame(talking, look):
    shown = says(look("screen", talking))
    for words in ("Jobba i förskola", "SFI kurs D", "Kan jag byta skola?"):
        assert words in shown
    for words in ("Skulderna", "Trött", "Sök namn", "Hassan", "Min dag"):
        assert words not in shown


def test_the_plan_is_hidden_when_one_in_the_room_may_not_know_of_it(talking, look, cast):
    Disclosure.objects.filter(category=Category.PLAN, recipient=cast.af).update(days="empty")
    assert "SFI kurs D" in says(look("hold", talking))
    shown = says(look("screen", talking))
    assert "SFI kurs D" not in shown
    assert "alla som är med får inte veta" in shown


def test_after_a_no_it_shows_nothing_of_the_plan(talking, look, post):
    post("confirm", talking, answer="declined")
    assert "SFI kurs D" not in says(look("screen", talking))


def test_what_is_done_on_the_screen_leads_back_to_it(talking, post):
    screen = reverse("meetings:screen", args=[talking.case_id, talking.pk])
    assert post("phase", talking, phase="talk", act="start", fran="skarm").url == screen
    assert post("decide", talking, text="Praktik", fran="skarm").url == screen
    assert post("decide", talking, text="Praktik").url != screen


def test_a_decision_half_typed_survives_a_reload_sealed_until_log_out(talking, look, post, client):
    answer = post("draft", talking, text="Amina börjar prak")
    assert answer.headers["HX-Trigger"] == '{"saved": {}}'
    assert "Amina börjar prak" not in str(dict(client.session))
    page = client.get(reverse("meetings:screen", args=[talking.case_id, talking.pk]))
    assert 'value="Amina börjar prak"' in says(page)
    client.post(reverse("meetings:decide", args=[talking.case_id, talking.pk]), {"text": "Amina börjar praktik"})
    assert 'value="Amina' not in says(client.get(page.request["PATH_INFO"]))
    client.post(reverse("meetings:draft", args=[talking.case_id, talking.pk]), {"text": "Något annat"})
    client.logout()
    assert "Något annat" not in says(look("screen", talking))


def test_an_outsider_sees_no_screen(talking, look, cast):
    assert look("screen", talking, user=cast.cilla).status_code == 404
