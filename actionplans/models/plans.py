"""The one plan that the person owns, and the ready starts it may grow from."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models import CaseRecord, Category, Individual


class ActionPlanQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_on=None)

    def for_page(self):
        """The active plan first, then the latest ended."""
        return self.select_related("individual", "owner", "coordinator__organisation").order_by(
            F("ended_on").desc(nulls_first=True), "-pk"
        )


@pghistory.track()
class ActionPlan(CaseRecord):
    """One active plan per person (S77, S86). Sections start with resources, then obstacles (S68, S180).
    `end_reason` is empty for a plan that ended with its case.

    `own_goal` is in the person's words. Covers SIP's four fields (SoL 10:8–9) but is called SIP only when
    municipality and region drew it up together. `version` guards against two editors.
    """

    class Kind(models.TextChoices):
        COOPERATION = "cooperation", "samverkansplan"
        ACTIVITY = "activity", "aktivitetsplan"
        SIP = "sip", "samordnad individuell plan (SIP)"

    class GoalType(models.TextChoices):
        WORK = "work", "arbete"
        STUDIES = "studies", "studier"
        OWN_BUSINESS = "own_business", "eget företag"
        PRACTICE = "practice", "praktik"
        PROGRAMME = "programme", "insats eller program"

    class EndReason(models.TextChoices):
        REACHED = "reached", "målet är nått"
        CHANGED_GOAL = "changed_goal", "målet ändrades"
        STARTED_WORK = "started_work", "började arbeta eller studera"
        PERSON_DECLINED = "person_declined", "personen vill inte ha planen längre"
        OTHER = "other", "annat"

    category = Category.PLAN
    joint = True

    individual = models.ForeignKey(Individual, models.PROTECT, related_name="plans", editable=False)
    kind = models.CharField("slag av plan", max_length=12, choices=Kind, default=Kind.COOPERATION)
    goal_type = models.CharField("målet gäller", max_length=14, choices=GoalType, default=GoalType.WORK)
    own_goal = models.CharField("eget mål", max_length=200)
    competence = models.TextField("det jag kan", blank=True)
    opportunities = models.TextField("möjligheter", blank=True)
    obstacles = models.TextField("det som hindrar", blank=True)
    own_view = models.TextField("så ser jag på saken", blank=True)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="samordnar planen",
    )
    others_measures = models.TextField("det som andra gör", blank=True)
    started_on = models.DateField("påbörjad", default=timezone.localdate)
    ended_on = models.DateField("avslutad", null=True, blank=True, editable=False)
    end_reason = models.CharField(
        "varför den avslutades", max_length=20, choices=EndReason, blank=True, default="", db_default="", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "handlingsplan"
        verbose_name_plural = "handlingsplaner"
        constraints = [
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(ended_on=None),
                name="one_active_plan_per_individual",
                violation_error_message="Personen har redan en plan som gäller.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="plan_ends_after_it_starts",
                violation_error_message="Planen kan inte sluta innan den började.",
            ),
        ]

    def __str__(self):
        return self.own_goal


class PlanTemplate(models.Model):
    """A ready start for a plan: milestones with days from the start. `milestones` = [{text, days, kind}]."""

    name = models.CharField("namn", max_length=80, unique=True)
    goal_types = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    milestones = models.JSONField(default=list)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "planmall"
        verbose_name_plural = "planmallar"

    def __str__(self):
        return self.name
