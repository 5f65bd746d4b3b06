"""A referral knows who answered and who wrote it down, a look back who did it; one registration at AF at a time."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0003_promises_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="referral",
            options={"ordering": ["-sent_on", "-pk"], "verbose_name": "remiss", "verbose_name_plural": "remisser"},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="referral",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="referral",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="afterfollowup",
            name="after_follow_up_once",
        ),
        migrations.AddField(
            model_name="afterfollowup",
            name="done_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="answered_by",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="vem som svarade"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referralevent",
            name="answered_by",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="vem som svarade"
            ),
        ),
        migrations.AddField(
            model_name="referralevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_referralevent" ("answer", "answer_due_on", "answered_by", "answered_on", "case_id", "created_at", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "receiver_id", "recorded_by_id", "sent_by_id", "sent_on", "status") VALUES (NEW."answer", NEW."answer_due_on", NEW."answered_by", NEW."answered_on", NEW."case_id", NEW."created_at", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."receiver_id", NEW."recorded_by_id", NEW."sent_by_id", NEW."sent_on", NEW."status"); RETURN NULL;',
                    hash="68c7edce71fa24ceec1b3c1a749280c0dd1c9bf3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b2939",
                    table="cases_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_referralevent" ("answer", "answer_due_on", "answered_by", "answered_on", "case_id", "created_at", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "receiver_id", "recorded_by_id", "sent_by_id", "sent_on", "status") VALUES (NEW."answer", NEW."answer_due_on", NEW."answered_by", NEW."answered_on", NEW."case_id", NEW."created_at", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."receiver_id", NEW."recorded_by_id", NEW."sent_by_id", NEW."sent_on", NEW."status"); RETURN NULL;',
                    hash="9d060ba0f45a7fb11d3be6d8577ca5e3990f1db1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_18505",
                    table="cases_referral",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="afterfollowup",
            constraint=models.UniqueConstraint(fields=("case", "months", "due_on"), name="after_follow_up_once"),
        ),
        migrations.AddConstraint(
            model_name="pesregistration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("case", "owner"),
                name="registered_at_pes_once",
                violation_error_message="Personen är redan inskriven. Skriv först när den inskrivningen upphörde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pesregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="pes_registration_dates_in_order",
                violation_error_message="Inskrivningen kan inte sluta innan den började.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_due_on__gte", models.F("sent_on"))),
                name="referral_answer_after_it_is_sent",
                violation_error_message="Svaret kan inte komma före frågan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on", None), ("status", "waiting")),
                    models.Q(models.Q(("status", "waiting"), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="referral_answered_with_its_day",
            ),
        ),
    ]
