"""A referral is asked and answered, a closed case is looked back at: once, by whom it was promised."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import AfterFollowUp, Case, Category, Referral
from consent.models import Disclosure
from meetings.ladder import climb
from notices.models import Kind, Notice


def address(cast, name, *args):
    return reverse(f"cases:{name}", args=[cast.case.pk, *args])


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


@pytest.fixture
def referral(cast):
    return Referral.objects.create(
        case=cast.case, owner=cast.ifo, receiver=cast.af, purpose="Bedömning", sent_on=cast.day - timedelta(days=20),
        answer_due_on=cast.day, sent_by=cast.anna,
    )  # fmt: skip


def asked(cast, **changed):
    day = cast.day
    return {
        "receiver": cast.ame.pk,
        "purpose": "En plats att pröva på",
        "sent_on": str(day),
        "answer_due_on": str(day),
    } | changed


def answered(cast, **changed):
    return {
        "status": "returned",
        "answer": "Ingen plats i år.",
        "answered_by": "Kö 2",
        "answered_on": str(cast.day),
    } | (changed)


def test_a_referral_is_asked_with_the_day_of_the_rule(anna, cast):
    wanted = anna.get(address(cast, "refer")).context["form"]["answer_due_on"].value()
    assert cast.day + timedelta(days=14) <= wanted <= cast.day + timedelta(days=18)
    assert anna.post(address(cast, "refer"), asked(cast)).url == address(cast, "promises")
    row = Referral.objects.get()
    assert (row.owner, row.receiver, row.sent_by, row.status) == (cast.ifo, cast.ame, cast.anna, "waiting")
    assert "En plats att pröva på" in anna.get(address(cast, "promises")).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"receiver": ""}, "Välj vem remissen går till."),
        ({"receiver": "0"}, "0"),
        ({"purpose": ""}, "Skriv vad ni ber om."),
        ({"sent_on": "2099-01-01", "answer_due_on": "2099-01-02"}, "Dagen kan inte ligga i framtiden."),
        ({"answer_due_on": "2020-01-01"}, "Svaret kan inte komma före frågan."),
    ],
)
def test_a_wrong_referral_is_told_and_not_saved(anna, cast, changed, sentence):
    assert sentence in anna.post(address(cast, "refer"), asked(cast, **changed)).text
    assert not Referral.objects.exists()


def test_an_answer_written_down_meets_the_promise(anna, cast, referral):
    tomorrow = timezone.now() + timedelta(days=1)
    climb(tomorrow)
    reminded = Notice.objects.undone().filter(kind=Kind.REFERRAL_ANSWER)
    assert reminded.exists()
    assert anna.post(address(cast, "answer_referral", referral.pk), answered(cast)).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.answered_on, referral.recorded_by) == ("returned", cast.day, cast.anna)
    climb(tomorrow)
    assert not reminded.exists()
    page = anna.get(address(cast, "promises")).text
    assert "från Kö 2: Ingen plats i år." in page
    again = anna.post(address(cast, "answer_referral", referral.pk), answered(cast, answer="Annat"))
    assert "Remissen är redan besvarad." in again.text
    assert anna.get(address(cast, "answer_referral", referral.pk)).status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"status": ""}, "Välj vad svaret blev."),
        ({"answer": ""}, "Skriv varför remissen lämnas tillbaka."),
        ({"answered_by": ""}, "Skriv vem som svarade."),
        ({"answered_on": "2020-01-01"}, "Svaret kan inte komma före frågan."),
        ({"answered_on": "2099-01-01"}, "Dagen kan inte ligga i framtiden."),
    ],
)
def test_a_wrong_answer_is_told_and_not_saved(anna, cast, referral, changed, sentence):
    assert sentence in anna.post(address(cast, "answer_referral", referral.pk), answered(cast, **changed)).text
    referral.refresh_from_db()
    assert referral.status == "waiting"


def test_the_receiver_who_is_told_answers_here_and_one_who_is_not_sees_nothing(client, cast, referral):
    client.force_login(cast.bo)
    page = address(cast, "answer_referral", referral.pk)
    assert client.get(page).context["form"]["answered_by"].value() == cast.bo.full_name
    assert client.post(page, answered(cast, status="accepted", answer="")).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.recorded_by, referral.owner) == ("accepted", cast.bo, cast.ifo)
    Referral.objects.update(status="waiting", answered_on=None)
    Disclosure.objects.filter(category=Category.WORK).update(days="empty")
    assert client.get(page).status_code == client.post(page, answered(cast)).status_code == 404
    assert "Bedömning" not in client.get(address(cast, "promises")).text


def test_another_party_who_reads_a_referral_does_not_answer_it(client, cast, referral):
    Referral.objects.update(receiver=cast.ame)
    client.force_login(cast.bo)
    page = address(cast, "answer_referral", referral.pk)
    assert "Bedömning" in client.get(address(cast, "promises")).text
    assert client.get(page).status_code == client.post(page, answered(cast)).status_code == 403
    referral.refresh_from_db()
    assert referral.status == "waiting"


def test_the_page_costs_the_same_with_many_questions(client, cast, referral, costs):
    client.force_login(cast.bo)
    page = address(cast, "promises")
    few = costs(lambda: client.get(page))
    for number in range(4):
        Referral.objects.create(
            case=cast.case, owner=cast.ifo, receiver=cast.af, purpose=f"{number}", sent_on=cast.day,
            answer_due_on=cast.day, sent_by=cast.anna,
        )  # fmt: skip
    assert costs(lambda: client.get(page)) == few


# --- after the case -----------------------------------------------------------------------------------------------
@pytest.fixture
def closed(cast):
    long_ago = cast.day - timedelta(days=90)
    Case.objects.update(opened_on=long_ago, closed_on=long_ago)
    return [
        AfterFollowUp.objects.create(
            case=cast.case, owner=cast.ifo, months=months, due_on=cast.day + timedelta(days=30 * months - 90)
        )
        for months in (3, 6)
    ]


def found(cast, **changed):
    return {"done_on": str(cast.day), "occupation": "work", "on_assistance": "nej"} | changed


def test_a_look_back_is_written_once_and_lays_down_the_reminder(anna, cast, closed):
    climb(timezone.now())
    reminded = Notice.objects.undone().filter(kind=Kind.FOLLOW_UP)
    assert reminded.exists()
    assert "Följ upp" in anna.get(address(cast, "promises")).text
    assert anna.post(address(cast, "follow_up", closed[0].pk), found(cast)).url == address(cast, "promises")
    row = AfterFollowUp.objects.get(months=3)
    assert (row.done_on, row.occupation, row.on_assistance, row.done_by) == (cast.day, "work", False, cast.anna)
    climb(timezone.now())
    assert not reminded.exists()
    again = anna.post(address(cast, "follow_up", row.pk), found(cast, occupation="studies"))
    assert "Uppföljningen är redan gjord." in again.text
    assert AfterFollowUp.objects.get(months=3).occupation == "work"
    assert "Uppföljt efter 3 månader" in anna.get(reverse("desk:events", args=[cast.case.pk])).text


def test_after_a_death_nobody_is_looked_up_again(anna, cast, closed):
    anna.post(address(cast, "follow_up", closed[0].pk), found(cast, occupation="deceased", on_assistance=""))
    assert [(row.months, row.on_assistance) for row in AfterFollowUp.objects.all()] == [(3, None)]


@pytest.mark.parametrize(
    ("months", "changed", "sentence"),
    [
        (3, {"occupation": ""}, "Välj vad personen gör nu, eller Okänt."),
        (3, {"done_on": "2099-01-01"}, "Dagen kan inte ligga i framtiden."),
        (3, {"done_on": ""}, "Skriv vilken dag ni följde upp."),
        (6, {}, "Det är för tidigt."),
    ],
)
def test_a_wrong_look_back_is_told_and_not_saved(anna, cast, closed, months, changed, sentence):
    row = next(each for each in closed if each.months == months)
    assert sentence in anna.post(address(cast, "follow_up", row.pk), found(cast, **changed)).text
    assert not AfterFollowUp.objects.exclude(done_on=None).exists()


def test_after_the_case_others_read_under_consent_and_only_the_lead_looks_back(client, cast, closed):
    AfterFollowUp.objects.filter(months=3).update(done_on=cast.day, occupation="work")
    client.force_login(cast.bo)
    assert "3 månader efter" in client.get(address(cast, "promises")).text
    assert client.post(address(cast, "follow_up", closed[1].pk), found(cast)).status_code == 403
    Disclosure.objects.filter(category=Category.APPLICATION).update(days="empty")
    assert "3 månader efter" not in client.get(address(cast, "promises")).text
    assert client.get(address(cast, "follow_up", closed[1].pk)).status_code == 404


def test_a_case_that_ends_twice_keeps_the_looks_back_that_were_made(anna, cast, closed):
    AfterFollowUp.objects.filter(months=3).update(done_on=cast.day, occupation="work")
    anna.post(address(cast, "reopen"), {})
    assert AfterFollowUp.objects.count() == 1
    ending = {"reason": "work", "closed_on": str(cast.day), "text": "", "confirmed": "on"}
    anna.post(reverse("desk:close", args=[cast.case.pk]), ending)
    assert sorted(AfterFollowUp.objects.values_list("months", flat=True)) == [3, 3, 6, 12, 24]
