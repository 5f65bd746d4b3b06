"""What the person has on the screen when they answer themselves, and what has been kept of earlier answers."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404

from cases.models import Case
from consent.content.papers import Paper, build_paper
from consent.gate import Gate
from consent.models import Consent, ConsentProof, SigningAttempt
from consent.models.proofs import digest_of, terms_of


@dataclass(frozen=True)
class Question:
    """The paper, and the digest of what a yes says yes to."""

    paper: Paper
    terms: str


def own_question(gate: Gate, case: Case, consent_id: int) -> Consent:
    """Each organisation has its own question answered; somebody else's does not exist here."""
    return get_object_or_404(gate.consents(case).filter(discloser=gate.organisation).for_page(), pk=consent_id)


def build_question(consent: Consent) -> Question:
    return Question(build_paper(consent), digest_of(terms_of(consent)))


def latest_attempt(consent: Consent) -> SigningAttempt | None:
    return consent.signing_attempts.order_by("-pk").first()


def kept_proof(gate: Gate, case: Case, consent_id: int, proof_id: int) -> ConsentProof:
    """For the discloser whose evidence it is, and the lead. The receivers have the registered answer."""
    theirs = gate.consents(case).filter(Q(discloser=gate.organisation) | Q(case__organisation=gate.organisation))
    return get_object_or_404(ConsentProof.objects.filter(consent__in=theirs, consent=consent_id), pk=proof_id)
