"""The projection's functions and triggers, and steps of a consent that can only be added to."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "sql"
SQL = (FOLDER / "case_scope.sql").read_text() + (FOLDER / "case_scope_triggers.sql").read_text()
UNDO = """
DROP FUNCTION consent_casescope_on_grant(), consent_casescope_on_case_row(), consent_casescope_on_case(),
  consent_casescope_on_individual(), consent_casescope_on_worker(), consent_casescope_on_unit(),
  consent_casescope_difference(),
  consent_casescope_refresh(uuid[]), consent_casescope_desired(uuid[]) CASCADE
"""
STEPS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON consent_consentstep
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("audit", "0002_refuse_change"), ("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL, UNDO),
        migrations.RunSQL(STEPS, "DROP TRIGGER refuse_change ON consent_consentstep"),
    ]
