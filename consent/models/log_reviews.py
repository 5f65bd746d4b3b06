"""The review of the log: what was drawn for a month or opened in an emergency, and what was found (SoLPuL 10 §)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organisation
from consent.models.emergencies import EmergencyAccess


class LogReview(models.Model):
    """One organisation's month. The seed decides what is drawn: the same seed draws the same visits again.
    With `emergency` one opening and nothing drawn: it waits for its reviewer from the second it was made."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="log_reviews")
    month = models.DateField("månad")
    seed = models.CharField(max_length=32)
    drawn_on = models.DateField()
    due_on = models.DateField("klar senast")
    emergency = models.OneToOneField(
        EmergencyAccess, models.PROTECT, null=True, blank=True, related_name="review", editable=False
    )

    class Meta:
        ordering = ["-month"]
        verbose_name = "logggranskning"
        verbose_name_plural = "logggranskningar"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month"], condition=Q(emergency=None), name="log_review_once_a_month"
            )
        ]

    def __str__(self):
        return f"{self.organisation} {self.month:%Y-%m}"


class LogVisitQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(finding=None)

    def for_reviewer(self, user):
        """Of the own organisation, and never one's own reads."""
        return self.filter(review__organisation=user.organisation_id).exclude(actor_id=user.pk)

    def for_page(self):
        """What must be ready first comes first."""
        return self.select_related("review__emergency", "finding__by").order_by("review__due_on", "day", "pk")


class LogVisit(models.Model):
    """One worker's reading of one case on one day, drawn for review. Plain ids and names, as in the log."""

    class Reason(models.TextChoices):
        RANDOM = "random", "slumpvis vald"
        SAME_NAME = "same_name", "samma efternamn"
        SAME_CONTACT = "same_contact", "samma telefon eller e-post"
        COLLEAGUE = "colleague", "heter som en kollega"
        PROTECTED = "protected", "skyddade personuppgifter"
        EMERGENCY = "emergency", "öppnat med nödåtkomst"
        CLOSED = "closed", "avslutat ärende"
        NO_ACTION = "no_action", "inget gjort i ärendet efteråt"

    review = models.ForeignKey(LogReview, models.PROTECT, related_name="visits")
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=200)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=20)
    day = models.DateField()
    reads = models.PositiveIntegerField()
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason))

    objects = LogVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "besök att granska"
        verbose_name_plural = "besök att granska"
        constraints = [
            models.UniqueConstraint(fields=["review", "actor_id", "case_id", "day"], name="log_visit_drawn_once")
        ]

    def __str__(self):
        return f"{self.actor_name} {self.case_number} {self.day}"


class LogFinding(models.Model):
    """What the reviewer found. It is added once and never changed; a trigger says so too."""

    class Verdict(models.TextChoices):
        FINE = "fine", "Hör till arbetet"
        EXPLAINED = "explained", "Hör till arbetet, efter att jag har frågat"
        UNEXPLAINED = "unexplained", "Ingen förklaring: lämnas till chefen"

    visit = models.OneToOneField(LogVisit, models.PROTECT, related_name="finding")
    verdict = models.CharField("bedömning", max_length=20, choices=Verdict)
    note = models.TextField("vad som kom fram", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "bedömning"
        verbose_name_plural = "bedömningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="fine") | ~Q(note=""),
                name="log_finding_says_what",
                violation_error_message="Skriv vad som kom fram.",
            )
        ]

    def __str__(self):
        return self.get_verdict_display()
