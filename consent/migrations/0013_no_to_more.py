"""A no to a longer or a wider consent is a step of its life."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0012_emergency_access"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consentstep",
            name="what",
            field=models.CharField(
                choices=[
                    ("asked", "blankett lämnad"),
                    ("given", "lämnat"),
                    ("declined", "nej"),
                    ("extended", "förlängt"),
                    ("kept", "nej till att dela mer eller längre"),
                    ("narrowed", "minskat"),
                    ("withdrawn", "återkallat"),
                    ("confirmed", "bekräftat vid möte"),
                ],
                max_length=10,
            ),
        ),
    ]
