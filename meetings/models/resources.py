"""What a meeting needs besides people: rooms, interpreters, and the hours somebody can be met."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Municipality, Organisation
from cases.templatetags.wording import clock, short_date

MIDNIGHT = "00.00"


class RoomQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)


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

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "rum"
        verbose_name_plural = "rum"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="room_name_in_organisation")]

    def __str__(self):
        return self.name

    @property
    def in_words(self):
        """Where it is, how many it holds and what it has."""
        has = [("utan trappor", self.step_free), ("hörslinga", self.hearing_loop), (self.equipment, self.equipment)]
        return ", ".join([self.address, f"{self.seats} platser", *(word for word, held in has if held)])


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


class AvailabilityQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def not_over(self, day):
        """In force on the day or later."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day))


class Availability(models.Model):
    """Recurring hours in Swedish time when a worker can be booked. `weekday` 0 is Monday.

    Somebody without any row in force on a day keeps office hours that day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField("veckodag")
    starts = models.TimeField("från")
    ends = models.TimeField("till")
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till", null=True, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        ordering = ["user", "weekday", "starts"]
        verbose_name = "bokningsbar tid"
        verbose_name_plural = "bokningsbara tider"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_exists"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="available_hours_in_order",
                violation_error_message="Tiden kan inte sluta innan den börjar.",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.weekday} {self.starts}–{self.ends}"


class OtherHours(models.Model):
    """One day that is not like the others: these hours instead of the usual, or none at all when both are empty.

    Also the way to be bookable on a day when nobody else is: a holiday, a squeeze day, a Saturday.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="other_hours")
    day = models.DateField("dag")
    starts = models.TimeField("från", null=True, blank=True)
    ends = models.TimeField("till", null=True, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = "andra tider en dag"
        verbose_name_plural = "andra tider en dag"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"],
                name="other_hours_once_a_day",
                violation_error_message="Det finns redan andra tider för den dagen. Ta bort dem först.",
            ),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(ends__gt=F("starts")),
                name="other_hours_in_order",
                violation_error_message="Tiden kan inte sluta innan den börjar.",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.day}"


class AbsenceQuerySet(models.QuerySet):
    def not_over(self, now):
        return self.filter(ends_at__gt=now).select_related("user", "substitute").order_by("starts_at", "pk")

    def near(self, now, users):
        """Of these people, going on or beginning within a month."""
        return self.not_over(now).filter(user__in=users, starts_at__lt=now + timedelta(days=30))


class Absence(models.Model):
    """Away between two instants; `substitute` takes what comes in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField("från")
    ends_at = models.DateTimeField("till")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ersättare"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "frånvaro"
        verbose_name_plural = "frånvaro"
        indexes = [models.Index(fields=["user", "ends_at"], name="absence_of_worker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_in_order",
                violation_error_message="Frånvaron kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("user")),
                name="absence_has_somebody_else",
                violation_error_message="Ingen kan ersätta sig själv.",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} borta"

    @property
    def last_day(self):
        """An absence until midnight ends the day before."""
        return timezone.localdate(self.ends_at - timedelta(microseconds=1))

    @property
    def span(self):
        """ "30 nov", "30 nov–4 dec", "30 nov 10.00–12.00"."""
        first, last = timezone.localdate(self.starts_at), self.last_day
        if first != last:
            return f"{short_date(first)}–{short_date(last)}"
        starts, ends = clock(self.starts_at), clock(self.ends_at)
        return short_date(first) if (starts, ends) == (MIDNIGHT, MIDNIGHT) else f"{short_date(first)} {starts}–{ends}"
