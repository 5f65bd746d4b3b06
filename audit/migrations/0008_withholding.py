"""The log may say that something was withheld, told by law, opened in an emergency, or shown in a list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_consent_narrowed"),
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
                    ("withheld", "spärrade uppgifter"),
                    ("released", "hävde en spärr"),
                    ("told_by_law", "lämnade uppgifter med stöd av lag"),
                    ("emergency_opened", "öppnade ärendet med nödåtkomst"),
                    ("listed", "visade en lista över ärenden"),
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
