"""Telling what a law names, without consent."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Organisation
from audit.context import beyond
from audit.models import Action
from cases.models import Case
from consent.gate import Gate
from consent.models import CaseGrant, CaseScope, Statute, Telling
from notices.models import Kind, Notice


@transaction.atomic
def tell_by_law(
    gate: Gate,
    *,
    case: Case,
    statute: Statute,
    recipient: Organisation,
    facts: list[dict[str, str]],
    on_request: bool,
    told_on: date,
) -> Telling:
    """Only between the kinds of organisation that the law names, and only facts that it lists."""
    gate.require_hands(case)
    gate.require_open(case, action=Action.TOLD_BY_LAW, ground=statute.name, note="telling")
    _check(gate, statute, recipient, facts)
    telling = Telling.objects.create(
        case=case,
        statute=statute,
        discloser=gate.organisation,
        recipient=recipient,
        facts=facts,
        on_request=on_request,
        told_on=told_on,
        by=gate.user,
    )
    _notify(gate, telling)
    return telling


def _check(gate, statute, recipient, facts):
    listed = {fact["label"] for fact in statute.facts}
    between = (gate.organisation.kind, recipient.kind) == (statute.discloser_kind, statute.recipient_kind)
    if not between or recipient == gate.organisation:
        raise ValidationError("Lagen gäller inte mellan de organisationerna.")
    if not facts or {fact["label"] for fact in facts} - listed:
        raise ValidationError("Bara uppgifter som lagen räknar upp får lämnas.")


@beyond("side_effect")
def _notify(gate, telling):
    """Those responsible there, if they may open the case; nothing about what was told."""
    grants = CaseGrant.objects.in_force(gate.day).filter(content_object=telling.case, is_responsible=True)
    there = grants.filter(user__organisation=telling.recipient).select_related("user")
    seeing = CaseScope.objects.filter(case=telling.case, days__contains=gate.day).values("scope__user")
    Notice.objects.tell(
        Kind.TOLD_BY_LAW,
        [grant.user for grant in there.filter(user__in=seeing)],
        object_key=f"telling:{telling.pk}",
        case=telling.case,
        due_on=gate.day,
    )
