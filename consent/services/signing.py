"""What shows that the person answered: a scan added, a name on the screen, a signature through a provider."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.sealing import blind_index
from audit.models import Action
from consent.content.papers import signing_text
from consent.esigning import Order, Provider, Signed, State
from consent.gate import Gate
from consent.models import Consent, ConsentProof, SigningAttempt
from consent.models.proofs import digest_of, terms_of
from consent.scans import Scan
from consent.services.consents import register_answer

MOST_SCANS = 5
OPEN_FOR = timedelta(minutes=15)
PENDING = SigningAttempt.Outcome.PENDING
CHANGED = "Frågan har ändrats sedan sidan öppnades. Läs den igen och svara sedan."


@transaction.atomic
def add_scan(gate: Gate, *, consent: Consent, scan: Scan) -> ConsentProof:
    """The signed form, to the answer of our own that was given on paper."""
    gate.require_write(consent.case, action=Action.CHANGED)
    held = _ours(gate, consent).exclude(answer=Consent.Answer.ASKED).filter(method=Consent.Method.PAPER).first()
    if held is None:
        raise ValidationError("Svaret lämnades inte på papper.")
    if held.proofs.filter(kind=ConsentProof.Kind.SCAN).count() >= MOST_SCANS:
        raise ValidationError(f"Det finns redan {MOST_SCANS} inlästa filer. Läs in alla sidor som en PDF.")
    proof = ConsentProof.of(held, kind=ConsentProof.Kind.SCAN, **scan._asdict(), at=timezone.now(), by=gate.user)
    proof.save()
    return proof


@transaction.atomic
def answer_on_screen(
    gate: Gate, *, consent: Consent, answer: str, terms: str, drawing: bytes = b"", name: str = ""
) -> Consent:
    """The person answers our question on the screen: a no needs no name. `terms` is the digest of what was shown."""
    gate.require_write(consent.case, action=Action.CHANGED)
    asked = _asked(gate, consent)
    if terms != digest_of(terms_of(asked)):
        raise ValidationError(CHANGED)
    answered = _answered(gate, asked, answer, Consent.Method.DRAWN)
    if answer == Consent.Answer.GIVEN:
        kind = ConsentProof.Kind.DRAWN if drawing else ConsentProof.Kind.TYPED
        signer = name or consent.case.individual.full_name
        _prove(gate, answered, kind=kind, signer=signer, content=drawing, content_type="image/png" if drawing else "")
    return answered


@transaction.atomic
def start_electronic(gate: Gate, *, consent: Consent, provider: Provider, addresses: tuple[str, str]) -> SigningAttempt:
    """Another try in the place of one that still waits. `addresses`: where to come back to, and the demo's own page."""
    gate.require_write(consent.case, action=Action.CHANGED)
    asked = _asked(gate, consent)
    now = timezone.now()
    asked.signing_attempts.filter(outcome=PENDING).update(outcome=SigningAttempt.Outcome.CANCELLED)
    state, nonce, text = secrets.token_urlsafe(32), secrets.token_urlsafe(32), signing_text(asked)
    back, practice = addresses
    started = provider.start(Order(text, nonce, f"{back}?state={state}", practice))
    return SigningAttempt.objects.create(
        consent=asked,
        provider=settings.E_SIGNATURE,
        reference=started.reference,
        url=started.url,
        state=state,
        nonce=nonce,
        text_digest=digest_of(text.encode()),
        started_by=gate.user,
        expires_at=now + OPEN_FOR,
    )


@transaction.atomic
def collect_electronic(gate: Gate, *, consent: Consent, provider: Provider) -> SigningAttempt | None:
    """What has become of the latest try. Asked once more after the end it changes nothing. None: none was made."""
    gate.require_write(consent.case, action=Action.CHANGED)
    attempt = _latest(gate, consent)
    if attempt is None or attempt.outcome != PENDING:
        return attempt
    if attempt.expires_at <= timezone.now():
        provider.cancel(attempt.reference)
        return _end(attempt, SigningAttempt.Outcome.EXPIRED)
    result = provider.collect(attempt.reference)
    if result.state is State.CANCELLED:
        return _end(attempt, SigningAttempt.Outcome.CANCELLED)
    if result.signed is None:
        return attempt
    if not _belongs(attempt, result.signed):
        return _end(attempt, SigningAttempt.Outcome.REFUSED)
    answered = _answered(gate, _asked(gate, consent), Consent.Answer.GIVEN, Consent.Method.E_SIGNATURE)
    signed = result.signed
    kept = {"content": signed.document, "content_type": signed.content_type, "signer": signed.signer}
    kept["provider"] = attempt.provider
    _prove(gate, answered, kind=ConsentProof.Kind.ELECTRONIC, **kept)
    return _end(attempt, SigningAttempt.Outcome.SIGNED)


@transaction.atomic
def cancel_electronic(gate: Gate, *, consent: Consent, provider: Provider) -> None:
    gate.require_write(consent.case, action=Action.CHANGED)
    attempt = _latest(gate, consent)
    if attempt is not None and attempt.outcome == PENDING:
        provider.cancel(attempt.reference)
        _end(attempt, SigningAttempt.Outcome.CANCELLED)


def _ours(gate, consent):
    """Each organisation proves what lets itself tell."""
    return gate.organisation.consents.filter(pk=consent.pk, case=consent.case)


def _asked(gate, consent):
    waiting = _ours(gate, consent).filter(answer=Consent.Answer.ASKED).select_related("discloser", "text")
    asked = waiting.select_for_update(of=("self",), no_key=True).first()
    if asked is None:
        raise ValidationError("Frågan är redan besvarad.")
    if asked.valid_until < gate.day:
        raise ValidationError("Slutdatum har redan varit. Fråga på nytt.")
    return asked


def _answered(gate, asked, answer, method):
    """Exactly what was asked: the person has read it on the screen or signed its words."""
    receivers = list(asked.receivers.all())
    said = {"method": method, "given_on": gate.day, "informed": True}
    return register_answer(gate, case=asked.case, answer=answer, receivers=receivers, asked=asked, **said)


def _prove(gate, consent, **proof):
    ConsentProof.of(consent, **proof, at=timezone.now(), by=gate.user).save()


def _latest(gate, consent):
    tries = SigningAttempt.objects.filter(consent__in=_ours(gate, consent)).order_by("-pk")
    return tries.select_for_update(of=("self",), no_key=True).first()


def _end(attempt, outcome):
    attempt.outcome = outcome
    attempt.save(update_fields=["outcome"])
    return attempt


def _belongs(attempt: SigningAttempt, signed: Signed) -> bool:
    """This try's own nonce, the very words that were sent, and the person of the case if the provider knows who."""
    person = attempt.consent.case.individual
    same = blind_index(signed.number, settings.IDENTITY_INDEX_KEY) == bytes(person.identity_index)
    return (
        secrets.compare_digest(signed.nonce, attempt.nonce)
        and signed.text_digest == attempt.text_digest
        and (same or not signed.number)
    )
