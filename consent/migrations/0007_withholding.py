"""The withhold list, which takes days away from what consents allow."""

from pathlib import Path

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import consent.models.days

FOLDER = Path(__file__).parent.parent / "sql"
UNDO = """
DROP TRIGGER keep_days ON consent_disclosure;
DROP FUNCTION consent_disclosure_keep_days(), consent_withholding_takes_effect(), consent_withholding_lift_once() CASCADE;
"""
# Who sees which case stays the same, so the projection need not be told.
AGREED = """
ALTER TABLE consent_disclosure DISABLE TRIGGER casescope_update;
UPDATE consent_disclosure SET agreed = days;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE consent_disclosure ENABLE TRIGGER casescope_update;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0001_initial"),
        ("consent", "0006_consent_replaced"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="agreed",
            field=consent.models.days.DateMultirangeField(db_default=models.Value("{}"), editable=False),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="days",
            field=consent.models.days.DateMultirangeField(),
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("contact", "kontaktuppgifter, språk och stödbehov"),
                            ("application", "ansökan och tidsgränser"),
                            ("plan", "handlingsplan"),
                            ("meeting", "möten och vad som bestäms där"),
                            ("assessment", "kartläggning"),
                            ("work", "arbete och utbildning"),
                            ("note", "anteckningar som delas"),
                            ("economy", "försörjning och ekonomi"),
                            ("health", "hälsa"),
                        ],
                        max_length=20,
                        verbose_name="vad",
                    ),
                ),
                ("record_kind", models.CharField(blank=True, max_length=40)),
                ("record_id", models.BigIntegerField(blank=True, null=True)),
                ("reason", models.CharField(max_length=300, verbose_name="varför")),
                ("since", models.DateField(verbose_name="från och med")),
                ("until", models.DateField(blank=True, null=True, verbose_name="till och med")),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField(editable=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="varför det hävdes")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withholdings", to="cases.case"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
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
            ],
            options={
                "verbose_name": "spärr",
                "verbose_name_plural": "spärrar",
            },
        ),
        migrations.CreateModel(
            name="WithholdingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("contact", "kontaktuppgifter, språk och stödbehov"),
                            ("application", "ansökan och tidsgränser"),
                            ("plan", "handlingsplan"),
                            ("meeting", "möten och vad som bestäms där"),
                            ("assessment", "kartläggning"),
                            ("work", "arbete och utbildning"),
                            ("note", "anteckningar som delas"),
                            ("economy", "försörjning och ekonomi"),
                            ("health", "hälsa"),
                        ],
                        max_length=20,
                        verbose_name="vad",
                    ),
                ),
                ("record_kind", models.CharField(blank=True, max_length=40)),
                ("record_id", models.BigIntegerField(blank=True, null=True)),
                ("reason", models.CharField(max_length=300, verbose_name="varför")),
                ("since", models.DateField(verbose_name="från och med")),
                ("until", models.DateField(blank=True, null=True, verbose_name="till och med")),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField(editable=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="varför det hävdes")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="consent.withholding",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="withholding",
            index=models.Index(fields=["case", "recipient"], name="withholding_case"),
        ),
        migrations.AddIndex(
            model_name="withholding",
            index=models.Index(
                condition=models.Q(("record_kind", ""), _negated=True), fields=["record_id"], name="withholding_record"
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="withholding_dates_in_order",
                violation_error_message="Spärren kan inte sluta innan den börjar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("record_id", None), ("record_kind", "")),
                    models.Q(models.Q(("record_kind", ""), _negated=True), ("record_id__isnull", False)),
                    _connector="OR",
                ),
                name="withholding_of_kind_or_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at", None), ("ended_by", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withholding_end_is_whole",
                violation_error_message="Skriv varför spärren hävs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", models.F("recipient")), _negated=True),
                name="nothing_withheld_from_oneself",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "consent_withholdingevent" ("at", "by_id", "case_id", "category", "days", "end_reason", "ended_at", "ended_by_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipient_id", "record_id", "record_kind", "since", "until") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."category", NEW."days", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recipient_id", NEW."record_id", NEW."record_kind", NEW."since", NEW."until"); RETURN NULL;',
                    hash="7f0918e781bef5da69e85e0fbac4f197630eaccb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b74e2",
                    table="consent_withholding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "consent_withholdingevent" ("at", "by_id", "case_id", "category", "days", "end_reason", "ended_at", "ended_by_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipient_id", "record_id", "record_kind", "since", "until") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."category", NEW."days", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recipient_id", NEW."record_id", NEW."record_kind", NEW."since", NEW."until"); RETURN NULL;',
                    hash="392f0532d23b9be5de901ecfbd7f0981e17cdb48",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_44481",
                    table="consent_withholding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="141d49a0b8dca56606c064865e3a1bd0bdd9adbf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6d1c3",
                    table="consent_withholdingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(AGREED, migrations.RunSQL.noop),
        migrations.RunSQL((FOLDER / "withholding.sql").read_text(), UNDO),
    ]
