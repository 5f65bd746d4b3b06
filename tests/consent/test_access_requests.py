"""A colleague asks for a case; the page never tells whether there is one, and the manager answers once."""

import re
from datetime import timedelta

import pytest
from django.contrib import messages
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Unit
from audit.models import Action, Entry
from cases.models import CaseParty
from consent.expiry import warn_unanswered
from consent.gate import Gate
from consent.models import AccessRequest, CaseGrant, CaseScope
from desk.content.counts import count
from notices.models import Kind, Notice
from tests import casting

ASK = reverse("consent:ask_access")
LIST = reverse("consent:access_requests")
WHY = "Vikarierar för Anna hela nästa vecka."
CHANGING = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?")[^"]+')


@pytest.fixture
def ally(cast):
    return casting.worker(cast.ifo, "Ally", Role.CASE_WORKER)


@pytest.fixture
def asked(client, cast, ally):
    client.force_login(ally)
    client.post(ASK, {"number": cast.case.number, "reason": WHY})
    client.force_login(cast.karin)
    return AccessRequest.objects.get()


def answer_page(asked):
    return reverse("consent:answer_access", args=[asked.pk])


def yes(cast, days=7):
    return {"answer": "yes", "until": str(cast.day + timedelta(days=days)), "reason": ""}


def test_the_manager_says_yes_and_the_case_is_open_until_that_day(client, cast, ally, asked):
    assert not Gate(ally).cases().exists()
    page = client.get(LIST).text
    assert all(words in page for words in ("Ally Extra", cast.case.number, WHY))
    assert "Hassan" not in page + client.get(answer_page(asked)).text
    answer = client.post(answer_page(asked), yes(cast), follow=True)
    assert "Svaret är sparat. Ally Extra får en bevakning." in answer.text
    assert "Ingen väntar på svar" in answer.text
    last = cast.day + timedelta(days=7)
    assert Gate(ally, last).cases().get() == cast.case
    assert not Gate(ally, last + timedelta(days=1)).cases().exists()
    told = Notice.objects.get(kind=Kind.ACCESS)
    assert (told.recipient, told.case, told.text) == (ally, cast.case, f"Ja, till och med {last}")
    client.force_login(ally)
    assert client.get(reverse("desk:case", args=[cast.case.pk])).status_code == 200


def test_the_manager_says_no_and_why(client, cast, ally, asked):
    client.post(answer_page(asked), {"answer": "no", "reason": "Anna är kvar."})
    assert not Gate(ally).cases().exists()
    told = Notice.objects.get(kind=Kind.ACCESS)
    assert (told.recipient, told.case) == (ally, None)
    assert "Anna är kvar." in told.text
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("no", cast.karin)


@pytest.mark.parametrize("said", [{"answer": "no", "reason": "Anna är kvar."}, {"answer": "yes"}])
def test_the_question_and_the_answer_are_in_the_log_of_the_case(client, cast, ally, asked, said):
    client.post(answer_page(asked), yes(cast) | said)
    rows = Entry.objects.about(cast.case.pk).order_by("pk").values_list("actor_id", "action", "ground")
    answered = Action.REGISTERED if said["answer"] == "no" else Action.ASSIGNED
    assert list(rows) == [
        (ally.pk, Action.REGISTERED, "fråga till chefen"),
        (cast.karin.pk, answered, "roll, enhetschef"),
    ]
    client.force_login(cast.anna)
    assert "registrerade fråga om åtkomst" in client.get(reverse("desk:readers", args=[cast.case.pk])).text


def numbers(cast, ally):
    """No such case, another organisation's, one that is only invited to, and one that the asker has already."""
    foreign = casting.open_case(cast.cilla, casting.individual(cast.ame, "Cem", "Yl", casting.NUMBERS[1]))
    invited = casting.open_case(cast.cilla, casting.individual(cast.ame, "Eva", "Yl", casting.NUMBERS[2]))
    CaseParty.objects.create(case=invited, organisation=cast.ifo, since=cast.day)
    mine = casting.open_case(ally, casting.individual(cast.ifo, "Dan", "Yl", casting.NUMBERS[3]))
    return ["2026-9999999", foreign.number, invited.number, mine.number]


def answers(user, number):
    """Every byte the asker gets: the answer, its headers, and the page it leads to."""
    browser = Client()
    browser.force_login(user)
    sent = browser.post(ASK, {"number": number, "reason": WHY})
    heads = {name: text for name, text in sent.headers.items() if name not in {"X-Request-ID", "Server-Timing"}}
    cookies = sorted(set(sent.cookies) - {"messages"})
    shown = browser.get(sent.url)
    return sent.status_code, sent.url, sent.content, heads, cookies, CHANGING.sub(b"", shown.content)


