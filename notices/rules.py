"""When messages may go: pure rules over values."""

from django.conf import settings
from django.utils import timezone


def is_night(now):
    """Between QUIET_FROM and QUIET_UNTIL, Swedish time."""
    return not settings.QUIET_UNTIL <= timezone.localtime(now).time() < settings.QUIET_FROM
