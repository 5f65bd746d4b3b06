"""Ready starts for a plan."""

from django.contrib import admin

from accounts.reference_admin import ReferenceAdmin
from actionplans.models import PlanTemplate


@admin.register(PlanTemplate)
class PlanTemplateAdmin(ReferenceAdmin):
    list_display = ["name", "is_active"]
