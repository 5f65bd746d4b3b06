"""The form to sign and the receipt, the same for screen and PDF, in the language of the text that was shown."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cases.languages import direction
from cases.models import SupportNeed
from consent.content.answers import facts_for
from consent.content.wording import Wording, wording_for
from consent.context import gate_for
from consent.models import Consent, ConsentProof, ConsentStep, ConsentText
from consent.models.proofs import digest_of, terms_of
from consent.rules import PURPOSE
from consent.signatures import HEIGHT, WIDTH, outline

ON_SCREEN = (Consent.Method.DRAWN, Consent.Method.E_SIGNATURE)


@dataclass(frozen=True)
class Passage:
    """Words in a language that need not be the paper's."""

    parts: tuple[str, ...]
    lang: str

    @property
    def direction(self) -> str:
        return direction(self.lang)


@dataclass(frozen=True)
class Signature:
    """What the person wrote on the screen. `path`: their drawn name, empty when it was typed or signed elsewhere."""

    path: str
    lines: tuple[str, ...]
    size: str = f"0 0 {WIDTH} {HEIGHT}"


@dataclass(frozen=True)
class Paper:
    """The form to sign, or the receipt: every word of it. `told` is the consent text as it was shown."""

    wording: Wording
    title: str
    name: str
    number: str
    sheet: str
    is_form: bool
    told: Passage
    headline: str
    statement: str
    what: str
    categories: tuple[str, ...]
    purpose: Passage
    period: str
    facts: tuple[tuple[str, str], ...]
    signature: Signature | None
    next_heading: str
    next_step: str
    reference: str
    source: str
    qr: str


def build_document(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    gate = gate_for(document.requested_by)
    case = gate.open(document.case_id)
    consent = get_object_or_404(gate.consents(case).for_page(), pk=document.object_id)
    return "consent/paper_pdf.html", {"paper": build_paper(consent)}


def build_paper(consent: Consent) -> Paper:
    text, case, wording = consent.text, consent.case, wording_for(consent.text)
    is_form, standing = consent.answer == Consent.Answer.ASKED, _standing(consent)
    names = {
        "discloser": consent.discloser.name,
        "receivers": wording.joined([receiver.name for receiver in consent.receivers.all()]),
    }
    no = "_declined" if standing == "declined" else ""
    regret = "regret" if standing == "given" else "later"
    return Paper(
        wording=wording,
        title=_title(text, wording) if is_form else wording.say("receipt"),
        name=case.individual.full_name,
        number=wording.say("case", number=case.number),
        sheet=_sheet(case.individual, text),
        is_form=is_form,
        told=Passage(tuple(text.body.split("\n\n")) if text else (), text.language if text else "sv"),
        headline=wording.say(f"{standing}_heading"),
        statement=wording.say(standing, **names),
        what=wording.say(f"what{no}_heading"),
        categories=tuple(wording.say(category) for category in consent.categories),
        purpose=_purpose(consent.purpose, wording),
        period=wording.say(
            f"period{no}", since=wording.day(consent.valid_from), until=wording.day(consent.valid_until)
        ),
        facts=facts_for(consent, wording),
        signature=None if is_form else _signature(consent, wording),
        next_heading=wording.say(f"{regret}_heading"),
        next_step=_next_step(consent.discloser, regret, wording),
        reference=wording.say("form", reference=consent.reference),
        source=_source(text, wording) if text else "",
        qr=_qr(consent.reference, wording),
    )


def _signature(consent, wording):
    proof = consent.proofs.exclude(kind=ConsentProof.Kind.SCAN).first()
    if proof is None:
        return _signed_elsewhere(consent, wording)
    named = proof.signer
    if proof.kind == ConsentProof.Kind.TYPED:
        named = wording.say("typed", name=proof.signer)
    elif proof.is_practice:
        named = wording.say("practice")
    at = f"{timezone.localtime(proof.at):%Y-%m-%d %H:%M}"
    path = outline(bytes(proof.content)) if proof.kind == ConsentProof.Kind.DRAWN else ""
    return Signature(path, tuple(filter(None, (named, wording.say("signed_at", at=at), proof.digest))))


def _signed_elsewhere(consent, wording):
    """The receivers' copy: who and when. What was signed is the discloser's evidence."""
    given = consent.steps.filter(what=ConsentStep.What.GIVEN).first()
    if given is None or consent.method not in ON_SCREEN:
        return None
    at = wording.say("signed_at", at=f"{timezone.localtime(given.at):%Y-%m-%d %H:%M}")
    return Signature("", (consent.case.individual.full_name, at))


def signing_text(consent: Consent) -> str:
    """The question as plain words, for a provider that shows what is signed; ends with the digest of its terms."""
    paper = build_paper(consent)
    lines = [paper.title, f"{paper.name}, {paper.number}", *paper.told.parts, paper.statement, paper.what]
    lines += ["\n".join(f"- {category}" for category in paper.categories)]
    lines += [f"{paper.purpose.parts[0]}. {paper.period}", paper.wording.say("yes"), paper.reference]
    return "\n\n".join([*lines, digest_of(terms_of(consent))])


def _sheet(person, text):
    """The class of the PDF. In easy Swedish the question begins a second sheet, so that it stands with the answer."""
    if SupportNeed.LARGE_PRINT in person.support_needs:
        return "large-print"
    return "easy-read" if text and text.easy_read else "one-sheet"


def _standing(consent):
    """What the paper says: the key of its sentence."""
    if consent.answer != Consent.Answer.GIVEN:
        return "ask" if consent.answer == Consent.Answer.ASKED else "declined"
    if consent.withdrawn_at is not None:
        return "withdrawn"
    return "given" if consent.replaced_at is None else "replaced"


def _title(text, wording):
    return text.title if text and text.language == wording.lang else wording.say("ask_heading")


def _purpose(purpose, wording):
    """The usual one is translated; what a worker has written stays in Swedish."""
    usual = purpose == PURPOSE
    return Passage((wording.say("purpose") if usual else purpose,), wording.lang if usual else "sv")


def _next_step(discloser, what, wording):
    phone = [wording.say("phone", discloser=discloser.name, phone=discloser.phone)] if discloser.phone else []
    return " ".join([wording.say(what), *phone])


def _source(text: ConsentText, wording: Wording) -> str:
    return wording.say(
        "version",
        version=str(text.version),
        language=wording.variety(text.language, easy_read=text.easy_read),
        approver=text.approved_by,
    )


def _qr(reference, wording):
    """Inline SVG with a title for those who cannot see it. The address holds the code and nothing about the person."""
    address = settings.PUBLIC_URL + reverse("consent:reference", args=[reference])
    title = wording.say("qr", reference=reference)
    return segno.make(address, error="m").svg_inline(scale=3, title=title, omitsize=True, svgclass="qr-code")
