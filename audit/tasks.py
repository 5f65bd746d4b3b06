"""What the log does in the background: its anchor outside the database, and the tables of the months to come."""

import structlog
from celery import shared_task
from django.conf import settings

from audit import anchors, chain, months

logger = structlog.get_logger(__name__)


@shared_task
def anchor_head():
    """In the file and in the technical log, which usually leave the machine in different ways."""
    head = chain.head()
    if head is None:
        return
    logger.info("log_anchor", **anchors.as_line(head))
    if settings.LOG_ANCHORS:
        anchors.write(settings.LOG_ANCHORS, head)


@shared_task
def make_months():
    return months.make_next()
