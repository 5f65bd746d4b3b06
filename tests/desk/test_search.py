"""Search finds only what the gate opens, by name, whole identity number or case number, and leaves no words behind."""

import pytest
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import Category
from consent.models import Disclosure
from desk.content import search
from tests import casting

URL = "/sok/"


def found(client, person, words, **headers):
    client.force_login(person)
    return client.post(URL, {"q": words}, headers=headers)


def hits(response):
    return [case.individual.full_name for case in response.context["hits"].cases]


@pytest.mark.parametrize(
    "words", ["Amina", "hass", "amina ha", "Hassan Amina", "19950106-2385", "199501062385", "950106-2385"]
)
def test_it_finds_by_name_and_whole_identity_number(client, cast, words):
    assert hits(found(client, cast.anna, words)) == ["Amina Hassan"]


@pytest.mark.parametrize("words", ["Amina", "hassan a"])
def test_who_has_very_many_cases_finds_the_same(client, cast, words, monkeypatch):
    """They are looked for by name first, the others among their own cases."""
    monkeypatch.setattr(search, "LISTED_AT_MOST", 0)
    assert hits(found(client, cast.anna, words)) == ["Amina Hassan"]
    assert hits(found(client, cast.cilla, words)) == []


def test_it_finds_by_case_number(client, cast):
    assert hits(found(client, cast.anna, cast.case.number)) == ["Amina Hassan"]


@pytest.mark.parametrize("words", ["Amina", "199501062385"])
def test_an_outsider_finds_nothing(client, cast, words):
    assert hits(found(client, cast.cilla, words)) == []


@pytest.mark.parametrize("words", ["199501062385", "950106-2385"])
def test_a_number_is_confirmed_only_to_those_who_are_told_how_to_reach_the_person(client, cast, words):
    assert hits(found(client, cast.bo, words)) == ["Amina Hassan"]
    Disclosure.objects.filter(category=Category.CONTACT).end(on=cast.day)
    assert hits(found(client, cast.bo, words)) == []
    assert hits(found(client, cast.bo, "Amina")) == hits(found(client, cast.anna, words)) == ["Amina Hassan"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("199501062384", "sista siffran"),
        ("19950106", "siffror"),
        ("", "Skriv ett namn"),
    ],
)
def test_a_malformed_search_is_answered_in_words_and_kept(client, cast, words, sentence):
    response = found(client, cast.anna, words)
    assert response.status_code == 200
    assert sentence.lower() in " ".join(response.context["form"].errors["q"]).lower()
    assert f'value="{words}"' in response.content.decode() or not words


def test_one_letter_is_too_little(client, cast):
    assert found(client, cast.anna, "a").context["hits"].too_short


def test_notes_are_never_searched(client, cast):
    assert hits(found(client, cast.anna, "försörjningsstöd")) == []


def test_the_search_is_logged_without_its_words(client, cast):
    found(client, cast.anna, "Amina")
    entry = Entry.objects.get(action=Action.SEARCHED)
    assert (entry.actor_id, entry.object_kind, entry.object_id) == (cast.anna.pk, "search", "")
    assert not any("Amina" in str(value) for value in Entry.objects.filter(pk=entry.pk).values_list()[0])


def test_the_words_never_stand_in_an_address(client, cast):
    client.force_login(cast.anna)
    text = client.get(reverse("desk:search")).content.decode()
    assert text.count(f'action="{URL}"') == text.count(f'action="{URL}" method="post"') or 'method="get"' not in text


def test_typing_gets_the_list_only_and_at_most_eight(client, cast):
    casting.many_cases(cast.anna, 12)
    response = found(client, cast.anna, "test", **{"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert len(hits(response)) == 8
    assert "Skriv mer av namnet" in response.content.decode()


def test_no_hit_offers_to_register_to_those_who_may(client, cast):
    assert found(client, cast.anna, "Okänd").context["hits"].cases == []
    assert "Inget av dina ärenden passar" in found(client, cast.anna, "Okänd").content.decode()


def test_the_search_costs_the_same_with_many_hits(client, cast, costs):
    client.force_login(cast.anna)
    casting.many_cases(cast.anna, 1)
    one = costs(lambda: client.post(URL, {"q": "test"}))
    casting.many_cases(cast.anna, 7, start=100)
    assert costs(lambda: client.post(URL, {"q": "test"})) == one
