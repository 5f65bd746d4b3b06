"""What was asked, analysed and learnt."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from cases.rules import FEWEST_SHOWN
from projects.models.project import Project


class SurveyRound(models.Model):
    """A staff or client questionnaire. `carried_out` False needs a reason (S168)."""

    class Audience(models.TextChoices):
        STAFF = "staff", "personal"
        CLIENTS = "clients", "deltagare"
        BAROMETER = "barometer", "organisationsbarometern"

    project = models.ForeignKey(Project, models.CASCADE, related_name="survey_rounds")
    audience = models.CharField(max_length=10, choices=Audience)
    number = models.PositiveSmallIntegerField("omgång")
    made_on = models.DateField("datum")
    carried_out = models.BooleanField("genomförd", default=True)
    reason = models.CharField("varför inte", max_length=200, blank=True)
    conclusions = models.TextField("slutsatser", blank=True)

    class Meta:
        ordering = ["audience", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "audience", "number"], name="survey_round_number"),
            models.CheckConstraint(condition=Q(carried_out=True) | ~Q(reason=""), name="skipped_survey_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.get_audience_display()} {self.number}"


class SurveyResult(models.Model):
    """One of the nine measures (S144–S151) or four rooms for one organisation, as an aggregate only.

    `share` is percent positive; None = ej insamlat.
    """

    survey_round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="results")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    item = models.CharField(max_length=40)
    answers = models.PositiveIntegerField("antal svar", null=True, blank=True)
    share = models.PositiveSmallIntegerField("andel positiva, procent", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey_round", "organisation", "item"], nulls_distinct=False, name="survey_item_once"
            )
        ]

    def __str__(self):
        return self.item

    @property
    def is_small(self):
        """So few answered that the share tells what each of them said. Not known how many: it was published so."""
        return self.answers is not None and self.answers < FEWEST_SHOWN


class Swot(models.Model):
    """With a mandatory gender-equality field (S159)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="swots")
    made_on = models.DateField("gjord", default=timezone.localdate)
    strengths = models.TextField("styrkor")
    weaknesses = models.TextField("svagheter")
    opportunities = models.TextField("möjligheter")
    threats = models.TextField("hot")
    gender_equality = models.TextField("jämställdhet")

    class Meta:
        ordering = ["-made_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(gender_equality=""),
                name="swot_considers_gender_equality",
                violation_error_message="Skriv vad analysen visar ur jämställdhetsperspektiv.",
            )
        ]

    def __str__(self):
        return f"SWOT {self.made_on}"


class SelfEvaluation(models.Model):
    """With the headings the association asks for (S157). `answers` = {heading: text}."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="self_evaluations")
    made_on = models.DateField("gjord", default=timezone.localdate)
    answers = models.JSONField(default=dict)

    def __str__(self):
        return f"Självvärdering {self.made_on}"


class ImprovementAction(models.Model):
    """Three levels: oneself, the group, expectations on management (S99)."""

    class Level(models.TextChoices):
        SELF = "self", "jag själv"
        GROUP = "group", "gruppen"
        MANAGEMENT = "management", "ledningen"

    project = models.ForeignKey(Project, models.CASCADE, related_name="improvements")
    level = models.CharField(max_length=12, choices=Level)
    text = models.CharField("åtgärd", max_length=300)
    due_on = models.DateField("klart", null=True, blank=True)
    done_on = models.DateField("gjort", null=True, blank=True)

    def __str__(self):
        return self.text


class DiaryEntry(models.Model):
    """Running notes, training days and documents of the project (S97, S160)."""

    class Kind(models.TextChoices):
        NOTE = "note", "anteckning"
        TRAINING = "training", "utbildningsdag"
        DOCUMENT = "document", "dokument"

    project = models.ForeignKey(Project, models.CASCADE, related_name="diary")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    happened_on = models.DateField("datum", default=timezone.localdate)
    text = models.TextField("text")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        ordering = ["-happened_on"]

    def __str__(self):
        return f"{self.happened_on} {self.get_kind_display()}"
