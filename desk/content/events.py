"""What has happened in a case, gathered from its rows: only those the gate shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from actionplans.models import Agreement
from cases.models import AfterFollowUp, CaseExit, Category, PesRegistration, Referral
from cases.templatetags.wording import joined, short_date, swedish_day
from consent.models import ConsentStep
from desk.content.facts import look_at
from desk.content.links import address
from meetings.models import Meeting


@dataclass(frozen=True)
class Event:
    """`at` orders events of one day; a day without a time counts as its start."""

    on: date
    title: str
    about: str = ""
    url: str | None = None
    at: datetime | None = None

    @property
    def detail(self):
        return " · ".join(filter(None, [short_date(self.on), self.about]))

    @property
    def order(self):
        return self.on, self.at or timezone.make_aware(datetime.combine(self.on, datetime.min.time()))


def build_history(gate, case) -> list[Event]:
    return build_events(look_at(gate, case))


def build_events(facts) -> list[Event]:
    """Newest first."""
    sources = (
        _application,
        _clock,
        _consents,
        _assessments,
        _meetings,
        _plan,
        _notes,
        _referrals,
        _registrations,
        _follow_ups,
        _ending,
    )
    events = [event for source in sources for event in source(facts)]
    return sorted(events, key=lambda event: event.order, reverse=True)


def _application(facts) -> Iterator[Event]:
    application = facts.case.application
    if not facts.knows(Category.APPLICATION):
        return
    yield Event(application.received_on, "Ansökan om försörjningsstöd", "klockan startade")
    if application.pes_registered_on:
        yield Event(application.pes_registered_on, "Anmäld på Arbetsförmedlingen")


def _clock(facts):
    deadline = facts.deadline
    if deadline is None:
        return
    url = address("cases:hold", facts.case.pk)
    for hold in deadline.holds.all():
        yield Event(hold.since, "Klockan förklarad", facts.why(hold), url, hold.set_at)
    if deadline.due_on < facts.day and (deadline.met_on is None or deadline.met_on > deadline.due_on):
        yield Event(deadline.due_on, "Sista dagen för första mötet passerade", "inget möte hade hållits")


def _consents(facts):
    url = address("consent:consents", facts.case.pk)
    for step in ConsentStep.objects.filter(consent__in=facts.consents).select_related("by", "consent__discloser"):
        day = swedish_day(step.at) if step.what != ConsentStep.What.GIVEN else step.consent.given_on
        yield Event(day, CONSENT_WORDS[step.what], _consent_about(step), url, step.at)


CONSENT_WORDS = {
    ConsentStep.What.ASKED: "Blankett om samtycke lämnad",
    ConsentStep.What.GIVEN: "Samtycke lämnat",
    ConsentStep.What.DECLINED: "Nej till samtycke",
    ConsentStep.What.EXTENDED: "Samtycke förlängt",
    ConsentStep.What.NARROWED: "Samtycke minskat",
    ConsentStep.What.WITHDRAWN: "Samtycke återkallat",
    ConsentStep.What.CONFIRMED: "Samtycke bekräftat vid möte",
}


def _consent_about(step):
    how = step.consent.get_method_display() if step.what == ConsentStep.What.GIVEN else step.by.full_name
    return f"{step.consent.discloser.short_name} · {how}"


def _assessments(facts):
    url = address("cases:assessment", facts.case.pk)
    for row in facts.assessments:
        who = f"{row.made_by.full_name}, {row.made_by.organisation.short_name}"
        yield Event(
            row.completed_on or row.made_on,
            "Kartläggning klar" if row.completed_on else "Kartläggning påbörjad",
            who,
            url,
        )


def _meetings(facts):
    for meeting in facts.meetings:
        title, kind = _meeting_title(meeting), meeting.get_kind_display()
        url = address("meetings:meeting", facts.case.pk, meeting.pk)
        if title and swedish_day(meeting.starts_at) <= facts.day:
            yield Event(swedish_day(meeting.starts_at), title, kind, url, meeting.starts_at)
        if meeting.is_booked:
            about = f"{kind} {short_date(meeting.starts_at)}"
            yield Event(swedish_day(meeting.created_at), "Möte bokat", about, url, meeting.created_at)


def _meeting_title(meeting: Meeting):
    if meeting.is_held:
        return "Möte hållet"
    if meeting.status == Meeting.Status.CANCELLED:
        return "Möte inställt"
    return meeting.get_outcome_display().capitalize() if meeting.status == Meeting.Status.NOT_HELD else ""


def _plan(facts):
    if facts.plan is None:
        return
    url = address("actionplans:plan", facts.case.pk)
    yield Event(facts.plan.started_on, "Handlingsplan påbörjad", facts.plan.get_kind_display(), url)
    agreed = _agreements(facts)
    for version in facts.plan_versions:
        parties = joined(agreed.get(version.pk, ()))
        about = f"överenskommen med {parties}" if parties else "inte överenskommen än"
        yield Event(version.made_on, f"Plan, version {version.number}", about, url, version.made_at)


def _agreements(facts):
    """Who agreed, by version: the person by first name, the parties by short name."""
    found = {}
    rows = Agreement.objects.filter(version__plan=facts.plan).select_related("organisation").order_by("pk")
    for row in rows:
        name = row.organisation.short_name if row.organisation else facts.case.individual.given_name
        found.setdefault(row.version_id, []).append(name)
    return found


def _notes(facts):
    url = address("cases:notes", facts.case.pk)
    for note in facts.notes:
        yield Event(note.happened_on, note.heading, f"anteckning · {note.owner.short_name}", url, note.created_at)


def _referrals(facts):
    url = address("cases:promises", facts.case.pk)
    for row in facts.gate.visible(Referral, facts.case).select_related("receiver"):
        yield Event(row.sent_on, f"Remiss till {row.receiver.short_name}", row.purpose, url)
        if row.answered_on:
            yield Event(row.answered_on, f"Svar från {row.receiver.short_name}", row.get_status_display(), url)


def _registrations(facts):
    """The first one stands with the application."""
    url = address("cases:promises", facts.case.pk)
    for row in facts.gate.visible(PesRegistration, facts.case):
        if row.since != facts.case.application.pes_registered_on:
            yield Event(row.since, "Inskriven på Arbetsförmedlingen", row.get_status_display(), url)
        if row.until:
            yield Event(row.until, "Avaktualiserad på Arbetsförmedlingen", url=url)


def _follow_ups(facts):
    url = address("cases:promises", facts.case.pk)
    for row in facts.gate.visible(AfterFollowUp, facts.case).exclude(done_on=None):
        yield Event(row.done_on, f"Uppföljt efter {row.months} månader", row.get_occupation_display().lower(), url)


def _ending(facts):
    for row in facts.gate.visible(CaseExit, facts.case):
        yield Event(row.closed_on, "Ärendet avslutat", row.get_reason_display().lower())
        if row.reopened_on:
            yield Event(row.reopened_on, "Ärendet öppnat igen")
