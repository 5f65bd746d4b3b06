"""What the projection costs to keep: one grant with and without its trigger, and the nightly comparison."""

from time import perf_counter

from django.db import connection, transaction

from benchmarks.measuring.clock import interleaved
from benchmarks.measuring.roles import as_owner
from consent.models import CaseGrant, CaseScope

WITH, WITHOUT = "med trigger", "utan trigger"
FREE_CASE = """
SELECT c.id FROM cases_case c
 WHERE NOT EXISTS (SELECT 1 FROM consent_casegrant g WHERE g.content_object_id = c.id AND g.user_id = %(user)s)
 ORDER BY random() LIMIT 1
"""
ONE_GRANT = """
INSERT INTO consent_casegrant (content_object_id, user_id, permission_id, since, reason, is_responsible)
VALUES (%(case)s, %(user)s, %(view)s, %(day)s, '', false)
"""


def measure_grant(reader, rounds, clock):
    """{with, without: Times}; the rows are taken back. The owner turns the trigger off now and then, so only on a
    database of one's own."""
    with as_owner():
        try:
            grants = {WITH: Grant(reader, "ENABLE"), WITHOUT: Grant(reader, "DISABLE")}
            return interleaved(grants, rounds, clock=clock, best_of=3)
        finally:
            _switch("ENABLE")


class Grant:
    """One grant on a case drawn by lot; `prepare` is called by the clock outside the measured time."""

    def __init__(self, reader, verb):
        self.reader, self.verb = reader, verb

    def prepare(self):
        _switch(self.verb)
        with connection.cursor() as cursor:
            cursor.execute(FREE_CASE, self.reader.params)
            self.case_id = cursor.fetchone()[0]

    def __call__(self):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_GRANT, self.reader.params | {"case": self.case_id})
            transaction.set_rollback(True)


def _switch(verb):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {CaseGrant._meta.db_table} {verb} TRIGGER casescope_insert")


def measure_difference():
    """(rows that differ, seconds)."""
    with as_owner():
        start = perf_counter()
        rows = len(CaseScope.objects.difference())
        return rows, perf_counter() - start
