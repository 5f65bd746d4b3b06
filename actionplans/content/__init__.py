"""The plan as frozen values, read through a gate: what the page, the version and the printed plan all show."""

from actionplans.content.choices import Circle, circle, sees_conditions, templates
from actionplans.content.pages import (
    AgreementPage,
    Around,
    Card,
    PlanPage,
    active_plan,
    agreement_page,
    around,
    cards,
    current_plan,
    earlier_plans,
    is_told,
    milestone_cards,
    milestone_of,
    plan_page,
)
from actionplans.content.paper import PlanPaper, build_plan, plan_paper, prefers_large_print, printable_versions
from actionplans.content.values import milestone_text, plan_text
from actionplans.content.versions import Stand, VersionText, news, version_of, versions

__all__ = [
    "AgreementPage",
    "Around",
    "Card",
    "Circle",
    "PlanPage",
    "PlanPaper",
    "Stand",
    "VersionText",
    "active_plan",
    "agreement_page",
    "around",
    "build_plan",
    "cards",
    "circle",
    "current_plan",
    "earlier_plans",
    "is_told",
    "milestone_cards",
    "milestone_of",
    "milestone_text",
    "news",
    "plan_page",
    "plan_paper",
    "plan_text",
    "prefers_large_print",
    "printable_versions",
    "sees_conditions",
    "templates",
    "version_of",
    "versions",
]
