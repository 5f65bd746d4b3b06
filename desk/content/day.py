"""Min dag: today's meetings, the clocks, the bevakningar, and how the own cases stand."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, Role, Unit
from cases.models import Case, Deadline
from cases.rules import DeadlineState
from cases.templatetags.wording import clock, days_left_text, short_date, swedish_day
from consent.models import Consent, concerning
from desk.content.counts import count
from desk.content.debts import Debt, build_debts
from desk.content.frame import OVERVIEW_READERS, PROJECT_READERS, REPORT_READERS, works_with_cases
from desk.content.links import Link, address, link, register_link
from desk.content.rows import Tag, urgency
from desk.worklists import WORKLISTS, count_worklists
from meetings.capacity import Capacity, capacities
from meetings.models import Meeting
from needs.content import DECIDERS
from notices.models import Kind, Notice

AT_MOST = 8
FOR_THE_MANAGER = ("access_waits:", "emergency:")
REVIEWED = (Kind.LOG_REVIEW, Kind.EMERGENCY)
ABOUT_THE_LOG = (*REVIEWED, Kind.UNUSUAL_READING, Kind.LOG_BROKEN)
ANSWERED_THERE = (Kind.FOLLOW_UP, Kind.REFERRAL_ANSWER, Kind.SIGNAL)
FIGURES = ("fore-forsta-motet", "med-plan", "utan-mote", "samtycke-gar-ut")


@dataclass(frozen=True)
class MeetingToday:
    starts: str
    minutes: int
    name: str
    kind: str
    organisations: tuple[Organisation, ...]
    phases: str
    url: str


@dataclass(frozen=True)
class Clock:
    name: str
    case_url: str
    days_left: int
    length: int
    ring: str
    tag: Tag
    detail: str
    action: Link


@dataclass(frozen=True)
class Reminder:
    title: str
    detail: str
    url: str | None
    done_url: str
    tag: Tag


@dataclass(frozen=True)
class Day:
    greeting: str
    summary: str
    meetings: list[MeetingToday]
    clocks: list[Clock]
    more_clocks: int
    debts: list[Debt]
    reminders: list[Reminder]
    figures: list[Link]
    case_total: int
    unassigned: int | None
    works_with_cases: bool
    register: Link | None
    elsewhere: list[Link]
    capacities: list[Capacity]

    @property
    def shown(self):
        """Rows about cases, for the log."""
        return len(self.meetings) + len(self.clocks) + len(self.reminders)


def build_day(gate) -> Day:
    is_worker = works_with_cases(gate)
    meetings = _meetings(gate) if is_worker else []
    clocks, unbooked = _clocks(gate) if is_worker else ([], 0)
    counts = count_worklists(gate, [WORKLISTS[code] for code in FIGURES]) if is_worker else {}
    total = count(gate).cases if is_worker else 0
    return Day(
        greeting=f"{_greeting()}, {gate.user.given_name}",
        summary=_summary(len(meetings), unbooked, _consents_ending(gate) if is_worker else 0),
        meetings=meetings,
        clocks=clocks[:AT_MOST],
        more_clocks=max(0, len(clocks) - AT_MOST),
        debts=build_debts(gate) if is_worker else [],
        reminders=_reminders(gate),
        figures=[_figure(code, counts[code]) for code in FIGURES if total],
        case_total=total,
        unassigned=count(gate).unassigned,
        works_with_cases=is_worker and total > 0,
        register=register_link(gate) or None,
        elsewhere=_elsewhere(gate),
        capacities=_capacities(gate),
    )


def _capacities(gate):
    """Of a manager's own units."""
    if not gate.has_role(Role.UNIT_MANAGER):
        return []
    named = [held.unit_id for held in gate.roles if held.role == Role.UNIT_MANAGER]
    units = Unit.objects.filter(organisation=gate.organisation)
    return capacities(list(units if None in named else units.filter(pk__in=named)), gate.day)


def _greeting():
    hour = timezone.localtime().hour
    return "God morgon" if 5 <= hour < 10 else "God kväll" if hour >= 18 or hour < 5 else "Hej"


def _summary(meetings, unbooked, consents):
    parts = [
        f"{meetings} {'möte' if meetings == 1 else 'möten'} i dag" if meetings else "",
        f"{unbooked} {'första möte' if unbooked == 1 else 'första möten'} att boka" if unbooked else "",
        f"{consents} {'samtycke' if consents == 1 else 'samtycken'} går ut inom en vecka" if consents else "",
    ]
    return " · ".join(filter(None, parts))


def _consents_ending(gate):
    """Cases with a consent that ends within a week."""
    ours = concerning(gate.organisation)
    rows = Consent.objects.expiring(gate.day, within=7).filter(ours, case__in=gate.cases().open())
    return rows.values("case").distinct().count()


def _meetings(gate):
    rows = gate.across(Meeting).on_day(gate.day).filter(participants__user=gate.user)
    kept = rows.exclude(status__in=[Meeting.Status.CANCELLED, Meeting.Status.NOT_HELD])
    return [_meeting(m) for m in kept.for_page()]


def _meeting(meeting):
    talk = meeting.starts_at + timedelta(minutes=meeting.preparation_minutes)
    feedback = talk + timedelta(minutes=meeting.talk_minutes)
    organisations = (p.organisation or (p.user and p.user.organisation) for p in meeting.participants.all())
    return MeetingToday(
        starts=clock(meeting.starts_at),
        minutes=round((meeting.ends_at - meeting.starts_at).total_seconds() / 60),
        name=meeting.case.individual.short_name,
        kind=meeting.get_kind_display(),
        organisations=tuple(dict.fromkeys(filter(None, organisations))),
        phases=f"Förberedelse {clock(meeting.starts_at)} · samtal {clock(talk)} · återkoppling {clock(feedback)}",
        url=address("meetings:meeting", meeting.case_id, meeting.pk),
    )


