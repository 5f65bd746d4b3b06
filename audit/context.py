"""Who asks, as the database itself is told: its row-level security answers to nothing else (docs/row-security.md).

Told for the running transaction, and as it was before when the block ends. Outside every transaction, where only
tasks and commands are, it is told for the connection and taken back in any case.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from audit.purposes import PURPOSES

NAMES = ("user", "organisation", "scopes", "day", "request", "beyond")


@contextmanager
def transaction_for(told: Mapping[str, str]) -> Iterator[None]:
    """A transaction in which the database knows who asks. Its end takes that back, so that a page pays nothing."""
    inside_another = connection.in_atomic_block
    with transaction.atomic():
        former = _exchange(_nothing_but(told))
        try:
            yield
        finally:
            if inside_another:
                _give_back(former)


def tell(told: Mapping[str, str]) -> None:
    """Who asks in the rest of a `transaction_for` somebody who is not known when it begins."""
    _exchange(_nothing_but(told))


@contextmanager
def acting_for(told: Mapping[str, str]) -> Iterator[None]:
    """As that one asks, and no further, inside a transaction or around several."""
    former = _exchange(_nothing_but(told))
    try:
        yield
    finally:
        _give_back(former)


@contextmanager
def beyond(purpose: str) -> Iterator[None]:
    """See further than the person who asks, for one of the PURPOSES. Read inside: a queryset asks when it is read."""
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose} is none of the purposes.")
    former = _exchange({"beyond": purpose})
    try:
        yield
    finally:
        _give_back(former)


def _nothing_but(told: Mapping[str, str]) -> dict[str, str]:
    return {name: told.get(name, "") for name in NAMES}


def _exchange(told: Mapping[str, str]) -> dict[str, str]:
    """Tell these and give back what was told before. One statement: the former values are read to its left."""
    before = ", ".join("current_setting(%s, true)" for _ in told)
    after = ", ".join("set_config(%s, %s, %s)" for _ in told)
    names = [f"app.{name}" for name in told]
    new = [(name, value, connection.in_atomic_block) for name, value in zip(names, told.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {before}, {after}", [*names, *(part for parts in new for part in parts)])
        former = cursor.fetchone()[: len(names)]
    return {name: value or "" for name, value in zip(told, former, strict=True)}


def _give_back(former: Mapping[str, str]) -> None:
    """After an error of the database its rollback does it, to what was told before the block."""
    if not _is_broken():
        _exchange(former)


def _is_broken() -> bool:
    if connection.needs_rollback or connection.connection is None or connection.connection.closed:
        return True
    return connection.connection.info.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.INTRANS)
