"""Mails, SMS and letters on their way out of the house."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Now
from django.utils import timezone

from accounts.models import Organisation
from cases.languages import direction
from cases.models import Case, Individual
from notices.models.kinds import Channel, Kind
from notices.models.links import MARK, PersonalLink
from notices.rules import is_night

# Written before the person's data became protected, so that it says where they live, can be reached or will be. SMS
# and letters go to nobody else, and what is written under protection names nobody; a mail that says where has a
# calendar file with the place.
_NAMED = Concat("case__individual__given_name", Value(" "), "case__individual__family_name")
_UNNAMED = Concat(Value("Deltagaren i ärende "), "case__number")
REVEALING = (
    Q(case__isnull=False)
    & ~Q(case__individual__protection=Individual.Protection.NONE)
    & (
        Q(channel=Channel.EMAIL) & (Q(recipient_name=_NAMED) | Q(calendar__contains="\nLOCATION:"))
        | ~(Q(channel=Channel.EMAIL) | Q(recipient_name=_UNNAMED))
    )
)


class OutboxQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at=None, cancelled_at=None, failed_at=None)

    def due(self, now):
        return self.unsent().filter(due_at__lte=now)

    def waiting(self, now):
        """Due mails and SMS. A letter waits for somebody who prints it, a reminder for the morning."""
        due = self.due(now).exclude(channel=Channel.LETTER).exclude(REVEALING)
        return due.exclude(kind=Kind.REMINDER) if is_night(now) else due

    def claimed(self):
        """Locked for this transaction, the oldest first; another sender skips them."""
        rows = self.select_related("link").order_by("due_at", "pk")
        return rows.select_for_update(of=("self",), no_key=True, skip_locked=True)

    def revealing(self):
        """Unsent, and telling where a person is who has become protected since."""
        return self.unsent().filter(REVEALING)

    def readable(self, cases):
        """Those about no case, or about one of these cases; never where a protected person can be found, and never
        what concerns somebody's log-in."""
        return self.filter(Q(case=None) | Q(case__in=cases)).exclude(REVEALING).exclude(kind=Kind.FACTORS)

    def letters(self):
        return self.filter(channel=Channel.LETTER)

    def for_letter(self):
        return self.select_related("organisation__municipality", "case__individual", "link")

    def cancel(self, now, because=""):
        return self.unsent().update(cancelled_at=now, stopped_because=because)

    def post(self, now):
        """Somebody has printed the letter and put it in the post."""
        return self.letters().unsent().update(sent_at=now)

    def for_page(self):
        return self.select_related("case__individual").order_by("-created_at", "-pk")


class OutboxMessage(models.Model):
    """A mail, SMS or letter written in the transaction that caused it, sent later, kept as sent.

    Never case content: time, place, sender, link. `attempts` counts tries; after MAX_ATTEMPTS it has failed.
    `body` has MARK where the reader's personal `link` goes. `watcher` is told if it does not arrive.
    `reader` has a log-in: whether they may still know of the record that it is about (`category`, `record_kind`,
    `record_id`, as on the withhold list) is asked when it is sent.
    """

    MAX_ATTEMPTS = 8

    class Stopped(models.TextChoices):
        """By nobody's hand, when it should have gone."""

        NO_RIGHT = "no_right", "mottagaren får inte längre öppna ärendet"
        OVER = "over", "tiden har gått ut"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    object_key = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    channel = models.CharField("kanal", max_length=10, choices=Channel)
    address = models.CharField("till", max_length=254)
    recipient_name = models.CharField("mottagare", max_length=160, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="messages")
    subject = models.CharField("rubrik", max_length=160)
    body = models.TextField("text")
    link = models.ForeignKey(PersonalLink, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=20, blank=True, db_default="")
    record_kind = models.CharField(max_length=40, blank=True, db_default="")
    record_id = models.BigIntegerField(null=True, blank=True)
    watcher = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, default="sv")
    calendar = models.TextField("kalenderfil", blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField("skickas", default=timezone.now)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    cancelled_at = models.DateTimeField("stoppat", null=True, blank=True)
    stopped_because = models.CharField("varför", max_length=10, choices=Stopped, blank=True, db_default="")
    delivered_at = models.DateTimeField("kom fram", null=True, blank=True)
    bounced_at = models.DateTimeField("studsade", null=True, blank=True)
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
            ),
            models.UniqueConstraint(
                fields=["object_key", "period"],
                name="reminded_once_wherever",
                condition=Q(kind=Kind.REMINDER, cancelled_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} till {self.address}"

    @property
    def tells_where(self):
        """The letter to a protected person says where to come: it is read when it is printed, never in the list."""
        return self.is_letter and self.case is not None and self.case.individual.is_protected

    @property
    def text(self):
        """As it leaves, with the personal link."""
        return self.body.replace(MARK, self.link.address) if self.link else self.body

    @property
    def direction(self):
        return direction(self.language)

    @property
    def is_letter(self):
        return self.channel == Channel.LETTER

    @property
    def standing(self):
        """(tone, word) for a tag."""
        if self.bounced_at:
            return "bad", "kom i retur"
        if self.delivered_at:
            return "ok", "framme"
        if self.sent_at:
            return "ok", "postat" if self.is_letter else "skickat"
        if self.cancelled_at:
            return "neutral", "stoppat"
        if self.failed_at:
            return "bad", "kom inte fram"
        if self.failure:
            return "warn", "försöker igen"
        return "neutral", "att skriva ut" if self.is_letter else "väntar"

    @property
    def message_id(self):
        """Stable, so that a mail sent twice in the crash window is recognised as one."""
        return f"<utskick-{self.pk}@samverkan>"
