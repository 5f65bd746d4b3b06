"""Whoever has no log-in is reminded of their meeting, and workers who have asked for it: rows in the outbox, written
when their moment has come.

A moment (REMIND_HOURS_BEFORE) that falls at night moves to the morning, or to the evening before when the morning is
too late. Of several whose moment has come only the latest is written. The unique key of the outbox makes a second
beat and a kill in the middle harmless; what the beat missed is caught up.
"""

from datetime import timedelta
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from audit.context import beyond
from meetings import mail
from meetings.models import Participant
from notices.models import Kind, OutboxMessage

LOCK = crc32(b"meetings.reminders")
AT_MOST = 500
MORNING_LEAVES = timedelta(hours=1)
EVENING_BEFORE_NIGHT = timedelta(hours=1)

# Those called to a meeting still ahead, with where they can be reached now.
SEAT = """
WITH seat AS MATERIALIZED (
  SELECT p.id, 'meeting:' || m.id || ':' || p.id AS key,
         CASE WHEN p.user_id IS NULL THEN m.starts_at + m.preparation_minutes * interval '1 minute'
              ELSE m.starts_at END AS called_at,
         CASE WHEN p.role = 'individual' THEN i.channel ELSE 'email' END AS channel,
         CASE WHEN p.role <> 'individual' THEN p.email WHEN i.protection <> 'none' THEN ''
              WHEN i.channel = 'email' THEN i.email WHEN i.channel = 'sms' THEN i.phone ELSE '' END AS address
    FROM meetings_meeting m
    JOIN meetings_participant p ON p.meeting_id = m.id AND p.reply <> 'not_coming'
         AND (p.user_id IS NULL OR p.takes_time AND EXISTS (
           SELECT FROM notices_notificationchoice n
            WHERE n.user_id = p.user_id AND n.kind = 'reminder' AND n.channel = 'email' AND n.pace = 'at_once'))
    JOIN cases_case c ON c.id = m.case_id
    JOIN cases_individual i ON i.id = c.individual_id
   WHERE m.status IN ('planned', 'prepared', 'consent_confirmed')
     AND m.starts_at > %(now)s AND m.starts_at < %(now)s + %(furthest)s
)"""

WITHDRAW = f"""{SEAT}
UPDATE notices_outboxmessage SET cancelled_at = %(now)s
 WHERE id IN (
  SELECT o.id FROM notices_outboxmessage o
   WHERE o.kind = 'reminder' AND o.sent_at IS NULL AND o.cancelled_at IS NULL AND o.failed_at IS NULL
     AND NOT EXISTS (SELECT FROM seat WHERE seat.key = o.object_key AND seat.channel = o.channel
                        AND seat.address = o.address)
   FOR NO KEY UPDATE SKIP LOCKED)
"""  # noqa: S608

DUE = f"""{SEAT}
, moment AS (
  SELECT seat.*, hours, CASE WHEN wish::time >= %(opens)s AND wish::time < %(closes)s THEN wish
                             WHEN morning <= start - %(leaves)s THEN morning
                             ELSE morning::date - 1 + %(closes)s::time - %(evening)s END AS at
    FROM seat
   CROSS JOIN unnest(%(hours)s::int[]) hours
   CROSS JOIN LATERAL (SELECT called_at AT TIME ZONE %(zone)s AS start,
                              (called_at - hours * interval '1 hour') AT TIME ZONE %(zone)s AS wish) w
   CROSS JOIN LATERAL (SELECT wish::date + (wish::time >= %(closes)s)::int + %(opens)s::time AS morning) m
   WHERE address <> ''
), latest AS (
  SELECT DISTINCT ON (id) * FROM moment WHERE at <= %(now)s AT TIME ZONE %(zone)s ORDER BY id, at DESC, hours
)
SELECT id, hours FROM latest
 WHERE EXISTS (SELECT FROM notices_outboxmessage o WHERE o.kind IN ('meeting_booked', 'meeting_changed')
                  AND o.object_key = latest.key AND o.created_at < latest.at AT TIME ZONE %(zone)s)
   AND NOT EXISTS (SELECT FROM notices_outboxmessage o WHERE o.kind = 'reminder' AND o.object_key = latest.key
                      AND o.period = latest.hours || 'h' AND o.cancelled_at IS NULL)
 ORDER BY called_at, id LIMIT %(at_most)s
"""  # noqa: S608


@beyond("side_effect")
def withdraw(meeting):
    """The time no longer holds: calls to it that have not gone stay too."""
    waiting = OutboxMessage.objects.filter(case=meeting.case_id, object_key__startswith=f"meeting:{meeting.pk}:")
    waiting.cancel(timezone.now())


@transaction.atomic
def remind(now=None):
    """Takes back what no longer fits, writes what is due, and returns how many; 0 when another sweep is at work."""
    question = _question(now or timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(WITHDRAW, question)
        cursor.execute(DUE, question)
        due = dict(cursor.fetchall())
    called = Participant.objects.to_call().filter(pk__in=due)
    address = mail.addresser()
    mail.post([address(p.meeting, p, Kind.REMINDER, f"{due[p.pk]}h") for p in called])
    return len(due)


def _question(now):
    return {
        "now": now,
        "hours": settings.REMIND_HOURS_BEFORE,
        "furthest": timedelta(hours=max(settings.REMIND_HOURS_BEFORE, default=0), days=1),
        "opens": settings.QUIET_UNTIL,
        "closes": settings.QUIET_FROM,
        "leaves": MORNING_LEAVES,
        "evening": EVENING_BEFORE_NIGHT,
        "zone": timezone.get_current_timezone_name(),
        "at_most": AT_MOST,
    }
