"""Grounds in law with exactly the facts they name, and what was told by them, which can only be added to."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ONLY_ADDED_TO = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON consent_telling
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0001_initial"),
        ("consent", "0007_withholding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Statute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="kod")),
                ("name", models.CharField(max_length=150, verbose_name="lagrum")),
                ("about", models.CharField(max_length=300, verbose_name="vad lagen säger")),
                (
                    "discloser_kind",
                    models.CharField(
                        choices=[
                            ("social_services", "Socialtjänst"),
                            ("employment_service", "Arbetsförmedling"),
                            ("labour_market_unit", "Arbetsmarknadsenhet"),
                            ("social_insurance_agency", "Försäkringskassa"),
                            ("health_care", "Hälso- och sjukvård"),
                            ("school", "Skola"),
                            ("coordination_association", "Samordningsförbund"),
                            ("other", "Annan"),
                        ],
                        max_length=30,
                        verbose_name="vem lämnar",
                    ),
                ),
                (
                    "recipient_kind",
                    models.CharField(
                        choices=[
                            ("social_services", "Socialtjänst"),
                            ("employment_service", "Arbetsförmedling"),
                            ("labour_market_unit", "Arbetsmarknadsenhet"),
                            ("social_insurance_agency", "Försäkringskassa"),
                            ("health_care", "Hälso- och sjukvård"),
                            ("school", "Skola"),
                            ("coordination_association", "Samordningsförbund"),
                            ("other", "Annan"),
                        ],
                        max_length=30,
                        verbose_name="till vem",
                    ),
                ),
                ("facts", models.JSONField(verbose_name="uppgifter")),
                ("is_active", models.BooleanField(default=True, verbose_name="används")),
            ],
            options={
                "verbose_name": "laglig grund",
                "verbose_name_plural": "lagliga grunder",
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.JSONField()),
                ("on_request", models.BooleanField(default=False, verbose_name="de frågade")),
                ("told_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="lämnades")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tellings", to="cases.case"
                    ),
                ),
                (
                    "discloser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "statute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.statute"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppgift lämnad med stöd av lag",
                "verbose_name_plural": "uppgifter lämnade med stöd av lag",
                "indexes": [models.Index(fields=["case", "-told_on"], name="telling_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("discloser", models.F("recipient")), _negated=True), name="told_to_another"
                    )
                ],
            },
        ),
        migrations.RunSQL(ONLY_ADDED_TO, "DROP TRIGGER refuse_change ON consent_telling"),
    ]
