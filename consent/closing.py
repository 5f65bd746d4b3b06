"""What is under way to organisations that are told less, stopped in the transaction that shuts them out."""

from accounts.models import User
from consent.models import Disclosure
from notices.models import Document, Kind, Notice, OutboxMessage

NO_RIGHT = OutboxMessage.Stopped.NO_RIGHT
TOLD_BY_NOTICE = [
    Kind.NO_SHOW,
    Kind.NO_OUTCOME,
    Kind.MINUTES_SHARED,
    Kind.MINUTES_CORRECTED,
    Kind.AGREEMENT_ASKED,
    Kind.MILESTONE_DUE,
    Kind.FOLLOW_UP,
]


def stop_reminders(consent, now):
    """That it goes out: another has taken its place, or it is over."""
    Notice.objects.filter(kind=Kind.CONSENT_EXPIRES, object_key=f"consent:{consent.pk}").finish(now)


def stop_messages(case, receivers, now):
    """Those that wait are calls to meetings."""
    stop_messages_to(User.objects.filter(organisation__in=receivers), case, now)


def stop_messages_to(workers, case, now):
    OutboxMessage.objects.filter(case=case, address__in=workers.values("email")).cancel(now, NO_RIGHT)


def stop_what_is_under_way(case, receivers, day, now):
    """PDFs that the receivers' workers have asked for, ready ones too. They may ask again.
    For those who are told nothing any more also the bevakningar about what they were told."""
    workers = User.objects.filter(organisation__in=receivers)
    Document.objects.filter(case=case, requested_by__in=workers).withdraw(now)
    told = Disclosure.objects.in_force(day).filter(case=case).values("recipient")
    Notice.objects.filter(
        case=case, kind__in=TOLD_BY_NOTICE, recipient__in=workers.exclude(organisation__in=told)
    ).finish(now)
