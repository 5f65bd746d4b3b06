"""An answer to a call, however it came: kept, the reminders that follow from it, and word to whoever booked."""

from django.utils import timezone
from django.utils.formats import date_format

from audit.context import beyond
from cases.templatetags.wording import clock
from meetings.models import Participant
from notices.models import Kind, Notice, OutboxMessage

REPLY = Participant.Reply


@beyond("side_effect")
def take(participant, reply, *, meeting, noted_by=None):
    """`noted_by` None: through the personal link. The same answer again changes nothing."""
    now = timezone.now()
    changed = Participant.objects.filter(pk=participant.pk, meeting=meeting).exclude(reply=reply)
    if not changed.update(reply=reply, replied_at=now, reply_noted_by=noted_by):
        return
    Notice.objects.filter(kind=Kind.REPLY, object_key=participant.key).finish(now)
    if reply == REPLY.NOT_COMING:
        OutboxMessage.objects.filter(kind=Kind.REMINDER, object_key=participant.message_key).cancel(now)
    if reply in (REPLY.NEW_TIME, REPLY.NOT_COMING) and noted_by != meeting.booked_by:
        _tell(participant, reply, meeting, now)


def _tell(participant, reply, meeting, now):
    starts_at = timezone.localtime(meeting.starts_at)
    when = f"{date_format(starts_at, 'j F')} {clock(starts_at)}"
    Notice.objects.tell(
        Kind.REPLY,
        [meeting.booked_by],
        object_key=participant.key,
        case=meeting.case,
        period=now.isoformat(timespec="seconds")[:19],
        text=f"{participant.get_role_display().capitalize()}: {REPLY(reply).label}. Mötet {when}.",
    )
