"""Questions to the manager about access, asked once and answered once."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

ANSWERED_ONCE = """
CREATE FUNCTION consent_accessrequest_answer_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE said text[] := ARRAY['answer', 'until', 'answer_reason', 'answered_by_id', 'answered_at'];
BEGIN
  IF OLD.answered_at IS NOT NULL OR to_jsonb(NEW) - said <> to_jsonb(OLD) - said THEN
    RAISE EXCEPTION 'En fråga om åtkomst besvaras en gång' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answer_once BEFORE UPDATE ON consent_accessrequest
  FOR EACH ROW EXECUTE FUNCTION consent_accessrequest_answer_once();
CREATE TRIGGER refuse_delete BEFORE DELETE ON consent_accessrequest
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
"""
UNDO = """
DROP TRIGGER answer_once ON consent_accessrequest;
DROP TRIGGER refuse_delete ON consent_accessrequest;
DROP FUNCTION consent_accessrequest_answer_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0001_initial"),
        ("consent", "0003_log_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500, verbose_name="varför")),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("yes", "Ja"), ("no", "Nej")], max_length=3, verbose_name="svar"
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="till och med")),
                ("answer_reason", models.CharField(blank=True, max_length=150, verbose_name="anledning")),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="access_requests", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "fråga om åtkomst",
                "verbose_name_plural": "frågor om åtkomst",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)), fields=["organisation"], name="access_request_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("asker", "case"),
                        name="one_open_access_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answer_reason", ""),
                                ("answered_at", None),
                                ("answered_by", None),
                                ("until", None),
                            ),
                            models.Q(
                                ("answer", "yes"),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("until__isnull", False),
                            ),
                            models.Q(
                                ("answer", "no"),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("until", None),
                                models.Q(("answer_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_answer_is_whole",
                        violation_error_message="Skriv till vilken dag, eller varför inte.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("asker")), _negated=True),
                        name="access_answered_by_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ANSWERED_ONCE, UNDO),
    ]
