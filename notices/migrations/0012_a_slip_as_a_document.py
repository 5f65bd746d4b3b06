"""The person's two questions can be asked for as a PDF."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0011_one_index_of_the_case"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("consent_form", "Samtyckesblankett"),
                    ("consent_receipt", "Kvitto på samtycke"),
                    ("plan", "Handlingsplan"),
                    ("minutes", "Protokoll"),
                    ("readers", "Vem har läst"),
                    ("monthly_report", "Månadsrapport"),
                    ("letter", "Brev"),
                    ("voice_slip", "Två frågor"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
    ]
