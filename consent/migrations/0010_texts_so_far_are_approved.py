"""Consent texts from before drafts existed were approved when they were written in: they go on as they are."""

from django.db import migrations

APPROVE = "UPDATE consent_consenttext SET approved_at = valid_from::timestamptz WHERE approved_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("consent", "0009_texts_in_languages")]

    operations = [migrations.RunSQL(APPROVE, migrations.RunSQL.noop)]
