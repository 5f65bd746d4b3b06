"""Minutes keep the decisions they were locked with and when the person got them; one unfinished version at a time."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_feeds_and_who_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingminutes",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingminutes",
            name="update_update",
        ),
        migrations.AddField(
            model_name="meetingminutes",
            name="decisions",
            field=models.JSONField(db_default=[], default=list, editable=False, verbose_name="beslut"),
        ),
        migrations.AddField(
            model_name="meetingminutes",
            name="handed_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="lämnat till personen"),
        ),
        migrations.AddField(
            model_name="meetingminutesevent",
            name="decisions",
            field=models.JSONField(db_default=[], default=list, editable=False, verbose_name="beslut"),
        ),
        migrations.AddField(
            model_name="meetingminutesevent",
            name="handed_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="lämnat till personen"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingminutes",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_meetingminutesevent" ("commitments", "conclusion", "correction_reason", "decisions", "final_at", "handed_on", "id", "meeting_id", "next_meeting_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "situation", "status", "version", "written_by_id") VALUES (NEW."commitments", NEW."conclusion", NEW."correction_reason", NEW."decisions", NEW."final_at", NEW."handed_on", NEW."id", NEW."meeting_id", NEW."next_meeting_on", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shared_at", NEW."situation", NEW."status", NEW."version", NEW."written_by_id"); RETURN NULL;',
                    hash="b3b05e6de742de884fd241f2119fd8725731daa0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b88fd",
                    table="meetings_meetingminutes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingminutes",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_meetingminutesevent" ("commitments", "conclusion", "correction_reason", "decisions", "final_at", "handed_on", "id", "meeting_id", "next_meeting_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "situation", "status", "version", "written_by_id") VALUES (NEW."commitments", NEW."conclusion", NEW."correction_reason", NEW."decisions", NEW."final_at", NEW."handed_on", NEW."id", NEW."meeting_id", NEW."next_meeting_on", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shared_at", NEW."situation", NEW."status", NEW."version", NEW."written_by_id"); RETURN NULL;',
                    hash="f254eb4469baef71db2a3207969d116816692490",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90810",
                    table="meetings_meetingminutes",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingminutes",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "final"), _negated=True),
                fields=("meeting",),
                name="one_unfinished_minutes_per_meeting",
                violation_error_message="Någon skriver redan på protokollet.",
            ),
        ),
    ]
