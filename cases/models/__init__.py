"""The individual, the case, its deadlines, and what is written down about them."""

from cases.models.case import Application, Case, CaseParty, CaseQuerySet, CaseSeries
from cases.models.choices import Category, ExitReason, Priority, Sex, SupportNeed, TargetGroup
from cases.models.deadline_rules import DeadlineRule, DeadlineRung
from cases.models.deadlines import Deadline, DeadlineHold
from cases.models.documentation import Assessment, AssessmentAnswer, AssessmentTemplate, Note, WorkAbilityView
from cases.models.people import Household, Individual
from cases.models.records import CaseRecord
from cases.models.situation import (
    AfterFollowUp,
    CaseExit,
    PesRegistration,
    Referral,
    SusRegistration,
    TargetGroupMembership,
)

__all__ = [
    "AfterFollowUp",
    "Application",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentTemplate",
    "Case",
    "CaseExit",
    "CaseParty",
    "CaseQuerySet",
    "CaseRecord",
    "CaseSeries",
    "Category",
    "Deadline",
    "DeadlineHold",
    "DeadlineRule",
    "DeadlineRung",
    "ExitReason",
    "Household",
    "Individual",
    "Note",
    "PesRegistration",
    "Priority",
    "Referral",
    "Sex",
    "SupportNeed",
    "SusRegistration",
    "TargetGroup",
    "TargetGroupMembership",
    "WorkAbilityView",
]
