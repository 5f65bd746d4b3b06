"""What is asked for when a meeting is booked, what of it is taken, and when all of it is free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from accounts.models import User
from meetings.models import Interpreter, Room
from meetings.rules import DAY_ENDS, DAY_STARTS, LATEST, instant, working_days

SEARCHED_WORKING_DAYS = 40

BUSY = """
WITH busy AS (
  SELECT 1 AS place, u.given_name || ' ' || u.family_name AS name, p.during
    FROM meetings_participant p JOIN accounts_user u ON u.id = p.user_id
   WHERE p.user_id = ANY (%(users)s) AND p.takes_time AND p.meeting_id IS DISTINCT FROM %(moved)s
  UNION ALL
  SELECT 1, u.given_name || ' ' || u.family_name, tstzrange(a.starts_at, a.ends_at)
    FROM meetings_absence a JOIN accounts_user u ON u.id = a.user_id WHERE a.user_id = ANY (%(users)s)
  UNION ALL
  SELECT 2, r.name, m.during FROM meetings_meeting m JOIN meetings_room r ON r.id = m.room_id
   WHERE m.room_id = %(room)s AND m.status NOT IN ('cancelled', 'not_held') AND m.id IS DISTINCT FROM %(moved)s
  UNION ALL
  SELECT 3, 'tolken ' || i.name, m.during FROM meetings_meeting m JOIN meetings_interpreter i ON i.id = m.interpreter_id
   WHERE m.interpreter_id = %(interpreter)s AND m.status NOT IN ('cancelled', 'not_held')
     AND m.id IS DISTINCT FROM %(moved)s
)"""
TAKEN = "SELECT DISTINCT place, name FROM busy WHERE during && %(during)s ORDER BY place, name"
FREE = """
, near AS MATERIALIZED (SELECT during FROM busy WHERE during && tstzrange(%(since)s, %(until)s))
SELECT slot FROM unnest(%(days)s::date[]) day
 CROSS JOIN generate_series(0, 24) step
 CROSS JOIN LATERAL (SELECT day + %(opens)s::time + step * interval '30 minutes' AS clock) c
 CROSS JOIN LATERAL (SELECT c.clock AT TIME ZONE %(zone)s AS slot) s
 WHERE c.clock + %(length)s <= day + %(closes)s::time AND slot >= %(since)s
   AND NOT EXISTS (SELECT FROM near WHERE near.during && tstzrange(slot, slot + %(length)s))
 ORDER BY slot LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Booking:
    """One wish for a meeting: when, how, with whom."""

    kind: str
    form: str
    starts_at: datetime
    preparation_minutes: int
    talk_minutes: int
    feedback_minutes: int
    workers: tuple[User, ...]
    with_individual: bool = True
    interpreter: Interpreter | None = None
    room: Room | None = None
    place: str = ""
    video_link: str = ""
    other_name: str = ""
    other_email: str = ""

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.preparation_minutes + self.talk_minutes + self.feedback_minutes)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.length

    @property
    def during(self):
        return (self.starts_at, self.ends_at)


def taken(booking, moved=None):
    """Names of the people, the room and the interpreter that are busy then; never with what. `moved` makes way."""
    during = TimestamptzRange(*booking.during)
    return [name for _place, name in _rows(TAKEN, _question(booking, moved) | {"during": during})]


def free(booking, moved=None, limit=5):
    """The next starts, office hours of working days from the wanted day on, when all of it is free."""
    since = max(timezone.now(), timezone.localtime(booking.starts_at).replace(hour=0, minute=0))
    days = working_days(timezone.localdate(since), SEARCHED_WORKING_DAYS)
    search = {
        "days": days,
        "opens": DAY_STARTS,
        "closes": DAY_ENDS,
        "zone": timezone.get_current_timezone_name(),
        "length": booking.length,
        "since": since,
        "until": instant(days[-1], LATEST),
        "limit": limit,
    }
    return [timezone.localtime(slot) for (slot,) in _rows(FREE, _question(booking, moved) | search)]


def _question(booking, moved):
    return {
        "users": [worker.pk for worker in booking.workers],
        "room": booking.room and booking.room.pk,
        "interpreter": booking.interpreter and booking.interpreter.pk,
        "moved": moved and moved.pk,
    }


def _rows(question, params):
    with connection.cursor() as cursor:
        cursor.execute(f"{BUSY} {question}", params)
        return cursor.fetchall()
