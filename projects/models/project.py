"""The project: its time, money and cohort."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Municipality, Organisation
from cases.models import Case


class ProjectQuerySet(models.QuerySet):
    def in_towns(self, municipalities):
        return self.filter(municipalities__in=municipalities).distinct()

    def for_page(self):
        return self.select_related("owner", "lead").prefetch_related("municipalities", "partners")


class Project(models.Model):
    """Dates may lie years back (Flen 2007–2008). A project cannot close without its final report (S166)."""

    name = models.CharField("namn", max_length=120)
    municipalities = models.ManyToManyField(Municipality, related_name="projects", verbose_name="kommuner")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="projektägare")
    partners = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name="parter")
    purpose = models.TextField("syfte", blank=True)
    shared_goal = models.TextField("gemensam målbild", blank=True)
    starts_on = models.DateField("börjar")
    ends_on = models.DateField("slutar")
    planned_meetings = models.PositiveIntegerField("planerat antal samtal", null=True, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="projektledare"
    )
    lead_share = models.PositiveSmallIntegerField("projektledarens tid, procent", null=True, blank=True)
    closed_on = models.DateField("avslutat", null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "projekt"
        verbose_name_plural = "projekt"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_dates_in_order",
                violation_error_message="Projektet kan inte sluta innan det börjar.",
            )
        ]

    def __str__(self):
        return self.name


class ProjectPhase(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="phases")
    name = models.CharField("fas", max_length=80)
    starts_on = models.DateField("börjar")
    ends_on = models.DateField("slutar")

    class Meta:
        ordering = ["starts_on"]
        verbose_name = "fas"
        verbose_name_plural = "faser"

    def __str__(self):
        return self.name


class ProjectCase(models.Model):
    """This case belongs to the project's cohort. Read by statistics only."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="cohort")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    joined_on = models.DateField("med från")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "case"], name="case_in_cohort_once")]

    def __str__(self):
        return f"{self.project_id}: {self.case_id}"


class Funding(models.Model):
    """Who pays: applied for, granted and total, in whole kronor (S15–S16)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="funding")
    funder = models.CharField("finansiär", max_length=120)
    applied = models.PositiveIntegerField("sökt", null=True, blank=True)
    granted = models.PositiveIntegerField("beviljat", null=True, blank=True)

    class Meta:
        verbose_name = "finansiering"
        verbose_name_plural = "finansiering"

    def __str__(self):
        return self.funder


class BudgetLine(models.Model):
    """Budget and outcome per year in whole kronor, in exactly three rows (S142)."""

    class Row(models.TextChoices):
        STAFF = "staff", "Personal"
        PREMISES = "premises", "Lokal"
        OTHER = "other", "Övrigt"

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget_lines")
    row = models.CharField(max_length=10, choices=Row)
    year = models.PositiveSmallIntegerField("år")
    budget = models.IntegerField("budget", null=True, blank=True)
    actual = models.IntegerField("utfall", null=True, blank=True)

    class Meta:
        ordering = ["year", "row"]
        verbose_name = "budgetrad"
        verbose_name_plural = "budgetrader"
        constraints = [models.UniqueConstraint(fields=["project", "row", "year"], name="budget_row_per_year")]

    def __str__(self):
        return f"{self.get_row_display()} {self.year}"
