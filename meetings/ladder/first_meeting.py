"""The ladder of the first meeting, and the question how a meeting went."""

from meetings.ladder.telling import TELL

# First the rungs whose day has come and that nobody was told of: almost none in an ordinary minute. Of those, the
# clocks of open cases that no hold stops today and no first meeting is booked for. Days of rest move the rungs too.
RUNGS = """
WITH new AS MATERIALIZED (
  SELECT d.id, d.case_id, d.starts_on + d.moved_days AS starts_on, d.due_on, rung.day, rung.role
    FROM cases_deadline d
    JOIN cases_deadlinerule rule ON rule.id = d.rule_id AND rule.code = 'first_meeting'
    JOIN cases_deadlinerung rung ON rung.rule_id = d.rule_id
     AND d.starts_on <= %(today)s::date - rung.day AND d.starts_on <= %(today)s::date - rung.day - d.moved_days
   WHERE d.met_on IS NULL AND d.closed_on IS NULL
     AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.kind = 'first_meeting'
                        AND n.object_key = 'deadline:' || d.id AND n.period = rung.day::text)
), due AS MATERIALIZED (
  SELECT 'first_meeting' AS kind, 'deadline:' || new.id AS key, new.day::text AS period,
         'Dag ' || new.day || '. Sista dag ' || new.due_on || '.' AS says, new.starts_on + new.day AS told_on,
         'application' AS category, new.role, new.case_id, c.number, c.organisation_id, c.unit_id, c.municipality_id,
         NULL::bigint AS worker_id
    FROM new JOIN cases_case c ON c.id = new.case_id AND c.closed_on IS NULL
   WHERE NOT EXISTS (SELECT FROM cases_deadlinehold h WHERE h.deadline_id = new.id AND h.since <= %(today)s
                        AND (h.until IS NULL OR h.until >= %(today)s) AND h.since <= new.due_on)
     AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.case_id = new.case_id AND m.kind = 'first'
                        AND m.status IN ('planned', 'prepared', 'consent_confirmed'))
)"""
CLIMB = ", ".join([RUNGS, TELL])

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
