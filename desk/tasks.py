"""Who has read, as a PDF made in the background."""

from celery import shared_task

from desk.content import build_readers_paper
from notices.rendering import make


@shared_task
def render_readers(document_id):
    make(document_id, build_readers_paper)
