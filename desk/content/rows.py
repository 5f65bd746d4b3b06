"""Rows of a worklist: for one page of cases, what each looks like from where I stand."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import Organisation
from actionplans.models import ActionPlan, Milestone
from audit.prepared import prepared
from cases.models import Case, CaseParty, CaseQuerySet, Deadline
from cases.rules import DeadlineState, deadline_state
from cases.templatetags.wording import clock, days_left_text, near_date, short_date, swedish_day
from consent.gate import Gate
from consent.models import Consent, Disclosure, concerning
from desk.worklists import holds_now, next_known, of_case
from meetings.models import Meeting


@dataclass(frozen=True)
class Tag:
    text: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Row:
    case: Case
    name: str
    state: Tag
    organisations: tuple[Organisation, ...]
    consent: Tag
    consent_until: date | None
    next_day: str
    next_what: str


def build_rows(gate, cases: CaseQuerySet) -> list[Row]:
    """`cases`: those of one page, in their order. One statement, however long the page."""
    place = Place(gate.organisation.pk, tuple(gate.scopes), gate.day, gate)
    with prepared():
        return [_row(gate, case) for case in cases.for_list().annotate(**surroundings(place))]


@dataclass(frozen=True)
class Place:
    """From where cases are looked at. Equal places ask for the surroundings in the same words."""

    organisation_id: int
    scopes: tuple[int, ...]
    day: date
    gate: Gate = field(compare=False, repr=False)


@lru_cache(maxsize=500)
def surroundings(place: Place) -> dict[str, RawSQL]:
    """What hangs on each case, as SQL that is written once per place: Django takes longer to write it than
    PostgreSQL to answer it."""
    rows = with_surroundings(place.gate, Case.objects.all())
    compiler = rows.query.get_compiler(rows.db)
    compiler.setup_query()
    written = {name: (part.output_field, *compiler.compile(part)) for name, part in rows.query.annotations.items()}
    return {name: RawSQL(sql, params, kind) for name, (kind, sql, params) in written.items()}  # noqa: S611


def with_surroundings(gate, cases) -> CaseQuerySet:
    """Adds what hangs on each case, every kind asked through the gate."""
    clocks = gate.across(Deadline).first_meeting().unanswered().annotate(rests=Exists(holds_now(gate)))
    meetings = gate.across(Meeting).booked().filter(starts_at__gte=start_of_day(gate.day))
    return cases.annotate(
        running_clocks=found(clocks.order_by("starts_on"), "due_on", "rests"),
        meetings_ahead=found(meetings.order_by("starts_at"), "starts_at", "kind"),
        open_milestones=found(gate.across(Milestone).open().order_by("due_on"), "due_on"),
        has_plan=of_case(gate.across(ActionPlan).filter(ended_on=None)),
        answers=found(_answers(gate), "answer", "valid_from", "valid_until", "withdrawn_at", "replaced_at"),
        parties_now=found(_parties(gate), kind="organisation__kind", short_name="organisation__short_name"),
        tellers=found(_tellers(gate), kind="discloser__kind", short_name="discloser__short_name"),
        knows_next=ExpressionWrapper(next_known(gate), BooleanField()),
    )


def found(rows, *fields, **named):
    """Those rows of the outer case as an array of objects; read them with `typed`."""
    wanted = JSONObject(**{field: field for field in fields}, **named)
    return ArraySubquery(rows.filter(case=OuterRef("pk")).values(found=wanted))


def typed(model, objects):
    """Unsaved rows of the model: JSON knows neither dates nor instants, and the model knows the rules."""
    fields = model._meta.get_field
    return [model(**{name: fields(name).to_python(value) for name, value in each.items()}) for each in objects]


def start_of_day(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _answers(gate):
    """Newest first; the same rule as `gate.consents`, for many cases at once."""
    known = Q(case__organisation=gate.organisation) | concerning(gate.organisation)
    return Consent.objects.filter(known).exclude(answer=Consent.Answer.ASKED).order_by("-given_on", "-pk")


def _parties(gate):
    """As lead every party; otherwise none: then those that tell us something are known."""
    now = CaseParty.objects.filter(Q(until=None) | Q(until__gte=gate.day), case__organisation=gate.organisation)
    return now.order_by("since", "pk")


def _tellers(gate):
    return Disclosure.objects.in_force(gate.day).filter(recipient=gate.organisation).distinct()


def _row(gate, case):
    consent, until = _consent(gate, case)
    next_day, next_what = _next(gate, case)
    tellers = sorted(typed(Organisation, case.tellers), key=lambda teller: teller.short_name)
    beside = typed(Organisation, case.parties_now) + tellers
    return Row(
        case=case,
        name=case.individual.short_name,
        state=_state(gate, case),
        organisations=tuple({o.short_name: o for o in (gate.organisation, *beside)}.values()),
        consent=consent,
        consent_until=until,
        next_day=next_day,
        next_what=next_what,
    )


def _state(gate, case) -> Tag:
    """The one thing to know first: meeting today, then the clock, then the plan."""
    if not case.is_open:
        return Tag(f"Avslutat {short_date(case.closed_on)}")
    meetings = typed(Meeting, case.meetings_ahead)
    if meetings and swedish_day(meetings[0].starts_at) == gate.day:
        return Tag(f"Möte i dag {clock(meetings[0].starts_at)}", "ok")
    if case.running_clocks:
        return clock_tag(
            **case.running_clocks[0], day=gate.day, booked=any(m.kind == Meeting.Kind.FIRST for m in meetings)
        )
    milestones = typed(Milestone, case.open_milestones[:1])
    if milestones and milestones[0].due_on <= gate.day:
        return Tag("Delmål förfaller i dag" if milestones[0].due_on == gate.day else "Delmål försenat", "warn")
    if case.next_on < gate.day and not meetings and case.knows_next:
        return Tag("Nästa steg försenat", "warn")
    return Tag("Plan pågår" if case.has_plan else "Pågår")


def clock_tag(due_on, rests, day, booked) -> Tag:
    """How the first meeting stands. `due_on` as JSON writes it."""
    due_on = date.fromisoformat(due_on)
    state = deadline_state(due_on=due_on, met_on=None, closed_on=None, on_hold=rests, today=day)
    if state == DeadlineState.ON_HOLD:
        return Tag("Klockan vilar")
    if state.is_missed:
        return Tag("Första möte försenat, bokat" if booked else "Första möte försenat", "warn" if booked else "bad")
    if booked:
        return Tag("Första möte bokat", "ok")
    days = (due_on - day).days
    text = "Sista dagen för första möte" if days == 0 else f"{days_left_text(days)} till första möte"
    return Tag(text, urgency(days))


def urgency(days):
    """The same steps as the ring: two days or less is red, five or less is amber."""
    return "bad" if days <= 2 else "warn" if days <= 5 else "neutral"


def _consent(gate, case) -> tuple[Tag, date | None]:
    """The tag, or the day it ends when nothing needs to be said."""
    answers = typed(Consent, case.answers)
    in_force = [c for c in answers if c.is_in_force(gate.day)]
    if in_force:
        ends = min(c.valid_until for c in in_force)
        soon = any(c.ends_soon(gate.day) for c in in_force)
        return Tag(f"går ut {short_date(ends)}" if soon else "", "warn"), ends
    if not answers:
        return Tag("Saknas", "warn"), None
    if answers[0].withdrawn_at:
        return Tag("Återkallat", "bad"), None
    return Tag("Nej" if answers[0].answer == Consent.Answer.DECLINED else "Har gått ut", "warn"), None


def _next(gate, case):
    """The next booked meeting, else the promised day and what it is about."""
    if not case.is_open:
        return "", ""
    meetings = typed(Meeting, case.meetings_ahead[:1])
    if meetings:
        return near_date(meetings[0].starts_at), meetings[0].get_kind_display()
    if case.running_clocks:
        return near_date(date.fromisoformat(case.running_clocks[0]["due_on"])), "första möte senast"
    if not case.knows_next:
        return "", ""
    return near_date(case.next_on), "nästa steg" if case.next_on >= gate.day else "skulle nästa steg tas"
