"""A no to letting more be told, or for longer."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import Action
from consent.gate import Gate
from consent.models import Consent, ConsentStep


@transaction.atomic
def decline_more(gate: Gate, *, consent: Consent, how: str) -> None:
    """What holds goes on as it was said; that the person was asked, and said no, is a step of its life."""
    gate.require_write(consent.case, action=Action.CONSENT_DECLINED)
    if consent.discloser_id != gate.organisation.pk or not consent.is_in_force(gate.day):
        raise ValidationError("Samtycket gäller inte längre så som det stod här. Öppna sidan igen.")
    ConsentStep.objects.create(consent=consent, what=ConsentStep.What.KEPT, by=gate.user, note=how)
