"""The log has one table per month. Django sees the same table as before."""

from pathlib import Path

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "months.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_change")]

    operations = [
        migrations.RunSQL(SQL),
        migrations.AddIndex(model_name="entry", index=BrinIndex(fields=["at"], name="entry_at")),
    ]
