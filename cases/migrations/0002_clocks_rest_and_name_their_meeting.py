"""A clock knows how long it has rested, what it promised from the start, and which meeting met it."""

import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="update_update",
        ),
        migrations.AddField(
            model_name="deadline",
            name="met_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="hölls genom"),
        ),
        migrations.AddField(
            model_name="deadline",
            name="moved_days",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="dagar som klockan har vilat"),
        ),
        migrations.AddField(
            model_name="deadlineevent",
            name="moved_days",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="dagar som klockan har vilat"),
        ),
        migrations.AddField(
            model_name="deadlineevent",
            name="met_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="hölls genom"),
        ),
        migrations.AlterField(
            model_name="deadlinerule",
            name="code",
            field=models.CharField(
                choices=[
                    ("first_meeting", "Första personliga mötet"),
                    ("assessment", "Kartläggning"),
                    ("referral_answer", "Svar på remiss"),
                    ("milestone_review", "Uppföljning av delmål"),
                    ("after_follow_up", "Uppföljning efter avslut"),
                    ("need_answer", "Svar på behov"),
                ],
                max_length=20,
                verbose_name="löfte",
            ),
        ),
        migrations.AlterField(
            model_name="deadlinerung",
            name="day",
            field=models.SmallIntegerField(
                help_text="Dagar efter starten. Löften med eget datum: −3 är tre dagar före.", verbose_name="dag"
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="promised_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.CombinedExpression(
                    models.F("due_on"), "-", models.F("moved_days")
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["promised_on"], name="deadline_promised"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_deadlineevent" ("case_id", "closed_on", "closed_reason", "created_at", "due_on", "id", "met_by", "met_on", "moved_days", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "starts_on") VALUES (NEW."case_id", NEW."closed_on", NEW."closed_reason", NEW."created_at", NEW."due_on", NEW."id", NEW."met_by", NEW."met_on", NEW."moved_days", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rule_id", NEW."starts_on"); RETURN NULL;',
                    hash="4a02483966183dee4ddfac63a53d3b0465b88852",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d6be",
                    table="cases_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."closed_reason" IS DISTINCT FROM (NEW."closed_reason") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."met_by" IS DISTINCT FROM (NEW."met_by") OR OLD."met_on" IS DISTINCT FROM (NEW."met_on") OR OLD."moved_days" IS DISTINCT FROM (NEW."moved_days") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "cases_deadlineevent" ("case_id", "closed_on", "closed_reason", "created_at", "due_on", "id", "met_by", "met_on", "moved_days", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_id", "starts_on") VALUES (NEW."case_id", NEW."closed_on", NEW."closed_reason", NEW."created_at", NEW."due_on", NEW."id", NEW."met_by", NEW."met_on", NEW."moved_days", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule_id", NEW."starts_on"); RETURN NULL;',
                    hash="7fe4daf73b94cb87cdc93ae781dcf720b052684e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dbf42",
                    table="cases_deadline",
                    when="AFTER",
                ),
            ),
        ),
    ]
