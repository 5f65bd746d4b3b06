"""The monthly review of the log: drawn visits and findings that are never changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FOR_EVER = "\n".join(
    f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();"
    for table in ("consent_logreview", "consent_logvisit", "consent_logfinding")
)
UNDO = "\n".join(
    f"DROP TRIGGER refuse_change ON {table};"
    for table in ("consent_logreview", "consent_logvisit", "consent_logfinding")
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("consent", "0002_case_scope"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="månad")),
                ("seed", models.CharField(max_length=32)),
                ("drawn_on", models.DateField()),
                ("due_on", models.DateField(verbose_name="klar senast")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_reviews",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "logggranskning",
                "verbose_name_plural": "logggranskningar",
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="LogVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_id", models.BigIntegerField()),
                ("actor_name", models.CharField(max_length=200)),
                ("case_id", models.UUIDField()),
                ("case_number", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("reads", models.PositiveIntegerField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("random", "slumpvis vald"),
                                ("same_name", "samma efternamn"),
                                ("same_contact", "samma telefon eller e-post"),
                                ("colleague", "heter som en kollega"),
                                ("protected", "skyddade personuppgifter"),
                                ("closed", "avslutat ärende"),
                                ("no_action", "inget gjort i ärendet efteråt"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="consent.logreview"
                    ),
                ),
            ],
            options={
                "verbose_name": "besök att granska",
                "verbose_name_plural": "besök att granska",
            },
        ),
        migrations.CreateModel(
            name="LogFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("fine", "Hör till arbetet"),
                            ("explained", "Hör till arbetet, efter att jag har frågat"),
                            ("unexplained", "Ingen förklaring: lämnas till chefen"),
                        ],
                        max_length=20,
                        verbose_name="bedömning",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="vad som kom fram")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="finding", to="consent.logvisit"
                    ),
                ),
            ],
            options={
                "verbose_name": "bedömning",
                "verbose_name_plural": "bedömningar",
            },
        ),
        migrations.AddConstraint(
            model_name="logreview",
            constraint=models.UniqueConstraint(fields=("organisation", "month"), name="log_review_once_a_month"),
        ),
        migrations.AddConstraint(
            model_name="logvisit",
            constraint=models.UniqueConstraint(
                fields=("review", "actor_id", "case_id", "day"), name="log_visit_drawn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="logfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "fine"), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="log_finding_says_what",
                violation_error_message="Skriv vad som kom fram.",
            ),
        ),
        migrations.RunSQL(FOR_EVER, UNDO),
    ]
