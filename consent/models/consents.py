"""Consent that lifts secrecy (OSL 12:2): directed, for named kinds of data, for a purpose, between two dates."""

import secrets
from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from cases.models import Case, Category
from consent.models.predicates import Receives
from consent.models.texts import ConsentText
from consent.rules import Terms


def reference_code():
    """Eight letters and figures without look-alikes, printed on the form as a QR code."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(8))


def concerning(organisation):
    """Consents the organisation discloses or receives under."""
    return Q(discloser=organisation) | Q(Receives("pk", organisation))


class ConsentQuerySet(models.QuerySet):
    def given(self):
        return self.filter(answer=Consent.Answer.GIVEN)

    def in_force(self, day):
        return self.given().filter(withdrawn_at=None, replaced_at=None, valid_from__lte=day, valid_until__gte=day)

    def expiring(self, day, within=30):
        return self.in_force(day).filter(valid_until__lte=day + timedelta(days=within))

    def with_parties(self):
        """Newest first, with who may tell whom."""
        return self.select_related("discloser").prefetch_related("receivers").order_by("-given_on", "-pk")

    def for_page(self):
        steps = models.Prefetch("steps", ConsentStep.objects.select_related("by"))
        return (
            self.with_parties()
            .select_related("registered_by", "withdrawn_by", "text", "extra__specialist")
            .prefetch_related(steps)
        )


@pghistory.track()
class Consent(models.Model):
    """The person's answer to one organisation's question: may you (discloser) tell these (receivers) this?

    A no is a row too. One that is narrowed or extended ends at `replaced_at`, when the row that `replaces` it begins.
    Whether it is in force is always computed from dates, `withdrawn_at` and `replaced_at`; the history is in
    ConsentStep. Never a condition for assistance (S52).
    """

    class Answer(models.TextChoices):
        ASKED = "asked", "blankett lämnad"
        GIVEN = "given", "ja"
        DECLINED = "declined", "nej"

    class Method(models.TextChoices):
        PAPER = "paper", "underskrift på papper"
        ORAL = "oral", "muntligt"
        DRAWN = "drawn", "underskrift på skärm"
        E_SIGNATURE = "e_signature", "e-underskrift"

    case = models.ForeignKey(Case, models.CASCADE, related_name="consents")
    discloser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="consents",
        verbose_name="vem som får lämna uppgifter",
        editable=False,
    )
    receivers = models.ManyToManyField(Organisation, related_name="+", verbose_name="till vem")
    categories = ArrayField(models.CharField(max_length=20, choices=Category), verbose_name="vilka uppgifter")
    purpose = models.CharField("varför", max_length=300)
    answer = models.CharField("svar", max_length=10, choices=Answer)
    method = models.CharField("hur svaret lämnades", max_length=12, choices=Method, default=Method.PAPER)
    given_on = models.DateField("svarsdatum", default=timezone.localdate)
    valid_from = models.DateField("gäller från", default=timezone.localdate)
    valid_until = models.DateField("gäller till och med")
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=8, default=reference_code, unique=True, editable=False)
    informed = models.BooleanField("personen har fått veta vad samtycket betyder", default=False)
    language = models.CharField("information gavs på", max_length=40, default="svenska")
    interpreter_used = models.BooleanField("med tolk", default=False)
    easy_read = models.BooleanField("på lättläst svenska", default=False)
    witness = models.CharField("vem som var med vid muntligt svar", max_length=120, blank=True)
    oral_reason = models.CharField("varför svaret är muntligt", max_length=200, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    registered_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_how = models.CharField("hur återkallandet kom", max_length=200, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        indexes = [models.Index(fields=["valid_until"], name="consent_ends", condition=Q(withdrawn_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="consent_dates_in_order",
                violation_error_message="Samtycket kan inte sluta gälla innan det börjar.",
            ),
            models.CheckConstraint(
                condition=~Q(answer="given", method="oral") | (~Q(witness="") & ~Q(oral_reason="")),
                name="oral_consent_has_witness_and_reason",
                violation_error_message="Vid muntligt samtycke: skriv vem som var med och varför det är muntligt.",
            ),
        ]

    def __str__(self):
        return f"Samtycke {self.reference}"

    def is_in_force(self, day):
        return (
            self.answer == self.Answer.GIVEN
            and self.withdrawn_at is None
            and self.replaced_at is None
            and self.valid_from <= day <= self.valid_until
        )

    @property
    def terms(self):
        return Terms(frozenset(r.pk for r in self.receivers.all()), frozenset(self.categories), self.valid_until)

    def ends_soon(self, day):
        return self.is_in_force(day) and (self.valid_until - day).days <= 30


class ConsentStep(models.Model):
    """The life of a consent, only added to: given, declined, extended, narrowed, withdrawn, expired, confirmed."""

    class What(models.TextChoices):
        ASKED = "asked", "blankett lämnad"
        GIVEN = "given", "lämnat"
        DECLINED = "declined", "nej"
        EXTENDED = "extended", "förlängt"
        KEPT = "kept", "nej till att dela mer eller längre"
        NARROWED = "narrowed", "minskat"
        WITHDRAWN = "withdrawn", "återkallat"
        CONFIRMED = "confirmed", "bekräftat vid möte"

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_what_display()
