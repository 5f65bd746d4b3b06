"""Consents, what they let whom tell whom, and who is assigned."""

from consent.models.consents import (
    Consent,
    ConsentQuerySet,
    ConsentStep,
    ConsentText,
    Disclosure,
    LegalGround,
    concerning,
)
from consent.models.scopes import AccessScope, CaseGrant, CaseScope, CaseUnitGrant

__all__ = [
    "AccessScope",
    "CaseGrant",
    "CaseScope",
    "CaseUnitGrant",
    "Consent",
    "ConsentQuerySet",
    "ConsentStep",
    "ConsentText",
    "Disclosure",
    "LegalGround",
    "concerning",
]
