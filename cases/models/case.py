"""The application, the case, and which organisations work on it."""

import uuid
from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Municipality, Organisation, Unit
from cases.contact import CONTACT
from cases.models.choices import Priority
from cases.models.people import SORT_KEYS, Household, Individual
from cases.rules import case_number


class Application(models.Model):
    """What came in. Two adults of one household may share an application and still have a case each."""

    class Origin(models.TextChoices):
        NEW = "new", "nytt"
        KNOWN = "known", "tidigare känt"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="applications")
    received_on = models.DateField("ansökan kom in")
    pes_registered_on = models.DateField("anmäld på AF", null=True, blank=True)
    registered_at = models.DateTimeField("registrerad", db_default=Now(), editable=False)
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = "ansökan"
        verbose_name_plural = "ansökningar"

    def __str__(self):
        return f"Ansökan {self.received_on}"


class CaseSeries(models.Model):
    """The last number given out, a row per municipality and year."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="case_series_per_year")]

    def __str__(self):
        return f"{self.municipality_id} {self.year}: {self.last}"

    @classmethod
    def draw(cls, municipality, year):
        """The next free case number, such as 2026-0412. The row stays locked until the transaction ends."""
        cls.objects.get_or_create(municipality=municipality, year=year)
        series = cls.objects.select_for_update(of=("self",), no_key=True).get(municipality=municipality, year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return case_number(year, series.last)


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on=None)

    def closed(self):
        return self.exclude(closed_on=None)

    def known_to(self, organisation, day):
        """Led by the organisation, or handled there too as a matter of its own."""
        own = CaseParty.objects.in_force(day).filter(organisation=organisation, own_matter=True)
        return self.filter(Q(organisation=organisation) | Q(pk__in=own.values("case")))

    def for_page(self):
        return self.select_related("individual__household", "organisation", "unit", "municipality", "application")

    def process_facts(self):
        """No names: for those who hand out cases that they may not open."""
        return self.order_by("next_on", "pk").values(
            "pk", "number", "next_on", "opened_on", "priority", "unit__name", "individual__interpreter_language"
        )

    def for_list(self):
        """What a row of a list shows: no sealed number, no address, and few joins, since each doubles the planner's
        work when `gate.cases()` is one of them."""
        hidden = ("identity_sealed", "identity_index", "sort_name", *SORT_KEYS, *CONTACT)
        rows = self.select_related("individual", "organisation", "unit")
        return rows.defer(*(f"individual__{name}" for name in hidden))

    def by_next_date(self):
        return self.order_by("next_on", "pk")


@pghistory.track()
class Case(models.Model):
    """One person's case, led by one organisation. `next_on` is the day by which the next step is promised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("ärendenummer", max_length=12, editable=False)
    individual = models.ForeignKey(Individual, models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="led_cases", editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="led_cases", verbose_name="enhet")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="cases", verbose_name="kommun")
    origin = models.CharField(
        "nytt eller känt", max_length=8, choices=Application.Origin, default=Application.Origin.NEW
    )
    seeks_work = models.BooleanField("söker arbete", default=True)
    on_assistance = models.BooleanField("har försörjningsstöd", default=True)
    assistance_since = models.DateField("försörjningsstöd sedan", null=True, blank=True)
    unemployed_since = models.DateField("arbetslös sedan", null=True, blank=True)
    priority = models.PositiveSmallIntegerField("prioritet", choices=Priority, null=True, blank=True)
    priority_computed = models.PositiveSmallIntegerField(
        "beräknad prioritet", choices=Priority, null=True, editable=False
    )
    priority_reason = models.CharField("anledning till annan prioritet", max_length=200, blank=True)
    next_on = models.DateField("nästa datum")
    opened_on = models.DateField("öppnat")
    closed_on = models.DateField("avslutat", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        permissions = [("read_case_in_emergency", "Kan läsa ärende med nödåtkomst")]
        indexes = [
            models.Index(fields=["organisation", "opened_on"], name="case_organisation_opened"),
            models.Index(fields=["municipality", "opened_on"], name="case_municipality_opened"),
            models.Index(fields=["next_on", "id"], name="case_next_open", condition=Q(closed_on=None)),
            models.Index(fields=["number"], name="case_number"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="case_number_in_municipality"),
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(closed_on=None),
                name="one_open_case_per_individual",
                violation_error_message="Personen har redan ett öppet ärende hos er.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_it_opens",
                violation_error_message="Ärendet kan inte avslutas innan det öppnades.",
            ),
            models.CheckConstraint(
                condition=Q(priority=F("priority_computed"))
                | Q(priority=None, priority_computed=None)
                | ~Q(priority_reason=""),
                name="other_priority_has_a_reason",
                violation_error_message="Skriv varför prioriteten ska vara en annan än den beräknade.",
            ),
        ]

    def __str__(self):
        return f"Ärende {self.number}"

    @property
    def is_open(self):
        return self.closed_on is None


class CasePartyQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def end(self, *, on):
        """From that day it is no party; one that began that day never was."""
        self.filter(since__gte=on).delete()
        return self.update(until=on - timedelta(days=1))


@pghistory.track()
class CaseParty(models.Model):
    """An organisation beside the lead. With `own_matter` it handles the person in its own right and keeps
    seeing the case's shell and its own rows when no consent is in force; otherwise consent alone lets it in."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    own_matter = models.BooleanField("har ett eget ärende med personen", default=False)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)

    objects = CasePartyQuerySet.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                name="organisation_is_party_once",
                violation_error_message="Organisationen är redan med i ärendet.",
            )
        ]

    def __str__(self):
        return str(self.organisation)
