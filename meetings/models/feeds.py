"""One's own meetings as a calendar to subscribe to."""

from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.utils import timezone

from notices.models import fingerprint


class CalendarFeedQuerySet(models.QuerySet):
    def begin(self, user):
        """The token, told this once. An address that was there before stops working."""
        token = token_urlsafe(24)
        fresh = {"fingerprint": fingerprint(token), "made_at": timezone.now()}
        self.update_or_create(user=user, defaults=fresh)
        return token

    def behind(self, token):
        """None: no such address, ended, or its owner may not log in any more."""
        rows = self.filter(user__is_active=True).select_related("user__organisation", "user__unit")
        return rows.filter(fingerprint=fingerprint(token)).first()


class CalendarFeed(models.Model):
    """The secret address of one worker's calendar; only its fingerprint is kept. Deleting the row ends it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderprenumeration"
        verbose_name_plural = "kalenderprenumerationer"

    def __str__(self):
        return f"kalender {self.user_id}"
