"""Promises with a day of their own: reviews of delmål, looks back after a case, answers to referrals and needs.

Each is a question that gives its open promises; what it promises, and whom the ladder tells, is a dated rule of the
municipality. A promise that was moved is told again by its new day.
"""

from meetings.ladder.telling import TELL

MILESTONES = """
SELECT 'milestone:' || m.id AS key, m.case_id, m.responsible_user_id AS responsible_id,
       CASE WHEN m.reviewed_on >= m.follow_up_on THEN m.due_on ELSE least(m.follow_up_on, m.due_on) END AS due_on
  FROM actionplans_milestone m
  JOIN actionplans_actionplan plan ON plan.id = m.plan_id AND plan.ended_on IS NULL
  JOIN cases_case c ON c.id = m.case_id AND c.closed_on IS NULL
 WHERE m.status IN ('not_started', 'ongoing')
"""

FOLLOW_UPS = """
SELECT 'after_follow_up:' || f.id AS key, f.case_id, NULL::bigint AS responsible_id, f.due_on
  FROM cases_afterfollowup f JOIN cases_case c ON c.id = f.case_id AND c.closed_on IS NOT NULL
 WHERE f.done_on IS NULL
"""

REFERRALS = """
SELECT 'referral:' || r.id AS key, r.case_id, r.sent_by_id AS responsible_id, r.answer_due_on AS due_on
  FROM cases_referral r JOIN cases_case c ON c.id = r.case_id AND c.closed_on IS NULL
 WHERE r.status = 'waiting'
"""

NEEDS = """
SELECT 'need:' || n.id AS key, n.raised_by_id AS responsible_id, n.answer_due_on AS due_on, n.title,
       n.raised_by_organisation_id AS organisation_id, n.municipality_id
  FROM needs_unmetneed n
 WHERE n.decided_on IS NULL
"""

# The municipality's own rule before the common one, as cases.clocks chooses it. What fell due before anybody had
# made such a promise is no debt.
RULES = """
rules AS MATERIALIZED (
  SELECT DISTINCT ON (town.code) town.code AS municipality_id, rule.id,
         (SELECT min(first.valid_from) FROM cases_deadlinerule first WHERE first.code = %(code)s) AS since
    FROM accounts_municipality town
    JOIN cases_deadlinerule rule ON rule.code = %(code)s
     AND (rule.municipality_id = town.code OR rule.municipality_id IS NULL)
     AND rule.valid_from <= %(today)s AND (rule.valid_until IS NULL OR rule.valid_until >= %(today)s)
   ORDER BY town.code, rule.municipality_id NULLS LAST, rule.valid_from DESC
)
"""

UNTOLD = """
NOT EXISTS (SELECT FROM notices_notice n WHERE n.kind = %(kind)s AND n.object_key = p.key
               AND n.period = p.due_on || ':' || rung.day)
"""

CLIMB_CASES = """
WITH {rules}, due AS MATERIALIZED (
  SELECT %(kind)s AS kind, p.key, p.due_on || ':' || rung.day AS period, 'Senast ' || p.due_on || '.' AS says,
         p.due_on + rung.day AS told_on, %(category)s AS category, rung.role,
         p.case_id, c.number, c.organisation_id, c.unit_id, c.municipality_id,
         (SELECT g.user_id FROM consent_casegrant g
           WHERE g.content_object_id = p.case_id AND g.user_id = p.responsible_id AND g.since <= %(today)s
             AND (g.until IS NULL OR g.until >= %(today)s) LIMIT 1) AS worker_id
    FROM ({promises}) p
    JOIN cases_case c ON c.id = p.case_id
    JOIN rules ON rules.municipality_id = c.municipality_id
    JOIN cases_deadlinerung rung ON rung.rule_id = rules.id AND p.due_on <= %(today)s::date - rung.day
     AND p.due_on >= rules.since - rung.day
   WHERE {untold}
), {tell}
"""

CLIMB_NEEDS = """
WITH {rules}, due AS MATERIALIZED (
  SELECT p.*, rung.day, rung.role
    FROM ({promises}) p
    JOIN rules ON rules.municipality_id = p.municipality_id
    JOIN cases_deadlinerung rung ON rung.rule_id = rules.id AND p.due_on <= %(today)s::date - rung.day
     AND p.due_on >= rules.since - rung.day
   WHERE {untold}
)
INSERT INTO notices_notice (kind, object_key, period, recipient_id, text, due_on)
SELECT %(kind)s, due.key, due.due_on || ':' || due.day, u.id,
       left(due.title, 150) || '. Svar senast ' || due.due_on || '.', due.due_on + due.day
  FROM due
  JOIN accounts_user u ON u.is_active AND (
       (due.role = 'case_worker' AND u.id = due.responsible_id)
    OR EXISTS (SELECT FROM accounts_roleassignment r WHERE r.user_id = u.id AND r.role = due.role
                  AND due.role <> 'case_worker' AND r.since <= %(today)s AND (r.until IS NULL OR r.until >= %(today)s)
                  AND (r.municipality_id = due.municipality_id
                       OR (r.municipality_id IS NULL AND u.organisation_id = due.organisation_id))))
ON CONFLICT DO NOTHING
"""

# Kept, withdrawn or moved: nobody needs to be reminded of that day any more.
LAY_DOWN = """
UPDATE notices_notice n SET done_at = %(now)s
 WHERE n.kind = %(kind)s AND n.done_at IS NULL AND n.period LIKE '____-__-__:%%'
   AND NOT EXISTS (SELECT FROM ({promises}) p
                    WHERE p.key = n.object_key AND p.due_on::text = split_part(n.period, ':', 1))
"""


def _of(statement, promises):
    return statement.format(rules=RULES, promises=promises, untold=UNTOLD, tell=TELL)


# (rule's code, kind of notice, category, what lays down, what tells)
DATED = [
    ("milestone_review", "milestone_due", "plan", _of(LAY_DOWN, MILESTONES), _of(CLIMB_CASES, MILESTONES)),
    ("after_follow_up", "follow_up", "application", _of(LAY_DOWN, FOLLOW_UPS), _of(CLIMB_CASES, FOLLOW_UPS)),
    ("referral_answer", "referral_answer", "work", _of(LAY_DOWN, REFERRALS), _of(CLIMB_CASES, REFERRALS)),
    ("need_answer", "need_due", "", _of(LAY_DOWN, NEEDS), _of(CLIMB_NEEDS, NEEDS)),
]