def _clocks(gate):
    """Clocks that still run, the nearest first, and how many of them have no meeting booked."""
    rows = (
        gate.across(Deadline)
        .first_meeting()
        .unanswered()
        .filter(case__closed_on=None)
        .select_related("case__individual__household", "case__application", "case__organisation", "rule")
        .prefetch_related("holds")
        .order_by("due_on", "pk")[:100]
    )
    deadlines = [d for d in rows if d.state_on(gate.day) != DeadlineState.ON_HOLD]
    booked = _booked(gate, [d.case_id for d in deadlines])
    unbooked = [d for d in deadlines if d.case_id not in booked]
    return [_clock(gate, d, booked.get(d.case_id), d in unbooked[:1]) for d in deadlines], len(unbooked)


def _booked(gate, case_ids):
    """The next first meeting on its way, by case."""
    rows = gate.across(Meeting).booked().first_meetings().filter(case__in=case_ids, starts_at__date__gte=gate.day)
    return {m.case_id: m for m in rows.order_by("-starts_at")}


def _clock(gate, deadline, meeting, is_nearest):
    case, days = deadline.case, deadline.days_left(gate.day)
    if meeting:
        tag = Tag(
            f"bokat {short_date(meeting.starts_at)}",
            "ok" if swedish_day(meeting.starts_at) <= deadline.due_on else "warn",
        )
        action = link("Visa", "meetings:meeting", case.pk, meeting.pk)
    else:
        tag = Tag(f"{days_left_text(days)} · inget möte bokat", urgency(days))
        action = link("Boka möte", "meetings:book", case.pk, primary=is_nearest)
    return Clock(
        name=case.individual.short_name,
        case_url=reverse("desk:case", args=[case.pk]),
        days_left=days,
        length=(deadline.due_on - deadline.starts_on).days,
        ring=tag.tone if meeting else "",
        tag=tag,
        detail=_clock_detail(gate, deadline, case),
        action=action,
    )


def _clock_detail(gate, deadline, case: Case):
    """ "Ansökan 11 nov · IFO · barnfamilj · tolk polska"; household and language only for our own cases."""
    application = case.application
    words = {application.received_on: "Ansökan", application.pes_registered_on: "Anmäld på AF"}
    started = words.get(deadline.starts_on, "Började om")
    told = [f"{started} {short_date(deadline.starts_on)}", case.organisation.short_name]
    if case.organisation_id == gate.organisation.pk:
        household, language = case.individual.household, case.individual.interpreter_language
        told += ["barnfamilj" if household and household.has_children else "", f"tolk {language}" if language else ""]
    return " · ".join(filter(None, told))


def _reminders(gate):
    """Bevakningar up to a week ahead, only those whose case the gate still opens."""
    rows = Notice.objects.due(gate.day + timedelta(days=7)).filter(
        Q(case=None) | Q(case__in=gate.cases()), recipient=gate.user
    )
    return [_reminder(n, gate) for n in rows.for_page()[:AT_MOST]]


def _reminder(notice, gate):
    who = notice.case.individual.short_name if notice.case else ""
    url = reverse("desk:case", args=[notice.case_id]) if notice.case_id else None
    if notice.kind in ANSWERED_THERE and notice.case_id:
        url = reverse("cases:promises", args=[notice.case_id])
    if notice.kind == Kind.CONSENT_EXPIRES and notice.case_id:
        url = reverse("consent:change", args=[notice.case_id, notice.object_key.removeprefix("consent:")])
    if notice.kind == Kind.REPLY and notice.case_id:
        url = reverse("meetings:meetings", args=[notice.case_id])
    if notice.kind in (Kind.REPORT_READY, Kind.REPORT_ISSUED):
        url = address("reports:monthly_reports")
    if notice.object_key.startswith(FOR_THE_MANAGER) and gate.has_role(Role.UNIT_MANAGER):
        url = address("consent:access_requests")
    if notice.kind in ABOUT_THE_LOG and gate.has_role(Role.LOG_REVIEWER):
        url = address("desk:log_reviews" if notice.kind in REVIEWED else "desk:log")
    return Reminder(
        title=notice.get_kind_display(),
        detail=" · ".join(filter(None, [who, notice.text])),
        url=url,
        done_url=address("notices:done", notice.pk),
        tag=_reminder_tag(notice, gate.day),
    )


def _reminder_tag(notice, day):
    if notice.due_on > day:
        return Tag(short_date(notice.due_on), "warn")
    if notice.due_on == day:
        return Tag("i dag", "warn")
    return Tag(f"sedan {short_date(notice.due_on)}", "bad")


def _figure(code, count):
    return Link(WORKLISTS[code].label, f"{reverse('desk:cases')}?lista={code}", count=count)


def _elsewhere(gate):
    """Where those go who work without cases."""
    pages = [
        ("Översiktstavlan", "reports:overview", OVERVIEW_READERS),
        ("Månadsrapporter", "reports:monthly_reports", REPORT_READERS),
        ("Uppföljning av projektet", "projects:projects", PROJECT_READERS),
        ("Behov som väntar på beslut", "needs:needs", DECIDERS),
        ("Loggranskning", "desk:log", (Role.LOG_REVIEWER,)),
        ("Administration", "admin:index", (Role.ADMINISTRATOR,)),
    ]
    return [link(label, name) for label, name, roles in pages if gate.has_role(*roles)]
