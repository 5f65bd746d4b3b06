"""Consents, what they let whom tell whom, who is assigned, and the review of the log."""

from consent.models.access_requests import AccessRequest
from consent.models.consents import (
    Consent,
    ConsentQuerySet,
    ConsentStep,
    concerning,
)
from consent.models.disclosures import Disclosure, DisclosureQuerySet
from consent.models.emergencies import EmergencyAccess
from consent.models.extras import Extra
from consent.models.log_reviews import LogFinding, LogReview, LogVisit
from consent.models.proofs import ConsentProof, SigningAttempt
from consent.models.scopes import AccessScope, CaseGrant, CaseScope, CaseUnitGrant
from consent.models.statutes import Statute, Telling
from consent.models.texts import ConsentText
from consent.models.withholdings import KeptRow, Withholding, WithholdingQuerySet

__all__ = [
    "AccessRequest",
    "AccessScope",
    "CaseGrant",
    "CaseScope",
    "CaseUnitGrant",
    "Consent",
    "ConsentProof",
    "ConsentQuerySet",
    "ConsentStep",
    "ConsentText",
    "Disclosure",
    "DisclosureQuerySet",
    "EmergencyAccess",
    "Extra",
    "KeptRow",
    "LogFinding",
    "LogReview",
    "LogVisit",
    "SigningAttempt",
    "Statute",
    "Telling",
    "Withholding",
    "WithholdingQuerySet",
    "concerning",
]
