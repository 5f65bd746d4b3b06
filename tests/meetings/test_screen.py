"""The screen in the room: nothing on it that one of those who look may not know."""

import pytest
from django.urls import reverse

from accounts.models import Role
from actionplans.models import ActionPlan, Condition, Milestone
from cases.models import Category
from consent.models import CaseGrant, Disclosure
from meetings.models import Preparation
from needs.models import UnmetNeed
from tests.casting import add_milestone, worker


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


# --- written while everybody looks ------------------------------------------------------------------------------
def sent(cast, **changed):
    words = {
        "text": "Öva på tågresan", "responsible": "individual", "starts_on": f"{cast.day}", "due_on": f"{cast.day}",
        "follow_up_how": "i nästa möte", "condition": "Busskort", "fran": "skarm",
    }  # fmt: skip
    return words | changed


def way(name, meeting, *args):
    return f"{reverse(f'meetings:{name}', args=[meeting.case_id, meeting.pk, *args])}?fran=skarm"


def test_a_new_delmal_with_its_condition_is_written_on_the_screen_and_stands_there(talking, look, client, cast):
    client.force_login(cast.anna)
    page = says(client.get(way("add_milestone", talking)))
    for words in ("Sök namn", "Hassan", "Min dag", "villkor för försörjningsstöd"):
        assert words not in page
    lost = client.post(way("add_milestone", talking), sent(cast, text=""))
    assert "Skriv vad som ska hända." in says(lost)
    assert "Busskort" in says(lost)
    answer = client.post(way("add_milestone", talking), sent(cast))
    added = Milestone.objects.get(text="Öva på tågresan")
    assert answer.url == f"{reverse('meetings:screen', args=[talking.case_id, talking.pk])}#delmal-{added.pk}"
    shown = says(look("screen", talking))
    assert "Öva på tågresan" in shown
    assert "Först behövs: Busskort" in shown


def test_only_those_in_the_room_are_offered(talking, client, cast):
    """Anna knows of a colleague on the case who is not there, and of an organisation that is no part of the talk."""
    absent = worker(cast.ifo, "Frida", Role.CASE_WORKER)
    CaseGrant.objects.engage(cast.case, absent, since=cast.day)
    client.force_login(cast.anna)
    assert "Frida" in says(client.get(reverse("actionplans:add_milestone", args=[talking.case_id])))
    page = says(client.get(way("add_milestone", talking)))
    assert "Bo Berg" in page
    assert "Frida" not in page


def test_a_delmal_that_changes_is_changed_on_the_screen_and_a_lost_race_shows_both(talking, client, cast):
    client.force_login(cast.anna)
    old = Milestone.objects.get()
    words = {"way": "changed", "happened": "Kursen flyttas", "version": old.version, "fran": "skarm"}
    answer = client.post(reverse("meetings:review", args=[talking.case_id, talking.pk, old.pk]), words)
    assert answer.url == way("change_milestone", talking, old.pk)
    page = client.get(answer.url)
    assert page.context["form"]["text"].value() == old.text
    version = page.context["form"]["version"].value()
    assert client.post(answer.url, sent(cast, text="SFI kurs C", version=version)).status_code == 302
    lost = client.post(answer.url, sent(cast, text="SFI kurs B", version=version))
    assert lost.status_code == 409
    for words in ("SFI kurs B", "SFI kurs C"):
        assert words in says(lost)
    assert "Min dag" not in says(lost)


def test_a_condition_for_assistance_is_neither_shown_nor_lost_on_the_screen(talking, client, cast):
    old = Milestone.objects.get()
    kept = {"for_assistance": True, "decision_number": "IFO 77", "decided_on": cast.day}
    Condition.objects.create(milestone=old, text="Söka arbete", **kept)
    client.force_login(cast.anna)
    page = client.get(way("change_milestone", talking, old.pk))
    assert "IFO 77" not in says(page)
    version = page.context["form"]["version"].value()
    client.post(way("change_milestone", talking, old.pk), sent(cast, condition="Annat", version=version))
    assert Condition.objects.get(milestone=old).text == "Söka arbete"


def test_nothing_is_written_into_a_plan_that_not_all_may_know_of_or_after_a_no(talking, client, post, cast):
    post("confirm", talking, answer="declined")
    for name in ("add_milestone", "raise_need"):
        assert client.post(way(name, talking), sent(cast)).status_code == 403
    post("confirm", talking, answer="confirmed")
    Disclosure.objects.filter(category=Category.PLAN, recipient=cast.af).update(days="empty")
    assert client.post(way("add_milestone", talking), sent(cast)).status_code == 403
    assert Milestone.objects.count() == 1


def test_a_need_is_raised_on_the_screen_without_the_needs_of_others(talking, client, cast):
    common = {"municipality": cast.case.municipality, "raised_by_organisation": cast.ifo, "raised_by": cast.anna}
    UnmetNeed.objects.create(kind="language", title="Kvällskurs", sent_on=cast.day, answer_due_on=cast.day, **common)
    client.force_login(cast.anna)
    assert "Kvällskurs" not in says(client.get(way("raise_need", talking)))
    words = {"kind": "childcare", "title": "Barnomsorg åt Amina", "people": 1, "fran": "skarm"}
    assert "Ta bort namnet Amina" in says(client.post(way("raise_need", talking), words))
    answer = client.post(way("raise_need", talking), words | {"title": "Barnomsorg på kvällstid"})
    assert answer.url == reverse("meetings:screen", args=[talking.case_id, talking.pk])
    assert UnmetNeed.objects.filter(title="Barnomsorg på kvällstid").exists()
