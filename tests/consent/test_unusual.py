"""Reading about many people: told at a number, stopped at a larger one; what is open stays open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.log import Actor, Subject, TooManyPeople, record_read
from audit.models import Action, Entry
from consent import tasks
from consent.gate import Gate
from consent.models import CaseGrant
from notices.models import Kind, Notice
from tests.casting import many_cases


@pytest.fixture
def read_three(cast, settings):
    """Anna has opened three people's cases where two warn and three stop."""
    settings.READ_AN_HOUR_WARNS, settings.READ_AN_HOUR_STOPS = 2, 3
    cases = many_cases(cast.anna, 4)
    for case in cases[:3]:
        Gate(cast.anna).open(case.pk)
    return cases


def test_one_more_person_is_stopped_and_the_attempt_is_in_the_log(client, cast, read_three):
    client.force_login(cast.anna)
    answer = client.get(reverse("desk:case", args=[read_three[3].pk]))
    assert answer.status_code == 429
    assert "Många ärenden på kort tid" in answer.content.decode()
    assert read_three[3].number not in answer.content.decode()
    refused = Entry.objects.get(action=Action.REFUSED, actor_id=cast.anna.pk)
    assert (refused.case_id, refused.ground) == (read_three[3].pk, "för många personers ärenden på en timme")
    assert not Entry.objects.filter(action=Action.READ, case_id=read_three[3].pk).exists()


def test_what_is_open_stays_open(client, cast, read_three):
    client.force_login(cast.anna)
    assert client.get(reverse("desk:case", args=[read_three[0].pk])).status_code == 200


def test_others_are_not_stopped(client, cast, read_three):
    CaseGrant.objects.engage(read_three[3], cast.ingrid, since=cast.day)
    client.force_login(cast.ingrid)
    assert client.get(reverse("desk:case", args=[read_three[3].pk])).status_code == 200


def test_a_case_that_is_forbidden_still_looks_like_a_missing_one(client, cast, read_three):
    client.force_login(cast.anna)
    CaseGrant.objects.filter(content_object=read_three[3]).end(on=cast.day)
    assert client.get(reverse("desk:case", args=[read_three[3].pk])).status_code == 404


def test_a_case_opened_inside_a_page_is_stopped_too(client, cast, read_three, monkeypatch):
    monkeypatch.setattr("desk.content.build_day", lambda gate: gate.open(read_three[3].pk))
    client.force_login(cast.anna)
    assert client.get("/").status_code == 429
    assert Entry.objects.filter(action=Action.REFUSED, actor_id=cast.anna.pk).count() == 1


def test_the_hour_is_one_query_however_much_is_read(cast, costs, read_three):
    def read():
        record_read(actor=Actor(id=cast.anna.pk), subject=Subject(case_id=read_three[0].pk), ground="", request_id="")

    assert costs(read) == 1


def test_the_limit_is_for_the_last_hour(cast, read_three, monkeypatch):
    soon = timezone.now() + timezone.timedelta(hours=2)
    monkeypatch.setattr("audit.log.timezone.now", lambda: soon)
    assert Gate(cast.anna).open(read_three[3].pk)


def test_the_control_without_the_limit_the_next_case_opens(cast, settings, read_three):
    with pytest.raises(TooManyPeople):
        Gate(cast.anna).open(read_three[3].pk)
    settings.READ_AN_HOUR_STOPS = 120
    assert Gate(cast.anna).open(read_three[3].pk)


def test_reviewer_and_manager_are_told_once_a_day(cast, settings, read_three):
    settings.READ_AN_HOUR_STOPS = 120
    assert tasks.warn_unusual_reading() == 2
    assert tasks.warn_unusual_reading() == 0
    told = Notice.objects.filter(kind=Kind.UNUSUAL_READING)
    assert {notice.recipient for notice in told} == {cast.lova, cast.karin}
    assert told.first().text == "Anna Ask har öppnat 3 personers ärenden på en timme"
    settings.READ_AN_HOUR_STOPS = 3
    assert tasks.warn_unusual_reading() == 2


def test_nobody_is_told_of_an_ordinary_day(cast):
    Gate(cast.anna).open(cast.case.pk)
    assert tasks.warn_unusual_reading() == 0
