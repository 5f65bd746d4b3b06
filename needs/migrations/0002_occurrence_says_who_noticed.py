"""Everybody who raised a need is told the answer, also those who added one more person to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "needoccurrence",
            "noticed_by",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint("needoccurrence", "need_once_per_case"),
        migrations.AddConstraint(
            "needoccurrence",
            models.UniqueConstraint(
                fields=["case", "need"],
                name="need_once_per_case",
                violation_error_message="Behovet är redan antecknat för det här ärendet.",
            ),
        ),
    ]
