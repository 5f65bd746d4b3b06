"""What shows that the person answered: a scanned form, a name drawn or typed, a document signed elsewhere."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from consent.models.consents import Consent


def digest_of(value) -> str:
    """SHA-256 of bytes, or of a value written as JSON in one way only."""
    if not isinstance(value, bytes):
        value = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(value).hexdigest()


def terms_of(consent: Consent) -> dict:
    """All that a signature says yes to, as plain values: who may tell whom what, why, when, and the words shown."""
    text = consent.text
    return {
        "reference": consent.reference,
        "discloser": consent.discloser_id,
        "receivers": sorted(receiver.pk for receiver in consent.receivers.all()),
        "categories": sorted(consent.categories),
        "purpose": consent.purpose,
        "valid": [consent.valid_from.isoformat(), consent.valid_until.isoformat()],
        "text": [text.language, text.easy_read, text.version, digest_of([text.title, text.body])] if text else None,
    }


class ConsentProofQuerySet(models.QuerySet):
    def without_content(self):
        return self.defer("content").select_related("by").order_by("at", "pk")


class ConsentProof(models.Model):
    """Only added to, by rights. `statement` is what was signed, by whom, when, with the digest of `content`;
    `digest` is that of the statement."""

    class Kind(models.TextChoices):
        SCAN = "scan", "inläst blankett"
        DRAWN = "drawn", "ritad underskrift"
        TYPED = "typed", "skrivet namn"
        ELECTRONIC = "electronic", "e-underskrift"

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="proofs")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    signer = models.CharField("undertecknad av", max_length=120, blank=True)
    content = models.BinaryField()
    content_type = models.CharField(max_length=60)
    statement = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ConsentProofQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        constraints = [
            models.UniqueConstraint(
                fields=["consent"], condition=~Q(kind="scan"), name="consent_is_signed_once_on_screen"
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @classmethod
    def of(cls, consent, *, kind, content, content_type, at, by, signer="", provider=""):
        facts = {"kind": str(kind), "signer": signer, "provider": provider, "at": at.isoformat()}
        facts["content"] = digest_of(content)
        names = [o.name for o in (consent.discloser, *consent.receivers.all())]
        statement = terms_of(consent) | facts | {"names": names}
        return cls(
            consent=consent,
            kind=kind,
            signer=signer,
            content=content,
            content_type=content_type,
            statement=statement,
            digest=digest_of(statement),
            at=at,
            by=by,
        )

    @property
    def is_intact(self):
        """Nothing has been changed since: neither the signature, nor what it says, nor the consent it stands on."""
        signed = all(self.statement.get(name) == value for name, value in terms_of(self.consent).items())
        whole = self.statement.get("content") == digest_of(bytes(self.content))
        return signed and whole and self.digest == digest_of(self.statement)

    @property
    def is_practice(self):
        return self.kind == self.Kind.ELECTRONIC and self.statement["provider"] == "practice"

    @property
    def file_name(self):
        """Says what it is and never whose."""
        endings = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "application/json": "json"}
        return f"underlag-{self.pk}.{endings.get(self.content_type, 'bin')}"


class SigningAttempt(models.Model):
    """One try to have a consent signed through a provider. `state` comes back in the address, `nonce` inside what
    was signed; both belong to this try only."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "väntar på underskrift"
        SIGNED = "signed", "underskriven"
        CANCELLED = "cancelled", "avbruten"
        EXPIRED = "expired", "tiden gick ut"
        REFUSED = "refused", "gällde inte frågan"

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="signing_attempts")
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    state = models.CharField(max_length=43, unique=True)
    nonce = models.CharField(max_length=43)
    text_digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "försök till e-underskrift"
        verbose_name_plural = "försök till e-underskrift"
        constraints = [
            models.UniqueConstraint(
                fields=["consent"], condition=Q(outcome="pending"), name="consent_is_signed_in_one_place_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.provider}: {self.get_outcome_display()}"

    @property
    def is_open(self):
        return self.outcome == self.Outcome.PENDING and self.expires_at > timezone.now()
