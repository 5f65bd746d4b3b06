"""An issued report is what the steering group read: no column of it changes, and it is never removed."""

from django.db import migrations

SQL = """
CREATE TRIGGER issued_never_changes BEFORE UPDATE OR DELETE ON reports_monthlyreport
  FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("audit", "0002_refuse_change")]

    operations = [migrations.RunSQL(SQL, "DROP TRIGGER issued_never_changes ON reports_monthlyreport")]
