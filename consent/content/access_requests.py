"""Questions about access to a case: what the manager has to answer, and who has let themselves in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator

from accounts.models import Role
from audit.context import beyond
from consent.models import AccessRequest, EmergencyAccess, LogFinding, LogVisit

PAGE_SIZE = 25
REMEMBERED = timedelta(days=60)


@dataclass(frozen=True)
class Opening:
    """One emergency, as the manager sees it: who and the number, never whom it is about."""

    who: str
    number: str
    ground: str
    reason: str
    at: datetime
    tone: str
    state: str


def open_requests(gate):
    """Colleagues' questions that I answer as their manager; never my own."""
    return AccessRequest.objects.unanswered().filter(gate.reach(Role.UNIT_MANAGER)).exclude(asker=gate.user)


@beyond("access_request")
def requests_page(gate, number):
    page = Paginator(open_requests(gate).for_page().order_by("asked_at", "pk"), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    return page


@beyond("access_request")
def request_to_answer(gate, request_id):
    """None when it is answered already, or not mine to answer."""
    return open_requests(gate).for_page().filter(pk=request_id).first()


@beyond("access_request")
def openings(gate):
    """The organisation's emergencies of the last two months, the newest first, and what their review has said."""
    since = gate.day - REMEMBERED
    visits = LogVisit.objects.filter(
        review__emergency__organisation=gate.organisation, review__emergency__opened_at__date__gte=since
    ).select_related("review__emergency", "finding")
    return [_opening(visit, gate.day) for visit in visits.order_by("-review__emergency__opened_at", "-pk")[:PAGE_SIZE]]


def _opening(visit, today):
    opened: EmergencyAccess = visit.review.emergency
    tone, state = _state(getattr(visit, "finding", None), visit.review.due_on, today)
    return Opening(
        visit.actor_name, visit.case_number, opened.get_ground_display(), opened.reason, opened.opened_at, tone, state
    )


def _state(finding, due_on, today):
    if finding is None:
        return ("bad", "granskningen är sen") if due_on < today else ("warn", f"granskas senast {due_on:%Y-%m-%d}")
    fine = finding.verdict != LogFinding.Verdict.UNEXPLAINED
    return ("ok", "granskad") if fine else ("bad", "ingen förklaring")
