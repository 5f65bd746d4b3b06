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
    tell(_of(reference))
    return True


def tell(messages, why=INSTEAD):
    """To whoever caused them; without names, for the person may be protected."""
    Notice.objects.tell_each(
        Notice(
            kind=Kind.MESSAGE_FAILED,
            recipient_id=message.watcher_id,
            object_key=f"message:{message.pk}",
            case_id=message.case_id,
            text=f"{message.get_kind_display()}, {message.get_channel_display()}. {why[:1].upper()}{why[1:]}",
        )
        for message in messages
        if message.watcher_id
    )


def _of(reference):
    found = REFERENCE.search(reference)
    return OutboxMessage.objects.filter(pk=found[1]) if found else OutboxMessage.objects.none()
