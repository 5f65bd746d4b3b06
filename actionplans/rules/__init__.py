"""The plan as values, what changed between two of them, and whom a change concerns. No database here."""

from actionplans.rules.agreement import INDIVIDUAL, carried_over, commitments, parties
from actionplans.rules.changes import SECTIONS, differences
from actionplans.rules.milestones import EditedMeanwhile, check_done_on, genitive, is_far_away, line, status_tag
from actionplans.rules.values import ConditionText, MilestoneText, Party, PlanText

__all__ = [
    "INDIVIDUAL",
    "SECTIONS",
    "ConditionText",
    "EditedMeanwhile",
    "MilestoneText",
    "Party",
    "PlanText",
    "carried_over",
    "check_done_on",
    "commitments",
    "differences",
    "genitive",
    "is_far_away",
    "line",
    "parties",
    "status_tag",
]
