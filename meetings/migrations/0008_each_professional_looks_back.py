"""Feedback by each professional, the observer's apart, and the paper with the person's two questions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("meetings", "0007_the_talk_goes_through_each_milestone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcessFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.PositiveSmallIntegerField(verbose_name="följdes metoden?")),
                ("attitude", models.PositiveSmallIntegerField(verbose_name="möttes personen med respekt?")),
                ("line", models.CharField(blank=True, max_length=300, verbose_name="något att lära av?")),
            ],
        ),
        migrations.CreateModel(
            name="VoiceSlip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True)),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="feedback",
            name="feedback_once_per_organisation",
        ),
        migrations.RemoveConstraint(
            model_name="feedback",
            name="feedback_one_to_five",
        ),
        migrations.AddField(
            model_name="feedback",
            name="given_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="feedback",
            name="person_heard",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="fick personen komma till tals?"),
        ),
        migrations.AddField(
            model_name="feedback",
            name="roles_held",
            field=models.PositiveSmallIntegerField(
                null=True, verbose_name="höll vi det vi kom överens om i förberedelsen?"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.UniqueConstraint(fields=("meeting", "given_by"), name="feedback_once_per_professional"),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cooperation__range", (1, 5)),
                    ("reached__range", (1, 5)),
                    models.Q(("roles_held", None), ("roles_held__range", (1, 5)), _connector="OR"),
                    models.Q(("person_heard", None), ("person_heard__range", (1, 5)), _connector="OR"),
                ),
                name="feedback_one_to_five",
                violation_error_message="Välj ett värde från 1 till 5.",
            ),
        ),
        migrations.AddField(
            model_name="processfeedback",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="processfeedback",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="process_feedback", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="voiceslip",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="voice_slip", to="meetings.meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="processfeedback",
            constraint=models.UniqueConstraint(
                fields=("meeting", "given_by"), name="process_feedback_once_per_observer"
            ),
        ),
        migrations.AddConstraint(
            model_name="processfeedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__range", (1, 5)), ("attitude__range", (1, 5))),
                name="process_feedback_one_to_five",
                violation_error_message="Välj ett värde från 1 till 5.",
            ),
        ),
    ]
