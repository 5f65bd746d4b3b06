"""What consent does in the background."""

import structlog
from celery import shared_task
from django.utils import timezone

from audit.context import beyond
from consent import emergency, expiry, log_review, log_watch, unusual
from consent.content import papers
from consent.models import CaseScope
from notices.rendering import make

logger = structlog.get_logger(__name__)


@shared_task
@beyond("reconciliation")
def reconcile_scopes():
    """Nightly proof that the projection equals its definition; a difference is an error to look into at once."""
    differing = CaseScope.objects.difference()
    if differing:
        logger.error("case_scope_differs", rows=len(differing))
    return len(differing)


@shared_task
@beyond("sweep")
def warn_expiring():
    return expiry.warn(timezone.localdate())


@shared_task
@beyond("sweep")
def warn_assigned():
    return expiry.warn_assigned(timezone.localdate())


@shared_task
@beyond("sweep")
def warn_unanswered():
    return expiry.warn_unanswered(timezone.localdate())


@shared_task
def render_consent_form(document_id):
    make(document_id, papers.build_document)


@shared_task
def render_consent_receipt(document_id):
    make(document_id, papers.build_document)


@shared_task
@beyond("sweep")
def warn_unusual_reading():
    return unusual.warn(timezone.now())


@shared_task
def end_emergency_access():
    emergency.end_due()


@shared_task
@beyond("log_review")
def draw_log_reviews():
    log_review.draw_due(timezone.localdate())
    return log_review.tell(timezone.localdate())


@shared_task(soft_time_limit=3000, time_limit=3300)
def verify_log():
    """Nightly proof that the log is as it was written; a fault is an error to look into at once."""
    fault = log_watch.verify(timezone.now())
    if fault:
        logger.error("log_is_not_as_written", fault=str(fault))
