"""How faithfully the method is followed: shares of held meetings, minutes of each phase, what the professionals said.

About how the authorities work, never about a person. Every figure needs k meetings or k answers.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from audit.context import beyond
from meetings.models import ConsentConfirmation, Feedback, Meeting, MeetingPhase, Preparation
from reports.statistics import definitions
from reports.suppression import K, Share, share

LOOKED_BACK = timedelta(days=90)
PLANNED = {"preparation": "preparation_minutes", "talk": "talk_minutes", "feedback": "feedback_minutes"}
ITEMS = {
    "cooperation": "Hur samverkade vi?",
    "reached": "Vad uppnåddes?",
    "roles_held": "Höll vi det vi kom överens om?",
    "person_heard": "Fick personen komma till tals?",
}


@dataclass(frozen=True)
class PhaseTime:
    """Whole minutes on average; None: fewer than k meetings have the phase's times."""

    title: str
    planned: int | None
    used: int | None


@dataclass(frozen=True)
class Said:
    """Mean from 1 to 5 of what the professionals answered; None: fewer than k answers."""

    title: str
    mean: float | None


@dataclass(frozen=True)
class Fidelity:
    measures: tuple[tuple[str, Share], ...]
    phases: tuple[PhaseTime, ...]
    said: tuple[Said, ...]
    definition: str


@beyond("figures")
def count_fidelity(municipality, day):
    held = held_between(municipality, day - LOOKED_BACK, day)
    return Fidelity(_measures(held), _phases(held), said_by_professionals(held), definitions.FIDELITY)


def held_between(municipality, since, until):
    """Meetings that follow the method, held on these days."""
    return Meeting.objects.held().filter(
        case__municipality=municipality,
        kind__in=(Meeting.Kind.FIRST, Meeting.Kind.FOLLOW_UP, Meeting.Kind.HANDOVER),
        starts_at__date__range=(since, until),
    )


def _measures(held):
    of_meeting = {"meeting": OuterRef("pk")}
    same_day = Feedback.objects.filter(**of_meeting, given_at__date=OuterRef("starts_at__date"))
    counted = held.annotate(
        is_prepared=Exists(Preparation.objects.filter(**of_meeting)),
        is_confirmed=Exists(ConsentConfirmation.objects.filter(**of_meeting)),
        is_fed_back=Exists(same_day),
    ).aggregate(
        every=Count("pk"),
        prepared=Count("pk", filter=Q(is_prepared=True) & ~Q(aim="")),
        roles=Count("pk", filter=Q(leader__isnull=False, timekeeper__isnull=False)),
        confirmed=Count("pk", filter=Q(is_confirmed=True)),
        fed_back=Count("pk", filter=Q(is_fed_back=True)),
    )
    titles = {
        "prepared": "Förberedda",
        "roles": "Någon ledde och någon höll tiden",
        "confirmed": "Samtycket bekräftades",
        "fed_back": "Återkoppling samma dag",
    }
    return tuple((title, share(counted[name], counted["every"])) for name, title in titles.items())


def _phases(held):
    lasted = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    rows = (
        MeetingPhase.objects.filter(meeting__in=held, ended_at__isnull=False)
        .order_by()
        .values("phase")
        .annotate(n=Count("pk"), used=Avg(lasted), **{name: Avg(f"meeting__{name}") for name in PLANNED.values()})
    )
    found = {row["phase"]: row for row in rows if row["n"] >= K}
    return tuple(_phase(phase, found.get(phase)) for phase in MeetingPhase.Phase)


def _phase(phase, row):
    if row is None:
        return PhaseTime(str(phase.label), None, None)
    return PhaseTime(str(phase.label), round(row[PLANNED[phase]]), round(row["used"].total_seconds() / 60))


def said_by_professionals(held):
    """Of each item only when k different professionals have answered it."""
    asked = {f"{name}_mean": Avg(name) for name in ITEMS} | {
        f"{name}_by": Count("given_by", distinct=True, filter=Q(**{f"{name}__isnull": False})) for name in ITEMS
    }
    counted = Feedback.objects.filter(meeting__in=held).aggregate(**asked)
    return tuple(
        Said(title, counted[f"{name}_mean"] if counted[f"{name}_by"] >= K else None) for name, title in ITEMS.items()
    )
