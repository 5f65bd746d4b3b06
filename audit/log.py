"""The only way to write in the log."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from audit.models import Action

# By hand: the application may not name the number or the time of a row, and Django would.
COLUMNS = """action, actor_id, actor_name, organisation_id, organisation_name, unit_name, factor,
  case_id, case_number, object_kind, object_id, category, ground, request_id"""
ADD = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({', '.join(['%s'] * 14)})"  # noqa: S608

TOO_MANY = "för många personers ärenden på en timme"

# The row of a read, or of its refusal: the actor has read about `stops` others in the hour and never about this one.
# Both ends of the hour are told, so that one month's table is asked.
ADD_READ = f"""
WITH hour AS (
  SELECT DISTINCT case_id FROM audit_entry
   WHERE actor_id = %s AND at > %s AND at < %s AND action = 'read' AND case_id IS NOT NULL
), verdict AS (
  SELECT CASE WHEN count(*) < %s OR coalesce(bool_or(case_id = %s), false) THEN 'read' ELSE 'refused' END AS action
    FROM hour
)
INSERT INTO audit_entry ({COLUMNS})
SELECT verdict.action, {", ".join(["%s"] * 11)}, CASE verdict.action WHEN 'read' THEN %s ELSE '{TOO_MANY}' END, %s
  FROM verdict RETURNING action
"""  # noqa: S608
HOUR = timedelta(hours=1)


class TooManyPeople(PermissionDenied):
    """Somebody has opened so many people's cases in an hour that opening more must wait."""


@dataclass(frozen=True)
class Actor:
    """Who acted, as they were called at that moment. `factor` is how they proved who they are."""

    id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    unit_name: str = ""
    factor: str = ""


@dataclass(frozen=True)
class Subject:
    """What it was about; every part may be missing (a log-in is about nothing but the actor)."""

    case_id: UUID | None = None
    case_number: str = ""
    kind: str = ""
    id: str = ""
    category: str = ""


NOBODY = Actor()
NOTHING = Subject()


def record(
    action: Action, *, actor: Actor = NOBODY, subject: Subject = NOTHING, ground: str = "", request_id: str = ""
) -> None:
    """Add one row in the running transaction; if it cannot be written, neither may the thing it tells about."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, _row(action, actor, subject, ground, request_id))


def record_read(*, actor: Actor, subject: Subject, ground: str, request_id: str) -> None:
    """The row of a read. Whoever has read about too many people in the last hour is stopped from opening one more,
    and the row says so; what they have opened already stays open. One statement, however much they have read."""
    now = timezone.now()
    asked = (actor.id, now - HOUR, now + HOUR, settings.READ_AN_HOUR_STOPS, subject.case_id)
    with connection.cursor() as cursor:
        cursor.execute(ADD_READ, [*asked, *_row(Action.READ, actor, subject, ground, request_id)[1:]])
        if cursor.fetchone()[0] == Action.REFUSED:
            raise TooManyPeople("Du har öppnat många personers ärenden på kort tid.")


def _row(action: Action, actor: Actor, subject: Subject, ground: str, request_id: str) -> list[str | int | UUID | None]:
    return [
        action,
        actor.id,
        actor.name,
        actor.organisation_id,
        actor.organisation_name,
        actor.unit_name,
        actor.factor,
        subject.case_id,
        subject.case_number,
        subject.kind,
        str(subject.id),
        subject.category,
        ground,
        request_id,
    ]
