"""What everybody promises before the first page, and when they did."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone


class ConductTextQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(valid_from__lte=day).order_by("-version")

    def unpromised(self, user, day):
        """The text in force, unless this user (a key, or an OuterRef) has accepted it. A newer version asks again."""
        latest = self.model.objects.in_force(day).values("pk")[:1]
        promised = ConductPromise.objects.filter(text=OuterRef("pk"), user=user)
        return self.filter(~Exists(promised), pk=Subquery(latest))


class ConductText(models.Model):
    """One version of the promise, in plain Swedish. Never changed once somebody has accepted it."""

    version = models.PositiveSmallIntegerField("version", unique=True)
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField("text", help_text="En tom rad börjar ett nytt stycke.")
    approved_by = models.CharField("beslutad av", max_length=120)
    valid_from = models.DateField("gäller från")

    objects = ConductTextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = "ansvarsförbindelse"
        verbose_name_plural = "ansvarsförbindelser"

    def __str__(self):
        return f"{self.title}, version {self.version}"

    @property
    def is_promised(self):
        return self.promises.exists()


class ConductPromiseQuerySet(models.QuerySet):
    def given_by(self, users):
        """For invented people: the text in force, accepted by all of them."""
        text = ConductText.objects.in_force(timezone.localdate()).first()
        return self.bulk_create([self.model(text=text, user=user) for user in users] if text else [])


class ConductPromise(models.Model):
    text = models.ForeignKey(ConductText, models.PROTECT, related_name="promises")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConductPromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text", "user"],
                name="conduct_promised_once",
                violation_error_message="Du har redan godkänt den här versionen.",
            )
        ]

    def __str__(self):
        return f"{self.user} {self.at:%Y-%m-%d}"
