"""Each time somebody let themselves in."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Organisation
from audit.months import month_of
from cases.models import Case


class EmergencyQuerySet(models.QuerySet):
    def in_month(self, day):
        _, since, until = month_of(day)
        return self.filter(opened_at__gte=since, opened_at__lt=until)


class EmergencyAccess(models.Model):
    """Who, to which case, why, and until when. Only added to."""

    class Ground(models.TextChoices):
        DANGER = "danger", "fara för någons liv eller hälsa"
        URGENT = "urgent", "beslut eller insats som inte kan vänta"
        ABSENCE = "absence", "den ansvariga är borta och personen behöver hjälp nu"

    case = models.ForeignKey(Case, models.PROTECT, related_name="emergencies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ground = models.CharField("grund", max_length=10, choices=Ground)
    reason = models.CharField("varför", max_length=500)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    ends_at = models.DateTimeField(editable=False)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = "nödåtkomst"
        verbose_name_plural = "nödåtkomster"
        indexes = [models.Index(fields=["organisation", "-opened_at"], name="emergency_of_organisation")]

    def __str__(self):
        return f"{self.user_id} i {self.case_id}"
