"""The foreign key has an index of the case already: a sweep that tells a hundred thousand kept two alike."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0010_news_of_a_case"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="notice", name="notice_case"),
    ]
