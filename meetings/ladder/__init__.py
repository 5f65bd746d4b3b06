"""Nobody forgets a first meeting or what came of a meeting: bevakningar made by one statement each.

A rung fires once its day has come, whichever minute the sweep runs: what is missed while the beat was down is
caught up. The unique key of Notice makes a second beat, a repeated task and a kill in the middle harmless.
"""

from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone

LOCK = crc32(b"meetings.ladder")

# First the rungs whose day has come and that nobody was told of: almost none in an ordinary minute. Of those, the
# clocks of open cases that no hold stops today and no first meeting is booked for, and then whom the rung tells.
CLIMB = """
WITH new AS MATERIALIZED (
  SELECT d.id, d.case_id, d.starts_on, d.due_on, rung.day, rung.role
    FROM cases_deadline d
    JOIN cases_deadlinerule rule ON rule.id = d.rule_id AND rule.code = 'first_meeting'
    JOIN cases_deadlinerung rung ON rung.rule_id = d.rule_id AND d.starts_on <= %(today)s::date - rung.day
   WHERE d.met_on IS NULL AND d.closed_on IS NULL
     AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.kind = 'first_meeting'
                        AND n.object_key = 'deadline:' || d.id AND n.period = rung.day::text)
), due AS MATERIALIZED (
  SELECT new.*, c.number, c.organisation_id, c.unit_id, c.municipality_id
    FROM new JOIN cases_case c ON c.id = new.case_id AND c.closed_on IS NULL
   WHERE NOT EXISTS (SELECT FROM cases_deadlinehold h WHERE h.deadline_id = new.id AND h.since <= %(today)s
                        AND (h.until IS NULL OR h.until >= %(today)s) AND h.since <= new.due_on)
     AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.case_id = new.case_id AND m.kind = 'first'
                        AND m.status IN ('planned', 'prepared', 'consent_confirmed'))
), told AS (
  SELECT due.*, g.user_id, due.case_id AS shown_case, '' AS about
    FROM due
    JOIN consent_casegrant g ON g.content_object_id = due.case_id AND g.is_responsible
     AND g.since <= %(today)s AND (g.until IS NULL OR g.until >= %(today)s)
    JOIN accounts_user u ON u.id = g.user_id AND u.organisation_id = due.organisation_id AND u.is_active
   WHERE due.role = 'case_worker'
  UNION ALL
  SELECT due.*, r.user_id, NULL, 'Ärende ' || due.number || '. '
    FROM due
    JOIN accounts_roleassignment r ON r.role = due.role
     AND r.since <= %(today)s AND (r.until IS NULL OR r.until >= %(today)s)
     AND (r.unit_id IS NULL OR r.unit_id = due.unit_id)
    JOIN accounts_user u ON u.id = r.user_id AND u.is_active
     AND (r.municipality_id = due.municipality_id
          OR (r.municipality_id IS NULL AND u.organisation_id = due.organisation_id))
     AND (u.organisation_id = due.organisation_id OR EXISTS
          (SELECT FROM consent_disclosure told WHERE told.case_id = due.case_id AND told.category = 'application'
              AND told.discloser_id = due.organisation_id AND told.recipient_id = u.organisation_id
              AND told.days @> %(today)s::date))
   WHERE due.role <> 'case_worker'
)
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT 'first_meeting', 'deadline:' || t.id, t.day::text, t.user_id, t.shown_case,
       t.about || 'Dag ' || t.day || '. Sista dag ' || t.due_on || '.', t.starts_on + t.day
  FROM told t
ON CONFLICT DO NOTHING
"""

ASK_OUTCOMES = """
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT 'no_outcome', 'meeting:' || m.id, '', coalesce(m.leader_id, m.booked_by_id), m.case_id,
       'Skriv hur det gick.', %(today)s
  FROM meetings_meeting m JOIN cases_case c ON c.id = m.case_id AND c.closed_on IS NULL
 WHERE m.status IN ('planned', 'prepared', 'consent_confirmed') AND m.ends_at < %(now)s - interval '1 hour'
   AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.kind = 'no_outcome' AND n.object_key = 'meeting:' || m.id
                      AND n.period = '' AND n.recipient_id = coalesce(m.leader_id, m.booked_by_id))
ON CONFLICT DO NOTHING
"""


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
        made = 0
        for statement in (CLIMB, ASK_OUTCOMES):
            cursor.execute(statement, moment)
            made += cursor.rowcount
    return made
