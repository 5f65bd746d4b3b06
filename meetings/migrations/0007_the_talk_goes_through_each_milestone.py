"""Each open delmål gone through in a talk, and the particulars of how a meeting ended."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("actionplans", "0004_a_plan_ends_for_a_reason"),
        ("meetings", "0006_final_minutes_never_change"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MilestoneReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("continues", "fortsätter"),
                            ("reached", "nått"),
                            ("changed", "ändras"),
                            ("ended", "avslutas utan att nås"),
                        ],
                        max_length=10,
                        verbose_name="hur det går vidare",
                    ),
                ),
                ("happened", models.CharField(max_length=300, verbose_name="vad som har hänt")),
                (
                    "reviewed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="meetings.meeting"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="actionplans.milestone"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "genomgång av delmål",
                "verbose_name_plural": "genomgångar av delmål",
                "ordering": ["reviewed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MilestoneReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("continues", "fortsätter"),
                            ("reached", "nått"),
                            ("changed", "ändras"),
                            ("ended", "avslutas utan att nås"),
                        ],
                        max_length=10,
                        verbose_name="hur det går vidare",
                    ),
                ),
                ("happened", models.CharField(max_length=300, verbose_name="vad som har hänt")),
                (
                    "reviewed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actionplans.milestone",
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
                        to="meetings.milestonereview",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OutcomeDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person_informed",
                    models.BooleanField(blank=True, null=True, verbose_name="personen visste om mötet"),
                ),
                (
                    "not_reviewed",
                    models.CharField(blank=True, max_length=200, verbose_name="varför allt inte gicks igenom"),
                ),
                (
                    "minutes_late",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="personen kom så här många minuter sent"
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="inställt av",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome_details",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hur mötet gick",
                "verbose_name_plural": "hur mötena gick",
            },
        ),
        migrations.CreateModel(
            name="OutcomeDetailsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "person_informed",
                    models.BooleanField(blank=True, null=True, verbose_name="personen visste om mötet"),
                ),
                (
                    "not_reviewed",
                    models.CharField(blank=True, max_length=200, verbose_name="varför allt inte gicks igenom"),
                ),
                (
                    "minutes_late",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="personen kom så här många minuter sent"
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                        verbose_name="inställt av",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="meetings.meeting",
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
                        to="meetings.outcomedetails",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="milestonereview",
            constraint=models.UniqueConstraint(
                fields=("meeting", "milestone"), name="milestone_reviewed_once_a_meeting"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestonereview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_milestonereviewevent" ("happened", "id", "meeting_id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "way") VALUES (NEW."happened", NEW."id", NEW."meeting_id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."way"); RETURN NULL;',
                    hash="3520e1a4f2bb0a617e87db33d386fbd84045011f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e08da",
                    table="meetings_milestonereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestonereview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_milestonereviewevent" ("happened", "id", "meeting_id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "way") VALUES (NEW."happened", NEW."id", NEW."meeting_id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."way"); RETURN NULL;',
                    hash="85329c99d5eec9a13c2ab9916e16e0bbc389d956",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c749e",
                    table="meetings_milestonereview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestonereviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b0af38ffa1849896ad8d5cfce02c37ddf461e395",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ae08a",
                    table="meetings_milestonereviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomedetails",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_late", None), ("minutes_late__range", (1, 240)), _connector="OR"),
                name="late_within_four_hours",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomedetails",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "meetings_outcomedetailsevent" ("cancelled_by_id", "id", "meeting_id", "minutes_late", "not_reviewed", "person_informed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at", "written_by_id") VALUES (NEW."cancelled_by_id", NEW."id", NEW."meeting_id", NEW."minutes_late", NEW."not_reviewed", NEW."person_informed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="81eb559b0bd5756a46f35b9867327bc2672f60dd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_de177",
                    table="meetings_outcomedetails",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomedetails",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "meetings_outcomedetailsevent" ("cancelled_by_id", "id", "meeting_id", "minutes_late", "not_reviewed", "person_informed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at", "written_by_id") VALUES (NEW."cancelled_by_id", NEW."id", NEW."meeting_id", NEW."minutes_late", NEW."not_reviewed", NEW."person_informed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="a32846658c46bbaa25ad07b262aae2a84c0583e8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_98a7c",
                    table="meetings_outcomedetails",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcomedetailsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1537fdb691c1c0e0d3f64941ae4428ec3146e9fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e0524",
                    table="meetings_outcomedetailsevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
