"""A plan ends for a reason, and not before it began."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("actionplans", "0003_versions_never_change"),
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="actionplan",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actionplan",
            name="update_update",
        ),
        migrations.AddField(
            model_name="actionplan",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "målet är nått"),
                    ("changed_goal", "målet ändrades"),
                    ("started_work", "började arbeta eller studera"),
                    ("person_declined", "personen vill inte ha planen längre"),
                    ("other", "annat"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=20,
                verbose_name="varför den avslutades",
            ),
        ),
        migrations.AddField(
            model_name="actionplanevent",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "målet är nått"),
                    ("changed_goal", "målet ändrades"),
                    ("started_work", "började arbeta eller studera"),
                    ("person_declined", "personen vill inte ha planen längre"),
                    ("other", "annat"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=20,
                verbose_name="varför den avslutades",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actionplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "actionplans_actionplanevent" ("case_id", "competence", "coordinator_id", "created_at", "end_reason", "ended_on", "goal_type", "id", "individual_id", "kind", "obstacles", "opportunities", "others_measures", "own_goal", "own_view", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "version") VALUES (NEW."case_id", NEW."competence", NEW."coordinator_id", NEW."created_at", NEW."end_reason", NEW."ended_on", NEW."goal_type", NEW."id", NEW."individual_id", NEW."kind", NEW."obstacles", NEW."opportunities", NEW."others_measures", NEW."own_goal", NEW."own_view", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_on", NEW."version"); RETURN NULL;',
                    hash="4aaac6737b73cef681df094e5b7805840de3ef72",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_de50d",
                    table="actionplans_actionplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actionplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "actionplans_actionplanevent" ("case_id", "competence", "coordinator_id", "created_at", "end_reason", "ended_on", "goal_type", "id", "individual_id", "kind", "obstacles", "opportunities", "others_measures", "own_goal", "own_view", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "version") VALUES (NEW."case_id", NEW."competence", NEW."coordinator_id", NEW."created_at", NEW."end_reason", NEW."ended_on", NEW."goal_type", NEW."id", NEW."individual_id", NEW."kind", NEW."obstacles", NEW."opportunities", NEW."others_measures", NEW."own_goal", NEW."own_view", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_on", NEW."version"); RETURN NULL;',
                    hash="f42b2339cd9969f77bf0d57aec88a256f148e29b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1992c",
                    table="actionplans_actionplan",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"),
                name="plan_ends_after_it_starts",
                violation_error_message="Planen kan inte sluta innan den började.",
            ),
        ),
    ]
