"""Extra competence: a named specialist is let in by the person, for insight, for contact, or for both."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit.models import Action
from cases.models import Case, Category
from consent.content.assignments import invitable
from consent.gate import Gate
from consent.models import CaseGrant, Consent, Extra
from consent.services.consents import register_answer
from notices.models import Kind, Notice

PURPOSE = {
    Extra.Permission.INSIGHT: "Insyn för den som kan hjälpa till med en särskild fråga",
    Extra.Permission.CONTACT: "Att få kontakta och bli kontaktad av den som kan hjälpa till",
}


@transaction.atomic
def let_in(
    gate: Gate,
    *,
    case: Case,
    specialist: int,
    permissions: list[str],
    categories: list[str],
    valid_until: date,
    **answer: Any,
) -> list[Consent]:
    """A consent for each permission, so that each is taken back by itself, and an assignment as long as they hold.
    What the specialist sees follows from these as for everybody else."""
    gate.require_lead(case, action=Action.ASSIGNED)
    guest = invitable(gate, case).filter(pk=specialist).first()
    if guest is None:
        raise ValidationError({"specialist": "Välj någon i en annan organisation som inte redan arbetar med ärendet."})
    consents = [
        _permit(gate, case, guest, Extra.Permission(permission), categories, valid_until=valid_until, **answer)
        for permission in permissions
    ]
    words = " och ".join(str(Extra.Permission(p).label) for p in permissions)
    CaseGrant.objects.engage(case, guest, since=gate.day, until=valid_until, reason=f"extra kompetens: {words}")
    Notice.objects.tell(Kind.ASSIGNED, [guest], object_key=f"case:{case.pk}", case=case, period=str(gate.day))
    return consents


def _permit(
    gate: Gate, case: Case, guest: User, permission: Extra.Permission, categories: list[str], **answer: Any
) -> Consent:
    told = [Category.CONTACT.value] if permission == Extra.Permission.CONTACT else categories
    said = {"purpose": PURPOSE[permission], "valid_from": gate.day, "categories": told, **answer}
    consent = register_answer(gate, case=case, answer=Consent.Answer.GIVEN, receivers=[guest.organisation], **said)
    Extra.objects.create(consent=consent, specialist=guest, permission=permission)
    return consent
