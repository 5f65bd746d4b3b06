"""The plan as a PDF, made in the background."""

from celery import shared_task

from actionplans.content import build_plan
from notices.rendering import make


@shared_task
def render_plan(document_id):
    make(document_id, build_plan)
