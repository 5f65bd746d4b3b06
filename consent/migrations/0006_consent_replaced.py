"""A consent is replaced by a narrower or a longer one; what it said stays."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0005_protected_by_name"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="consent",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consent",
            name="update_update",
        ),
        migrations.AddField(
            model_name="consent",
            name="replaced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="replaced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "consent_consentevent" ("answer", "case_id", "categories", "discloser_id", "easy_read", "given_on", "id", "informed", "interpreter_used", "language", "method", "oral_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "registered_at", "registered_by_id", "replaced_at", "replaces_id", "text_id", "valid_from", "valid_until", "withdrawn_at", "withdrawn_by_id", "withdrawn_how", "witness") VALUES (NEW."answer", NEW."case_id", NEW."categories", NEW."discloser_id", NEW."easy_read", NEW."given_on", NEW."id", NEW."informed", NEW."interpreter_used", NEW."language", NEW."method", NEW."oral_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reference", NEW."registered_at", NEW."registered_by_id", NEW."replaced_at", NEW."replaces_id", NEW."text_id", NEW."valid_from", NEW."valid_until", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_how", NEW."witness"); RETURN NULL;',
                    hash="045647cce064f642860ca575b66954c94a9b5b24",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6007e",
                    table="consent_consent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "consent_consentevent" ("answer", "case_id", "categories", "discloser_id", "easy_read", "given_on", "id", "informed", "interpreter_used", "language", "method", "oral_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "registered_at", "registered_by_id", "replaced_at", "replaces_id", "text_id", "valid_from", "valid_until", "withdrawn_at", "withdrawn_by_id", "withdrawn_how", "witness") VALUES (NEW."answer", NEW."case_id", NEW."categories", NEW."discloser_id", NEW."easy_read", NEW."given_on", NEW."id", NEW."informed", NEW."interpreter_used", NEW."language", NEW."method", NEW."oral_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."reference", NEW."registered_at", NEW."registered_by_id", NEW."replaced_at", NEW."replaces_id", NEW."text_id", NEW."valid_from", NEW."valid_until", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_how", NEW."witness"); RETURN NULL;',
                    hash="ebe260b60cb1796e128b1125607b80d695dd4efc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b14c",
                    table="consent_consent",
                    when="AFTER",
                ),
            ),
        ),
    ]
