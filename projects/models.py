"""The development project around the cooperation: phases, money, groups, surveys, what was learnt."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Municipality, Organisation
from cases.models import Case


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


class Group(models.Model):
    """LSG, lilla LSG or the steering group (S30–S35)."""

    class Kind(models.TextChoices):
        LOCAL = "local_group", "LSG"
        CASEWORKER = "caseworker_group", "lilla LSG"
        STEERING = "steering_group", "styrgrupp"
        PREPARATORY = "preparatory_group", "beredningsgrupp"

    project = models.ForeignKey(Project, models.CASCADE, related_name="groups")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    mandate = models.TextField("mandat", blank=True)

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"

    def __str__(self):
        return self.get_kind_display()


class Membership(models.Model):
    """Ordinary or adjunct (adjungerad), between two dates, and who decided (S33–S34)."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "ordinarie"
        ADJUNCT = "adjunct", "adjungerad"

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)
    decided_by = models.CharField("beslutat av", max_length=120, blank=True)

    class Meta:
        ordering = ["since"]
        verbose_name = "ledamot"
        verbose_name_plural = "ledamöter"

    def __str__(self):
        return f"{self.user} ({self.get_kind_display()})"


class GroupMeeting(models.Model):
    """A meeting of a group. Agenda items stand in AgendaItem; no client data here."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    held_on = models.DateField("datum")
    minutes = models.TextField("anteckningar", blank=True)

    class Meta:
        ordering = ["-held_on"]

    def __str__(self):
        return f"{self.group} {self.held_on}"


class AgendaItem(models.Model):
    """`effect` = what an organisational change means for the work with the individuals (S73)."""

    meeting = models.ForeignKey(GroupMeeting, models.CASCADE, related_name="items")
    text = models.CharField("punkt", max_length=200)
    organisational_change = models.BooleanField("förändring i en organisation", default=False)
    effect = models.CharField("vad det betyder för arbetet", max_length=300, blank=True)
    decision = models.CharField("beslut", max_length=300, blank=True)

    def __str__(self):
        return self.text


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


class ContextFigureQuerySet(models.QuerySet):
    def yearly_assistance(self, municipality):
        return self.filter(municipality=municipality, code=ContextFigure.Code.PAID_ASSISTANCE).order_by("period_start")


class ContextFigure(models.Model):
    """A figure about the place with period and source, such as assistance paid in a year in kronor (S136–S138)."""

    class Code(models.TextChoices):
        PAID_ASSISTANCE = "paid_assistance", "utbetalt ekonomiskt bistånd, kronor"
        PERSONS_ON_ASSISTANCE = "persons_on_assistance", "personer med bistånd"
        HOUSEHOLDS_ON_ASSISTANCE = "households_on_assistance", "hushåll med bistånd"
        INHABITANTS = "inhabitants", "invånare"
        UNEMPLOYMENT = "unemployment", "arbetslöshet, procent"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="context_figures")
    code = models.CharField(max_length=30, choices=Code)
    period_start = models.DateField("från")
    period_end = models.DateField("till")
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    source = models.CharField("källa", max_length=160)

    objects = ContextFigureQuerySet.as_manager()

    class Meta:
        ordering = ["code", "period_start"]
        verbose_name = "bakgrundssiffra"
        verbose_name_plural = "bakgrundssiffror"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "period_start"], name="context_figure_once")
        ]

    def __str__(self):
        return f"{self.get_code_display()} {self.period_start.year}"
