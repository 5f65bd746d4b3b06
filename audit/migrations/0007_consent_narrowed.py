"""A consent that is narrowed or extended is said so in the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_actions_at_the_door"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="action",
            field=models.CharField(
                choices=[
                    ("logged_in", "loggade in"),
                    ("login_failed", "misslyckades att logga in"),
                    ("logged_out", "loggade ut"),
                    ("locked_out", "stängdes ute efter för många försök"),
                    ("session_ended", "avslutade en inloggning"),
                    ("factor_added", "lade till ett andra steg"),
                    ("factor_removed", "tog bort ett andra steg"),
                    ("promised", "godkände ansvarsförbindelsen"),
                    ("read", "läste"),
                    ("changed", "ändrade"),
                    ("registered", "registrerade"),
                    ("refused", "nekades"),
                    ("searched", "sökte"),
                    ("revealed", "visade personnumret"),
                    ("printed", "skrev ut"),
                    ("exported", "exporterade"),
                    ("assigned", "tilldelade"),
                    ("unassigned", "avslutade tilldelning"),
                    ("consent_given", "registrerade samtycke"),
                    ("consent_declined", "registrerade ett nej till samtycke"),
                    ("consent_withdrawn", "registrerade återkallat samtycke"),
                    ("consent_narrowed", "registrerade att samtycket gäller mindre"),
                    ("consent_confirmed", "bekräftade samtycke vid möte"),
                    ("role_changed", "ändrade roll"),
                    ("log_read", "läste loggen"),
                    ("log_reviewed", "granskade en läsning"),
                    ("log_weeded", "gallrade loggen"),
                    ("report_frozen", "fryste månadens siffror"),
                    ("report_issued", "utfärdade rapport"),
                ],
                max_length=24,
            ),
        ),
    ]
