"""The minutes of a meeting, one row per version."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting


class MinutesQuerySet(models.QuerySet):
    def told(self):
        """What the others may read: shared or final."""
        return self.exclude(status=MeetingMinutes.Status.DRAFT)

    def final(self):
        return self.filter(status=MeetingMinutes.Status.FINAL)

    def unfinished(self):
        return self.exclude(status=MeetingMinutes.Status.FINAL)

    def for_page(self):
        return self.select_related("written_by__organisation").order_by("-number")


@pghistory.track()
class MeetingMinutes(models.Model):
    """Draft → shared → final. Final minutes are locked: a correction is a new version with a reason.

    `commitments`: [{"party": organisation id or "individual", "name", "text"}], one line per party. `decisions`:
    [{"text", "acknowledged"}] as they stood when the minutes became final; until then the talk's own rows are shown. A
    correction has its own from the start: the talk's rows stay as they were said.
    `handed_on`: the day the person got them on paper.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "utkast"
        SHARED = "shared", "delat"
        FINAL = "final", "färdigt"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField("version", default=1)
    status = models.CharField("läge", max_length=8, choices=Status, default=Status.DRAFT)
    situation = models.TextField("nuläge", blank=True)
    conclusion = models.TextField("vad vi kom fram till", blank=True)
    commitments = models.JSONField("åtaganden", default=list)
    decisions = models.JSONField("beslut", default=list, db_default=[], editable=False)
    next_meeting_on = models.DateField("nästa möte", null=True, blank=True)
    correction_reason = models.CharField("varför det rättas", max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    final_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_on = models.DateField("lämnat till personen", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = "protokoll"
        verbose_name_plural = "protokoll"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=~Q(status="final"),
                name="one_unfinished_minutes_per_meeting",
                violation_error_message="Någon skriver redan på protokollet.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(correction_reason=""),
                name="corrected_minutes_have_a_reason",
                violation_error_message="Skriv varför protokollet rättas.",
            ),
        ]

    def __str__(self):
        return f"Protokoll {self.meeting_id}, version {self.number}"

    @property
    def is_correction(self):
        return self.number > 1

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_final(self):
        return self.status == self.Status.FINAL
