"""Consent texts in several languages and in easy Swedish: a draft until somebody else approves it, then it stays."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0008_told_by_law"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="consenttext",
            options={
                "ordering": ["language", "easy_read", "-version"],
                "verbose_name": "samtyckestext",
                "verbose_name_plural": "samtyckestexter",
            },
        ),
        migrations.RemoveConstraint(
            model_name="consenttext",
            name="consent_text_version",
        ),
        migrations.AddField(
            model_name="consenttext",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="godkänd"),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="approver",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="drafted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="skriven av",
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="easy_read",
            field=models.BooleanField(default=False, verbose_name="lättläst"),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="words",
            field=models.JSONField(blank=True, default=dict, verbose_name="papperets andra ord"),
        ),
        migrations.AlterField(
            model_name="consenttext",
            name="approved_by",
            field=models.CharField(blank=True, editable=False, max_length=120, verbose_name="godkänd av"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consenttext",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_text_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."approved_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c9cbdcd2a5789b3196831debaef3ae88ffa0b049",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_approved_text_stays_41b17",
                    table="consent_consenttext",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                fields=("version", "language", "easy_read"),
                name="consent_text_version",
                violation_error_message="Den versionen finns redan på det språket. Skriv nästa version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approver", None), models.Q(("approver", models.F("drafted_by")), _negated=True), _connector="OR"
                ),
                name="consent_text_read_by_another",
                violation_error_message="Någon annan än den som skrev texten godkänner den.",
            ),
        ),
    ]
