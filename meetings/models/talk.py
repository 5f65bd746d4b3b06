"""What is gone through in the talk, and the particulars of how it ended."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organisation
from actionplans.models import Milestone
from meetings.models.meeting import Meeting


@pghistory.track()
class MilestoneReview(models.Model):
    """One open delmål gone through in one meeting (S64): what has happened since last, and where it goes from here."""

    class Way(models.TextChoices):
        CONTINUES = "continues", "fortsätter"
        REACHED = "reached", "nått"
        CHANGED = "changed", "ändras"
        ENDED = "ended", "avslutas utan att nås"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reviews")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="reviews")
    way = models.CharField("hur det går vidare", max_length=10, choices=Way)
    happened = models.CharField("vad som har hänt", max_length=300)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    reviewed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["reviewed_at", "pk"]
        verbose_name = "genomgång av delmål"
        verbose_name_plural = "genomgångar av delmål"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "milestone"], name="milestone_reviewed_once_a_meeting")
        ]

    def __str__(self):
        return f"{self.milestone_id}: {self.get_way_display()}"


@pghistory.track()
class OutcomeDetails(models.Model):
    """Beside the coded outcome of a meeting, each where it applies.

    `person_informed`: the person knew of a meeting held without them. `not_reviewed`: why some open delmål were not
    gone through. `minutes_late`: how late the person came. `cancelled_by`: which party called it off, or
    asked for another time.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="outcome_details")
    person_informed = models.BooleanField("personen visste om mötet", null=True, blank=True)
    not_reviewed = models.CharField("varför allt inte gicks igenom", max_length=200, blank=True)
    minutes_late = models.PositiveSmallIntegerField("personen kom så här många minuter sent", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="inställt av"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "hur mötet gick"
        verbose_name_plural = "hur mötena gick"
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_late=None) | Q(minutes_late__range=(1, 240)), name="late_within_four_hours"
            )
        ]

    def __str__(self):
        return f"Hur mötet {self.meeting_id} gick"
