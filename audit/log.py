"""The only way to write in the log."""

from dataclasses import dataclass
from uuid import UUID

from audit.models import Action, Entry


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
    Entry.objects.bulk_create(
        [
            Entry(
                action=action,
                actor_id=actor.id,
                actor_name=actor.name,
                organisation_id=actor.organisation_id,
                organisation_name=actor.organisation_name,
                unit_name=actor.unit_name,
                factor=actor.factor,
                case_id=subject.case_id,
                case_number=subject.case_number,
                object_kind=subject.kind,
                object_id=str(subject.id),
                category=subject.category,
                ground=ground,
                request_id=request_id,
            )
        ]
    )
