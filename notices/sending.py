"""Empty the outbox: one message, one transaction. A worker that dies leaves the row waiting."""

from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from notices import mail, sms
from notices.models import Channel, OutboxMessage

SENDERS = {Channel.EMAIL: mail.send, Channel.SMS: sms.send}
AT_MOST = 200
FAILURES_IN_A_ROW = 3
LONGEST_WAIT = timedelta(hours=4)


def send_due():
    """Sends what is due and returns how many. Gives up until the next beat when the way out seems shut."""
    sent = failed = 0
    for _ in range(AT_MOST):
        went = send_next()
        if went is None:
            break
        sent, failed = (sent + 1, 0) if went else (sent, failed + 1)
        if failed == FAILURES_IN_A_ROW:
            break
    return sent


def send_next():
    """True when one was sent, False when it failed, None when nothing is due.

    The lock holds off other senders and whoever would stop the message; what was stopped before is not claimed.
    A crash between the server's yes and our commit sends it once more, with the same Message-ID.
    """
    with transaction.atomic():
        message = next(iter(OutboxMessage.objects.claimed(timezone.now(), size=1)), None)
        if message is None:
            return None
        try:
            SENDERS[message.channel](message)
        except (SMTPException, OSError, ValueError) as error:
            _put_off(message, error)
            return False
        message.attempts += 1
        message.sent_at, message.failure = timezone.now(), ""
        message.save(update_fields=["attempts", "sent_at", "failure"])
        return True


def _put_off(message, error):
    """Waits twice as long for each try. The reason is the kind of error: its text may repeat an address."""
    message.attempts += 1
    message.failure = type(error).__name__
    message.due_at = timezone.now() + min(timedelta(minutes=2**message.attempts), LONGEST_WAIT)
    if message.attempts >= OutboxMessage.MAX_ATTEMPTS:
        message.failed_at = timezone.now()
    message.save(update_fields=["attempts", "failure", "due_at", "failed_at"])
