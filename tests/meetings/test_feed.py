"""The calendar to subscribe to: one secret address, neutral words, nothing that the gate does not show."""

import re

import pytest
from django.test import Client

from audit.models import Action, Entry
from cases.models import Individual
from consent.models import Disclosure
from meetings.models import CalendarFeed, Meeting
from tests.meetings import ics

PAGE = "/kalender/prenumeration/"


@pytest.fixture
def booked(book):
    assert book().status_code == 302
    return Meeting.objects.get()


@pytest.fixture
def outside():
    return Client()


def subscribe(client, user):
    """The path of the address that the page shows once."""
    client.force_login(user)
    text = client.post(PAGE, {"make": "1"}).content.decode()
    return re.search(r'value="http://[^/]+(/kalender/[^"]+\.ics)"', text)[1]


def events(answer):
    found = ics.read(answer.content.decode())["events"]
    return [{name: value for name, (value, _) in event.items()} for event in found]


def test_the_calendar_tells_when_and_where_in_neutral_words(client, cast, outside, booked):
    answer = outside.get(subscribe(client, cast.bo))
    [event] = events(answer)
    assert (event["SUMMARY"], event["UID"]) == ("Möte", f"{booked.calendar_uid}@samverkan")
    assert (event["DTSTART"], event["DTEND"]) == (booked.starts_at, booked.ends_at)
    assert "Yxtaholm" in event["LOCATION"]
    for secret in ("Amina", "Hassan", cast.case.number, "trepart", "Anna"):
        assert secret not in answer.content.decode()


def test_the_address_is_shown_once_and_kept_nowhere(client, cast):
    path = subscribe(client, cast.anna)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in client.get(PAGE).content.decode()
    assert token not in str(CalendarFeed.objects.values().get())
    assert Entry.objects.filter(action=Action.EXPORTED, object_kind="calendar_feed").exists()


def test_an_ended_and_a_replaced_address_open_nothing(client, cast, outside, booked):
    old = subscribe(client, cast.anna)
    new = subscribe(client, cast.anna)
    assert outside.get(old).status_code == 404
    assert outside.get(new).status_code == 200
    client.post(PAGE, {"end": "1"})
    assert outside.get(new).status_code == 404


def test_somebody_who_may_not_log_in_has_no_calendar(client, cast, outside, booked):
    path = subscribe(client, cast.bo)
    cast.bo.is_active = False
    cast.bo.save()
    assert outside.get(path).status_code == 404


def test_a_protected_persons_place_is_not_told(client, cast, outside, booked):
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    text = outside.get(subscribe(client, cast.anna)).content.decode()
    assert "LOCATION" not in text
    assert "Yxtaholm" not in text


def test_after_a_withdrawal_only_the_time_is_left(client, cast, outside, booked):
    path = subscribe(client, cast.bo)
    Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    [event] = events(outside.get(path))
    assert event["DTSTART"] == booked.starts_at
    assert not {"LOCATION", "URL"} & set(event)


def test_an_unchanged_calendar_is_not_sent_again(client, cast, outside, booked):
    path = subscribe(client, cast.anna)
    first = outside.get(path)
    assert first["Cache-Control"] == "private, max-age=900"
    assert outside.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Meeting.objects.update(place="Biblioteket", room=None)
    assert outside.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_it_costs_the_same_however_many_meetings(client, cast, outside, booked, book, costs):
    path = subscribe(client, cast.anna)
    outside.get(path)
    short = costs(lambda: outside.get(path))
    for hour in range(11, 16):
        book(
            kind="follow_up", clock=f"{hour}:00", room=None, place="Biblioteket", preparation_minutes=5, talk_minutes=30
        )
    assert Meeting.objects.count() > 2
    assert costs(lambda: outside.get(path)) == short
