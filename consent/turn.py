"""Lines to wait in for a case: those who change it one by one, and those who read it before a withdrawal."""

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


def let_readers_finish(case_id: UUID) -> None:
    """Those who read the case now go on, those who come later wait until this transaction ends.

    Readers stand in this line too (`relied_on`): the rows they share are lent to every new reader, so without it a
    withdrawal would wait for as long as anybody reads. It is given more time than a page: a paper that is being
    made may hold it up, but not turn it away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '25s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(case_id)])
