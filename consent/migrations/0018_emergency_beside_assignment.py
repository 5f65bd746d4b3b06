"""The projection counts what is opened in an emergency beside the assignments: who begins later may let themselves in."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "case_scope.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0017_no_law_opens_a_kind_of_data"),
        ("cases", "0006_a_right_for_emergencies"),
    ]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
