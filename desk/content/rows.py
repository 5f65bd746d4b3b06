"""Rows of a worklist: for one page of cases, what each looks like from where I stand. Eight queries at any length."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from accounts.models import Organisation
from actionplans.models import ActionPlan, Milestone
from cases.models import Case, CaseParty, Deadline
from cases.rules import DeadlineState
from cases.templatetags.wording import clock, days_left_text, near_date, short_date, swedish_day
from consent.models import Consent, Disclosure
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


class Around:
    """What hangs on the cases of one page, each kind read once and through the gate."""

    def __init__(self, gate, cases):
        self.gate, self.day, self.ids = gate, gate.day, [case.pk for case in cases]
        self.deadlines = self._deadlines()
        self.meetings = self._meetings()
        self.milestones = self._milestones()
        self.plans = set(self._mine(ActionPlan).filter(ended_on=None).values_list("case_id", flat=True))
        self.consents = self._consents()
        self.parties = self._parties()

    def _mine(self, model):
        return self.gate.across(model).filter(case__in=self.ids)

    def _deadlines(self):
        rows = self._mine(Deadline).first_meeting().unanswered().prefetch_related("holds").order_by("-starts_on")
        return {row.case_id: row for row in rows}

    def _meetings(self):
        found = defaultdict(list)
        for row in self._mine(Meeting).booked().order_by("starts_at"):
            found[row.case_id].append(row)
        return found

    def _milestones(self):
        rows = self._mine(Milestone).open().order_by("case").values("case").annotate(due=Min("due_on"))
        return {row["case"]: row["due"] for row in rows}

    def _consents(self):
        """Newest answer first; the same rule as `gate.consents`, for many cases at once."""
        ours = Q(case__organisation=self.gate.organisation) | Q(discloser=self.gate.organisation)
        rows = Consent.objects.filter(ours | Q(receivers=self.gate.organisation), case__in=self.ids)
        found = defaultdict(list)
        for row in rows.exclude(answer=Consent.Answer.ASKED).distinct().order_by("-given_on", "-pk"):
            found[row.case_id].append(row)
        return found

    def _parties(self):
        """As lead every party; otherwise only those that tell us something."""
        found = defaultdict(list)
        parties = CaseParty.objects.filter(
            Q(until=None) | Q(until__gte=self.day), case__in=self.ids, case__organisation=self.gate.organisation
        )
        for row in parties.select_related("organisation").order_by("since", "pk"):
            found[row.case_id].append(row.organisation)
        told = Disclosure.objects.in_force(self.day).filter(case__in=self.ids, recipient=self.gate.organisation)
        for row in (
            told.select_related("discloser").order_by("case_id", "discloser_id").distinct("case_id", "discloser_id")
        ):
            found[row.case_id].append(row.discloser)
        return found


def build_rows(gate, cases) -> list[Row]:
    around = Around(gate, cases)
    return [_row(around, case) for case in cases]


def _row(around, case):
    consent, until = _consent(around, case)
    next_day, next_what = _next(around, case)
    return Row(
        case=case,
        name=case.individual.short_name,
        state=_state(around, case),
        organisations=tuple(dict.fromkeys([around.gate.organisation, *around.parties[case.pk]])),
        consent=consent,
        consent_until=until,
        next_day=next_day,
        next_what=next_what,
    )


def _state(around, case) -> Tag:
    """The one thing to know first: meeting today, then the clock, then the plan."""
    if not case.is_open:
        return Tag(f"Avslutat {short_date(case.closed_on)}")
    meetings = [m for m in around.meetings[case.pk] if swedish_day(m.starts_at) >= around.day]
    if meetings and swedish_day(meetings[0].starts_at) == around.day:
        return Tag(f"Möte i dag {clock(meetings[0].starts_at)}", "ok")
    deadline = around.deadlines.get(case.pk)
    if deadline is not None:
        return clock_tag(deadline, around.day, any(m.kind == Meeting.Kind.FIRST for m in meetings))
    due = around.milestones.get(case.pk)
    if due is not None and due <= around.day:
        return Tag("Delmål förfaller i dag" if due == around.day else "Delmål försenat", "warn")
    if case.next_on < around.day and not meetings:
        return Tag("Nästa steg försenat", "warn")
    return Tag("Plan pågår" if case.pk in around.plans else "Pågår")


def clock_tag(deadline, day, booked) -> Tag:
    """How the first meeting stands."""
    state = deadline.state_on(day)
    if state == DeadlineState.ON_HOLD:
        return Tag("Klockan vilar")
    if state == DeadlineState.MISSED:
        return Tag("Första möte försenat, bokat" if booked else "Första möte försenat", "warn" if booked else "bad")
    if booked:
        return Tag("Första möte bokat", "ok")
    days = deadline.days_left(day)
    text = "Sista dagen för första möte" if days == 0 else f"{days_left_text(days)} till första möte"
    return Tag(text, urgency(days))


def urgency(days):
    """The same steps as the ring: two days or less is red, five or less is amber."""
    return "bad" if days <= 2 else "warn" if days <= 5 else "neutral"


def _consent(around, case) -> tuple[Tag, date | None]:
    """The tag, or the day it ends when nothing needs to be said."""
    answers = around.consents[case.pk]
    in_force = [c for c in answers if c.is_in_force(around.day)]
    if in_force:
        ends = min(c.valid_until for c in in_force)
        soon = any(c.ends_soon(around.day) for c in in_force)
        return Tag(f"går ut {short_date(ends)}" if soon else "", "warn"), ends
    if not answers:
        return Tag("Saknas", "warn"), None
    if answers[0].withdrawn_at:
        return Tag("Återkallat", "bad"), None
    return Tag("Nej" if answers[0].answer == Consent.Answer.DECLINED else "Har gått ut", "warn"), None


def _next(around, case):
    """The next booked meeting, else the promised day and what it is about."""
    if not case.is_open:
        return "", ""
    ahead = [m for m in around.meetings[case.pk] if swedish_day(m.starts_at) >= around.day]
    if ahead:
        return near_date(ahead[0].starts_at), ahead[0].get_kind_display()
    if case.pk in around.deadlines:
        return near_date(around.deadlines[case.pk].due_on), "första möte senast"
    return near_date(case.next_on), "nästa steg" if case.next_on >= around.day else "skulle nästa steg tas"
