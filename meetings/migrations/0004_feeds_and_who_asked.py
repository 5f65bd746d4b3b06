"""The secret addresses of calendars, and who asked for another time."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_hours_of_one_day_and_who_is_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(editable=False)),
            ],
            options={
                "verbose_name": "kalenderprenumeration",
                "verbose_name_plural": "kalenderprenumerationer",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="update_update",
        ),
        migrations.AddField(
            model_name="meeting",
            name="asked_by",
            field=models.CharField(
                blank=True,
                choices=[("person", "deltagaren"), ("party", "någon av oss")],
                editable=False,
                max_length=10,
                verbose_name="vem bad om det",
            ),
        ),
        migrations.AddField(
            model_name="meetingevent",
            name="asked_by",
            field=models.CharField(
                blank=True,
                choices=[("person", "deltagaren"), ("party", "någon av oss")],
                editable=False,
                max_length=10,
                verbose_name="vem bad om det",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_meetingevent" ("aim", "asked_by", "booked_by_id", "calendar_sequence", "calendar_uid", "cancelled_reason", "case_id", "created_at", "during", "ended_on", "ends_at", "feedback_minutes", "form", "id", "interpreter_id", "kind", "leader_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_brought", "plan_version_id", "preparation_minutes", "replaces_id", "room_id", "rule_id", "series", "starts_at", "status", "talk_minutes", "timekeeper_id", "version", "video_link") VALUES (NEW."aim", NEW."asked_by", NEW."booked_by_id", NEW."calendar_sequence", NEW."calendar_uid", NEW."cancelled_reason", NEW."case_id", NEW."created_at", NEW."during", NEW."ended_on", NEW."ends_at", NEW."feedback_minutes", NEW."form", NEW."id", NEW."interpreter_id", NEW."kind", NEW."leader_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."plan_brought", NEW."plan_version_id", NEW."preparation_minutes", NEW."replaces_id", NEW."room_id", NEW."rule_id", NEW."series", NEW."starts_at", NEW."status", NEW."talk_minutes", NEW."timekeeper_id", NEW."version", NEW."video_link"); RETURN NULL;',
                    hash="38e9ef29f098387d80de7e343848cc164cc61725",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61d9e",
                    table="meetings_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_meetingevent" ("aim", "asked_by", "booked_by_id", "calendar_sequence", "calendar_uid", "cancelled_reason", "case_id", "created_at", "during", "ended_on", "ends_at", "feedback_minutes", "form", "id", "interpreter_id", "kind", "leader_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_brought", "plan_version_id", "preparation_minutes", "replaces_id", "room_id", "rule_id", "series", "starts_at", "status", "talk_minutes", "timekeeper_id", "version", "video_link") VALUES (NEW."aim", NEW."asked_by", NEW."booked_by_id", NEW."calendar_sequence", NEW."calendar_uid", NEW."cancelled_reason", NEW."case_id", NEW."created_at", NEW."during", NEW."ended_on", NEW."ends_at", NEW."feedback_minutes", NEW."form", NEW."id", NEW."interpreter_id", NEW."kind", NEW."leader_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."plan_brought", NEW."plan_version_id", NEW."preparation_minutes", NEW."replaces_id", NEW."room_id", NEW."rule_id", NEW."series", NEW."starts_at", NEW."status", NEW."talk_minutes", NEW."timekeeper_id", NEW."version", NEW."video_link"); RETURN NULL;',
                    hash="c1c76e129ebc8e14a25b15c7f7b1e9c6192a823e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_495b8",
                    table="meetings_meeting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feed", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
