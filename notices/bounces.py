"""The mailbox that mail comes back to (BOUNCE_MAILBOX): read, believed when it says failed, and emptied."""

import re
from contextlib import closing
from email import message_from_bytes
from poplib import POP3, POP3_SSL
from urllib.parse import unquote, urlsplit

from django.conf import settings

from notices import delivery

TIMEOUT = 20
AT_MOST = 200
STATUS = re.compile(r"^Status:\s*([45]\.\d+\.\d+)", re.MULTILINE | re.IGNORECASE)
FAILED = re.compile(r"^Action:\s*failed", re.MULTILINE | re.IGNORECASE)


def read_mailbox():
    """How many said that something had bounced. What is no bounce is thrown away: nobody reads here."""
    if not settings.BOUNCE_MAILBOX:
        return 0
    with closing(_open(urlsplit(settings.BOUNCE_MAILBOX))) as mailbox:
        numbers = range(1, min(len(mailbox.list()[1]), AT_MOST) + 1)
        found = [_take(mailbox, number) for number in numbers]
        mailbox.quit()
    return sum(found)


def _open(place):
    """pop3://name:password@host:port or pop3s://…"""
    kind, port = (POP3_SSL, 995) if place.scheme == "pop3s" else (POP3, 110)
    mailbox = kind(place.hostname, place.port or port, timeout=TIMEOUT)
    mailbox.user(unquote(place.username or ""))
    mailbox.pass_(unquote(place.password or ""))
    return mailbox


def _take(mailbox, number):
    raw = b"\n".join(mailbox.retr(number)[1])
    mailbox.dele(number)
    report = read(raw)
    return bool(report) and delivery.bounced(*report)


def read(raw):
    """(reference, reason) of a delivery report (RFC 3464) that says failed; None for anything else. A delay is none."""
    mail = message_from_bytes(raw)
    parts = [part.as_string() for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    reference = delivery.REFERENCE.search(raw.decode(errors="replace"))
    if not reference or not any(FAILED.search(part) for part in parts):
        return None
    status = STATUS.search("\n".join(parts))
    return reference[0], f"studsade {status[1]}" if status else "studsade"
