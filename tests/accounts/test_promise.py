"""Everybody promises before the first page; a newer text asks again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import ConductPromise, ConductText
from audit.models import Action, Entry
from tests.accounts.steps import log_in

PROMISE = "/konto/ansvar/"


@pytest.fixture
def newcomer(cast):
    ConductPromise.objects.filter(user=cast.anna).delete()
    return cast.anna


def test_nothing_opens_before_the_promise(client, cast, newcomer):
    log_in(client, newcomer)
    for path in ("/", f"/arenden/{cast.case.pk}/", "/hjalp/", "/finns-inte/", "/administration/"):
        assert client.get(path).url == PROMISE
    page = client.get(PROMISE).content.decode()
    assert "Jag öppnar bara ärenden som jag arbetar med." in page
    assert "Ärenden</a>" not in page


def test_the_promise_is_dated_logged_and_opens_the_house(client, newcomer):
    log_in(client, newcomer)
    text = client.get(PROMISE).context["text"]
    refused = client.post(PROMISE, {"text": text.pk})
    assert "Kryssa i rutan" in refused.content.decode()
    client.post(PROMISE, {"text": text.pk, "promises": "on"})
    client.post(PROMISE, {"text": text.pk, "promises": "on"})
    promise = newcomer.promises.get()
    assert (promise.text.version, promise.at.date()) == (1, date.today())
    assert Entry.objects.filter(action=Action.PROMISED, actor_id=newcomer.pk).count() == 1
    assert client.get("/").status_code == 200


def test_a_newer_text_asks_again_in_the_middle_of_a_session_and_not_before_its_day(client, cast):
    log_in(client, cast.anna)
    newer = ConductText.objects.create(
        version=2, title="Nytt", body="Nytt.", approved_by="Nämnden", valid_from=cast.day + timedelta(days=1)
    )
    assert client.get("/").status_code == 200
    ConductText.objects.filter(pk=newer.pk).update(valid_from=cast.day)
    assert client.get("/").url == PROMISE
    client.post(PROMISE, {"text": newer.pk, "promises": "on"})
    assert client.get("/").status_code == 200


def test_an_older_text_cannot_be_promised_instead(client, cast):
    old = ConductText.objects.get()
    ConductText.objects.create(version=2, title="Nytt", body="Nytt.", approved_by="Nämnden", valid_from=cast.day)
    log_in(client, cast.anna)
    assert client.post(PROMISE, {"text": old.pk, "promises": "on"}).status_code == 200
    assert client.get("/").url == PROMISE


def test_once_is_once_and_a_promised_text_is_never_changed(client, cast):
    text = ConductText.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConductPromise.objects.create(text=text, user=cast.anna)
    client.force_login(cast.adam)
    assert client.post(f"/administration/accounts/conducttext/{text.pk}/change/", {"body": "x"}).status_code == 403


def test_it_costs_no_query_of_its_own(client, cast, costs):
    client.force_login(cast.anna)
    one = costs(lambda: client.get("/hjalp/"))
    for version in range(2, 6):
        ConductText.objects.create(
            version=version, title="x", body="x", approved_by="x", valid_from=cast.day - timedelta(days=1)
        )
    ConductPromise.objects.given_by([cast.anna])
    assert costs(lambda: client.get("/hjalp/")) == one
