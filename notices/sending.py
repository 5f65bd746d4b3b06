"""Empty the outbox: one message, one transaction. A worker that dies leaves the row waiting.

Whether a message may still go is asked when it goes, in the statement that claims it: a right that ends, by whatever
act or by its own last day, needs nobody to think of the outbox.
"""

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.error import HTTPError

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from notices import delivery, mail, sms
from notices.models import Channel, OutboxMessage

SENDERS = {Channel.EMAIL: mail.send, Channel.SMS: sms.send}
AT_MOST = 200
FAILURES_IN_A_ROW = 3
REFUSED_NUMBER = {400, 404, 410, 422}
LONGEST_WAIT = timedelta(hours=4)


def send_due():
    """Sends what is due and returns how many. Gives up until the next beat when the way out seems shut."""
    stop_barred()
    sent = failed = 0
    for _ in range(AT_MOST):
        went = send_next()
        if went is None:
            break
        sent, failed = (sent + 1, 0) if went else (sent, failed + 1)
        if failed == FAILURES_IN_A_ROW:
            break
    return sent


def barred(now):
    """Why and which: to somebody who may no longer know (OUTBOX_RULE), or a call to what has been."""
    no_right = import_string(settings.OUTBOX_RULE)(timezone.localdate(now))
    over = Q(link__expires_at__lte=now) | Q(link__ended_at__isnull=False)
    return {OutboxMessage.Stopped.NO_RIGHT: Q(no_right), OutboxMessage.Stopped.OVER: over}


@transaction.atomic
def stop_barred():
    """All that is due and may not go any more, letters too, in the same number of statements however many they are.
    Who caused them is told."""
    now = timezone.now()
    for because, which in barred(now).items():
        rows = list(OutboxMessage.objects.due(now).filter(which).claimed())
        OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).cancel(now, because)
        delivery.tell(rows, because.label)


def send_next():
    """True when one was sent, False when it failed, None when nothing is due.

    The lock holds off other senders and whoever would stop the message; what was stopped before is not claimed.
    A crash between the server's yes and our commit sends it once more, with the same Message-ID.
    """
    now = timezone.now()
    no_right, over = barred(now).values()
    with transaction.atomic():
        message = OutboxMessage.objects.waiting(now).exclude(no_right | over).claimed().first()
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
    """Waits twice as long for each try, unless the answer will never be another. The reason is the kind of error:
    its text may repeat an address."""
    message.attempts += 1
    message.failure = " ".join([type(error).__name__, *_codes(error)])
    message.due_at = timezone.now() + min(timedelta(minutes=2**message.attempts), LONGEST_WAIT)
    if message.attempts >= OutboxMessage.MAX_ATTEMPTS or _is_final(error):
        message.failed_at = timezone.now()
        delivery.tell([message])
    message.save(update_fields=["attempts", "failure", "due_at", "failed_at"])


def _is_final(error):
    """The address is refused (5xx), the gateway does not know the number, or the header is an attack."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code.startswith("5") for code in _codes(error))
    return isinstance(error, ValueError) or (isinstance(error, HTTPError) and error.code in REFUSED_NUMBER)


def _codes(error):
    if isinstance(error, SMTPRecipientsRefused):
        return [str(code) for code, _text in error.recipients.values()]
    return [str(error.code)] if isinstance(error, HTTPError) else []
