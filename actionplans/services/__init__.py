"""What can be done with a plan."""

from actionplans.services.milestones import add_milestone, edit_milestone, review_milestone
from actionplans.services.paper import ask_for_paper
from actionplans.services.plans import edit_plan, end_plan, start
from actionplans.services.versions import agree, snapshot_version

__all__ = [
    "add_milestone",
    "agree",
    "ask_for_paper",
    "edit_milestone",
    "edit_plan",
    "end_plan",
    "review_milestone",
    "snapshot_version",
    "start",
]
