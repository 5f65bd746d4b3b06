"""The log can only be added to."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "refuse_change.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION audit_refuse_change() CASCADE")]
