"""What somebody must be told: bevakningar inside the house, messages and documents out of it, and the beat's pulse."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from cases.models import Case


class Kind(models.TextChoices):
    """What a notice or message is about. Titles are neutral: never what the case is about."""

    FIRST_MEETING = "first_meeting", "Första mötet är inte bokat"
    CONSENT_EXPIRES = "consent_expires", "Samtycke går ut"
    CONSENT_ENDED = "consent_ended", "Samtycke gäller inte längre"
    ASSIGNED = "assigned", "Nytt ärende till dig"
    MEETING_BOOKED = "meeting_booked", "Kallelse till möte"
    MEETING_CHANGED = "meeting_changed", "Möte ändrat"
    MEETING_CANCELLED = "meeting_cancelled", "Möte inställt"
    NO_OUTCOME = "no_outcome", "Möte utan resultat"
    MILESTONE_DUE = "milestone_due", "Delmål förfaller"
    FOLLOW_UP = "follow_up", "Uppföljning"
    NEED_ANSWERED = "need_answered", "Behov besvarat"
    AGREEMENT_ASKED = "agreement_asked", "Ny planversion att ta ställning till"
    NO_SHOW = "no_show", "Kom inte till möte"
    REPORT_READY = "report_ready", "Månadsrapport klar att läsa"
    REPORT_ISSUED = "report_issued", "Månadsrapport utfärdad"
    MESSAGE_FAILED = "message_failed", "Utskick kom inte fram"
    OWN = "own", "Egen bevakning"


class NoticeQuerySet(models.QuerySet):
    def undone(self):
        return self.filter(done_at=None)

    def due(self, day):
        return self.undone().filter(due_on__lte=day)

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
            models.Index(fields=["case"], name="notice_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_key", "period", "recipient"], name="notice_told_once")
        ]

    def __str__(self):
        return self.get_kind_display()


class Channel(models.TextChoices):
    EMAIL = "email", "e-post"
    SMS = "sms", "sms"
    LETTER = "letter", "brev"


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_pace_display()}"


class OutboxQuerySet(models.QuerySet):
    def waiting(self, now):
        return self.filter(sent_at=None, cancelled_at=None, failed_at=None, due_at__lte=now)

    def claimed(self, now, size=50):
        """Due messages locked for this transaction; another sender skips them."""
        return self.waiting(now).order_by("due_at", "pk").select_for_update(of=("self",), skip_locked=True)[:size]


class OutboxMessage(models.Model):
    """A mail, SMS or letter written in the transaction that caused it, sent later, kept as sent.

    Never case content: time, place, sender, link. `attempts` counts tries; after MAX_ATTEMPTS it has failed.
    """

    MAX_ATTEMPTS = 8

    kind = models.CharField("slag", max_length=20, choices=Kind)
    object_key = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    channel = models.CharField("kanal", max_length=10, choices=Channel)
    address = models.CharField("till", max_length=254)
    recipient_name = models.CharField("mottagare", max_length=160, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    subject = models.CharField("rubrik", max_length=160)
    body = models.TextField("text")
    language = models.CharField(max_length=10, default="sv")
    calendar = models.TextField("kalenderfil", blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField("skickas", default=timezone.now)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    cancelled_at = models.DateTimeField("stoppat", null=True, blank=True)
    failed_at = models.DateTimeField("misslyckades", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_waiting",
                condition=Q(sent_at=None, cancelled_at=None, failed_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_key", "period", "address", "channel"], name="message_written_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} till {self.address}"

    @property
    def message_id(self):
        """Stable, so that a mail sent twice in the crash window is recognised as one."""
        return f"<utskick-{self.pk}@samverkan>"


class DocumentQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Document.State.WAITING)

    def forgotten(self, now):
        """Asked for over a minute ago and still not made: the wake-up was lost, or the worker died."""
        return self.filter(
            state__in=[Document.State.WAITING, Document.State.WORKING], touched_at__lt=now - timedelta(minutes=1)
        )


class Document(models.Model):
    """A PDF somebody asked for. It is made by a worker on behalf of `requested_by`, who must still be allowed
    when it is made and again when it is fetched. `options` holds layout choices only."""

    class Kind(models.TextChoices):
        CONSENT_FORM = "consent_form", "Samtyckesblankett"
        CONSENT_RECEIPT = "consent_receipt", "Kvitto på samtycke"
        PLAN = "plan", "Handlingsplan"
        MONTHLY_REPORT = "monthly_report", "Månadsrapport"

    class State(models.TextChoices):
        WAITING = "waiting", "i kö"
        WORKING = "working", "skapas"
        READY = "ready", "klar"
        FAILED = "failed", "gick inte att skapa"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    title = models.CharField("namn", max_length=160)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    object_id = models.BigIntegerField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now(), editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField("läge", max_length=10, choices=State, default=State.WAITING)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        indexes = [
            models.Index(
                fields=["touched_at"], name="document_unfinished", condition=Q(state__in=["waiting", "working"])
            )
        ]

    def __str__(self):
        return self.title


class Pulse(models.Model):
    """When something that must happen every minute last happened (the beat)."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.beat_at:%H:%M:%S}"
