"""The demo's calendars beside single meetings: days that differ, who is away, a series, and times put to somebody."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from consent.gate import Gate
from meetings import answers, content
from meetings.models import Absence, Meeting, OtherHours
from meetings.services.booking import book_series
from meetings.services.proposals import propose_times
from meetings.slots import Guest
from notices.models import Channel, OutboxMessage

WEEKS_BETWEEN, TIMES = 4, 3
GUESTS = (
    Guest("Siv Ström", "siv.strom@example.org"),
    Guest("Olle Hage, Flens Hyresbostäder (påhittat)", "olle.hage@example.org"),
)


def load_bookings(place, today):
    monday = today + timedelta(days=7 - today.weekday())
    OtherHours.objects.create(user=place.maria, day=monday + timedelta(days=4), starts=time(8, 30), ends=time(12))
    OtherHours.objects.create(user=place.elin, day=monday + timedelta(days=2))
    _away(place.sofia, monday, 5, place.tomas)
    _away(place.nadja, monday + timedelta(weeks=2), 12, place.per)
    _away(place.johan, monday + timedelta(weeks=1), 1, None)
    gate = Gate(place.maria)
    _repeat(gate)
    _propose(gate)
    mails = OutboxMessage.objects.unsent().exclude(channel=Channel.LETTER)
    mails.filter(watcher=place.maria).update(sent_at=timezone.now(), attempts=1)


def _away(worker, first, days, substitute):
    since, until = (timezone.make_aware(datetime.combine(day, time())) for day in (first, first + timedelta(days)))
    Absence.objects.create(user=worker, starts_at=since, ends_at=until, substitute=substitute)


def _repeat(gate):
    """Three follow-ups, four weeks apart, of somebody who has had the first meeting."""
    met = Meeting.objects.held().filter(kind=Meeting.Kind.FIRST).values("case")
    case = _mine(gate).filter(pk__in=met).first()
    if case is None:
        return
    choices = content.booking_choices(gate, case)
    wish = choices.default_booking()
    wish = replace(wish, kind=Meeting.Kind.FOLLOW_UP, starts_at=wish.starts_at + timedelta(weeks=1))
    first = next(iter(content.free_times(choices, wish).slots), None)
    if first:
        series = content.series(replace(wish, starts_at=first), WEEKS_BETWEEN, TIMES, {})
        book_series(gate, case=case, booking=wish, starts=series.starts)


def _propose(gate):
    """Three times for the first meeting of somebody who brings a support person and the landlord; the first of them
    has answered."""
    booked = Meeting.objects.booked().values("case")
    waiting = _mine(gate).exclude(pk__in=booked).filter(deadlines__met_on=None, deadlines__closed_on=None)
    for case in waiting.distinct()[:10]:
        choices = content.booking_choices(gate, case)
        wish = replace(choices.default_booking(), guests=GUESTS)
        starts = content.free_times(choices, wish).spread[:6:2]
        if choices.deadline and len(starts) == 3:
            proposal = propose_times(gate, case=case, booking=wish, starts=starts)
            siv, _housing = proposal.recipients.filter(role="other")
            answers.take(siv, [proposal.starts[0], proposal.starts[2]])
            return


def _mine(gate):
    """Open cases of somebody whose data are not protected, the newest first."""
    mine = gate.cases().filter(closed_on=None, individual__protection="none", grants__user=gate.user)
    return mine.select_related("individual", "organisation").order_by("-opened_on", "number")
