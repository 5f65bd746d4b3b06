"""Whoever's second step was changed, or whose spare code was used, gets a mail about it, also if it was them.

Found in the log, one mail per act; the unique key of the outbox makes a second beat harmless.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from notices.models import Kind

LOOKS_BACK = timedelta(days=1)
TEXT = """Hej {name}!

Ditt andra steg för att logga in i Samverkan har ändrats, eller så har en reservkod använts.

Var det du behöver du inte göra något. Var det inte du: kontakta genast den som administrerar Samverkan hos er.

{sender}
"""

WRITE = """
INSERT INTO notices_outboxmessage (kind, object_key, period, channel, address, recipient_name, organisation_id, subject,
  body, language, calendar, calendar_method, due_at, attempts, failure)
SELECT DISTINCT ON (u.id, act.id) 'factors', 'user:' || u.id, act.id, 'email', u.email,
       u.given_name || ' ' || u.family_name, u.organisation_id, %(subject)s,
       replace(%(text)s, '{name}', u.given_name), 'sv', '', '', %(now)s, 0, ''
  FROM audit_entry e
 CROSS JOIN LATERAL (SELECT left(md5(coalesce(nullif(e.request_id, ''), e.id::text)), 20) AS id) act
  JOIN accounts_user u ON u.is_active AND u.id = coalesce(e.actor_id,
       CASE WHEN e.object_kind = 'user' THEN e.object_id::bigint END)
 WHERE e.at > %(since)s AND e.at < %(until)s
   AND (e.action IN ('factor_added', 'factor_removed') OR (e.action = 'logged_in' AND e.factor LIKE %(spare)s))
ON CONFLICT DO NOTHING
"""


def tell(now=None):
    """How many mails were written."""
    now = now or timezone.now()
    question = {
        "now": now,
        "since": now - LOOKS_BACK,
        "until": now + LOOKS_BACK,
        "subject": Kind.FACTORS.label,
        "text": TEXT.replace("{sender}", settings.MUNICIPALITY_NAME),
        "spare": "%reservkod%",
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, question)
        return cursor.rowcount
