"""What is needed to change a consent in force: what it says now, and what the change closes and opens."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from accounts.models import Organisation
from cases.content import organisations_around
from cases.models import Case
from cases.templatetags.wording import joined
from consent.content.asking import Closing, build_closing
from consent.content.words import words_for
from consent.gate import Gate
from consent.models import Consent
from consent.rules import Terms


@dataclass(frozen=True)
class Opening:
    """What one receiver will be told that it is not told by this consent today."""

    organisation: Organisation
    categories: str


@dataclass(frozen=True)
class Difference:
    """`more`: the person must answer anew. `until` is None when the last day stays."""

    more: bool
    closing: tuple[Closing, ...]
    opening: tuple[Opening, ...]
    until: date | None


def own_consent(gate: Gate, case: Case, consent_id: int) -> Consent:
    """Each organisation changes what lets itself tell; somebody else's does not exist here."""
    return get_object_or_404(
        gate.consents(case).filter(discloser=gate.organisation, extra=None).for_page(), pk=consent_id
    )


def choices_for(gate: Gate, consent: Consent) -> list[Organisation]:
    """Those that may be asked about, and those that are named already."""
    known = {o.pk: o for o in (*organisations_around(gate, consent.case), *consent.receivers.all())}
    return sorted(known.values(), key=lambda o: o.name)


def first_values(gate: Gate, consent: Consent) -> dict:
    person = consent.case.individual
    return {
        "receivers": [str(r.pk) for r in consent.receivers.all()],
        "categories": consent.categories,
        "valid_until": consent.valid_until,
        "given_on": gate.day,
        "language": person.interpreter_language or person.language,
        "interpreter_used": bool(person.interpreter_language),
    }


def build_difference(gate: Gate, consent: Consent, wanted: Terms, organisations: list[Organisation]) -> Difference:
    held = consent.terms
    fresh = wanted.pairs - held.pairs
    return Difference(
        more=wanted.exceeds(held),
        closing=build_closing(gate, consent, wanted),
        opening=tuple(
            Opening(o, joined(words_for({category for pk, category in fresh if pk == o.pk})))
            for o in organisations
            if any(pk == o.pk for pk, _ in fresh)
        ),
        until=None if wanted.until == held.until else wanted.until,
    )
