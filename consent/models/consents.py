"""Consent that lifts secrecy (OSL 12:2): directed, for named kinds of data, for a purpose, between two dates."""

import secrets
from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts.models import Organisation
from cases.models import Case, Category
from consent.models.predicates import Receives


class ConsentTextQuerySet(models.QuerySet):
    def current(self, day, language="sv"):
        return self.filter(language=language, valid_from__lte=day).order_by("-version").first()


class ConsentText(models.Model):
    """The words a person agreed to, approved and versioned; a row is never changed once used (S51)."""

    version = models.PositiveSmallIntegerField("version")
    language = models.CharField("språk", max_length=20, default="sv")
    title = models.CharField("rubrik", max_length=120)
    body = models.TextField("text")
    approved_by = models.CharField("godkänd av", max_length=120)
    valid_from = models.DateField("gäller från")

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["language", "-version"]
        verbose_name = "samtyckestext"
        verbose_name_plural = "samtyckestexter"
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="consent_text_version")]

    def __str__(self):
        return f"{self.title} ({self.language}, version {self.version})"


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
        return self.given().filter(withdrawn_at=None, valid_from__lte=day, valid_until__gte=day)

    def expiring(self, day, within=30):
        return self.in_force(day).filter(valid_until__lte=day + timedelta(days=within))

    def with_parties(self):
        """Newest first, with who may tell whom."""
        return self.select_related("discloser").prefetch_related("receivers").order_by("-given_on", "-pk")

    def for_page(self):
        steps = models.Prefetch("steps", ConsentStep.objects.select_related("by"))
        return self.with_parties().select_related("registered_by", "withdrawn_by", "text").prefetch_related(steps)


@pghistory.track()
class Consent(models.Model):
    """The person's answer to one organisation's question: may you (discloser) tell these (receivers) this?

    A no is a row too. Whether it is in force is always computed from dates and `withdrawn_at`; the history is
    in ConsentStep. Never a condition for assistance (S52).
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
            and self.valid_from <= day <= self.valid_until
        )

    def ends_soon(self, day):
        return self.is_in_force(day) and (self.valid_until - day).days <= 30


class ConsentStep(models.Model):
    """The life of a consent, only added to: given, declined, extended, narrowed, withdrawn, expired, confirmed."""

    class What(models.TextChoices):
        ASKED = "asked", "blankett lämnad"
        GIVEN = "given", "lämnat"
        DECLINED = "declined", "nej"
        EXTENDED = "extended", "förlängt"
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


@pghistory.track()
class LegalGround(models.Model):
    """A ground other than consent, such as SoL 15:11 for the few facts it names (SFS 2008:975)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="legal_grounds")
    discloser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    categories = ArrayField(models.CharField(max_length=20, choices=Category))
    statute = models.CharField("lagrum", max_length=120)
    reason = models.CharField("skäl", max_length=300)
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till och med", null=True, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "laglig grund"
        verbose_name_plural = "lagliga grunder"

    def __str__(self):
        return self.statute


# days * daterange: the days in both.
MET = {"arg_joiner": " * ", "template": "%(expressions)s", "output_field": DateRangeField()}


class DisclosureQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(days__contains=day)

    def relied_on(self, case_id, recipient_id, day):
        """Those in force for this recipient, locked FOR SHARE: a withdrawal waits until the reader has committed,
        and a reader that had to wait sees the withdrawal. First in line for the case (`let_readers_finish`)."""
        return self.raw(
            "SELECT id, discloser_id, category, consent_id, legal_ground_id FROM consent_disclosure"
            " WHERE (SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 1))) IS NOT NULL"
            " AND case_id = %s AND recipient_id = %s AND days @> %s::date ORDER BY id FOR SHARE",
            [str(case_id), case_id, recipient_id, day],
        )

    def let_tell(self, consent, receivers, days=None):
        """What a yes lets whom tell whom: on its valid days, or on those `days` that were left of them."""
        days = days or DateRange(consent.valid_from, consent.valid_until + timedelta(days=1))
        return self.bulk_create(
            Disclosure(
                case=consent.case,
                discloser=consent.discloser,
                recipient=receiver,
                category=category,
                days=days,
                consent=consent,
            )
            for receiver in receivers
            for category in consent.categories
        )

    def held(self):
        """Locked for change, in the readers' order: returns when every page that relies on them has been logged."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    def end(self, *, on):
        """Tells nothing more from that day. What could be told before it stays; from the same day on: empty."""
        return self.update(days=Func(F("days"), Value(DateRange(None, on), self.model._meta.get_field("days")), **MET))


class Disclosure(models.Model):
    """The one table the gate asks: on these days this organisation may tell that one this category.

    Written by the use cases that register, narrow, extend and withdraw; `days` is empty once withdrawn the same
    day. Rows are never deleted: they show what could be told when.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="disclosures")
    discloser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=Category)
    days = DateRangeField()
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, blank=True, related_name="disclosures")
    legal_ground = models.ForeignKey(LegalGround, models.CASCADE, null=True, blank=True, related_name="disclosures")

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "recipient"], name="disclosure_case_recipient"),
            GistIndex(fields=["days"], name="disclosure_days"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False, legal_ground=None) | Q(consent=None, legal_ground__isnull=False),
                name="disclosure_has_one_ground",
            ),
            models.CheckConstraint(condition=~Q(discloser=F("recipient")), name="nobody_tells_oneself"),
        ]

    def __str__(self):
        return f"{self.discloser_id} → {self.recipient_id}: {self.category}"
