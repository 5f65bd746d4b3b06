"""The only way to write in the log."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from audit.models import Action

# By hand: the application may not name the number or the time of a row, and Django would.
COLUMNS = """action, actor_id, actor_name, organisation_id, organisation_name, unit_name, factor,
  case_id, case_number, object_kind, object_id, category, ground, request_id"""
ADD = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({', '.join(['%s'] * 14)})"  # noqa: S608


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
