"""Statements by name from floor.sql, and statements that Django sends, caught so that they can be sent again bare."""

import re
from pathlib import Path

from django.db import connection

FLOOR = Path(__file__).parent.parent / "floor.sql"
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")


def read_floor():
    """{name: SQL}, with each `:name` replaced by the part of that name."""
    parts = re.split(r"^-- name: (\w+)\n", FLOOR.read_text(), flags=re.MULTILINE)[1:]
    named = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    return {name: re.sub(r"(?<!:):([a-z]+)\b", lambda m: named[m[1]], text) for name, text in named.items()}


def caught(act):
    """[(SQL, parameters)] of everything the act sends, except the edges of savepoints."""
    seen = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(CONTROL):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return seen


def bare(statements):
    """A function that sends the statements and returns the rows of the last: no ORM, no objects."""

    def send():
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                rows = cursor.fetchall()
        return rows

    return send
