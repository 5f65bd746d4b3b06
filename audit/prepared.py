"""Statements that the database plans once for each connection: row-level security costs more to plan than to ask."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


@contextmanager
def prepared() -> Iterator[None]:
    """What is asked inside is sent apart from its values, as a prepared statement, and its plan is kept. For SELECTs
    whose words are the same each time (a list of ids as one array) and that reach few rows whatever the values are.
    Who asks is read when the statement runs, never when it is planned."""
    connection.ensure_connection()
    session = connection.connection
    former = session.cursor_factory, session.prepare_threshold
    session.cursor_factory, session.prepare_threshold = ServerBindingCursor, 0
    try:
        yield
    finally:
        session.cursor_factory, session.prepare_threshold = former
