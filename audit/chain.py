"""The seals of the log: the newest, and the first row where they tell of a change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from audit.context import beyond


@dataclass(frozen=True)
class Head:
    """The newest seal at a moment. Kept outside the database it is an anchor: nothing before it can be unsaid."""

    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Fault:
    """`sequence` None: a row that was never sealed. `entry_id` None: there is no row left to name."""

    sequence: int | None
    entry_id: int | None
    what: str

    def __str__(self) -> str:
        place = f"sigill {self.sequence}" if self.sequence else "utan sigill"
        row = f"rad {self.entry_id}" if self.entry_id else "ingen rad"
        return f"{self.what} ({place}, {row})"


CHANGED = "Raden eller dess sigill är ändrat"
REMOVED = "Raden är borttagen"
GAP = "Sigill saknas före det här"
TWICE = "Raden har två sigill"
UNSEALED = "Raden är inlagd vid sidan av"
CUT = "Slutet av loggen är avklippt"
REWRITTEN = "Loggen är omskriven sedan ankaret sattes"

HEAD = "SELECT sequence, encode(hash, 'hex'), clock_timestamp() FROM audit_seal ORDER BY sequence DESC LIMIT 1"

# A row whose month has been dropped is missing without fault, and so is nothing else: `weeded` is the newest seal that
# an anchor shows to be older than the time the log must be kept.
FIRST_FAULT = """
WITH chain AS (
  SELECT sequence, entry_id, hash,
         lag(sequence, 1, 0::bigint) OVER by_number AS before, lag(hash, 1, ''::bytea) OVER by_number AS previous,
         row_number() OVER (PARTITION BY entry_id ORDER BY sequence) AS times
    FROM audit_seal WINDOW by_number AS (ORDER BY sequence)
), faults AS (
  SELECT c.sequence, c.entry_id, CASE
           WHEN c.sequence <> c.before + 1 THEN %(gap)s
           WHEN e.id IS NULL AND c.sequence > %(weeded)s THEN %(removed)s
           WHEN c.hash <> audit_hash(c.previous, c.sequence, to_jsonb(e)) THEN %(changed)s
           WHEN c.times > 1 THEN %(twice)s
         END AS what
    FROM chain c LEFT JOIN audit_entry e ON e.id = c.entry_id
  UNION ALL
  SELECT NULL, e.id, %(unsealed)s FROM audit_entry e
   WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
)
SELECT sequence, entry_id, what FROM faults WHERE what IS NOT NULL ORDER BY sequence NULLS LAST, entry_id LIMIT 1
"""

UNMET_ANCHOR = """
SELECT a.sequence, s.entry_id, CASE WHEN s.sequence IS NULL THEN %(cut)s ELSE %(rewritten)s END
  FROM unnest(%(sequences)s::bigint[], %(hashes)s::text[]) AS a (sequence, hash)
  LEFT JOIN audit_seal s ON s.sequence = a.sequence
 WHERE s.hash IS DISTINCT FROM decode(a.hash, 'hex')
 ORDER BY a.sequence LIMIT 1
"""


def head() -> Head | None:
    """None for a log without rows."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        row = cursor.fetchone()
    return Head(*row) if row else None


def first_fault(anchors: Iterable[Head], *, kept_since: datetime) -> Fault | None:
    """The first row that is not as it was sealed, or the first anchor that the chain does not meet; None: all is whole.
    Reads the whole log in one snapshot, so it may take longer than a page has."""
    known = sorted(anchors, key=lambda anchor: anchor.sequence)
    weeded = max((anchor.sequence for anchor in known if anchor.at < kept_since), default=0)
    words: dict[str, Any] = {"gap": GAP, "changed": CHANGED, "removed": REMOVED, "twice": TWICE, "unsealed": UNSEALED}
    met: dict[str, Any] = {"sequences": [a.sequence for a in known], "hashes": [a.hash for a in known]}
    with transaction.atomic(), beyond("log_watch"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '2h'; SET LOCAL timezone = 'UTC'")
        cursor.execute(FIRST_FAULT, {**words, "weeded": weeded})
        row = cursor.fetchone()
        if row is None:
            cursor.execute(UNMET_ANCHOR, {**met, "cut": CUT, "rewritten": REWRITTEN})
            row = cursor.fetchone()
    return Fault(*row) if row else None
