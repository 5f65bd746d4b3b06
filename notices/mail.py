"""Send one mail: plain text in its language, a stable Message-ID, the invitation as the calendar programs want it."""

from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(message):
    """Written by DEFAULT_FROM_EMAIL; what comes back goes to BOUNCE_ADDRESS."""
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={**headers, "From": settings.DEFAULT_FROM_EMAIL},
    )
    if message.direction == "rtl":
        mail.attach_alternative(render_to_string("notices/mail.html", {"message": message}), "text/html")
    if message.calendar:
        mail.attach(_calendar(message))
    mail.send()


def _calendar(message):
    part = MIMEText(message.calendar, "calendar", "utf-8")
    part.set_param("method", message.calendar_method or "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="kallelse.ics")
    return part
