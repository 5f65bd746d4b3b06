"""A worker's own meetings for a calendar program: when, a neutral word, and where when the gate shows it.

The second door without log-in, for whoever holds the secret address; it opens nothing but these times.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audit.context import beyond
from consent.context import acting_as
from consent.gate import Gate
from meetings.calendar_file import PUBLISH, calendar_of, event_of
from meetings.mail import place_of
from meetings.models import CalendarFeed, Meeting, Participant

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def calendar_behind(token):
    """The calendar as text, the same as long as nothing has changed; None when nobody has that address."""
    feed = CalendarFeed.objects.behind(token)
    if feed is None:
        return None
    gate = Gate(feed.user)
    with acting_as(gate):
        return _calendar(gate, feed.made_at)


def _calendar(gate, made_at):
    now = timezone.now()
    seats = Participant.objects.filter(user=gate.user, takes_time=True, during__overlap=(now - BACK, now + AHEAD))
    shown = gate.across(Meeting).filter(pk__in=seats.values("meeting")).for_page().in_bulk()
    with beyond("free_time"):
        rows = list(seats.select_related("meeting").order_by("during", "pk"))
    return calendar_of(PUBLISH, [_event(seat, shown.get(seat.meeting_id), made_at) for seat in rows])


def begin(user):
    """The address, told this once."""
    return settings.PUBLIC_URL + reverse("meetings:feed", args=[CalendarFeed.objects.begin(user)])


def end(user):
    return CalendarFeed.objects.filter(user=user).delete()


def of(user):
    return CalendarFeed.objects.filter(user=user).first()


def _event(seat, meeting, stamp):
    """`meeting` None: the gate does not show it any longer, and only the time is told."""
    place = place_of(meeting, told=True) if meeting and meeting.tells_spot() else ""
    page = reverse("meetings:meeting", args=[meeting.case_id, meeting.pk]) if meeting else ""
    return event_of(
        seat.meeting,
        starts_at=seat.during.lower,
        ends_at=seat.during.upper,
        stamp=stamp,
        place=place,
        url=settings.PUBLIC_URL + page if page else "",
    )