def test_the_answer_is_the_same_to_the_byte_whatever_the_number_is(cast, ally):
    others = numbers(cast, ally)
    existing = answers(ally, cast.case.number)
    assert "Om ärendet finns hos er har frågan gått till chefen." in existing[-1].decode()
    for number in others:
        assert answers(ally, number) == existing, number
    assert AccessRequest.objects.get().case == cast.case


def test_the_answer_costs_the_same_and_leaves_one_row_whatever_the_number_is(client, cast, ally, costs):
    client.force_login(ally)
    found = costs(lambda: client.post(ASK, {"number": cast.case.number, "reason": WHY}))
    for number in numbers(cast, ally):
        before = Entry.objects.count()
        assert costs(lambda: client.post(ASK, {"number": number, "reason": WHY})) == found  # noqa: B023
        assert Entry.objects.count() - before == 1


def test_the_test_would_see_an_answer_that_tells(cast, ally, monkeypatch):
    """The negative control: an answer with the outcome in it differs."""
    add = messages.add_message
    monkeypatch.setattr(
        "consent.views.access_requests.messages.success",
        lambda request, text: add(request, messages.SUCCESS, str(AccessRequest.objects.exists())),
    )
    missing = answers(ally, "2026-9999999")
    assert answers(ally, cast.case.number) != missing


def test_an_organisation_with_its_own_matter_asks_its_own_manager(client, cast):
    bea = casting.worker(cast.af, "Bea", Role.CASE_WORKER)
    mia = casting.worker(cast.af, "Mia", Role.UNIT_MANAGER)
    client.force_login(bea)
    client.post(ASK, {"number": cast.case.number, "reason": WHY})
    assert not AccessRequest.objects.exists()
    CaseParty.objects.filter(organisation=cast.af).update(own_matter=True)
    client.post(ASK, {"number": cast.case.number, "reason": WHY})
    asked = AccessRequest.objects.get()
    client.force_login(cast.karin)
    assert client.get(answer_page(asked)).status_code == 404
    assert client.post(answer_page(asked), yes(cast)).status_code == 200
    assert not Gate(bea).cases().exists()
    client.force_login(mia)
    client.post(answer_page(asked), yes(cast))
    assert Gate(bea).cases().get() == cast.case


def test_asking_twice_is_one_question_until_it_is_answered(client, cast, ally, asked):
    client.force_login(ally)
    for _ in range(2):
        client.post(ASK, {"number": cast.case.number, "reason": "En annan anledning som är lång nog."})
    assert AccessRequest.objects.get().reason == WHY
    with pytest.raises(IntegrityError, match="one_open_access_request"), transaction.atomic():
        AccessRequest.objects.create(case=cast.case, asker=ally, organisation=cast.ifo, reason=WHY)
    client.force_login(cast.karin)
    client.post(answer_page(asked), {"answer": "no", "reason": "Anna är kvar."})
    client.force_login(ally)
    client.post(ASK, {"number": cast.case.number, "reason": WHY})
    assert AccessRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Skriv ärendenumret."),
        ({"number": "Amina"}, "Skriv ärendenumret så här: 2026-0412."),
        ({"reason": ""}, "Skriv varför du behöver ärendet."),
        ({"reason": "För kort."}, "Skriv minst 20 tecken"),
        ({"reason": "x" * 501}, "500"),
    ],
)
def test_a_wrong_question_is_told_kept_and_not_asked(client, cast, ally, typed, sentence):
    client.force_login(ally)
    answer = client.post(ASK, {"number": cast.case.number, "reason": WHY} | typed)
    assert sentence in answer.text
    assert (cast.case.number if "number" not in typed else WHY) in answer.text
    assert not AccessRequest.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": ""}, "Välj ja eller nej."),
        ({"answer": "yes"}, "Skriv till vilken dag kollegan får se ärendet."),
        ({"answer": "yes", "until": "2020-01-01"}, "Dagen har redan varit."),
        ({"answer": "yes", "until": "snart"}, "Skriv ett datum som finns"),
        ({"answer": "no"}, "Skriv varför kollegan inte får åtkomst."),
        ({"answer": "no", "reason": "x" * 151}, "150"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, cast, ally, asked, typed, sentence):
    answer = client.post(answer_page(asked), typed)
    assert sentence in answer.text
    assert WHY in answer.text
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert not Gate(ally).cases().exists()


def test_of_two_managers_the_faster_answers(client, cast, asked):
    client.post(answer_page(asked), {"answer": "no", "reason": "Anna är kvar."})
    assert "Frågan är redan besvarad" in client.post(answer_page(asked), yes(cast)).text
    assert client.get(answer_page(asked)).status_code == 404
    asked.refresh_from_db()
    assert asked.answer == "no"


