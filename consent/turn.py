"""Whoever changes a case waits for their turn, before they rely on anything in it."""

from uuid import UUID

from django.db import connection


def take_turn(case_id: UUID) -> None:
    """Held until the transaction ends, taken before the locks of `DisclosureQuerySet.relied_on`.

    A page relies on what others tell its reader, and withdrawing locks what we tell them: two who took back each
    other's consents would each wait for what the other relies on, for ever. Readers take no turn. Not the row of
    the case: sweeps and triggers lock that later than what they rely on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(case_id)])
