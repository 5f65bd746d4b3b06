"""Draw last month's visits for review, and tell who must review them. Set-based, and harmless to repeat.

What was opened in an emergency waits for its review at once, and is not drawn again.
"""

import secrets
from datetime import timedelta

from django.db import connection, transaction

from audit.months import month_of
from cases.rules import due_on
from consent.emergency import GROUND
from consent.models import LogReview, LogVisit
from consent.sight import PROTECTED

DAYS_TO_REVIEW = 35
WORKING_DAYS_FOR_AN_EMERGENCY = 5
AT_RANDOM = 20
OF_EACH_KIND = 5

READERS = """
SELECT DISTINCT e.organisation_id FROM audit_entry e JOIN accounts_organisation o ON o.id = e.organisation_id
 WHERE e.at >= %(since)s AND e.at < %(until)s AND e.action = 'read' AND e.case_id IS NOT NULL
"""

# A visit is one worker's reading of one case on one day. Its place in the draw is a hash of it and the seed; the first
# of all are drawn at random, and the first of each kind that is worth a second look. Of protected people's cases all
# are drawn, also when the protection came after the visit or has ended since; of those opened in an emergency too.
DRAW = """
WITH visits AS (
  SELECT actor_id, case_id, (at AT TIME ZONE 'Europe/Stockholm')::date AS day, min(at) AS since, count(*) AS reads,
         min(actor_name) AS actor_name, min(case_number) AS case_number,
         bool_or(ground LIKE '%%' || %(protected)s) AS protected,
         bool_or(ground LIKE %(emergency)s || '%%') AS emergency
    FROM audit_entry
   WHERE organisation_id = %(organisation)s AND at >= %(since)s AND at < %(until)s
     AND action = 'read' AND case_id IS NOT NULL AND actor_id IS NOT NULL
   GROUP BY 1, 2, 3
), fresh AS (
  SELECT v.* FROM visits v
   WHERE NOT EXISTS (SELECT FROM consent_logvisit x JOIN consent_logreview r ON r.id = x.review_id
                      WHERE r.emergency_id IS NOT NULL
                        AND (x.actor_id, x.case_id, x.day) = (v.actor_id, v.case_id, v.day))
), placed AS (
  SELECT v.*, md5(%(seed)s || v.actor_id || v.case_id || v.day) AS place, ARRAY[
      CASE WHEN lower(u.family_name) = lower(i.family_name) THEN 'same_name' END,
      CASE WHEN u.email = lower(i.email) OR length(i.phone) >= 7
            AND right(regexp_replace(u.phone, '\\D', '', 'g'), 9) = right(regexp_replace(i.phone, '\\D', '', 'g'), 9)
           THEN 'same_contact' END,
      CASE WHEN EXISTS (SELECT FROM accounts_user c
                         WHERE c.organisation_id = %(organisation)s AND lower(c.family_name) = lower(i.family_name)
                           AND lower(c.given_name) = lower(i.given_name)) THEN 'colleague' END,
      CASE WHEN v.protected OR i.protection <> 'none' THEN 'protected' END,
      CASE WHEN v.emergency THEN 'emergency' END,
      CASE WHEN k.closed_on < v.day THEN 'closed' END,
      CASE WHEN NOT EXISTS (SELECT FROM audit_entry l
                             WHERE l.case_id = v.case_id AND l.actor_id = v.actor_id AND l.at >= v.since
                               AND l.action NOT IN ('read', 'log_read', 'printed', 'searched', 'revealed', 'refused'))
           THEN 'no_action' END] AS kinds
    FROM fresh v
    JOIN accounts_user u ON u.id = v.actor_id
    JOIN cases_case k ON k.id = v.case_id
    JOIN cases_individual i ON i.id = k.individual_id
), ranked AS (
  SELECT p.*, 'random' AS reason, row_number() OVER (ORDER BY place) AS turn, %(at_random)s AS size FROM placed p
  UNION ALL
  SELECT p.*, kind, row_number() OVER (PARTITION BY kind ORDER BY place), %(of_each)s
    FROM placed p, unnest(p.kinds) AS kind WHERE kind IS NOT NULL
)
INSERT INTO consent_logvisit (review_id, actor_id, actor_name, case_id, case_number, day, reads, reasons)
SELECT %(review)s, actor_id, actor_name, case_id, case_number, day, reads, array_agg(reason ORDER BY reason)
  FROM ranked WHERE turn <= size OR reason IN ('protected', 'emergency')
 GROUP BY actor_id, actor_name, case_id, case_number, day, reads
ON CONFLICT DO NOTHING
"""

