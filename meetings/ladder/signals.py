"""What one party has written down and another should know of soon, told once: an answered referral to the one who
asked, and to the other parties that somebody is no longer registered at AF (S53, S84). The words say nothing."""

ANSWERED = """
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT 'signal', 'referral:' || r.id, 'answered', u.id, r.case_id, %(says)s, %(today)s
  FROM cases_referral r
  JOIN cases_case c ON c.id = r.case_id AND c.closed_on IS NULL
  JOIN accounts_user u ON u.id = r.sent_by_id AND u.is_active
  JOIN accounts_user who ON who.id = r.recorded_by_id AND who.organisation_id <> u.organisation_id
 WHERE r.answered_on BETWEEN %(since)s AND %(today)s
   AND EXISTS (SELECT FROM consent_casegrant g WHERE g.content_object_id = r.case_id AND g.user_id = u.id
                  AND g.since <= %(today)s AND (g.until IS NULL OR g.until >= %(today)s))
ON CONFLICT DO NOTHING
"""

# Only those whom the owner tells about work, and from whom it does not keep this very row.
DEREGISTERED = """
INSERT INTO notices_notice (kind, object_key, period, recipient_id, case_id, text, due_on)
SELECT 'signal', 'pes:' || p.id, 'ended', u.id, p.case_id, %(says)s, %(today)s
  FROM cases_pesregistration p
  JOIN cases_case c ON c.id = p.case_id AND c.closed_on IS NULL
  JOIN consent_casegrant g ON g.content_object_id = p.case_id
   AND g.since <= %(today)s AND (g.until IS NULL OR g.until >= %(today)s)
  JOIN accounts_user u ON u.id = g.user_id AND u.is_active
  JOIN consent_disclosure told ON told.case_id = p.case_id AND told.category = 'work'
   AND told.discloser_id = p.owner_id AND told.recipient_id = u.organisation_id AND told.days @> %(today)s::date
 WHERE p.until BETWEEN %(since)s AND %(today)s
   AND NOT EXISTS (SELECT FROM consent_keptrow w WHERE w.case_id = p.case_id AND w.recipient_id = u.organisation_id
                      AND w.record_kind = 'pesregistration' AND w.record_id = p.id AND w.days @> %(today)s::date)
ON CONFLICT DO NOTHING
"""

SIGNALS = (ANSWERED, DEREGISTERED)
