"""Warn 30 and 7 days before a consent ends, 7 before an assignment does, and of questions about access that wait:
one statement each, however many."""

from django.db import connection

# Once per rung. Not when another consent lets tell the same to the same for longer, and not for a consent that
# was never meant to last longer than the rung.
WARN = """
INSERT INTO notices_notice (kind, recipient_id, case_id, object_key, period, text, due_on)
SELECT 'consent_expires', g.user_id, c.case_id, 'consent:' || c.id, r.days::text,
       'Gäller till och med ' || to_char(c.valid_until, 'YYYY-MM-DD'), %(day)s
  FROM consent_consent c
  JOIN LATERAL (SELECT CASE WHEN c.valid_until - %(day)s <= 7 THEN 7 ELSE 30 END AS days) r ON true
  JOIN cases_case k ON k.id = c.case_id AND k.closed_on IS NULL
  JOIN consent_casegrant g ON g.content_object_id = c.case_id AND g.is_responsible
   AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s)
  JOIN accounts_user u ON u.id = g.user_id AND u.is_active AND u.organisation_id = c.discloser_id
 WHERE c.answer = 'given' AND c.withdrawn_at IS NULL AND c.replaced_at IS NULL AND c.valid_from <= %(day)s
   AND c.valid_until BETWEEN %(day)s AND %(day)s + 30
   AND c.valid_until - c.valid_from > r.days
   AND EXISTS (
       SELECT 1 FROM consent_disclosure d
        WHERE d.consent_id = c.id AND NOT EXISTS (
              SELECT 1 FROM consent_disclosure longer
               WHERE longer.case_id = d.case_id AND longer.discloser_id = d.discloser_id
                 AND longer.recipient_id = d.recipient_id AND longer.category = d.category
                 AND upper(longer.days) > upper(d.days)))
ON CONFLICT DO NOTHING
"""

# Once per last day. Nothing about a case that the worker does not see, or an assignment meant to be that short.
WARN_ASSIGNED = """
INSERT INTO notices_notice (kind, recipient_id, case_id, object_key, period, text, due_on)
SELECT 'assignment_ends', g.user_id, k.id, 'grant:' || g.id, g.until::text,
       'Du ser ärendet till och med ' || to_char(g.until, 'YYYY-MM-DD'), %(day)s
  FROM consent_casegrant g
  JOIN cases_case k ON k.id = g.content_object_id AND k.closed_on IS NULL
  JOIN accounts_user u ON u.id = g.user_id AND u.is_active
  JOIN consent_accessscope s ON s.user_id = u.id
  JOIN consent_casescope c ON c.case_id = k.id AND c.scope_id = s.id AND c.days @> %(day)s::date
 WHERE g.until BETWEEN %(day)s AND %(day)s + 7 AND g.since <= %(day)s AND g.until - g.since > 7
ON CONFLICT DO NOTHING
"""

# The managers who can answer; again every third day if they have ticked it off and not answered. Not by the question
# itself, which takes the same time whether there is such a case or not.
WARN_UNANSWERED = """
INSERT INTO notices_notice (kind, recipient_id, object_key, period, text, due_on)
SELECT DISTINCT 'access', m.id, 'access_waits:' || a.id, w.days / 3 * 3,
       left(u.given_name || ' ' || u.family_name, 100) || ' väntar på svar om ärende ' || k.number, %(day)s
  FROM consent_accessrequest a
  JOIN LATERAL (SELECT %(day)s - (a.asked_at AT TIME ZONE 'Europe/Stockholm')::date AS days) w ON true
  JOIN cases_case k ON k.id = a.case_id
  JOIN accounts_user u ON u.id = a.asker_id AND u.is_active
  JOIN accounts_user m ON m.organisation_id = a.organisation_id AND m.is_active AND m.id <> u.id
  JOIN accounts_roleassignment r ON r.user_id = m.id AND r.role = 'unit_manager' AND r.since <= %(day)s
   AND (r.until IS NULL OR r.until >= %(day)s) AND (r.unit_id IS NULL OR r.unit_id = a.unit_id)
 WHERE a.answered_at IS NULL
   AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.recipient_id = m.id AND n.kind = 'access'
                      AND n.object_key = 'access_waits:' || a.id AND n.done_at IS NULL)
ON CONFLICT DO NOTHING
"""


def warn(day):
    """How many responsible workers were told."""
    return _told(WARN, day)


def warn_assigned(day):
    """How many workers were told."""
    return _told(WARN_ASSIGNED, day)


def warn_unanswered(day):
    """How many managers were told."""
    return _told(WARN_UNANSWERED, day)


def _told(statement, day):
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day})
        return cursor.rowcount
