"""What one's own meetings still ask for: an outcome, feedback, minutes that the others can read."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from cases.templatetags.wording import near_date
from meetings.models import Feedback, Meeting, MeetingMinutes, Participant

AT_MOST = 8
REMEMBERED = timedelta(days=120)


@dataclass(frozen=True)
class Debt:
    """`tone`: bad when it has waited more than a week."""

    title: str
    detail: str
    url: str
    tone: str


def build_debts(gate) -> list[Debt]:
    """The oldest first. The outcome and the minutes are asked of the one who leads, else of the one who booked; the
    feedback of everybody who was there."""
    rows = _ended(gate).annotate(
        is_told=Exists(MeetingMinutes.objects.told().filter(meeting=OuterRef("pk"))),
        is_fed_back=Exists(Feedback.objects.filter(meeting=OuterRef("pk"), given_by=gate.user)),
    )
    found = [debt for meeting in rows[:50] for debt in _debts(gate, meeting)]
    return found[:AT_MOST]


def _ended(gate):
    """Booked ones whose time has passed, and held ones that one was at."""
    now = timezone.now()
    seats = Participant.objects.filter(meeting=OuterRef("pk"), user=gate.user)
    called, came = Exists(seats), Exists(seats.filter(attended=True))
    owing = Q(called, status__in=Meeting.BOOKED) | Q(came, status__in=Meeting.HELD)
    rows = gate.across(Meeting).filter(owing, ends_at__lt=now, ends_at__gt=now - REMEMBERED, case__closed_on=None)
    return rows.select_related("case__individual").order_by("starts_at", "pk")


def _debts(gate, meeting):
    is_mine = gate.user.pk == (meeting.leader_id or meeting.booked_by_id)
    if meeting.is_booked:
        if is_mine:
            yield _debt(gate, meeting, "Skriv hur mötet gick", "meetings:outcome")
        return
    if not meeting.is_fed_back:
        yield _debt(gate, meeting, "Lämna återkoppling", "meetings:feedback")
    if not meeting.is_told and is_mine:
        yield _debt(gate, meeting, "Dela protokollet", "meetings:write_minutes")


def _debt(gate, meeting, title, name):
    return Debt(
        title=title,
        detail=f"{meeting.case.individual.short_name} · {near_date(meeting.day)}",
        url=reverse(name, args=[meeting.case_id, meeting.pk]),
        tone="bad" if (gate.day - meeting.day).days > 7 else "warn",
    )
