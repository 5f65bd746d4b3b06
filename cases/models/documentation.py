"""What is written down: notes, assessments, and each organisation's own view of the ability to work."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.choices import Category
from cases.models.records import CaseRecord


@pghistory.track()
class Note(CaseRecord):
    """A note with author and time (FL 27 §). Locked when final; a correction is a new note (SoL 14:3–6).

    `shared_as` empty: only the own organisation. `different_view` is the person's own words when they disagree.
    """

    category = None

    shared_as = models.CharField("delas som", max_length=20, choices=Category, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    happened_on = models.DateField("datum", default=timezone.localdate)
    heading = models.CharField("rubrik", max_length=120)
    text = models.TextField("anteckning")
    different_view = models.TextField("personen ser det annorlunda", blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    final_at = models.DateTimeField("låst", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = "anteckning"
        verbose_name_plural = "anteckningar"

    def __str__(self):
        return self.heading


class AssessmentTemplate(models.Model):
    """A versioned set of questions for the kartläggning (S94). `questions` = [{code, area, text, help}]."""

    name = models.CharField("namn", max_length=80)
    version = models.PositiveSmallIntegerField("version", default=1)
    questions = models.JSONField("frågor", default=list)
    valid_from = models.DateField("gäller från", default=timezone.localdate)

    class Meta:
        ordering = ["name", "-version"]
        verbose_name = "kartläggningsmall"
        verbose_name_plural = "kartläggningsmallar"
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="assessment_template_version")]

    def __str__(self):
        return f"{self.name} {self.version}"


@pghistory.track()
class Assessment(CaseRecord):
    """One kartläggning made together with the person; a later one is a new row, so change can be shown."""

    category = Category.ASSESSMENT
    joint = True

    template = models.ForeignKey(AssessmentTemplate, models.PROTECT, related_name="+")
    made_on = models.DateField("gjord", default=timezone.localdate)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    own_words = models.TextField("med egna ord", blank=True)
    completed_on = models.DateField("klar", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = "kartläggning"
        verbose_name_plural = "kartläggningar"

    def __str__(self):
        return f"Kartläggning {self.made_on}"


class AssessmentAnswer(models.Model):
    """`scale` 1–10, None when the question has no scale or was not asked. `restricted` needs the health category."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    text = models.TextField("svar", blank=True)
    scale = models.PositiveSmallIntegerField("skala", null=True, blank=True)
    restricted = models.BooleanField("gäller hälsa", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="question_answered_once"),
            models.CheckConstraint(
                condition=Q(scale=None) | Q(scale__range=(1, 10)),
                name="scale_one_to_ten",
                violation_error_message="Svara med ett tal från 1 till 10.",
            ),
        ]

    def __str__(self):
        return self.question


@pghistory.track()
class WorkAbilityView(CaseRecord):
    """One organisation's own view of the ability to work; the views stand side by side, never merged (S119)."""

    class View(models.TextChoices):
        WORK_ABLE = "work_able", "kan arbeta"
        WORK_ABLE_WITH_SUPPORT = "work_able_with_support", "kan arbeta med stöd"
        NOT_NOW = "not_now", "kan inte arbeta just nu"
        UNCLEAR = "unclear", "oklart"

    category = Category.WORK

    view = models.CharField("bedömning", max_length=24, choices=View)
    text = models.TextField("motivering", blank=True)
    made_on = models.DateField("gjord", default=timezone.localdate)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = "syn på arbetsförmåga"
        verbose_name_plural = "syner på arbetsförmåga"

    def __str__(self):
        return self.get_view_display()