# The reviewers when it is drawn, and the managers too when it is late. Nobody is told of a review without visits, or of
# themselves. Of an emergency both were told when it was opened.
TELL = """
INSERT INTO notices_notice (kind, recipient_id, object_key, period, text, due_on)
SELECT DISTINCT 'log_review', w.id, 'log_review:' || v.id, s.step,
       CASE WHEN v.emergency_id IS NOT NULL THEN 'En nödåtkomst skulle ha varit granskad'
            ELSE 'Läsningar i ' || to_char(v.month, 'YYYY-MM') ||
                 CASE s.step WHEN 'late' THEN ' skulle ha varit granskade' ELSE ' att granska' END END,
       CASE s.step WHEN 'late' THEN %(day)s ELSE v.due_on - 7 END
  FROM consent_logreview v
  JOIN LATERAL (SELECT CASE WHEN v.due_on < %(day)s THEN 'late' ELSE 'drawn' END AS step) s ON true
  JOIN accounts_user w ON w.organisation_id = v.organisation_id AND w.is_active
  JOIN accounts_roleassignment r ON r.user_id = w.id AND r.since <= %(day)s AND (r.until IS NULL OR r.until >= %(day)s)
   AND (r.role = 'log_reviewer' OR r.role = 'unit_manager' AND s.step = 'late')
 WHERE EXISTS (SELECT FROM consent_logvisit x LEFT JOIN consent_logfinding f ON f.visit_id = x.id
                WHERE x.review_id = v.id AND f.id IS NULL
                  AND (v.emergency_id IS NULL OR x.actor_id <> w.id AND s.step = 'late'))
ON CONFLICT DO NOTHING
"""


def draw_due(day):
    """Last month's review of each organisation whose people have read anything; those drawn already are left alone."""
    month, since, until = month_of(day.replace(day=1) - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(READERS, {"since": since, "until": until})
        readers = {pk for (pk,) in cursor.fetchall()}
    drawn = LogReview.objects.filter(month=month, emergency=None).values_list("organisation_id", flat=True)
    for organisation_id in sorted(readers.difference(drawn)):
        draw(organisation_id, day, month=month, seed=secrets.token_hex(16))


@transaction.atomic
def draw(organisation_id, day, *, month, seed):
    """The visits that this seed gives."""
    _, since, until = month_of(month)
    review = LogReview.objects.create(
        organisation_id=organisation_id,
        month=month,
        seed=seed,
        drawn_on=day,
        due_on=day + timedelta(days=DAYS_TO_REVIEW),
    )
    sizes = {"at_random": AT_RANDOM, "of_each": OF_EACH_KIND, "protected": PROTECTED, "emergency": GROUND}
    chosen = {"organisation": organisation_id, "since": since, "until": until, "seed": seed, "review": review.pk}
    with connection.cursor() as cursor:
        cursor.execute(DRAW, chosen | sizes)
    return review


def await_review(opened, day):
    """One opening, as the visit that its reviewer looks at: what was done that day is read from the log."""
    month, _, _ = month_of(day)
    due = due_on(day, days=WORKING_DAYS_FOR_AN_EMERGENCY, counts="working")
    review = LogReview.objects.create(
        organisation_id=opened.organisation_id, month=month, seed="", drawn_on=day, due_on=due, emergency=opened
    )
    LogVisit.objects.create(
        review=review,
        actor_id=opened.user_id,
        actor_name=opened.user.full_name,
        case_id=opened.case_id,
        case_number=opened.case.number,
        day=day,
        reads=0,
        reasons=[LogVisit.Reason.EMERGENCY],
    )


def tell(day):
    """How many were told."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, {"day": day})
        return cursor.rowcount
