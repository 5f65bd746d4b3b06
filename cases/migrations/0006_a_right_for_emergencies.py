"""What is read by an emergency is a right of its own, beside what somebody has been given."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_names_are_found_by_their_sort_keys"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "permissions": [("read_case_in_emergency", "Kan läsa ärende med nödåtkomst")],
                "verbose_name": "ärende",
                "verbose_name_plural": "ärenden",
            },
        ),
    ]
