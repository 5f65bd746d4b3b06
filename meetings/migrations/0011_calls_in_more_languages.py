"""Words that call a person in further languages: a draft until somebody else approves it, then it stays."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_who_asked_is_coded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "approved_by",
                    models.CharField(blank=True, editable=False, max_length=120, verbose_name="godkänd av"),
                ),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="godkänd")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting_booked", "kallelse"),
                            ("meeting_changed", "möte ändrat"),
                            ("reminder", "påminnelse"),
                            ("meeting_cancelled", "möte inställt"),
                            ("meeting_proposed", "fråga vilka tider som passar"),
                            ("proposal_ended", "frågan om tider gäller inte längre"),
                            ("answer_page", "sidan där personen svarar"),
                            ("choose_page", "sidan där personen väljer tider"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="språk")),
                ("version", models.PositiveSmallIntegerField(editable=False, verbose_name="version")),
                ("words", models.JSONField(default=dict, editable=False, verbose_name="ord")),
                (
                    "approver",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skriven av",
                    ),
                ),
            ],
            options={
                "verbose_name": "kallelsetext",
                "verbose_name_plural": "kallelsetexter",
                "ordering": ["language", "kind", "-version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "kind", "version"),
                        name="calling_text_version",
                        violation_error_message="Någon annan började på samma version just nu. Försök igen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver", None),
                            models.Q(("approver", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="calling_text_read_by_another",
                        violation_error_message="Någon annan än den som skrev texten godkänner den.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="callingtext",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_text_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."approved_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c724df5374ae45acd7ed2d9c6f87892351debc97",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_approved_text_stays_8cb4c",
                    table="meetings_callingtext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
