"""A mail to the workers who may read the minutes: that there is something to read, and where. Never what."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from meetings.mail import about
from notices.models import Channel, Kind, OutboxMessage
from notices.tasks import send_due
from notices.wake import wake

TEMPLATE = "meetings/minutes_mail.txt"


def tell(meeting, minutes, workers, kind):
    """Once for each version and reader, however often it is asked."""
    url = settings.PUBLIC_URL + reverse("meetings:minutes", args=[meeting.case_id, meeting.pk])
    messages = [
        OutboxMessage(
            kind=kind,
            object_key=f"minutes:{minutes.pk}",
            channel=Channel.EMAIL,
            address=worker.email,
            recipient_name=worker.full_name,
            case=meeting.case,
            organisation=meeting.owner,
            **about(meeting),
            reader=worker,
            subject=Kind(kind).label,
            body=render_to_string(
                TEMPLATE,
                {"name": worker.given_name, "is_corrected": kind == Kind.MINUTES_CORRECTED, "url": url},
            ),
        )
        for worker in workers
    ]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    wake(send_due)
