"""What one person must not forget, how they want to be told, and the beat's pulse."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from cases.models import Case
from notices.models.kinds import Channel, Kind


class NoticeQuerySet(models.QuerySet):
    def tell(self, kind, recipients, *, object_key, case=None, period="", text="", due_on=None):
        """One bevakning each, once per period; telling again is harmless."""
        self.tell_each(
            Notice(
                kind=kind,
                recipient=recipient,
                case=case,
                object_key=object_key,
                period=period,
                text=text,
                due_on=due_on or timezone.localdate(),
            )
            for recipient in recipients
        )

    def tell_each(self, rows):
        self.bulk_create(rows, ignore_conflicts=True)

    def undone(self):
        return self.filter(done_at=None)

    def due(self, day):
        return self.undone().filter(due_on__lte=day)

    def finish(self, now):
        return self.undone().update(done_at=now)

    def for_page(self):
        return self.select_related("case__individual").order_by("due_on", "pk")


class Notice(models.Model):
    """One bevakning for one person. The unique key makes a second beat or a repeated task harmless:
    the same thing (`object_key`) tells the same person once per `period` (a rung's day, a date)."""

    kind = models.CharField("slag", max_length=20, choices=Kind)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    object_key = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    text = models.CharField("text", max_length=200, blank=True)
    due_on = models.DateField("datum", default=timezone.localdate)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "bevakning"
        verbose_name_plural = "bevakningar"
        indexes = [
            models.Index(fields=["recipient", "due_on"], name="notice_undone", condition=Q(done_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_key", "period", "recipient"], name="notice_told_once")
        ]

    def __str__(self):
        return self.get_kind_display()


class NotificationChoiceQuerySet(models.QuerySet):
    """Of one worker: `user.notification_choices`."""

    def wants(self, kind):
        return self.filter(kind=kind, channel=Channel.EMAIL, pace=NotificationChoice.Pace.AT_ONCE).exists()


class NotificationChoice(models.Model):
    """How a worker wants to be told. Without a row: in Samverkan only."""

    class Pace(models.TextChoices):
        NEVER = "never", "aldrig"
        AT_ONCE = "at_once", "direkt"
        DAILY = "daily", "en gång om dagen"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    channel = models.CharField("kanal", max_length=10, choices=Channel, default=Channel.EMAIL)
    pace = models.CharField("hur ofta", max_length=10, choices=Pace, default=Pace.NEVER)

    objects = NotificationChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_pace_display()}"


class Pulse(models.Model):
    """When something that must happen every minute last happened (the beat)."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.beat_at:%H:%M:%S}"
