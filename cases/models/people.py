"""The individual and the household."""

import uuid
from functools import reduce
from operator import and_

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from accounts.models import Organisation
from accounts.sealing import blind_index, seal, unseal
from cases.contact import CONTACT, NOWHERE, Contact
from cases.identity import IdentityKind, IdentityNumber, age_on
from cases.models.choices import Sex, SupportNeed

# What names are found by.
SORT_KEYS = ("given_key", "family_key")
# After every sign that a name is written with.
LAST_SIGN = "\U0010ffff"


class SwedishSortKey(Func):
    """å, ä, ö after z on every server, with or without ICU."""

    function = "translate"
    template = "(%(function)s(%(expressions)s, 'åäöæøéèëüáàóíñç', '{|}|}eeeyaaoinc') COLLATE \"C\")"


class Household(models.Model):
    """Who shares an economy. Children are only counted, never registered as persons (S19)."""

    class Kind(models.TextChoices):
        SINGLE = "single", "ensamstående utan barn"
        SINGLE_WITH_CHILDREN = "single_with_children", "ensamstående med barn"
        COUPLE = "couple", "par utan barn"
        COUPLE_WITH_CHILDREN = "couple_with_children", "par med barn"
        UNKNOWN = "unknown", "uppgift saknas"

    class ChildAge(models.TextChoices):
        UNDER_6 = "0-5", "0–5 år"
        UNDER_13 = "6-12", "6–12 år"
        UNDER_18 = "13-17", "13–17 år"

    kind = models.CharField("hushåll", max_length=24, choices=Kind, default=Kind.UNKNOWN)
    children = models.PositiveSmallIntegerField("antal barn", default=0)
    child_ages = ArrayField(
        models.CharField(max_length=6, choices=ChildAge), verbose_name="barnens ålder", default=list, blank=True
    )

    class Meta:
        verbose_name = "hushåll"
        verbose_name_plural = "hushåll"

    def __str__(self):
        return self.get_kind_display()

    @property
    def has_children(self):
        return self.children > 0


def _sort_key(name):
    """Compared sign by sign, so that those that begin alike stand together on every server."""
    kept = models.CharField(max_length=160, db_collation="C")
    return models.GeneratedField(expression=SwedishSortKey(Lower(F(name))), output_field=kept, db_persist=True)


def named(words, person="") -> Q:
    """Whose given or family name begins with each of the words; `person` is the way to them. As spans of the sort keys:
    of all ways to compare text only those that tell nothing of a row (LEAKPROOF) may use an index before row-level
    security has answered. LIKE, ILIKE and the trigrams' % may not (docs/row-security.md)."""
    return reduce(and_, (_begins(f"{person}given_key", word) | _begins(f"{person}family_key", word) for word in words))


def _begins(field, word):
    first = SwedishSortKey(Lower(Value(word)))
    return Q(**{f"{field}__gte": first, f"{field}__lt": Concat(first, Value(LAST_SIGN))})


class IndividualQuerySet(models.QuerySet):
    def with_number(self, number: IdentityNumber):
        """Exact match only, through the keyed blind index."""
        return self.filter(identity_index=blind_index(number.digits, settings.IDENTITY_INDEX_KEY))


@pghistory.track(exclude=["identity_sealed", "identity_index", "sort_name", *SORT_KEYS])
class Individual(models.Model):
    """The person the cooperation is about, as known to the organisation that registered them.

    The identity number is sealed; `identity_index` finds it by exact match. One organisation registers a
    person once; two organisations that do not share a consent each have their own row and learn nothing.
    """

    class Protection(models.TextChoices):
        NONE = "none", "ingen"
        SECRECY_FLAG = "secrecy_flag", "sekretessmarkering"
        PROTECTED_REGISTRATION = "protected_registration", "skyddad folkbokföring"
        FICTITIOUS = "fictitious", "fingerade personuppgifter"

    class Channel(models.TextChoices):
        LETTER = "letter", "brev"
        EMAIL = "email", "e-post"
        SMS = "sms", "sms"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    household = models.ForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="adults")
    given_name = models.CharField("förnamn", max_length=80)
    family_name = models.CharField("efternamn", max_length=80)
    sort_name = models.GeneratedField(
        expression=SwedishSortKey(Lower(Concat(F("family_name"), Value(" "), F("given_name")))),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    given_key, family_key = _sort_key("given_name"), _sort_key("family_name")
    identity_kind = models.CharField(
        "slag av nummer", max_length=20, choices=[(k.value, k.label) for k in IdentityKind]
    )
    identity_sealed = models.BinaryField(editable=False)
    identity_index = models.BinaryField(max_length=32, editable=False)
    birth_date = models.DateField("född", null=True, blank=True)
    sex = models.CharField("kön", max_length=10, choices=Sex, default=Sex.UNKNOWN)
    protection = models.CharField(
        "skyddade personuppgifter", max_length=24, choices=Protection, default=Protection.NONE
    )
    language = models.CharField("språk", max_length=40, default="svenska")
    interpreter_language = models.CharField("tolk", max_length=40, blank=True)
    support_needs = ArrayField(
        models.CharField(max_length=20, choices=SupportNeed), verbose_name="stödbehov", default=list, blank=True
    )
    channel = models.CharField("vill ha besked genom", max_length=10, choices=Channel, default=Channel.LETTER)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-post", blank=True)
    street = models.CharField("adress", max_length=120, blank=True)
    postcode = models.CharField("postnummer", max_length=6, blank=True)
    city = models.CharField("ort", max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndividualQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"
        indexes = [
            models.Index(fields=["sort_name"], name="individual_sort_name"),
            models.Index(fields=["given_key"], name="individual_given_key"),
            models.Index(fields=["family_key"], name="individual_family_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "identity_index"],
                name="individual_registered_once",
                violation_error_message="Personen finns redan registrerad hos er.",
            )
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}"

    @property
    def short_name(self):
        """Given name and initial: enough on a list, less on a screen that others see."""
        return f"{self.given_name} {self.family_name[:1]}."

    @property
    def is_protected(self):
        return self.protection != self.Protection.NONE

    @property
    def contact(self) -> Contact:
        """What pages, mails and papers may say of where the person can be reached. Under protected identity nothing,
        whatever is stored and whatever the consent says: ask this, never the fields."""
        return NOWHERE if self.is_protected else Contact(*(getattr(self, name) for name in CONTACT))

    @property
    def age(self):
        """Whole years today; None without a birth date."""
        return None if self.birth_date is None else age_on(self.birth_date, timezone.localdate())

    @property
    def identity(self) -> IdentityNumber:
        """The number in clear. Show `.masked`; `.pretty` only after the reveal is logged."""
        digits = unseal(bytes(self.identity_sealed), place=self._place, keys=settings.IDENTITY_KEYS)
        return IdentityNumber(IdentityKind(self.identity_kind), digits)

    @identity.setter
    def identity(self, number: IdentityNumber):
        self.identity_kind = number.kind
        self.identity_sealed = seal(number.digits, place=self._place, keys=settings.IDENTITY_KEYS)
        self.identity_index = blind_index(number.digits, settings.IDENTITY_INDEX_KEY)
        self.birth_date = number.birth_date

    @property
    def _place(self):
        return f"cases_individual.identity_sealed.{self.pk}"
