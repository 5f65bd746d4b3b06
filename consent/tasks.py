"""What consent does in the background."""

import structlog
from celery import shared_task
from django.utils import timezone

from consent import expiry
from consent.content import papers
from consent.models import CaseScope
from notices.rendering import make

logger = structlog.get_logger(__name__)


@shared_task
def reconcile_scopes():
    """Nightly proof that the projection equals its definition; a difference is an error to look into at once."""
    differing = CaseScope.objects.difference()
    if differing:
        logger.error("case_scope_differs", rows=len(differing))
    return len(differing)


@shared_task
def warn_expiring():
    return expiry.warn(timezone.localdate())


@shared_task
def render_consent_form(document_id):
    make(document_id, papers.build_document)


@shared_task
def render_consent_receipt(document_id):
    make(document_id, papers.build_document)
