"""What the law lets us tell whom, and what has been told by it."""

from django.shortcuts import get_object_or_404

from accounts.models import Organisation
from cases.content import organisations_around
from cases.models import Case
from consent.gate import Gate
from consent.models import Statute


def statutes_for(gate: Gate) -> list[Statute]:
    return list(Statute.objects.open_to(gate.organisation))


def find_statute(gate: Gate, statute_id: int) -> Statute:
    """One that our kind of organisation tells by; others do not exist here."""
    return get_object_or_404(Statute.objects.open_to(gate.organisation), pk=statute_id)


def recipients_for(gate: Gate, case: Case, statute: Statute) -> list[Organisation]:
    return [o for o in organisations_around(gate, case) if o.kind == statute.recipient_kind]