@pytest.mark.parametrize(("place", "answers_it"), [("Enhet IFO", True), ("Annan enhet", False)])
def test_the_manager_of_a_unit_answers_for_that_unit(client, cast, asked, place, answers_it):
    unit, _ = Unit.objects.get_or_create(organisation=cast.ifo, name=place)
    cast.lova.roles.create(role=Role.UNIT_MANAGER, unit=unit, since=cast.day)
    client.force_login(cast.lova)
    assert (WHY in client.get(LIST).text) == answers_it
    assert client.get(answer_page(asked)).status_code == (200 if answers_it else 404)
    assert count(Gate(cast.lova)).access_requests == int(answers_it)


def test_nobody_answers_their_own_question(client, cast, ally, asked):
    ally.roles.create(role=Role.UNIT_MANAGER, since=cast.day)
    client.force_login(ally)
    assert WHY not in client.get(LIST).text
    assert client.get(answer_page(asked)).status_code == 404
    with pytest.raises(IntegrityError, match="access_answered_by_another"), transaction.atomic():
        AccessRequest.objects.update(answered_by=ally, answered_at="2026-01-01T00:00Z", answer="no", answer_reason="x")


def test_a_yes_never_shortens_what_the_colleague_was_to_have(client, cast, ally, asked):
    CaseGrant.objects.engage(cast.case, ally, since=cast.day + timedelta(days=3), is_responsible=True)
    client.post(answer_page(asked), yes(cast))
    grant = CaseGrant.objects.get(content_object=cast.case, user=ally)
    assert (grant.since, grant.until, grant.is_responsible) == (cast.day, None, True)


def test_a_colleague_who_has_left_is_not_answered(client, cast, ally, asked):
    ally.is_active = False
    ally.save()
    assert WHY not in client.get(LIST).text
    assert "eller så har kollegan slutat" in client.post(answer_page(asked), yes(cast)).text
    assert not CaseScope.objects.filter(scope__user=ally).exists()


def test_question_and_answer_are_never_changed_or_removed(client, cast, asked):
    for act in (
        lambda: AccessRequest.objects.update(reason="Något annat som är långt nog."),
        lambda: AccessRequest.objects.filter(pk=asked.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    client.post(answer_page(asked), yes(cast))
    with pytest.raises(DatabaseError, match="besvaras en gång"), transaction.atomic():
        AccessRequest.objects.update(until=cast.day)


def test_the_way_to_the_page(client, cast, ally):
    client.force_login(ally)
    assert ASK in client.post(reverse("desk:search"), {"q": cast.case.number}).text
    assert ASK in client.get(reverse("desk:case", args=[cast.case.pk])).text
    client.force_login(cast.karin)
    assert LIST in client.get("/").text


def test_the_list_costs_the_same_however_many_ask(client, cast, ally, asked, costs):
    few = costs(lambda: client.get(LIST))
    for number in range(5):
        worker = casting.worker(cast.ifo, f"Nr{number}", Role.CASE_WORKER)
        AccessRequest.objects.ask(worker, [cast.case], reason=WHY)
    assert costs(lambda: client.get(LIST)) == few


def test_whoever_tries_many_numbers_in_a_day_is_stopped(client, cast, ally, settings):
    settings.ACCESS_ASKED_A_DAY = 2
    client.force_login(ally)
    asked = {"number": "2026-77777", "reason": WHY}
    assert [client.post(ASK, asked).status_code for _ in range(3)] == [302, 302, 200]
    page = client.post(ASK, asked | {"number": cast.case.number}).text
    assert "Du har frågat om 2 ärenden i dag." in page
    assert WHY in page
    assert not AccessRequest.objects.exists()


def test_a_question_that_waits_is_on_the_managers_day_until_it_is_answered(client, cast, ally, asked):
    ulf = casting.worker(cast.ifo, "Ulf")
    other = Unit.objects.create(organisation=cast.ifo, name="Enhet 2")
    ulf.roles.create(role=Role.UNIT_MANAGER, unit=other, since=cast.day)
    days = [warn_unanswered(cast.day + timedelta(days=after)) for after in (0, 0, 4)]
    assert days == [1, 0, 0]
    told = Notice.objects.get(kind=Kind.ACCESS)
    assert (told.recipient, told.case) == (cast.karin, None)
    assert told.text == f"Ally Extra väntar på svar om ärende {cast.case.number}"
    assert f'href="{LIST}"' in client.get("/").text.split(told.text)[0][-400:]
    Notice.objects.finish(timezone.now())
    days = [warn_unanswered(cast.day + timedelta(days=after)) for after in (2, 3, 4)]
    assert days == [0, 1, 0]
    client.post(answer_page(asked), yes(cast))
    assert not Notice.objects.undone().filter(recipient=cast.karin).exists()
    assert warn_unanswered(cast.day + timedelta(days=9)) == 0
