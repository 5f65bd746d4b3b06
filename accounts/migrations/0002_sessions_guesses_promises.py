"""Sessions that end, guesses that are counted, and promises before the first page."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConductText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(unique=True, verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="rubrik")),
                ("body", models.TextField(help_text="En tom rad börjar ett nytt stycke.", verbose_name="text")),
                ("approved_by", models.CharField(max_length=120, verbose_name="beslutad av")),
                ("valid_from", models.DateField(verbose_name="gäller från")),
            ],
            options={
                "verbose_name": "ansvarsförbindelse",
                "verbose_name_plural": "ansvarsförbindelser",
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=64)),
                ("address", models.CharField(blank=True, max_length=64)),
                ("since", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "address"), name="guess_one_row_per_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("account", ""), _negated=True), name="guess_names_an_account"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("began_at", models.DateTimeField(null=True, verbose_name="loggade in")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="senast använd")),
                ("device", models.CharField(blank=True, max_length=80, verbose_name="enhet")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "inloggning",
                "verbose_name_plural": "inloggningar",
            },
        ),
        migrations.CreateModel(
            name="ConductPromise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="accounts.conducttext"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("text", "user"),
                        name="conduct_promised_once",
                        violation_error_message="Du har redan godkänt den här versionen.",
                    )
                ],
            },
        ),
    ]
