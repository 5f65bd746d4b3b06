"""A bookable world: a room, an interpreter and a form that is filled in right."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cases.rules import next_working_day_on_or_after
from meetings.models import Interpreter, Meeting, Room


@pytest.fixture
def room(cast):
    return Room.objects.create(
        organisation=cast.ifo,
        municipality=cast.ifo.municipality,
        name="Yxtaholm",
        address="Storgatan 1",
        step_free=True,
    )


@pytest.fixture
def interpreter(cast):
    return Interpreter.objects.create(name="Tolk 4711", language="somaliska", email="tolk@example.org")


@pytest.fixture
def day():
    return next_working_day_on_or_after(timezone.localdate() + timedelta(days=2))


@pytest.fixture
def filled_in(cast, room, day):
    """What the browser sends when the booking form is right; change what the test is about."""

    def fill(**changes):
        sent = {
            "kind": "first",
            "day": day.isoformat(),
            "clock": "09:00",
            "preparation_minutes": 15,
            "talk_minutes": 45,
            "feedback_minutes": 15,
            "workers": [cast.anna.pk, cast.bo.pk],
            "with_individual": "on",
            "form": "on_site",
            "room": room.pk,
        }
        return {key: value for key, value in (sent | changes).items() if value is not None}

    return fill


@pytest.fixture
def book(client, cast, filled_in):
    """Anna books through the page; gives the answer."""

    def post(case=None, user=None, **changes):
        client.force_login(user or cast.anna)
        return client.post(reverse("meetings:book", args=[(case or cast.case).pk]), filled_in(**changes))

    return post


@pytest.fixture
def booked(book):
    book()
    return Meeting.objects.get()


@pytest.fixture
def on_the_day(booked):
    """The clock stands at the start of the meeting."""
    with time_machine.travel(booked.starts_at + timedelta(minutes=1), tick=False):
        yield booked


@pytest.fixture
def post(client, cast):
    def send(name, meeting, user=None, **sent):
        client.force_login(user or cast.anna)
        return client.post(reverse(f"meetings:{name}", args=[meeting.case_id, meeting.pk]), sent)

    return send


@pytest.fixture
def look(client, cast):
    def fetch(name, meeting, user=None):
        client.force_login(user or cast.anna)
        return client.get(reverse(f"meetings:{name}", args=[meeting.case_id, meeting.pk]))

    return fetch
