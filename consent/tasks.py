"""What consent does in the background."""

import structlog
from celery import shared_task

from consent.models import CaseScope

logger = structlog.get_logger(__name__)


@shared_task
def reconcile_scopes():
    """Nightly proof that the projection equals its definition; a difference is an error to look into at once."""
    differing = CaseScope.objects.difference()
    if differing:
        logger.error("case_scope_differs", rows=len(differing))
    return len(differing)
