"""What meetings does in the background."""

from celery import shared_task

from audit.context import beyond
from meetings import ladder, reminders, secrecy
from meetings.content import build_letter, build_minutes, build_slip
from notices.rendering import make


@shared_task
@beyond("sweep")
def climb_ladder():
    """Every minute; doubled, delayed and killed runs do no harm."""
    return ladder.climb()


@shared_task
@beyond("sweep")
def remind():
    """Every minute; doubled, delayed and killed runs do no harm."""
    return reminders.remind()


@shared_task
@beyond("sweep")
def rewrite_for_secrecy():
    """What waits and tells where somebody is who has become protected."""
    return secrecy.rewrite()


@shared_task
def render_letter(document_id):
    make(document_id, build_letter)


@shared_task
def render_minutes(document_id):
    make(document_id, build_minutes)


@shared_task
def render_voice_slip(document_id):
    make(document_id, build_slip)
