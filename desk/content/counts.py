"""The figures of the menu, asked together in one statement and once per request."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Expression, IntegerField, Subquery

from accounts.models import Role, User
from audit.context import beyond
from audit.prepared import prepared
from consent.content.access_requests import open_requests
from consent.gate import LISTED_AT_MOST
from meetings.models import Meeting
from needs.content import READERS as NEED_READERS
from needs.models import UnmetNeed


@dataclass(frozen=True)
class Counts:
    """`cases` stops at LISTED_AT_MOST + 1. The others are None for those who have no such page."""

    cases: int
    meetings: int
    unassigned: int | None = None
    needs: int | None = None
    access_requests: int | None = None


def count(gate) -> Counts:
    """Open cases, my meetings from today and a week on, cases without anybody, unanswered needs and questions."""
    if not hasattr(gate, "counts"):
        asked = asked_by(gate)
        with beyond("distribution") if "unassigned" in asked else nullcontext(), prepared():
            found = User.objects.filter(pk=gate.user.pk).values_list(*asked.values()).get()
        gate.counts = Counts(**dict(zip(asked, found, strict=True)))
    return gate.counts


def asked_by(gate) -> dict[str, Expression | Subquery]:
    asked = {"cases": gate.counted(), "meetings": NumberOf(meetings_ahead(gate))}
    if gate.has_role(Role.INTAKE, Role.UNIT_MANAGER):
        asked["unassigned"] = NumberOf(gate.unassigned().values("pk"))
    if gate.has_role(*NEED_READERS):
        raised = UnmetNeed.objects.unanswered().filter(raised_by_organisation=gate.organisation)
        asked["needs"] = NumberOf(raised.values("pk"))
    if gate.has_role(Role.UNIT_MANAGER):
        asked["access_requests"] = NumberOf(open_requests(gate).values("pk"))
    return asked


def meetings_ahead(gate):
    days = (gate.day, gate.day + timedelta(days=7))
    mine = gate.across(Meeting).booked().filter(participants__user=gate.user, starts_at__date__range=days)
    return mine.values("pk")


class NumberOf(Subquery):
    """How many rows a queryset has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def in_words(number) -> int | str:
    """What is not counted further is "1000+"."""
    return f"{LISTED_AT_MOST}+" if number > LISTED_AT_MOST else number
