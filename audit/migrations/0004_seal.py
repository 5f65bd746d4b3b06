"""Each row is sealed in a chain when its transaction ends."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent.parent / "sql" / "seal.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_months")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"verbose_name": "sigill", "verbose_name_plural": "sigill"},
        ),
        migrations.RunSQL(SQL),
    ]
