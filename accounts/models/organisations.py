"""Municipality, organisation and unit. An organisation is a myndighet or nämnd: secrecy holds between them."""

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models


class Municipality(models.Model):
    code = models.CharField(
        "kommunkod", max_length=4, primary_key=True, validators=[RegexValidator(r"^\d{4}$", "Skriv fyra siffror.")]
    )
    name = models.CharField("namn", max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"

    def __str__(self):
        return self.name


class Organisation(models.Model):
    """A party: social services, employment office, labour-market unit … (S1–S10, S20)."""

    class Kind(models.TextChoices):
        SOCIAL_SERVICES = "social_services", "Socialtjänst"
        EMPLOYMENT_SERVICE = "employment_service", "Arbetsförmedling"
        LABOUR_MARKET_UNIT = "labour_market_unit", "Arbetsmarknadsenhet"
        SOCIAL_INSURANCE_AGENCY = "social_insurance_agency", "Försäkringskassa"
        HEALTH_CARE = "health_care", "Hälso- och sjukvård"
        SCHOOL = "school", "Skola"
        COORDINATION_ASSOCIATION = "coordination_association", "Samordningsförbund"
        OTHER = "other", "Annan"

    kind = models.CharField("slag", max_length=30, choices=Kind)
    name = models.CharField("namn", max_length=120)
    short_name = models.CharField("kort namn", max_length=20)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="kommun", related_name="organisations"
    )
    serves = models.ManyToManyField(
        Municipality, blank=True, verbose_name="verksam i", related_name="serving_organisations"
    )
    phone = models.CharField("telefon", max_length=40, blank=True)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "municipality"],
                name="organisation_name_in_municipality",
                violation_error_message="Det finns redan en organisation med det namnet i kommunen.",
            )
        ]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """A workplace inside one organisation. `group` is what guardian grants a whole unit's work to."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units", verbose_name="organisation")
    name = models.CharField("namn", max_length=120)
    group = models.OneToOneField(Group, models.PROTECT, editable=False, related_name="unit")

    class Meta:
        ordering = ["name"]
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="unit_name_in_organisation",
                violation_error_message="Organisationen har redan en enhet med det namnet.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if self.group_id is None:
            self.group = Group.objects.create(name=f"enhet {self.organisation_id}: {self.name}"[:150])
        super().save(**kwargs)
