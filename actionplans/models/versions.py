"""The plan as it stood, and who agreed to exactly that."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from actionplans.models.plans import ActionPlan


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
    """One party, or the individual (organisation None), agreed to exactly this version.

    `carried_from`: the version the party took a stand on, when a later one asked nothing new of it; else None.
    """

    class How(models.TextChoices):
        AT_MEETING = "at_meeting", "vid mötet"
        IN_SAMVERKAN = "in_samverkan", "i Samverkan"
        ON_PAPER = "on_paper", "på papper"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField("överenskommet", default=timezone.localdate)
    how = models.CharField("hur", max_length=14, choices=How, default=How.AT_MEETING)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    carried_from = models.ForeignKey(PlanVersion, models.PROTECT, null=True, blank=True, related_name="+")

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
