"""The log reviewer's page: the own organisation's people, case numbers, never the person's name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.log import Actor, record
from audit.models import Action, Entry

URL = "/logg/"


def lines(client, person, **query):
    client.force_login(person)
    return client.get(URL, query).context["log"].lines


def test_the_reviewer_reads_what_the_own_organisation_did(client, cast):
    for person in (cast.anna, cast.bo):
        client.force_login(person)
        client.get(reverse("desk:case", args=[cast.case.pk]))
    client.force_login(cast.lova)
    response = client.get(URL)
    found = response.context["log"].lines
    assert {line.who for line in found} == {"Anna Ask"}
    assert cast.case.number in {line.number for line in found}
    assert "Amina" not in response.content.decode()
    assert "Hassan" not in response.content.decode()


def test_nobody_reviews_their_own_reads_and_the_review_is_logged(client, cast):
    lines(client, cast.lova)
    assert "Lova Lind" not in {line.who for line in lines(client, cast.lova)}
    assert Entry.objects.filter(action=Action.LOG_READ, actor_id=cast.lova.pk).count() == 2


def test_it_can_be_narrowed_by_day_and_act(client, cast):
    client.force_login(cast.anna)
    client.get(reverse("desk:case", args=[cast.case.pk]))
    client.post("/sok/", {"q": "Amina"})
    assert {line.what for line in lines(client, cast.lova, vad="searched")} == {"sökte"}
    assert lines(client, cast.lova, fran=(cast.day + timedelta(days=2)).isoformat()) == []


@pytest.mark.parametrize("query", [{"fran": "igår"}, {"vad": "x"}, {"fore": "abc"}])
def test_a_spoilt_filter_says_so_and_shows_the_whole_log(client, cast, query):
    client.force_login(cast.lova)
    assert client.get(URL, query).status_code == 200


@pytest.mark.parametrize("name", ["anna", "karin", "petra", "adam", "sten"])
def test_only_the_reviewer_may_read_it(client, cast, name):
    client.force_login(getattr(cast, name))
    assert client.get(URL).status_code == 403
    assert Entry.objects.filter(action=Action.REFUSED, actor_id=getattr(cast, name).pk).exists()


def test_the_log_costs_the_same_however_long_it_is(client, cast, costs):
    client.force_login(cast.anna)
    client.get(reverse("desk:my_day"))
    client.force_login(cast.lova)
    client.get(URL)
    one = costs(lambda: client.get(URL))
    for _ in range(60):
        record(Action.READ, actor=Actor(id=cast.anna.pk, name="Anna", organisation_id=cast.ifo.pk))
    assert costs(lambda: client.get(URL)) == one
    client.force_login(cast.lova)
    older = client.get(URL).context["log"].older
    assert len(client.get(URL, {"fore": older}).context["log"].lines) > 0
