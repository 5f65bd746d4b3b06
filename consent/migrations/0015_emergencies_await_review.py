"""An opening in an emergency waits for its review at once, beside the months that are drawn."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("consent", "0014_proofs_and_signing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="logreview",
            name="log_review_once_a_month",
        ),
        migrations.AddField(
            model_name="logreview",
            name="emergency",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review",
                to="consent.emergencyaccess",
            ),
        ),
        migrations.AddConstraint(
            model_name="logreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("emergency", None)),
                fields=("organisation", "month"),
                name="log_review_once_a_month",
            ),
        ),
    ]
