"""What the database is told about whoever asks."""

from contextlib import AbstractContextManager

from django.core.exceptions import PermissionDenied

from accounts.models import User
from audit.context import acting_for, tell, transaction_for
from consent.gate import Gate


def known_of(gate: Gate) -> dict[str, str]:
    return {
        "user": str(gate.user.pk),
        "organisation": str(gate.organisation.pk),
        "scopes": f"{{{','.join(map(str, gate.scopes))}}}",
        "day": gate.day.isoformat(),
        "request": gate.request_id,
    }


def acting_as(gate: Gate) -> AbstractContextManager[None]:
    """The database answers as to that person. For tasks that act for somebody, and for tests."""
    return acting_for(known_of(gate))


def gate_for(asker: User) -> Gate:
    """For a task that acts for somebody: what they may today, and the database answers as to them until the
    transaction ends. PermissionDenied for somebody who has left."""
    if not asker.is_active:
        raise PermissionDenied
    gate = Gate(asker)
    tell(known_of(gate))
    return gate


def request_of(gate: Gate) -> AbstractContextManager[None]:
    """The transaction of one request."""
    return transaction_for(known_of(gate))
