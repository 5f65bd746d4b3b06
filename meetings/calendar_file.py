"""The calendar file of an invitation: one event, neutral words, the same event when it moves or is cancelled."""

from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL = "REQUEST", "CANCEL"
NEUTRAL_SUMMARY = "Möte"


def calendar_file(meeting, *, starts_at, ends_at, method, address, place="", url=""):
    """RFC 5545 text in Swedish time with its rules (VTIMEZONE). `address` is who it is for."""
    event = Event()
    event.add("uid", f"{meeting.calendar_uid}@samverkan")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", timezone.now().astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0))
    event.add("dtstart", timezone.localtime(starts_at))
    event.add("dtend", timezone.localtime(ends_at))
    event.add("summary", NEUTRAL_SUMMARY)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{_bare(settings.DEFAULT_FROM_EMAIL)}"))
    event.add("attendee", vCalAddress(f"mailto:{quote(address, safe='@+')}"))
    if place:
        event["location"] = vText(place)
    if url:
        event.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkan//sv")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _bare(address):
    return address.rsplit("<", 1)[-1].rstrip("> ")
