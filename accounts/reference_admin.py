"""Administration of reference data: for the role of administrator, never a case or an individual."""

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from accounts.models import Role
from accounts.trace import write
from audit.log import Subject
from audit.models import Action


def is_administrator(request):
    gate = getattr(request, "gate", None)
    return gate is not None and gate.has_role(Role.ADMINISTRATOR)


class ReferenceSite(admin.AdminSite):
    """The house's own log-in, log-out and passwords; entry by dated role, since there are no superusers."""

    site_header = "Samverkan – administration"
    site_title = "Administration"
    index_title = "Uppslagsuppgifter"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return is_administrator(request)

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied("Sidan är för: systemförvaltare.")
        return redirect("account_login")

    def logout(self, request, extra_context=None):
        get_adapter(request).logout(request)
        return redirect("account_login")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


class ReferenceRights:
    """By role instead of Django's permissions. Nothing is deleted unless the class says so: rows are ended by date."""

    deletable = False

    def has_module_permission(self, request):
        return is_administrator(request)

    def has_view_permission(self, request, obj=None):
        return is_administrator(request)

    def has_add_permission(self, request, obj=None):
        return is_administrator(request)

    def has_change_permission(self, request, obj=None):
        return is_administrator(request)

    def has_delete_permission(self, request, obj=None):
        return self.deletable and is_administrator(request)


class ReferenceAdmin(ReferenceRights, admin.ModelAdmin):
    """Every change stands in the log as well."""

    action = Action.CHANGED

    def log_addition(self, request, obj, message):
        self.write_trace(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.write_trace(request, obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self.write_trace(request, obj)
        return super().log_deletions(request, queryset)

    def write_trace(self, request, obj):
        subject = Subject(kind=obj._meta.model_name, id=str(obj.pk))
        write(request, self.action, subject=subject, ground=self.describe(obj)[:200])

    def describe(self, obj):
        """What the log says beside which row it was."""
        return "administration"


class ReferenceInline(ReferenceRights, admin.StackedInline):
    extra = 0
    deletable = True
