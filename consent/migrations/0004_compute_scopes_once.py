"""For databases made before: the refresh computes its definition once, with a plan that is kept."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "case_scope.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_consents_of_a_discloser")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
