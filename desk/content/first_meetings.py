"""The worklist of the first meeting: who is late, whom to book, who is booked, whose clock rests, and what stands in
the way. One's own cases with names; as intake or manager the unit's clocks by number, process data only."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.context import beyond
from cases.models import Case, Deadline, DeadlineHold
from cases.rules import DeadlineState
from cases.templatetags.wording import days_left_text, near_date, short_date, swedish_day
from consent.models import CaseGrant, Consent
from desk.content.counts import count
from desk.content.links import Link, link, links
from desk.content.rows import Tag, urgency
from meetings.models import Meeting

PAGE = 25
MINE, UNIT = "mina", "enheten"
EXPLAINED = "forklarade"
LATE = Q(state__in=[DeadlineState.MISSED, DeadlineState.MISSED_EXPLAINED])
RUNNING = Q(state=DeadlineState.RUNNING)
TABS = {
    "forsenade": ("Försenade", LATE, "Ingen har väntat för länge på sitt första möte."),
    "att-boka": ("Att boka", RUNNING & Q(booked_at=None), "Alla som väntar har ett möte bokat."),
    "bokade": ("Bokade", RUNNING & Q(booked_at__isnull=False), "Inget första möte är bokat."),
    "vilande": ("Vilande", Q(state=DeadlineState.ON_HOLD), "Ingen klocka står still."),
}

SUBS = {
    MINE: "Dina ärenden som väntar på sitt första möte",
    UNIT: "Klockorna i de enheter du fördelar för, med nummer och utan namn",
}


@dataclass(frozen=True)
class Row:
    """`url` None: seen as process data, without a name and without a way in."""

    name: str
    url: str | None
    days_left: int
    length: int
    tone: str
    tag: Tag
    detail: str
    obstacles: tuple[Link, ...]
    action: Link | None


@dataclass(frozen=True)
class FirstMeetings:
    tabs: tuple[Link, ...]
    views: tuple[Link, ...]
    sub: str
    heading: str
    split: str
    empty: str
    rows: list[Row]
    page: Page
    query: str


def may_oversee(gate):
    return gate.has_role(Role.INTAKE, Role.UNIT_MANAGER)


def build_first_meetings(gate, *, visa="", vems="", page="") -> FirstMeetings:
    """Unknown words mean the first tab that has somebody, and one's own cases before the unit's."""
    whose = _whose(gate, vems)
    with beyond("distribution") if whose == UNIT else nullcontext():
        return _build(gate, whose, visa, page)


def _build(gate, whose, visa, page):
    clocks = _clocks(gate, whose)
    counts = dict(zip((*TABS, EXPLAINED), clocks.aggregate(**_counted()).values(), strict=True))
    chosen = visa if visa in TABS else next((code for code in TABS if counts[code]), "att-boka")
    label, rule, empty = TABS[chosen]
    found = Paginator(_with_obstacles(gate, clocks.filter(rule), whose), PAGE).get_page(page)
    return FirstMeetings(
        tabs=tuple(Link(TABS[code][0], _url(code, whose), current=code == chosen, count=counts[code]) for code in TABS),
        views=_views(gate, chosen, whose),
        sub=SUBS[whose],
        heading=label,
        split=_split(counts) if chosen == "forsenade" else "",
        empty=empty,
        rows=[_row(gate, clock, whose, place == 0) for place, clock in enumerate(found)],
        page=found,
        query=f"visa={chosen}&vems={whose}&",
    )


def _counted():
    counted = {code.replace("-", "_"): Count("pk", filter=rule) for code, (_label, rule, _empty) in TABS.items()}
    return counted | {EXPLAINED: Count("pk", filter=Q(state=DeadlineState.MISSED_EXPLAINED))}


def _split(counts):
    """A late one with a written reason is never counted as one without."""
    explained = counts[EXPLAINED]
    return f"{explained} med förklaring · {counts['forsenade'] - explained} utan"


def _whose(gate, asked):
    if not may_oversee(gate):
        return MINE
    return asked if asked in (MINE, UNIT) else MINE if count(gate).cases else UNIT


def _views(gate, chosen, whose):
    if not (may_oversee(gate) and count(gate).cases):
        return ()
    labels = {MINE: "Mina ärenden", UNIT: "Hela enheten"}
    return tuple(Link(label, _url(chosen, code), current=code == whose) for code, label in labels.items())


def _url(code, whose):
    return reverse("desk:first_meetings", query={"visa": code, "vems": whose})


def _overseen(gate):
    """Open cases of the units that I distribute for: process data, never whom they are about."""
    return Case.objects.open().filter(gate.reach(Role.INTAKE, Role.UNIT_MANAGER))


def _clocks(gate, whose):
    """One for each open case: the nearest of its promises that is neither met nor closed."""
    if whose == UNIT:
        rows, meetings = Deadline.objects.filter(case__in=_overseen(gate)), Meeting.objects.all()
    else:
        rows, meetings = gate.across(Deadline).filter(case__closed_on=None), gate.across(Meeting)
    booked = meetings.booked().first_meetings().filter(case=OuterRef("case")).order_by("starts_at", "pk")
    nearer = Deadline.objects.first_meeting().unanswered().filter(case=OuterRef("case"))
    nearer = nearer.filter(Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk")))
    return (
        rows.first_meeting()
        .unanswered()
        .filter(~Exists(nearer))
        .with_state(gate.day)
        .annotate(
            booked_at=Subquery(booked.values("starts_at")[:1]),
            booked_id=Subquery(booked.values("pk")[:1]),
            interpreter=Subquery(booked.values("interpreter")[:1]),
        )
    )


def _with_obstacles(gate, clocks, whose):
    """In the order of the last day; what stands in the way comes with the rows, however many."""
    grants = CaseGrant.objects.in_force(gate.day).filter(content_object=OuterRef("case"), is_responsible=True)
    asked = Consent.objects.filter(case=OuterRef("case"))
    reasons = DeadlineHold.objects.filter(deadline=OuterRef("pk"), since__lte=gate.day).order_by("-since", "-pk")
    rows = clocks.annotate(
        has_responsible=Exists(grants.filter(user__organisation=OuterRef("case__organisation"))),
        consent_asked=Exists(asked),
        consent_answered=Exists(asked.exclude(answer=Consent.Answer.ASKED)),
        reason=Subquery(reasons.values("reason")[:1]),
    )
    around = ("rule", "case__organisation", "case__unit")
    return rows.select_related(*around, *(() if whose == UNIT else ("case__individual",))).order_by("due_on", "pk")


def _row(gate, clock, whose, is_first):
    case, days = clock.case, clock.days_left(gate.day)
    is_mine = whose == MINE
    tag = _tag(clock, days)
    return Row(
        name=case.individual.short_name if is_mine else f"Ärende {case.number}",
        url=reverse("desk:case", args=[case.pk]) if is_mine else None,
        days_left=days,
        length=max(1, (clock.due_on - clock.starts_on).days),
        tone=tag.tone,
        tag=tag,
        detail=_detail(clock, case, is_mine),
        obstacles=_obstacles(gate, clock, case, is_mine),
        action=_action(clock, case, is_mine, is_first),
    )


def _tag(clock, days):
    if clock.state == DeadlineState.ON_HOLD:
        return Tag("klockan vilar")
    if clock.booked_at:
        in_time = swedish_day(clock.booked_at) <= clock.due_on
        return Tag(f"bokat {short_date(clock.booked_at)}", "ok" if in_time else "warn")
    if clock.state == DeadlineState.MISSED_EXPLAINED:
        return Tag(f"{days_left_text(days)}, förklarat · inget möte bokat", "warn")
    return Tag(f"{days_left_text(days)} · inget möte bokat", urgency(days))


def _detail(clock, case, is_mine):
    moved = f"flyttat från {short_date(clock.promised_on)}" if clock.moved_days else ""
    words = [f"Började {short_date(clock.starts_on)}", f"senast {near_date(clock.due_on)}", moved]
    return " · ".join(filter(None, [*words, case.number if is_mine else case.unit.name, case.organisation.short_name]))


def _action(clock, case, is_mine, is_first):
    if not is_mine:
        return None if clock.has_responsible else link("Fördela", "consent:unassigned")
    if clock.booked_id:
        return link("Visa mötet", "meetings:meeting", case.pk, clock.booked_id)
    return link("Boka möte", "meetings:book", case.pk, primary=is_first)


def _obstacles(gate, clock, case, is_mine):
    """In the order they are usually removed. A reason may be illness: others than the lead read only that there is
    one, and so does whoever sees process data only."""
    ours = case.organisation_id == gate.organisation.pk
    pk, tells = case.pk, is_mine and ours
    meeting = ("meetings:meeting", pk, clock.booked_id)
    waits = clock.consent_asked and not clock.consent_answered
    return links(
        None if clock.has_responsible else _said("Ingen är ansvarig", tells and ("consent:workers", pk)),
        clock.reason and _said(_reason(clock, tells), is_mine and ("cases:hold", pk)),
        tells and not clock.consent_asked and _said("Samtycke är inte frågat", ("consent:give", pk)),
        tells and waits and _said("Väntar på svar om samtycke", ("consent:consents", pk)),
        tells and _lacks_interpreter(clock, case) and _said("Tolk är inte bokad", meeting),
        _is_past(clock.booked_at) and _said("Mötet har varit men saknar resultat", is_mine and meeting),
        clock.booked_at and swedish_day(clock.booked_at) > clock.due_on and _said("Bokat efter sista dagen"),
    )


def _reason(clock, tells):
    label = DeadlineHold.Reason(clock.reason).label if tells else "orsak antecknad"
    return f"{'Vilar' if clock.state == DeadlineState.ON_HOLD else 'Förklarad'}: {label}"


def _said(label, way=None):
    name, *args = way or ("",)
    return link(label, name, *args) if name else Link(label, "")


def _lacks_interpreter(clock, case):
    return clock.booked_id and clock.interpreter is None and case.individual.interpreter_language


def _is_past(instant: datetime | None):
    return instant is not None and instant < timezone.now()
