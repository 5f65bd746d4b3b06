"""What notices does in the background: the pulse, the outbox, and documents whose wake-up was lost."""

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from audit.context import beyond
from notices import bounces, factors, sending
from notices.models import Document, Pulse

RENDERERS = {
    Document.Kind.CONSENT_FORM: "consent.tasks.render_consent_form",
    Document.Kind.CONSENT_RECEIPT: "consent.tasks.render_consent_receipt",
    Document.Kind.PLAN: "actionplans.tasks.render_plan",
    Document.Kind.MINUTES: "meetings.tasks.render_minutes",
    Document.Kind.READERS: "desk.tasks.render_readers",
    Document.Kind.LETTER: "meetings.tasks.render_letter",
    Document.Kind.VOICE_SLIP: "meetings.tasks.render_voice_slip",
    Document.Kind.MONTHLY_REPORT: "reports.tasks.render_monthly_report",
}


@shared_task
def beat_pulse():
    Pulse.objects.update_or_create(name="beat", defaults={"beat_at": timezone.now()})


@shared_task
@beyond("sending")
def send_due():
    sending.send_due()


@shared_task
@beyond("sweep")
def tell_of_factors():
    return factors.tell()


@shared_task
def read_bounces():
    return bounces.read_mailbox()


@shared_task
@transaction.atomic
@beyond("sending")
def remake_forgotten():
    for document_id, kind in Document.objects.take_up(timezone.now()):
        current_app.send_task(RENDERERS[kind], [document_id])
