"""Needs are raised from a case, read without persons by those who may, decided and answered back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consent.gate import Gate
from consent.models import Disclosure
from needs import services
from needs.models import UnmetNeed
from notices.models import Notice
from tests.casting import many_cases

NEED = {"kind": "childcare", "title": "Barnomsorg på kvällstid", "people": "2", "need": "new"}
DECISION = {"decision": "granted", "answer": "Ordnas i mars.", "decided_on": "2026-01-15"}


def url(name, *args):
    return reverse(f"needs:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def need(cast):
    gate = Gate(cast.anna)
    return services.raise_need(gate, case=gate.open(cast.case.pk), kind="language", title="Språkstöd på jobbet")


def test_a_need_is_raised_from_the_case(client, cast):
    client.force_login(cast.bo)
    answer = client.post(url("raise_need", cast.case.pk), NEED, follow=True)
    assert "Behovet är lyft. Svar väntas senast" in text_of(answer)
    kept = UnmetNeed.objects.get()
    assert (kept.people, kept.raised_by_organisation) == (2, cast.af)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Välj vad behovet gäller."),
        ({"title": ""}, "Skriv vad som saknas."),
        ({"title": "Barnomsorg åt Amina"}, "Ta bort namnet Amina."),
        ({"description": "Gäller 19950106-2385"}, "det ser ut som ett personnummer"),
        ({"people": "0"}, "Skriv minst en person."),
        ({"people": "många"}, "Skriv ett antal med siffror."),
        ({"title": "x" * 121}, "120 tecken"),
    ],
)
def test_a_wrong_need_is_explained_and_nothing_is_saved(client, cast, wrong, sentence):
    client.force_login(cast.anna)
    page = text_of(client.post(url("raise_need", cast.case.pk), NEED | {"description": "Skift."} | wrong))
    assert sentence in page
    assert wrong.get("description", "Skift.") in page
    assert not UnmetNeed.objects.exists()


def test_one_more_person_is_added_to_a_need_that_waits(client, cast, need):
    client.force_login(cast.anna)
    other = many_cases(cast.anna, 1)[0]
    address = url("raise_need", other.pk)
    assert "Språkstöd på jobbet" in text_of(client.get(address))
    client.post(address, {"need": str(need.pk), "people": "3"})
    assert UnmetNeed.objects.get().people == 4
    assert "Är behovet redan lyft?" not in text_of(client.get(address))


def test_an_outsider_and_a_partner_without_consent_raise_nothing(client, cast):
    client.force_login(cast.cilla)
    assert client.get(url("raise_need", cast.case.pk)).status_code == 404
    Disclosure.objects.filter(case=cast.case, category="plan").update(days="empty")
    client.force_login(cast.bo)
    assert client.get(url("raise_need", cast.case.pk)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("anna", 200), ("cilla", 200), ("petra", 200), ("sten", 200), ("lova", 403), ("adam", 403), ("ingrid", 403)],
)
def test_the_board_is_for_those_who_raise_and_decide(client, cast, need, name, status):
    client.force_login(getattr(cast, name))
    for address in (url("needs"), url("need", need.pk)):
        assert client.get(address).status_code == status


def test_nothing_on_the_board_points_at_the_person(client, cast, need):
    client.force_login(cast.cilla)
    for address in (url("needs"), url("need", need.pk)):
        page = text_of(client.get(address))
        assert "Språkstöd på jobbet" in page
        assert "Amina" not in page
        assert str(cast.case.pk) not in page
        assert "färre än 5 personer" in page


def test_a_need_of_another_municipality_is_not_there(client, cast, need):
    UnmetNeed.objects.update(municipality="1083")
    client.force_login(cast.anna)
    assert client.get(url("need", need.pk)).status_code == 404
    assert "Språkstöd på jobbet" not in text_of(client.get(url("needs")))


def test_the_board_filters_and_parts_the_answered_from_the_waiting(client, cast, need):
    client.force_login(cast.anna)
    assert "Språkstöd på jobbet" in text_of(client.get(url("needs"), {"kind": "language", "level": "unit"}))
    assert "Språkstöd på jobbet" not in text_of(client.get(url("needs"), {"kind": "housing"}))
    services.decide(Gate(cast.sten), need, decision="declined", answer="Nej.", on=cast.day)
    assert "Språkstöd på jobbet" not in text_of(client.get(url("needs")))
    assert "Språkstöd på jobbet" in text_of(client.get(url("needs"), {"lage": "besvarade"}))


def test_it_is_raised_decided_and_answered_back(client, cast, need):
    client.force_login(cast.anna)
    assert "lyft till lilla LSG" in text_of(client.post(url("raise_higher", need.pk), follow=True))
    assert client.post(url("need", need.pk), DECISION).status_code == 403
    client.force_login(cast.sten)
    assert client.post(url("raise_higher", need.pk)).status_code == 403
    assert "Beslutet är sparat" in text_of(client.post(url("need", need.pk), DECISION, follow=True))
    assert "återkopplat till 1 person" in text_of(client.post(url("feed_back", need.pk), follow=True))
    assert "redan gjort" in text_of(client.post(url("feed_back", need.pk), follow=True))
    assert Notice.objects.get(kind="need_answered").recipient == cast.anna


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"decision": ""}, "Välj vad som beslutades."),
        ({"decision": "passed_on"}, "Välj ett giltigt alternativ"),
        ({"answer": ""}, "Skriv ett svar"),
        ({"answer": "Gäller 950106-2385"}, "personnummer"),
        ({"decided_on": ""}, "Skriv vilken dag det beslutades."),
        ({"decided_on": "i går"}, "Skriv datumet så här: 2026-11-24."),
        ({"decided_on": "2100-01-01"}, "kan inte ligga i framtiden"),
    ],
)
def test_a_wrong_decision_is_explained_and_nothing_is_saved(client, cast, need, wrong, sentence):
    client.force_login(cast.petra)
    page = text_of(client.post(url("need", need.pk), DECISION | wrong))
    assert sentence in page
    assert not UnmetNeed.objects.get().is_answered


def test_the_board_costs_the_same_however_long_it_is(client, cast, need, costs):
    client.force_login(cast.anna)
    client.get(url("needs"))
    short = costs(lambda: client.get(url("needs")))
    rows = [
        UnmetNeed(
            kind="housing",
            title=f"Bostad {number}",
            municipality=cast.case.municipality,
            raised_by=cast.anna,
            raised_by_organisation=cast.ifo,
            answer_due_on=cast.day + timedelta(days=number),
        )
        for number in range(49)
    ]
    UnmetNeed.objects.bulk_create(rows)
    assert costs(lambda: client.get(url("needs"))) == short
