"""Extra competence that the person lets in: insight and contact are two permissions (S49)."""

from django.conf import settings
from django.db import models

from consent.models.consents import Consent


class Extra(models.Model):
    """For whom, by name, a consent was given and what for. What it lets tell is the consent's to say: insight the
    kinds that the person named, contact only how to reach them. Withdrawn one by one."""

    class Permission(models.TextChoices):
        INSIGHT = "insight", "insyn"
        CONTACT = "contact", "kontakt"

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="extra")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    permission = models.CharField("tillstånd", max_length=10, choices=Permission)

    class Meta:
        verbose_name = "extra kompetens"
        verbose_name_plural = "extra kompetens"

    def __str__(self):
        return f"{self.get_permission_display()} för {self.specialist.full_name}"
