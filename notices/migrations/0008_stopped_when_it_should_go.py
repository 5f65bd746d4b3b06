"""A message says whose log-in it is for and about what, so that it can be stopped when it should go, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0007_minutes_are_shared_and_corrected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="category",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="reader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="record_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="record_kind",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="stopped_because",
            field=models.CharField(
                blank=True,
                choices=[("no_right", "mottagaren får inte längre öppna ärendet"), ("over", "tiden har gått ut")],
                db_default="",
                max_length=10,
                verbose_name="varför",
            ),
        ),
    ]
