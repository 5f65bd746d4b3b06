"""The menu by role, with counts that cost the same whoever asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from accounts.models import Role
from consent.gate import LISTED_AT_MOST
from desk.content.links import Link, address
from meetings.models import Meeting
from needs.content import READERS as NEED_READERS
from needs.models import UnmetNeed

CASE_ROLES = (Role.INTAKE, Role.CASE_WORKER, Role.UNIT_WORKER, Role.COORDINATOR, Role.UNIT_MANAGER)
OVERVIEW_READERS = (Role.PROJECT_LEAD, Role.COORDINATOR)
REPORT_READERS = (*OVERVIEW_READERS, Role.STEERING_MEMBER)
PROJECT_READERS = (*REPORT_READERS, Role.EVALUATOR)


@dataclass(frozen=True)
class Frame:
    municipality: str
    menu: tuple[Link, ...]
    today: date
    demo: bool
    searches: bool


def works_with_cases(gate):
    """By role, or because somebody assigned them to a case all the same."""
    return gate.has_role(*CASE_ROLES) or gate.count_cases() > 0


def build_frame(gate, path):
    worker = works_with_cases(gate)
    rows = [
        ("Min dag", "desk:my_day", None, True),
        ("Ärenden", "desk:cases", case_count(gate) if worker else None, worker),
        ("Möten", "meetings:calendar", meeting_count(gate) if worker else None, worker),
        ("Ej fördelade", "consent:unassigned", unassigned_count(gate), gate.has_role(Role.INTAKE, Role.UNIT_MANAGER)),
        ("Behov", "needs:needs", need_count(gate), gate.has_role(*NEED_READERS)),
        ("Översikt", "reports:overview", None, gate.has_role(*OVERVIEW_READERS)),
        ("Uppföljning", "projects:projects", None, gate.has_role(*PROJECT_READERS)),
        ("Rapporter", "reports:monthly_reports", None, gate.has_role(*REPORT_READERS)),
        ("Logg", "desk:log", None, gate.has_role(Role.LOG_REVIEWER)),
        ("Administration", "admin:index", None, gate.has_role(Role.ADMINISTRATOR)),
        ("Utskick", "notices:outbox", None, settings.DEMO and gate.has_role(*CASE_ROLES)),
    ]
    menu = [(label, address(name), count) for label, name, count, shown in rows if shown]
    return Frame(
        municipality=settings.MUNICIPALITY_NAME,
        menu=tuple(Link(label, url, current=is_under(path, url), count=count) for label, url, count in menu),
        today=gate.day,
        demo=settings.DEMO,
        searches=worker,
    )


def is_under(path, url):
    return path == url if url == "/" else path.startswith(url)


def case_count(gate):
    """Open cases; "fler än 1 000" is not counted further."""
    number = gate.count_cases()
    return f"{LISTED_AT_MOST}+" if number > LISTED_AT_MOST else number


def meeting_count(gate):
    """My booked meetings from today and a week on."""
    days = (gate.day, gate.day + timedelta(days=7))
    return (
        gate.across(Meeting)
        .booked()
        .filter(participants__user=gate.user, starts_at__date__range=days)
        .distinct()
        .count()
    )


def unassigned_count(gate):
    return gate.unassigned().count() if gate.has_role(Role.INTAKE, Role.UNIT_MANAGER) else None


def need_count(gate):
    """Needs our organisation raised that nobody has answered."""
    if not gate.has_role(*NEED_READERS):
        return None
    return UnmetNeed.objects.unanswered().filter(raised_by_organisation=gate.organisation).count()
