"""Log-in through the employer: an identity by issuer and subject."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sessions_guesses_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="namn hos utfärdaren")),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "subject"),
                        name="identity_opens_one_account",
                        violation_error_message="Tjänstelegitimationen är redan kopplad till en annan användare.",
                    ),
                    models.UniqueConstraint(
                        fields=("issuer", "user"),
                        name="identity_one_per_issuer",
                        violation_error_message="Du har redan kopplat en tjänstelegitimation. Ta bort den först.",
                    ),
                ],
            },
        ),
    ]
