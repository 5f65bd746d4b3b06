"""Calendar files: neutral words, Swedish time with its rules, and the same event when it moves or is cancelled."""

from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
NEUTRAL_SUMMARY = "Möte"
SWEDISH_TIME = "Europe/Stockholm"
# Since the autumn of 1996, when all of the European Union got the same rule: last Sunday of March and of October.
CHANGES = (
    (TimezoneDaylight, "CEST", datetime(1997, 3, 30, 2), 1, 2),
    (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 2, 1),
)


def calendar_file(meeting, *, starts_at, ends_at, method, address, place="", url=""):
    """The file of one invitation (RFC 5546); `address` is who it is for. Answers come by link, not by calendar."""
    event = event_of(meeting, starts_at=starts_at, ends_at=ends_at, stamp=timezone.now(), place=place, url=url)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{_bare(settings.DEFAULT_FROM_EMAIL)}"))
    attendee = vCalAddress(f"mailto:{quote(address, safe='@+')}")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    return calendar_of(method, [event])


def event_of(meeting, *, starts_at, ends_at, stamp, place="", url=""):
    event = Event()
    event.add("uid", f"{meeting.calendar_uid}@samverkan")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", stamp.astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0))
    event.add("dtstart", timezone.localtime(starts_at))
    event.add("dtend", timezone.localtime(ends_at))
    event.add("summary", NEUTRAL_SUMMARY)
    if place:
        event["location"] = vText(place)
    if url:
        event.add("url", url)
    return event


def calendar_of(method, events):
    """RFC 5545 text."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkan//sv")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_swedish_time())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _swedish_time():
    """By its rule: a list of dates, as the library writes by itself, is misread by calendars that we do not choose."""
    zone = Timezone()
    zone.add("tzid", SWEDISH_TIME)
    for part, name, first, before, after in CHANGES:
        change = part()
        change.add("dtstart", first)
        change.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1su"})
        change.add("tzname", name)
        change.add("tzoffsetfrom", timedelta(hours=before))
        change.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(change)
    return zone


def _bare(address):
    return address.rsplit("<", 1)[-1].rstrip("> ")
