"""Names are found by spans of sort keys: such may use an index before row-level security has answered, LIKE not."""

import django.db.models.functions.text
from django.db import migrations, models

import cases.models.people


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
        ("cases", "0004_promises_are_answered"),
    ]

    operations = [
        migrations.AddField(
            model_name="individual",
            name="family_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=cases.models.people.SwedishSortKey(
                    django.db.models.functions.text.Lower(models.F("family_name"))
                ),
                output_field=models.CharField(db_collation="C", max_length=160),
            ),
        ),
        migrations.AddField(
            model_name="individual",
            name="given_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=cases.models.people.SwedishSortKey(
                    django.db.models.functions.text.Lower(models.F("given_name"))
                ),
                output_field=models.CharField(db_collation="C", max_length=160),
            ),
        ),
        migrations.AddIndex(
            model_name="individual",
            index=models.Index(fields=["given_key"], name="individual_given_key"),
        ),
        migrations.AddIndex(
            model_name="individual",
            index=models.Index(fields=["family_key"], name="individual_family_key"),
        ),
    ]
