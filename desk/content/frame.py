"""The menu by role, with counts that cost the same whoever asks."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from accounts.models import Role
from consent.content.assignments import CASE_ROLES
from desk.content.counts import count, in_words
from desk.content.links import Link, address
from needs.content import READERS as NEED_READERS

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
    return gate.has_role(*CASE_ROLES) or count(gate).cases > 0


def build_frame(gate, path):
    worker, number = works_with_cases(gate), count(gate)
    distributes = gate.has_role(Role.INTAKE, Role.UNIT_MANAGER)
    rows = [
        ("Min dag", "desk:my_day", None, True),
        ("Ärenden", "desk:cases", in_words(number.cases) if worker else None, worker),
        ("Första mötet", "desk:first_meetings", None, worker or distributes),
        ("Möten", "meetings:calendar", number.meetings if worker else None, worker),
        ("Ej fördelade", "consent:unassigned", number.unassigned, distributes),
        ("Frågor om åtkomst", "consent:access_requests", number.access_requests, gate.has_role(Role.UNIT_MANAGER)),
        ("Behov", "needs:needs", number.needs, gate.has_role(*NEED_READERS)),
        ("Översikt", "reports:overview", None, gate.has_role(*OVERVIEW_READERS)),
        ("Uppföljning", "projects:projects", None, gate.has_role(*PROJECT_READERS)),
        ("Rapporter", "reports:monthly_reports", None, gate.has_role(*REPORT_READERS)),
        ("Logg", "desk:log", None, gate.has_role(Role.LOG_REVIEWER)),
        ("Administration", "admin:index", None, gate.has_role(Role.ADMINISTRATOR)),
        ("Utskick", "notices:outbox", None, gate.has_role(*CASE_ROLES)),
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
