"""The one plan that the person owns: goal, milestones with conditions, versions, and who agreed to which version."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from cases.models import CaseRecord, Category, Individual


@pghistory.track()
class ActionPlan(CaseRecord):
    """One active plan per person (S77, S86). Sections start with resources, then obstacles (S68, S180).

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
    version = models.PositiveIntegerField(default=1, editable=False)

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
        ]

    def __str__(self):
        return self.own_goal


class MilestoneQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=Milestone.OPEN)

    def reached(self):
        return self.filter(status=Milestone.Status.DONE)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)

    def for_page(self):
        return (
            self.select_related("responsible_organisation", "responsible_user", "condition")
            .prefetch_related("with_organisations")
            .order_by("position", "due_on", "pk")
        )


@pghistory.track()
class Milestone(CaseRecord):
    """A delmål: what, who, with whom, by when, followed up how and when (S67, S87).

    Either the individual or exactly one organisation with a named person is responsible (S41). `reviewed_on` is
    the latest meeting it was gone through at (S64).
    """

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "inte börjat"
        ONGOING = "ongoing", "pågår"
        DONE = "done", "klart"
        ENDED = "ended", "avslutat utan att nås"

    class EndReason(models.TextChoices):
        CHANGED_GOAL = "changed_goal", "målet ändrades"
        NOT_AVAILABLE = "not_available", "lämplig aktivitet finns inte"
        HEALTH = "health", "hälsan hindrade"
        PERSON_DECLINED = "person_declined", "personen ville något annat"
        STARTED_WORK = "started_work", "började arbeta eller studera"
        OTHER = "other", "annat"

    OPEN = ("not_started", "ongoing")

    category = Category.PLAN
    joint = True

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="milestones", editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.CharField("vad ska hända", max_length=200)
    by_individual = models.BooleanField("personen gör det själv", default=False)
    responsible_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarig organisation"
    )
    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name="ansvarig person",
    )
    with_organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name="tillsammans med"
    )
    with_others = models.CharField("tillsammans med andra", max_length=120, blank=True)
    starts_on = models.DateField("börjar", default=timezone.localdate)
    due_on = models.DateField("klart senast")
    follow_up_how = models.CharField("hur det följs upp", max_length=120, blank=True)
    follow_up_on = models.DateField("följs upp", null=True, blank=True)
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.NOT_STARTED)
    done_on = models.DateField("klart", null=True, blank=True)
    end_reason = models.CharField("varför det avslutades", max_length=20, choices=EndReason, blank=True)
    reviewed_on = models.DateField("senast genomgånget", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "delmål"
        verbose_name_plural = "delmål"
        indexes = [
            models.Index(fields=["due_on"], name="milestone_open", condition=Q(status__in=("not_started", "ongoing")))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_individual=True, responsible_organisation=None)
                | Q(by_individual=False, responsible_organisation__isnull=False),
                name="milestone_has_one_responsible",
                violation_error_message="Välj en ansvarig: antingen personen själv eller en organisation.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="milestone_due_after_it_starts",
                violation_error_message="Delmålet kan inte vara klart innan det börjar.",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_on__isnull=False),
                name="done_milestone_has_a_day",
                violation_error_message="Skriv vilken dag delmålet blev klart.",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | ~Q(end_reason=""),
                name="ended_milestone_has_a_reason",
                violation_error_message="Välj varför delmålet avslutades.",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self):
        return self.status in self.OPEN


class Condition(models.Model):
    """What must be in place first and who removes the obstacle (S88). A condition for assistance only points to
    the board's decision; the decision itself stays in the board's system."""

    milestone = models.OneToOneField(Milestone, models.CASCADE, related_name="condition")
    text = models.CharField("vad som måste vara på plats först", max_length=200)
    remover = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vem som ordnar det"
    )
    met_on = models.DateField("på plats", null=True, blank=True)
    for_assistance = models.BooleanField("villkor för försörjningsstöd", default=False)
    decision_number = models.CharField("nämndens beslutsnummer", max_length=40, blank=True)
    decided_on = models.DateField("beslutsdatum", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(for_assistance=False) | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="assistance_condition_refers_to_decision",
                violation_error_message="Ett villkor för försörjningsstöd ska ha nämndens beslutsnummer och datum.",
            )
        ]

    def __str__(self):
        return self.text


class PlanVersion(models.Model):
    """The plan as it stood at a meeting. `snapshot` is complete and never changes; agreements point here."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    made_on = models.DateField("gjord", default=timezone.localdate)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    snapshot = models.JSONField()

    class Meta:
        ordering = ["-number"]
        verbose_name = "planversion"
        verbose_name_plural = "planversioner"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number")]

    def __str__(self):
        return f"version {self.number}"


class Agreement(models.Model):
    """One party, or the individual (organisation None), agreed to exactly this version."""

    class How(models.TextChoices):
        AT_MEETING = "at_meeting", "vid mötet"
        IN_SAMVERKAN = "in_samverkan", "i Samverkan"
        ON_PAPER = "on_paper", "på papper"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField("överenskommet", default=timezone.localdate)
    how = models.CharField("hur", max_length=14, choices=How, default=How.AT_MEETING)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                nulls_distinct=False,
                name="agreed_once_per_version",
                violation_error_message="Det är redan antecknat.",
            )
        ]

    def __str__(self):
        return str(self.organisation or "deltagaren")


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
