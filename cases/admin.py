"""The promised dates with their ladders, and the questions of the kartläggning. Never a case or a person."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Q

from accounts.reference_admin import ReferenceAdmin, ReferenceInline
from audit.context import beyond
from cases.models import AssessmentTemplate, DeadlineRule, DeadlineRung


class RungInline(ReferenceInline):
    """The ladder of a rule in use is kept with it."""

    model = DeadlineRung

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not in_use(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not in_use(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not in_use(obj)


@beyond("in_use")
def in_use(rule):
    return rule is not None and rule.deadlines.exists()


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReferenceAdmin):
    """A rule that clocks have started by is only ended; a new wording is a new row, made by the action."""

    actions = ["replace_tomorrow"]

    inlines = [RungInline]
    list_display = ["code", "municipality", "days", "counts", "roll", "valid_from", "valid_until"]
    list_select_related = ["municipality"]

    def get_readonly_fields(self, request, obj=None):
        if not in_use(obj):
            return ()
        return ("code", "municipality", "anchor", "days", "counts", "roll", "valid_from")

    @admin.action(description="Avsluta i dag och gör en ny regel som gäller från i morgon")
    def replace_tomorrow(self, request, queryset):
        """Clocks that run keep the old rule with its ladder; the new one may be changed until a clock starts by it."""
        day = request.gate.day + timedelta(days=1)
        for rule in queryset.filter(valid_from__lt=day).filter(Q(valid_until=None) | Q(valid_until__gte=day)):
            new = rule.replace(on=day)
            self.log_change(request, rule, "ersatt")
            self.log_addition(request, new, "ersätter")
        self.message_user(request, "De nya reglerna gäller från i morgon. Öppna dem och ändra det som ska bli nytt.")


@admin.register(AssessmentTemplate)
class AssessmentTemplateAdmin(ReferenceAdmin):
    list_display = ["name", "version", "valid_from"]
