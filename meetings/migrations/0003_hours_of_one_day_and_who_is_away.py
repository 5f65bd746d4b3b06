"""One day may have other hours than usual; absences are searched by worker and nobody replaces themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_replies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OtherHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="dag")),
                ("starts", models.TimeField(blank=True, null=True, verbose_name="från")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="till")),
            ],
            options={
                "verbose_name": "andra tider en dag",
                "verbose_name_plural": "andra tider en dag",
                "ordering": ["day"],
            },
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["user", "ends_at"], name="absence_of_worker"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("substitute", None), models.Q(("substitute", models.F("user")), _negated=True), _connector="OR"
                ),
                name="absence_has_somebody_else",
                violation_error_message="Ingen kan ersätta sig själv.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="absence",
            name="absence_in_order",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="absence_in_order",
                violation_error_message="Frånvaron kan inte sluta innan den börjar.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="availability",
            name="available_hours_in_order",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))),
                name="available_hours_in_order",
                violation_error_message="Tiden kan inte sluta innan den börjar.",
            ),
        ),
        migrations.AddField(
            model_name="otherhours",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="other_hours", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="otherhours",
            constraint=models.UniqueConstraint(
                fields=("user", "day"),
                name="other_hours_once_a_day",
                violation_error_message="Det finns redan andra tider för den dagen. Ta bort dem först.",
            ),
        ),
        migrations.AddConstraint(
            model_name="otherhours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends", None), ("starts", None)), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                name="other_hours_in_order",
                violation_error_message="Tiden kan inte sluta innan den börjar.",
            ),
        ),
    ]
