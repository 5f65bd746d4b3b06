"""A case that ends takes the meetings ahead with it, and tells those who were called."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.models import Meeting
from notices.models import Kind, OutboxMessage


@pytest.fixture
def booked(cast, book):
    assert book().status_code == 302
    OutboxMessage.objects.all().delete()
    return Meeting.objects.get()


@pytest.fixture
def close(client, cast):
    def post(**changed):
        client.force_login(cast.anna)
        sent = {"reason": "work", "closed_on": str(cast.day), "text": "", "confirmed": "on"} | changed
        return client.post(reverse("desk:close", args=[cast.case.pk]), sent)

    return post


def test_the_page_before_says_which_meetings_are_called_off(close, booked):
    page = close(confirmed="").text
    assert "Bokade möten ställs in, och alla som är kallade får veta det:" in page
    assert "Första trepartssamtal, " in page
    assert Meeting.objects.booked().exists()


def test_without_meetings_ahead_nothing_is_said_of_them(close, booked):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    assert "ställs in" not in close(confirmed="").text


def test_what_is_booked_is_called_off_and_everybody_called_is_told(close, cast, booked, book, room):
    assert close().status_code == 302
    booked.refresh_from_db()
    assert (booked.status, booked.outcome) == ("cancelled", "cancelled_by_party")
    assert booked.cancelled_reason == "ärendet avslutades"
    assert not booked.participants.filter(takes_time=True).exists()
    told = OutboxMessage.objects.filter(kind=Kind.MEETING_CANCELLED)
    assert told.count() == 3
    event = Calendar.from_ical(told.get(address=cast.bo.email).calendar).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_nobody_writes_to_somebody_who_has_died(close, cast, booked):
    assert "utom deltagaren" in close(reason="deceased", confirmed="").text
    close(reason="deceased")
    told = OutboxMessage.objects.filter(kind=Kind.MEETING_CANCELLED)
    assert {message.address for message in told} == {cast.anna.email, cast.bo.email}


def test_a_meeting_that_has_been_stays_as_it_was(close, booked):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    close()
    booked.refresh_from_db()
    assert booked.is_booked
    assert not OutboxMessage.objects.filter(kind=Kind.MEETING_CANCELLED).exists()


def test_a_wrong_ending_calls_nothing_off(close, booked):
    close(closed_on="2099-01-01")
    booked.refresh_from_db()
    assert booked.is_booked
