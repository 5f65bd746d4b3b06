"""The forms of the plan: fields and checks. People and organisations to choose among come in from outside."""

from actionplans.forms.fields import as_text
from actionplans.forms.milestones import ASSISTANCE, CONDITION, MilestoneForm, ReviewForm, milestone_words
from actionplans.forms.plans import AgreementForm, EndForm, PlanForm, PrintForm, plan_words

__all__ = [
    "ASSISTANCE",
    "CONDITION",
    "AgreementForm",
    "EndForm",
    "MilestoneForm",
    "PlanForm",
    "PrintForm",
    "ReviewForm",
    "as_text",
    "milestone_words",
    "plan_words",
]
