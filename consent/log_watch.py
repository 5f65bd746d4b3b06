"""The nightly verification of the log, and who is told when it is not as it was written."""

from django.conf import settings
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from audit import anchors, chain, months
from notices.models import Kind, Notice, Pulse

PULSE = "log"
WATCHERS = (Role.LOG_REVIEWER, Role.ADMINISTRATOR)


def verify(now):
    """The first fault, with a notice to log reviewers and administrators; None leaves a pulse for the health page."""
    known = anchors.read(settings.LOG_ANCHORS) if settings.LOG_ANCHORS else []
    fault = chain.first_fault(known, kept_since=months.kept_since(now))
    if fault is None:
        Pulse.objects.update_or_create(name=PULSE, defaults={"beat_at": now})
        return None
    day = timezone.localdate(now)
    held = RoleAssignment.objects.in_force(day).filter(role__in=WATCHERS)
    watchers = User.objects.filter(is_active=True, pk__in=held.values("user"))
    Notice.objects.tell(Kind.LOG_BROKEN, watchers, object_key="log", period=day.isoformat(), text=str(fault))
    return fault
