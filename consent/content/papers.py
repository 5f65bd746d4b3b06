"""The form to sign and the receipt, the same for screen and PDF."""

from dataclasses import dataclass
from datetime import date

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.templatetags.wording import joined
from consent.content.answers import facts_for
from consent.content.words import words_for
from consent.gate import Gate
from consent.models import Consent


@dataclass(frozen=True)
class Paper:
    """The form to sign, or the receipt: the same words on screen and in the PDF."""

    name: str
    number: str
    discloser: str
    phone: str
    receivers: str
    categories: tuple[str, ...]
    purpose: str
    valid_from: date
    valid_until: date
    title: str
    body: tuple[str, ...]
    version: str
    reference: str
    qr: str
    answer: str
    withdrawn: bool
    replaced: bool
    given_on: date
    method: str
    facts: tuple[tuple[str, str], ...]


def build_document(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    if not document.requested_by.is_active:
        raise PermissionDenied
    gate = Gate(document.requested_by)
    case = gate.open(document.case_id)
    consent = get_object_or_404(gate.consents(case).for_page(), pk=document.object_id)
    return "consent/paper_pdf.html", {"paper": build_paper(consent)}


def build_paper(consent: Consent) -> Paper:
    text, case = consent.text, consent.case
    return Paper(
        name=case.individual.full_name,
        number=case.number,
        discloser=consent.discloser.name,
        phone=consent.discloser.phone,
        receivers=joined([r.name for r in consent.receivers.all()]),
        categories=words_for(consent.categories),
        purpose=consent.purpose,
        valid_from=consent.valid_from,
        valid_until=consent.valid_until,
        title=text.title if text else "Samtycke",
        body=tuple(text.body.split("\n\n")) if text else (),
        version=f"Text {text.version} ({text.language}), godkänd av {text.approved_by}" if text else "",
        reference=consent.reference,
        qr=_qr(consent.reference),
        answer=consent.answer,
        withdrawn=consent.withdrawn_at is not None,
        replaced=consent.replaced_at is not None,
        given_on=consent.given_on,
        method=consent.get_method_display(),
        facts=facts_for(consent)[2:],
    )


def _qr(reference):
    """Inline SVG with a title for those who cannot see it. The address holds the code and nothing about the person."""
    address = settings.PUBLIC_URL + reverse("consent:reference", args=[reference])
    return segno.make(address, error="m").svg_inline(
        scale=3, title=f"QR-kod till registreringen av blankett {reference}", omitsize=True, svgclass="qr-code"
    )
