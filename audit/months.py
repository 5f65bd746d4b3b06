"""The months of the log: made a year ahead, dropped whole when the log need not be kept any longer."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import sql

SHORTEST_YEARS = 5
EXISTING = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
 WHERE i.inhparent = 'audit_entry'::regclass ORDER BY c.relname
"""


def month_of(day: date) -> tuple[date, datetime, datetime]:
    """The month that the day lies in: its first day, and the local midnights that it lies between."""
    first = day.replace(day=1)
    return first, _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))


def day_of(day: date) -> tuple[datetime, datetime]:
    """The local midnights that the day lies between."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def make_next() -> int:
    """This month and the year that follows; how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_next_months()")
        return int(cursor.fetchone()[0])


def kept_since(now: datetime) -> datetime:
    """Rows from this moment on must be there. Never less than five years, whatever the setting says."""
    years = max(settings.LOG_KEPT_YEARS, SHORTEST_YEARS)
    return now.astimezone(UTC).replace(year=now.year - years, day=1, hour=0, minute=0, second=0, microsecond=0)


def existing() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(EXISTING)
        return [name for (name,) in cursor.fetchall()]


def too_old(now: datetime) -> list[str]:
    """The tables of months that need not be kept, oldest first. One month is left between them and what must be
    kept: an anchor from it proves that the dropped rows were that old."""
    limit = (kept_since(now) - timedelta(days=1)).strftime("entry_%Y_%m")
    return [name for name in existing() if name < limit]


def drop(month: str) -> None:
    """Only the owner may. The seals stay, so what is left can still be verified."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE audit_months.{}").format(sql.Identifier(month)))
