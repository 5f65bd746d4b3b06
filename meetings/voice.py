"""The door for the person's two questions: by a personal link without log-in, for one meeting, for a month.

Outside the gate like meetings/doorstep.py: the holder sees the two questions and nothing of the case.
"""

from datetime import timedelta

from django.db import transaction

from audit.context import beyond
from audit.log import Subject, record
from audit.models import Action
from meetings import by_link
from meetings.models import Meeting, PersonFeedback
from notices.models import PersonalLink

ROUTE = "meetings:voice"
OPEN_FOR = timedelta(days=30)


def lay(meeting):
    PersonalLink.objects.lay(ROUTE, {_key(meeting): meeting.ends_at + OPEN_FOR})


def link_of(meeting):
    return PersonalLink.objects.get(route=ROUTE, object_key=_key(meeting))


@beyond("personal_link")
def meeting_behind(token):
    """None: no such link, its time is out, or the meeting was not held after all. Which of them is not told."""
    return Meeting.objects.held().filter(pk=by_link.row_behind(ROUTE, token)).first()


@transaction.atomic
@beyond("personal_link")
def answer(token, *, listened_to, know_next, line):
    """Whether it was taken. Answered again it replaces what was said; the log tells that, never what."""
    meeting = meeting_behind(token)
    if meeting is None:
        return False
    words = {"listened_to": listened_to, "know_next": know_next, "line": line}
    PersonFeedback.objects.update_or_create(meeting=meeting, defaults=words)
    record(Action.REGISTERED, subject=Subject(kind="voice"), ground=by_link.GROUND)
    return True


def _key(meeting):
    return f"meeting:{meeting.pk}"
