"""Delmål, and what must be in place before one of them can happen."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation
from actionplans.models.plans import ActionPlan
from cases.models import CaseRecord, Category


class MilestoneQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=Milestone.OPEN)

    def reached(self):
        return self.filter(status=Milestone.Status.DONE)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)

    def for_page(self):
        return (
            self.select_related("responsible_organisation", "responsible_user", "condition__remover")
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
    with_individual = models.BooleanField("personen är med", default=False)
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
