"""The pages of the plan."""

from actionplans.views.milestones import add_milestone, milestone, review
from actionplans.views.plans import edit_plan, end_plan, plan, start
from actionplans.views.prints import print_plan
from actionplans.views.versions import agree, earlier_plan, make_version, versions

__all__ = [
    "add_milestone",
    "agree",
    "earlier_plan",
    "edit_plan",
    "end_plan",
    "make_version",
    "milestone",
    "plan",
    "print_plan",
    "review",
    "start",
    "versions",
]
