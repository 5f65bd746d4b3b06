"""Send one mail: plain text, a stable Message-ID, the invitation as the calendar programs want it."""

from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage


def send(message):
    """Written by DEFAULT_FROM_EMAIL; what comes back goes to BOUNCE_ADDRESS."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(
        message.subject,
        message.text,
        settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={**headers, "From": settings.DEFAULT_FROM_EMAIL},
    )
    if message.calendar:
        mail.attach(_calendar(message))
    mail.send()


def _calendar(message):
    part = MIMEText(message.calendar, "calendar", "utf-8")
    part.set_param("method", message.calendar_method or "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="kallelse.ics")
    return part
