"""When people, rooms and interpreters are free: hours kept, less what is booked and when somebody is away."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from audit.context import beyond
from meetings.rules import DAY_ENDS, DAY_STARTS, ordinary_days

PERSON, ROOM, INTERPRETER = 1, 2, 3

# Each person's free time in the window `span`: other hours of the day, else the hours in force, else office hours on
# ordinary days; less meetings (by the index of the constraint that forbids two at a time) and absences.
PEOPLE_FREE = """
WITH span AS (SELECT tstzrange(%(since)s, %(until)s) AS span),
person AS (SELECT DISTINCT id FROM unnest(%(users)s::bigint[]) id),
other AS (
  SELECT o.user_id, o.day, o.starts, o.ends FROM meetings_otherhours o
   WHERE o.user_id = ANY (%(users)s) AND o.day BETWEEN %(first)s AND %(last)s
), kept AS (
  SELECT a.* FROM meetings_availability a
   WHERE a.user_id = ANY (%(users)s) AND a.valid_from <= %(last)s
     AND (a.valid_until IS NULL OR a.valid_until >= %(first)s)
), hours AS (
  SELECT user_id, day, starts, ends FROM other WHERE starts IS NOT NULL
  UNION ALL
  SELECT p.id, d.day, coalesce(a.starts, %(opens)s::time), coalesce(a.ends, %(closes)s::time)
    FROM person p CROSS JOIN unnest(%(days)s::date[]) d(day)
    LEFT JOIN kept a ON a.user_id = p.id AND a.weekday = extract(isodow FROM d.day) - 1
         AND a.valid_from <= d.day AND (a.valid_until IS NULL OR a.valid_until >= d.day)
   WHERE NOT EXISTS (SELECT FROM other o WHERE o.user_id = p.id AND o.day = d.day)
     AND (a.id IS NOT NULL
          OR NOT EXISTS (SELECT FROM kept b WHERE b.user_id = p.id AND b.valid_from <= d.day
                            AND (b.valid_until IS NULL OR b.valid_until >= d.day)))
), opened AS (
  SELECT h.user_id, range_agg(tstzrange((h.day + h.starts) AT TIME ZONE %(zone)s,
                                        (h.day + h.ends) AT TIME ZONE %(zone)s)) AS hours
    FROM hours h GROUP BY h.user_id
), people_free AS (
  SELECT p.id, o.hours * tstzmultirange(span) - coalesce(busy.times, '{}') AS free
    FROM span CROSS JOIN person p JOIN opened o ON o.user_id = p.id
    LEFT JOIN LATERAL (
      SELECT range_agg(t.during) AS times FROM (
        SELECT b.during FROM meetings_participant b
         WHERE b.user_id = p.id AND b.takes_time AND b.during && span AND b.meeting_id IS DISTINCT FROM %(moved)s
        UNION ALL
        SELECT tstzrange(a.starts_at, a.ends_at) FROM meetings_absence a
         WHERE a.user_id = p.id AND a.ends_at > %(since)s AND a.starts_at < %(until)s) t
    ) busy ON true
)"""
EVERYTHING_FREE = """
, free AS (
  SELECT 1 AS place, id, free FROM people_free
  UNION ALL
  SELECT 2, r.id, tstzmultirange(span) - coalesce(range_agg(m.during), '{}')
    FROM span CROSS JOIN unnest(%(rooms)s::bigint[]) r(id)
    LEFT JOIN meetings_meeting m ON m.room_id = r.id AND m.during && span
         AND m.status NOT IN ('cancelled', 'not_held') AND m.id IS DISTINCT FROM %(moved)s
   GROUP BY r.id, span
  UNION ALL
  SELECT 3, i.id, tstzmultirange(span) - coalesce(range_agg(m.during), '{}')
    FROM span CROSS JOIN unnest(%(interpreters)s::bigint[]) i(id)
    LEFT JOIN meetings_meeting m ON m.interpreter_id = i.id AND m.during && span
         AND m.status NOT IN ('cancelled', 'not_held') AND m.id IS DISTINCT FROM %(moved)s
   GROUP BY i.id, span
)
SELECT place, id, ARRAY(SELECT ceil(extract(epoch FROM lower(r)) / 60)::int FROM unnest(free) r ORDER BY 1),
       ARRAY(SELECT floor(extract(epoch FROM upper(r)) / 60)::int FROM unnest(free) r ORDER BY 1)
  FROM free
"""
FREE = PEOPLE_FREE + EVERYTHING_FREE


@dataclass(frozen=True)
class Wanted:
    """Ids of those whose time is asked for; `moved` is the meeting that makes way."""

    users: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    interpreters: tuple[int, ...] = ()
    moved: int | None = None


@beyond("free_time")
def free_time(wanted: Wanted, since: datetime, until: datetime):
    """{(PERSON | ROOM | INTERPRETER, id): free (lower, upper) ranges in minutes since 1970, apart and in order}."""
    with connection.cursor() as cursor:
        cursor.execute(FREE, span_of(since, until) | ids_of(wanted))
        return {(place, pk): list(zip(lower, upper, strict=True)) for place, pk, lower, upper in cursor.fetchall()}


def span_of(since, until):
    """What PEOPLE_FREE asks about the window."""
    first, last = timezone.localdate(since), timezone.localdate(until)
    return {
        "since": since,
        "until": until,
        "first": first,
        "last": last,
        "days": ordinary_days(first, last),
        "opens": DAY_STARTS,
        "closes": DAY_ENDS,
        "zone": timezone.get_current_timezone_name(),
    }


def ids_of(wanted):
    return {
        "users": list(wanted.users),
        "rooms": list(wanted.rooms),
        "interpreters": list(wanted.interpreters),
        "moved": wanted.moved,
    }
