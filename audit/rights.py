"""What the application's database role may do. Run by the owner after every migration."""

from django.conf import settings
from django.db import connection
from psycopg import sql

from audit.models import Entry

APPEND_ONLY = [
    "consent_logreview",
    "consent_logvisit",
    "consent_logfinding",
    "consent_telling",
    "consent_consentproof",
    "cases_deadlineevent",
    "cases_deadlineholdevent",
    "consent_emergencyaccess",
]
NEVER_REMOVED = ["consent_accessrequest", "consent_withholding", "consent_signingattempt"]
SET_BY_DATABASE = {"id", "at"}
DERIVED = ["audit_seal", "consent_casescope", "consent_accessscope", "consent_keptrow"]


def grant_rights():
    """The application reads and writes every table, only adds to the log without choosing number or time, and only
    reads what triggers derive."""
    role = sql.Identifier(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        for statement in _statements(role):
            cursor.execute(statement)


def _statements(role):
    everything = "ALL TABLES IN SCHEMA public"
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
    yield sql.SQL(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {everything} TO {{}}").format(role)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
    yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(role)
    yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON audit_entry FROM {}").format(role)
    told = [field.column for field in Entry._meta.concrete_fields if field.column not in SET_BY_DATABASE]
    columns = sql.SQL(", ").join(map(sql.Identifier, told))
    yield sql.SQL("GRANT INSERT ({}) ON audit_entry TO {}").format(columns, role)
    for table in APPEND_ONLY:
        yield sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role)
    for table in NEVER_REMOVED:
        yield sql.SQL("REVOKE DELETE ON {} FROM {}").format(sql.Identifier(table), role)
    for table in DERIVED:
        yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role)
