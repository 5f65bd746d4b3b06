"""Who asked for another time, or none, may also be the interpreter or somebody else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_times_are_proposed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="asked_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "deltagaren"),
                    ("party", "någon av oss"),
                    ("interpreter", "tolken"),
                    ("other", "någon annan"),
                ],
                editable=False,
                max_length=12,
                verbose_name="vem bad om det",
            ),
        ),
        migrations.AlterField(
            model_name="meetingevent",
            name="asked_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "deltagaren"),
                    ("party", "någon av oss"),
                    ("interpreter", "tolken"),
                    ("other", "någon annan"),
                ],
                editable=False,
                max_length=12,
                verbose_name="vem bad om det",
            ),
        ),
    ]
