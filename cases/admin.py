"""The promised dates with their ladders, and the questions of the kartläggning. Never a case or a person."""

from django.contrib import admin

from accounts.reference_admin import ReferenceAdmin, ReferenceInline
from cases.models import AssessmentTemplate, DeadlineRule, DeadlineRung


class RungInline(ReferenceInline):
    model = DeadlineRung


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReferenceAdmin):
    """A rule that clocks have started by is only ended; a new wording is a new row."""

    inlines = [RungInline]
    list_display = ["code", "municipality", "days", "counts", "roll", "valid_from", "valid_until"]
    list_select_related = ["municipality"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None or not obj.deadlines.exists():
            return ()
        return ("code", "municipality", "anchor", "days", "counts", "roll", "valid_from")


@admin.register(AssessmentTemplate)
class AssessmentTemplateAdmin(ReferenceAdmin):
    list_display = ["name", "version", "valid_from"]
