"""Whom a rung tells: the same for every promise. `due` holds the rungs whose day has come and nobody was told of."""

# A case worker is the one named in the promise while assigned, else who is responsible; they get the case to open. A
# role is told of its own organisation's cases, or of those whose lead tells its organisation about them, by number.
TELL = """
told AS (
  SELECT due.*, g.user_id, due.case_id AS shown_case, '' AS about
    FROM due
    JOIN consent_casegrant g ON g.content_object_id = due.case_id
     AND g.since <= %(today)s AND (g.until IS NULL OR g.until >= %(today)s)
     AND (g.user_id = due.worker_id OR (due.worker_id IS NULL AND g.is_responsible))
    JOIN accounts_user u ON u.id = g.user_id AND u.is_active
     AND (u.organisation_id = due.organisation_id OR due.worker_id IS NOT NULL)
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
          (SELECT FROM consent_disclosure told WHERE told.case_id = due.case_id AND told.category = due.category
              AND told.discloser_id = due.organisation_id AND told.recipient_id = u.organisation_id
              AND told.days @> %(today)s::date))
   WHERE due.role <> 'case_worker' AND due.case_id IS NOT NULL
)
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT t.kind, t.key, t.period, t.user_id, t.shown_case, t.about || t.says, t.told_on
  FROM told t
ON CONFLICT DO NOTHING
"""
