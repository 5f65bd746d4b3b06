"""Emergency access: an assignment that ends at an instant, and each opening, which is only added to."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

ONLY_ADDED_TO = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON consent_emergencyaccess
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cases", "0001_initial"),
        ("consent", "0011_extra_competence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("danger", "fara för någons liv eller hälsa"),
                            ("urgent", "beslut eller insats som inte kan vänta"),
                            ("absence", "den ansvariga är borta och personen behöver hjälp nu"),
                        ],
                        max_length=10,
                        verbose_name="grund",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="varför")),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("ends_at", models.DateTimeField(editable=False)),
            ],
            options={
                "verbose_name": "nödåtkomst",
                "verbose_name_plural": "nödåtkomster",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="casegrant",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="casegrant",
            name="update_update",
        ),
        migrations.AddField(
            model_name="casegrant",
            name="ends_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="casegrantevent",
            name="ends_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="logvisit",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("random", "slumpvis vald"),
                        ("same_name", "samma efternamn"),
                        ("same_contact", "samma telefon eller e-post"),
                        ("colleague", "heter som en kollega"),
                        ("protected", "skyddade personuppgifter"),
                        ("emergency", "öppnat med nödåtkomst"),
                        ("closed", "avslutat ärende"),
                        ("no_action", "inget gjort i ärendet efteråt"),
                    ],
                    max_length=20,
                ),
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="casegrant",
            index=models.Index(
                condition=models.Q(("ends_at", None), _negated=True), fields=["ends_at"], name="grant_of_emergency"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "consent_casegrantevent" ("content_object_id", "ends_at", "id", "is_responsible", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until", "user_id") VALUES (NEW."content_object_id", NEW."ends_at", NEW."id", NEW."is_responsible", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="00901e03a74565482c50669ec089f169226c2cc0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc7de",
                    table="consent_casegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "consent_casegrantevent" ("content_object_id", "ends_at", "id", "is_responsible", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "until", "user_id") VALUES (NEW."content_object_id", NEW."ends_at", NEW."id", NEW."is_responsible", NEW."permission_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="3fa8a595b1dd32fe39d34a9a7a007559ab6410d0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a0f4a",
                    table="consent_casegrant",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="emergencyaccess",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="emergencies", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="emergencyaccess",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="emergencyaccess",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="emergencyaccess",
            index=models.Index(fields=["organisation", "-opened_at"], name="emergency_of_organisation"),
        ),
        migrations.RunSQL(ONLY_ADDED_TO, "DROP TRIGGER refuse_change ON consent_emergencyaccess"),
    ]
