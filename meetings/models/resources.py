"""What a meeting needs besides people: rooms, interpreters, and the hours somebody can be met."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Municipality, Organisation


class Room(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rooms", verbose_name="organisation")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    name = models.CharField("namn", max_length=60)
    address = models.CharField("adress", max_length=120)
    seats = models.PositiveSmallIntegerField("platser", default=6)
    step_free = models.BooleanField("utan trappor", default=False)
    hearing_loop = models.BooleanField("hörslinga", default=False)
    equipment = models.CharField("utrustning", max_length=120, blank=True)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "rum"
        verbose_name_plural = "rum"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="room_name_in_organisation")]

    def __str__(self):
        return self.name


class Interpreter(models.Model):
    """An interpreter as a bookable resource, often an agency's number rather than a person's name."""

    name = models.CharField("namn eller tolknummer", max_length=80)
    language = models.CharField("språk", max_length=40)
    agency = models.CharField("förmedling", max_length=80, blank=True)
    email = models.EmailField("e-post", blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    is_active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["language", "name"]
        verbose_name = "tolk"
        verbose_name_plural = "tolkar"

    def __str__(self):
        return f"{self.name} ({self.language})"


class Availability(models.Model):
    """Recurring hours in Swedish time when a worker can be booked. `weekday` 0 is Monday."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField("veckodag")
    starts = models.TimeField("från")
    ends = models.TimeField("till")
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till", null=True, blank=True)

    class Meta:
        ordering = ["user", "weekday", "starts"]
        verbose_name = "bokningsbar tid"
        verbose_name_plural = "bokningsbara tider"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_exists"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="available_hours_in_order"),
        ]

    def __str__(self):
        return f"{self.user_id} {self.weekday} {self.starts}–{self.ends}"


class Absence(models.Model):
    """Away between two instants; `substitute` takes what comes in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField("från")
    ends_at = models.DateTimeField("till")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ersättare"
    )

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "frånvaro"
        verbose_name_plural = "frånvaro"
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_in_order")]

    def __str__(self):
        return f"{self.user_id} borta"
