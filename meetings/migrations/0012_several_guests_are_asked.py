"""Several without an account are asked about times and called to one meeting, each by their name."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0011_calls_in_more_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="proposalrecipient",
            name="asked_once_of_a_role",
        ),
        migrations.AddConstraint(
            model_name="proposalrecipient",
            constraint=models.UniqueConstraint(fields=("proposal", "role", "name"), name="asked_once_about_times"),
        ),
    ]
