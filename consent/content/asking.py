"""What is needed to ask, to answer, and to take back."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from accounts.models import Organisation
from cases.models import Case, SupportNeed
from cases.templatetags.wording import joined
from consent.content.words import words_for
from consent.esigning import provider as chosen_provider
from consent.gate import Gate
from consent.models import Consent, ConsentText, Disclosure
from consent.models.texts import closest
from consent.rules import PURPOSE, Terms, last_day

CARRIED = (
    "categories",
    "purpose",
    "valid_from",
    "valid_until",
    "language",
    "interpreter_used",
    "easy_read",
)


@dataclass(frozen=True)
class Closing:
    """What one receiver stops seeing. `keeps`: the rest of the consent still holds for it."""

    organisation: Organisation
    categories: str
    people: tuple[str, ...]
    own_matter: bool
    keeps: bool


def asked_form(gate: Gate, case: Case, reference: str) -> Consent | None:
    """The printed form that is now answered: our own, not answered before. None: asked without a form."""
    if not reference:
        return None
    ours = gate.consents(case).filter(discloser=gate.organisation, answer=Consent.Answer.ASKED)
    return get_object_or_404(ours.prefetch_related("receivers"), reference=reference.upper())


def first_values(gate: Gate, case: Case, asked: Consent | None) -> dict:
    """What the form starts from: the printed one, or the parties we know of, the ordinary categories, twelve months."""
    values = first_answer(gate, case)
    if asked is None:
        parties = [*gate.parties(case).values_list("organisation_id", flat=True), case.organisation_id]
        return values | {
            "receivers": [str(pk) for pk in parties if pk != gate.organisation.pk],
            "purpose": PURPOSE,
        }
    return values | {
        "receivers": [str(o.pk) for o in asked.receivers.all()],
        **{name: getattr(asked, name) for name in CARRIED},
    }


def first_answer(gate: Gate, case: Case) -> dict:
    """How the answer is most likely given: today, in the person's own language, for twelve months."""
    person = case.individual
    return {
        "language": person.interpreter_language or person.language,
        "interpreter_used": bool(person.interpreter_language),
        "easy_read": SupportNeed.EASY_READ in person.support_needs,
        "valid_from": gate.day,
        "given_on": gate.day,
        "valid_until": last_day(gate.day),
    }


def texts_for(gate: Gate, case: Case, asked: Consent | None = None) -> list[ConsentText]:
    """Those in force, first the one to show this person unless they want another; of a printed form its own."""
    if asked and asked.text:
        return [asked.text]
    person, texts = case.individual, list(ConsentText.objects.in_force(gate.day))
    easy = SupportNeed.EASY_READ in person.support_needs
    nearest = closest(texts, person.interpreter_language or person.language, easy)
    return sorted(texts, key=lambda text: text != nearest)


def ways() -> dict[str, str]:
    """How the person can answer themselves here and now, with the words of the button."""
    provider = chosen_provider()
    offered = {Consent.Method.DRAWN.value: "Skriv under på skärmen"}
    return offered | ({Consent.Method.E_SIGNATURE.value: provider.name.capitalize()} if provider else {})


def build_closing(gate: Gate, consent: Consent, left: Terms | None = None) -> tuple[Closing, ...]:
    """Per receiver: what no other consent or ground lets us go on telling, and whom it concerns.
    `left` is what will still hold of the consent; None: nothing, it is withdrawn."""
    case, remains = consent.case, left.pairs if left else frozenset()
    taken = consent.terms.pairs - remains
    told = Disclosure.objects.in_force(gate.day).filter(case=case, discloser=consent.discloser)
    kept = set(told.exclude(consent=consent).values_list("recipient_id", "category"))
    ending = set(told.filter(consent=consent).values_list("recipient_id", "category")) & taken - kept
    workers = [grant.user for grant in gate.workers(case)]
    own = set(gate.parties(case).filter(own_matter=True).values_list("organisation_id", flat=True))
    return tuple(
        Closing(
            organisation=receiver,
            categories=joined(words_for({category for pk, category in ending if pk == receiver.pk})),
            people=tuple(w.full_name for w in workers if w.organisation_id == receiver.pk),
            own_matter=receiver.pk in own or receiver.pk == case.organisation_id,
            keeps=any(pk == receiver.pk for pk, _ in remains),
        )
        for receiver in consent.receivers.all()
        if any(pk == receiver.pk for pk, _ in taken)
    )


def find_reference(gate: Gate, reference: str) -> Consent:
    """The consent whose form carries this code, if the gate opens its case; otherwise 404 like any other code."""
    rows = Consent.objects.select_related("case").filter(case__in=gate.cases())
    found = get_object_or_404(rows, reference=reference.upper())
    return get_object_or_404(gate.consents(found.case), pk=found.pk)
