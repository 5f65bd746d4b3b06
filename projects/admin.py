"""Projects, their phases, funders and groups, and the figures around them. Never who took part."""

from django.contrib import admin

from accounts.reference_admin import ReferenceAdmin, ReferenceInline
from projects.models import BudgetLine, ContextFigure, Funding, Group, Membership, Project, ProjectPhase


class PhaseInline(ReferenceInline):
    model = ProjectPhase


class FundingInline(ReferenceInline):
    model = Funding


class BudgetInline(ReferenceInline):
    model = BudgetLine


@admin.register(Project)
class ProjectAdmin(ReferenceAdmin):
    inlines = [PhaseInline, FundingInline, BudgetInline]
    list_display = ["name", "owner", "starts_on", "ends_on", "closed_on"]
    list_select_related = ["owner"]


class MembershipInline(ReferenceInline):
    """A membership is ended with a date."""

    model = Membership
    deletable = False


@admin.register(Group)
class GroupAdmin(ReferenceAdmin):
    inlines = [MembershipInline]
    list_display = ["project", "kind"]
    list_select_related = ["project"]


@admin.register(ContextFigure)
class ContextFigureAdmin(ReferenceAdmin):
    list_display = ["municipality", "code", "period_start", "value", "source"]
    list_select_related = ["municipality"]
