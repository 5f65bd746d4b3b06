"""A protected person's case opens for those it is granted to by name, no longer through their unit."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "sql"
SQL = (FOLDER / "case_scope.sql").read_text() + (FOLDER / "case_scope_triggers.sql").read_text()
CLOSE = """
SELECT consent_casescope_refresh(array_agg(c.id))
  FROM cases_case c JOIN cases_individual i ON i.id = c.individual_id AND i.protection <> 'none'
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_access_requests"), ("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
    ]
