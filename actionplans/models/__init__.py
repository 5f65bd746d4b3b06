"""The one plan that the person owns: goal, milestones with conditions, versions, and who agreed to which version."""

from actionplans.models.milestones import Condition, Milestone, MilestoneQuerySet
from actionplans.models.plans import ActionPlan, ActionPlanQuerySet, PlanTemplate
from actionplans.models.versions import Agreement, PlanVersion

__all__ = [
    "ActionPlan",
    "ActionPlanQuerySet",
    "Agreement",
    "Condition",
    "Milestone",
    "MilestoneQuerySet",
    "PlanTemplate",
    "PlanVersion",
]
