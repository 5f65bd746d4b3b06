"""Calendar files are read back by the library that writes them, by vobject, which shares nothing with it, and by hand;
the event stays the same event."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.urls import reverse
from icalendar import Calendar

from cases.models import Individual
from meetings.calendar_file import REQUEST, calendar_file
from meetings.models import Meeting
from notices.models import Kind, OutboxMessage
from tests.meetings import ics


@pytest.fixture
def booked(cast, book):
    Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
    assert book(room=None, place="Rum 3, hus B; bakom åän " + "ö" * 60).status_code == 302
    return Meeting.objects.get()


def sent(kind, address="amina@example.org"):
    return OutboxMessage.objects.get(kind=kind, address=address).calendar


def event_of(text):
    [event] = ics.read(text)["events"]
    return {name: value for name, (value, _) in event.items()}


def test_three_readers_agree_on_the_invitation(booked):
    text = sent(Kind.MEETING_BOOKED)
    [library], second, ours = Calendar.from_ical(text).walk("VEVENT"), vobject.readOne(text), event_of(text)
    assert ics.read(text)["METHOD"] == second.method.value == "REQUEST"
    second = second.vevent
    assert ours["DTSTART"] == library.start == second.dtstart.value == booked.talk_starts_at
    assert ours["DTEND"] == library.end == second.dtend.value == booked.talk_ends_at
    assert ours["LOCATION"] == str(library["LOCATION"]) == second.location.value == booked.place.rstrip()
    assert ours["UID"] == str(library["UID"]) == second.uid.value == f"{booked.calendar_uid}@samverkan"
    assert second.attendee.value == "mailto:amina@example.org"
    assert ours["SEQUENCE"] == "0"
    assert ours["SUMMARY"] == "Möte"
    assert {"ORGANIZER", "ATTENDEE", "DTSTAMP", "STATUS"} <= set(ours)
    assert "DESCRIPTION" not in ours


def test_a_moved_and_then_cancelled_meeting_is_the_same_event_with_a_higher_number(client, cast, booked, filled_in):
    client.force_login(cast.anna)
    moved = reverse("meetings:move", args=[cast.case.pk, booked.pk])
    client.post(moved, filled_in(clock="13:00", by="person", reason="Tandläkare"))
    new = Meeting.objects.get(replaces=booked)
    assert Meeting.objects.get(pk=booked.pk).asked_by == "person"
    client.post(reverse("meetings:cancel", args=[cast.case.pk, new.pk]), {"by": "other", "reason": "Sjuk"})
    kinds = (Kind.MEETING_BOOKED, Kind.MEETING_CHANGED, Kind.MEETING_CANCELLED)
    events = [event_of(sent(kind)) for kind in kinds]
    second = [vobject.readOne(sent(kind)) for kind in kinds]
    library = [Calendar.from_ical(sent(kind)).walk("VEVENT")[0] for kind in kinds]
    assert {event["UID"] for event in events} == {f"{booked.calendar_uid}@samverkan"}
    assert {str(event["UID"]) for event in library} == {each.vevent.uid.value for each in second} == {events[0]["UID"]}
    assert [event["SEQUENCE"] for event in events] == [each.vevent.sequence.value for each in second] == ["0", "1", "2"]
    assert [int(event["SEQUENCE"]) for event in library] == [0, 1, 2]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [each.vevent.status.value for each in second] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [ics.read(sent(kind))["METHOD"] for kind in kinds] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [each.method.value for each in second] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [each.vevent.dtstart.value for each in second] == [booked.talk_starts_at, *[new.talk_starts_at] * 2]
    changed = OutboxMessage.objects.get(kind=Kind.MEETING_CHANGED, address="amina@example.org").body
    assert "klockan 09.15 gäller inte längre" in changed
    assert "Tandläkare" not in changed


@pytest.mark.parametrize("date", ["2026-10-25", "2027-03-28", "2028-02-29", "2027-07-01", "2027-12-31"])
def test_the_time_is_right_on_both_sides_of_the_clocks_change(booked, date):
    start = datetime.fromisoformat(f"{date}T09:00").replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    text = calendar_file(
        booked, starts_at=start, ends_at=start + timedelta(hours=1), method=REQUEST, address="a@example.org"
    )
    assert event_of(text)["DTSTART"] == Calendar.from_ical(text).walk("VEVENT")[0].start == start
    assert vobject.readOne(text).vevent.dtstart.value == start
