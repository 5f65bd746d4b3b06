"""Nobody forgets a promise: one sweep, one statement for each kind, whoever is killed, doubled or late.

A rung fires once its day has come, whichever minute the sweep runs: what is missed while the beat was down is
caught up. The unique key of Notice makes a second beat, a repeated task and a kill in the middle harmless.
"""

from datetime import timedelta
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone

from meetings.ladder.dated import DATED
from meetings.ladder.first_meeting import ASK_OUTCOMES, CLIMB
from meetings.ladder.signals import SIGNALS

__all__ = ["ASK_OUTCOMES", "CLIMB", "DATED", "climb"]

HEARD_OF = timedelta(days=60)  # older news than that is history
LOCK = crc32(b"meetings.ladder")


@transaction.atomic
def climb(now=None):
    """How many were told; 0 when another sweep is at work. A first run over a full country may outlast the time
    that a page's statement has."""
    now = now or timezone.now()
    moment = {"now": now, "today": timezone.localdate(now)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SET LOCAL statement_timeout = '4min'")
        return sum(_told(cursor, moment))


def _told(cursor, moment):
    for statement in (CLIMB, ASK_OUTCOMES):
        cursor.execute(statement, moment)
        yield cursor.rowcount
    signal = moment | {"says": "Läs under Remisser, AF och uppföljning.", "since": moment["today"] - HEARD_OF}
    for statement in SIGNALS:
        cursor.execute(statement, signal)
        yield cursor.rowcount
    for code, kind, category, lay_down, climb_up in DATED:
        promise = moment | {"code": code, "kind": kind, "category": category}
        cursor.execute(lay_down, promise)
        cursor.execute(climb_up, promise)
        yield cursor.rowcount
