"""A plan version is what people agreed to: it never changes."""

from django.db import migrations

SQL = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON actionplans_planversion
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0002_initial"), ("audit", "0002_refuse_change")]

    operations = [migrations.RunSQL(SQL, "DROP TRIGGER refuse_change ON actionplans_planversion")]
