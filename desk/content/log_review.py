"""The review of the log: what is drawn for me to look at, and one visit with its rows."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from audit.models import Entry
from audit.months import day_of
from consent.models import EmergencyAccess, LogFinding, LogVisit
from desk.content.links import Link
from desk.content.rows import Tag
from desk.content.trace import line

TONES = {
    LogFinding.Verdict.FINE: "ok",
    LogFinding.Verdict.EXPLAINED: "ok",
    LogFinding.Verdict.UNEXPLAINED: "bad",
}


@dataclass(frozen=True)
class VisitRow:
    pk: int
    who: str
    number: str
    day: date
    reads: int
    why: str
    due_on: date
    tag: Tag


@dataclass(frozen=True)
class Visit:
    row: VisitRow
    lines: list
    finding: LogFinding | None
    seed: str
    month: date
    opened: EmergencyAccess | None


def log_tabs(current):
    """The log itself, and its review."""
    pages = [("Loggen", "desk:log"), ("Granskning", "desk:log_reviews")]
    return [Link(label, reverse(name), current=name == current) for label, name in pages]


def build_visits(gate, *, reviewed):
    """Visits of my organisation that I may review, what must be ready first; the newest first when they are."""
    rows = LogVisit.objects.for_reviewer(gate.user).for_page()
    return rows.exclude(finding=None).order_by("-finding__at") if reviewed else rows.waiting()


def find_visit(gate, visit_id):
    """None for another organisation's, and for one's own."""
    return LogVisit.objects.for_reviewer(gate.user).for_page().filter(pk=visit_id).first()


def build_visit(visit, today) -> Visit:
    since, until = day_of(visit.day)
    rows = Entry.objects.filter(actor_id=visit.actor_id, case_id=visit.case_id, at__gte=since, at__lt=until)
    return Visit(
        row=visit_row(visit, today),
        lines=[line(entry) for entry in rows.order_by("at", "pk")],
        finding=getattr(visit, "finding", None),
        seed=visit.review.seed,
        month=visit.review.month,
        opened=visit.review.emergency,
    )


def visit_row(visit, today) -> VisitRow:
    finding = getattr(visit, "finding", None)
    due_on = visit.review.due_on
    waits = Tag("försenad", "bad") if due_on < today else Tag("att granska", "warn")
    return VisitRow(
        pk=visit.pk,
        who=visit.actor_name,
        number=visit.case_number,
        day=visit.day,
        reads=visit.reads,
        why=", ".join(LogVisit.Reason(reason).label for reason in visit.reasons),
        due_on=due_on,
        tag=Tag(finding.get_verdict_display(), TONES[finding.verdict]) if finding else waits,
    )
