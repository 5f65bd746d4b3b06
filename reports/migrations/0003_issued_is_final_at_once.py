"""Counting gives up after some attempts; an issued report is unchangeable from the moment it is issued."""

from django.db import migrations, models

FINAL = """
DROP TRIGGER issued_never_changes ON reports_monthlyreport;
CREATE TRIGGER issued_never_changes BEFORE UPDATE OR DELETE ON reports_monthlyreport
  FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION audit_refuse_change()
"""
BEFORE = """
DROP TRIGGER issued_never_changes ON reports_monthlyreport;
CREATE TRIGGER issued_never_changes BEFORE UPDATE OR DELETE ON reports_monthlyreport
  FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL AND OLD.document_id IS NOT NULL)
  EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_issued_never_changes")]

    operations = [
        migrations.AddField(
            model_name="monthlyreport",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(FINAL, BEFORE),
    ]
