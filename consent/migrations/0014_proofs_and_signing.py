"""What shows that a person answered: scans, names on the screen, signed documents, and tries to have one signed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0013_no_to_more"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scan", "inläst blankett"),
                            ("drawn", "ritad underskrift"),
                            ("typed", "skrivet namn"),
                            ("electronic", "e-underskrift"),
                        ],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("signer", models.CharField(blank=True, max_length=120, verbose_name="undertecknad av")),
                ("content", models.BinaryField()),
                ("content_type", models.CharField(max_length=60)),
                ("statement", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="consent.consent"
                    ),
                ),
            ],
            options={
                "verbose_name": "underlag",
                "verbose_name_plural": "underlag",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "scan"), _negated=True),
                        fields=("consent",),
                        name="consent_is_signed_once_on_screen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=20)),
                ("reference", models.CharField(max_length=100)),
                ("url", models.CharField(max_length=500)),
                ("state", models.CharField(max_length=43, unique=True)),
                ("nonce", models.CharField(max_length=43)),
                ("text_digest", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "väntar på underskrift"),
                            ("signed", "underskriven"),
                            ("cancelled", "avbruten"),
                            ("expired", "tiden gick ut"),
                            ("refused", "gällde inte frågan"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signing_attempts",
                        to="consent.consent",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "försök till e-underskrift",
                "verbose_name_plural": "försök till e-underskrift",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending")),
                        fields=("consent",),
                        name="consent_is_signed_in_one_place_at_a_time",
                    )
                ],
            },
        ),
    ]
