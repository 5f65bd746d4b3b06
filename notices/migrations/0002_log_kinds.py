"""Notices about the log, and the paper that says who has read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("consent_form", "Samtyckesblankett"),
                    ("consent_receipt", "Kvitto på samtycke"),
                    ("plan", "Handlingsplan"),
                    ("readers", "Vem har läst"),
                    ("monthly_report", "Månadsrapport"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first_meeting", "Första mötet är inte bokat"),
                    ("consent_expires", "Samtycke går ut"),
                    ("consent_ended", "Samtycke gäller inte längre"),
                    ("assigned", "Nytt ärende till dig"),
                    ("meeting_booked", "Kallelse till möte"),
                    ("meeting_changed", "Möte ändrat"),
                    ("meeting_cancelled", "Möte inställt"),
                    ("no_outcome", "Möte utan resultat"),
                    ("milestone_due", "Delmål förfaller"),
                    ("follow_up", "Uppföljning"),
                    ("need_answered", "Behov besvarat"),
                    ("agreement_asked", "Ny planversion att ta ställning till"),
                    ("no_show", "Kom inte till möte"),
                    ("report_ready", "Månadsrapport klar att läsa"),
                    ("report_issued", "Månadsrapport utfärdad"),
                    ("message_failed", "Utskick kom inte fram"),
                    ("unusual_reading", "Ovanligt mycket läsning"),
                    ("log_review", "Logggranskning"),
                    ("log_broken", "Loggen är inte som den skrevs"),
                    ("own", "Egen bevakning"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="notificationchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first_meeting", "Första mötet är inte bokat"),
                    ("consent_expires", "Samtycke går ut"),
                    ("consent_ended", "Samtycke gäller inte längre"),
                    ("assigned", "Nytt ärende till dig"),
                    ("meeting_booked", "Kallelse till möte"),
                    ("meeting_changed", "Möte ändrat"),
                    ("meeting_cancelled", "Möte inställt"),
                    ("no_outcome", "Möte utan resultat"),
                    ("milestone_due", "Delmål förfaller"),
                    ("follow_up", "Uppföljning"),
                    ("need_answered", "Behov besvarat"),
                    ("agreement_asked", "Ny planversion att ta ställning till"),
                    ("no_show", "Kom inte till möte"),
                    ("report_ready", "Månadsrapport klar att läsa"),
                    ("report_issued", "Månadsrapport utfärdad"),
                    ("message_failed", "Utskick kom inte fram"),
                    ("unusual_reading", "Ovanligt mycket läsning"),
                    ("log_review", "Logggranskning"),
                    ("log_broken", "Loggen är inte som den skrevs"),
                    ("own", "Egen bevakning"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first_meeting", "Första mötet är inte bokat"),
                    ("consent_expires", "Samtycke går ut"),
                    ("consent_ended", "Samtycke gäller inte längre"),
                    ("assigned", "Nytt ärende till dig"),
                    ("meeting_booked", "Kallelse till möte"),
                    ("meeting_changed", "Möte ändrat"),
                    ("meeting_cancelled", "Möte inställt"),
                    ("no_outcome", "Möte utan resultat"),
                    ("milestone_due", "Delmål förfaller"),
                    ("follow_up", "Uppföljning"),
                    ("need_answered", "Behov besvarat"),
                    ("agreement_asked", "Ny planversion att ta ställning till"),
                    ("no_show", "Kom inte till möte"),
                    ("report_ready", "Månadsrapport klar att läsa"),
                    ("report_issued", "Månadsrapport utfärdad"),
                    ("message_failed", "Utskick kom inte fram"),
                    ("unusual_reading", "Ovanligt mycket läsning"),
                    ("log_review", "Logggranskning"),
                    ("log_broken", "Loggen är inte som den skrevs"),
                    ("own", "Egen bevakning"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
    ]
