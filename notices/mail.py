"""Send one mail: plain text, a stable Message-ID, the invitation as the calendar programs want it."""

from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage


def send(message):
    mail = EmailMessage(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if message.calendar:
        mail.attach(_calendar(message))
    mail.send()


def _calendar(message):
    part = MIMEText(message.calendar, "calendar", "utf-8")
    part.set_param("method", message.calendar_method or "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="kallelse.ics")
    return part
