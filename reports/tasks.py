"""What reports do in the background."""

from celery import shared_task
from django.utils import timezone

from audit.context import beyond
from notices.rendering import make
from reports import freezing, paper


@shared_task
@beyond("figures")
def freeze_month(report_id):
    """May run twice or be killed: the figures are kept once."""
    freezing.freeze(report_id)


@shared_task
@beyond("figures")
def open_month():
    """Every ten minutes: last month's reports, and those whose wake-up or worker was lost."""
    for report_id in freezing.open_last_month(timezone.localdate()):
        freeze_month.delay(report_id)


@shared_task
def render_monthly_report(document_id):
    make(document_id, paper.build_monthly_report)
