"""No law that we know lets a whole kind of data be read, and nobody wrote such rows: consents alone are asked. Fails where somebody has."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0016_reason_for_its_owner_alone"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="disclosure", name="disclosure_has_one_ground"),
        migrations.AlterField(
            model_name="disclosure",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="disclosures", to="consent.consent"
            ),
        ),
        migrations.RemoveField(model_name="disclosure", name="legal_ground"),
        migrations.DeleteModel(name="LegalGroundEvent"),
        migrations.DeleteModel(name="LegalGround"),
    ]
