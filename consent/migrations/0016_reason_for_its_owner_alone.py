"""Which rows are withheld is a view of the owner's; the list with its reasons is shut to those it is kept from."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0015_emergencies_await_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptRow",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("record_kind", models.CharField(max_length=40)),
                ("record_id", models.BigIntegerField()),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "db_table": "consent_keptrow",
                "managed": False,
            },
        ),
    ]
