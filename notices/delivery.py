"""What became of a message after it left us, and word to whoever watches it when it did not arrive."""

import re

from django.utils import timezone

from audit.context import beyond
from notices.models import Kind, Notice, OutboxMessage

REFERENCE = re.compile(r"utskick-(\d+)@samverkan")
DELIVERED, FAILED = "delivered", "failed"
INSTEAD = "Ring i stället."


def said(reference, status):
    """By a gateway or relay, in its two words."""
    if status == FAILED:
        bounced(reference, "kom inte fram")
    else:
        delivered(reference)


@beyond("sending")
def delivered(reference):
    """The relay, the receiving server or the SMS gateway says that it came through."""
    return _of(reference).filter(delivered_at=None, bounced_at=None).update(delivered_at=timezone.now())


@beyond("sending")
def bounced(reference, reason):
    """It came back. Told once, however often it is said."""
    rows = _of(reference).filter(bounced_at=None)
    if not rows.update(bounced_at=timezone.now(), delivered_at=None, failure=reason[:200]):
        return False
    tell(_of(reference).select_related("watcher", "case").get())
    return True


def tell(message):
    """To whoever caused it; without names, for the person may be protected."""
    if message.watcher is None:
        return
    Notice.objects.tell(
        Kind.MESSAGE_FAILED,
        [message.watcher],
        object_key=f"message:{message.pk}",
        case=message.case,
        text=f"{message.get_kind_display()}, {message.get_channel_display()}. {INSTEAD}",
    )


def _of(reference):
    found = REFERENCE.search(reference)
    return OutboxMessage.objects.filter(pk=found[1]) if found else OutboxMessage.objects.none()
