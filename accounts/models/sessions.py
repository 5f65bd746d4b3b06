"""Log-ins in progress: one row per browser, with whose it is and when it ends."""

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class SessionQuerySet(models.QuerySet):
    def of(self, user):
        """Those that still open something, the latest used first."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")

    def expired(self):
        return self.filter(expire_date__lte=timezone.now())


class Session(AbstractBaseSession):
    """Deleting the row ends the log-in at the next request. `user` None: nobody has logged in yet.

    `expire_date` is the earlier of 30 minutes after the last own act and ten hours after the log-in.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField("loggade in", null=True)
    seen_at = models.DateTimeField("senast använd", null=True)
    device = models.CharField("enhet", max_length=80, blank=True)

    objects: ClassVar = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = "inloggning"
        verbose_name_plural = "inloggningar"

    def __str__(self):
        return self.device or "inloggning"

    @property
    def public_name(self):
        """For pages and the log: tells log-ins apart and opens none."""
        return salted_hmac("accounts.session", self.session_key, algorithm="sha256").hexdigest()[:16]
