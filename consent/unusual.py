"""Tell when somebody reads about unusually many people in an hour: one statement, however many who read."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

# A little more than an hour, so that nothing falls between two beats.
WINDOW = timedelta(minutes=65)

# Once a day for the warning and once for the stop. Told are the organisation's log reviewers and the unit's manager,
# never the reader.
WARN = """
INSERT INTO notices_notice (kind, recipient_id, object_key, period, text, due_on)
SELECT DISTINCT 'unusual_reading', r.user_id, 'user:' || a.actor_id, %(day)s || ' ' || a.rung,
       left(u.given_name || ' ' || u.family_name, 120) || ' har öppnat ' || a.people ||
       ' personers ärenden på en timme', %(day)s::date
  FROM (SELECT actor_id, count(DISTINCT case_id) AS people,
               CASE WHEN count(DISTINCT case_id) >= %(stops)s THEN 'stopp' ELSE 'varning' END AS rung
          FROM audit_entry WHERE at > %(since)s AND at < %(now)s AND action = 'read' AND actor_id IS NOT NULL
         GROUP BY actor_id HAVING count(DISTINCT case_id) >= %(warns)s) a
  JOIN accounts_user u ON u.id = a.actor_id
  JOIN accounts_user w ON w.organisation_id = u.organisation_id AND w.id <> u.id AND w.is_active
  JOIN accounts_roleassignment r ON r.user_id = w.id AND r.since <= %(day)s::date
   AND (r.until IS NULL OR r.until >= %(day)s::date)
   AND (r.role = 'log_reviewer' OR r.role = 'unit_manager' AND (r.unit_id IS NULL OR r.unit_id = u.unit_id))
ON CONFLICT DO NOTHING
"""


def warn(now):
    """How many were told."""
    limits = {"warns": settings.READ_AN_HOUR_WARNS, "stops": settings.READ_AN_HOUR_STOPS}
    when = {"since": now - WINDOW, "now": now + WINDOW, "day": timezone.localdate(now).isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(WARN, limits | when)
        return cursor.rowcount
