"""Log-in by SAML: an answer that another site's form brings waits for the browser that asked, and counts once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("question", models.CharField(max_length=200, unique=True)),
                ("vouched", models.JSONField(null=True)),
                ("ends_at", models.DateTimeField()),
            ],
        ),
    ]
