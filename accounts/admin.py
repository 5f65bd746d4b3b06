"""Municipalities, organisations, units, users and their dated roles."""

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.decorators import method_decorator

from accounts import guessing
from accounts.models import ConductText, Guess, Municipality, Organisation, RoleAssignment, Session, Unit, User
from accounts.proof import fresh_proof_required
from accounts.reference_admin import ReferenceAdmin
from audit.models import Action


@admin.register(Municipality)
class MunicipalityAdmin(ReferenceAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    list_display = ["name", "short_name", "kind", "municipality", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "short_name"]


@admin.register(Unit)
class UnitAdmin(ReferenceAdmin):
    list_display = ["name", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name"]


class WorkplaceForm(forms.ModelForm):
    """The unit must lie in the user's organisation: it would open the work of a unit behind another secrecy."""

    def clean(self):
        cleaned = super().clean()
        unit, organisation = cleaned.get("unit"), self.organisation_of(cleaned)
        if unit and organisation and unit.organisation_id != organisation.pk:
            self.add_error("unit", "Enheten hör till en annan organisation.")
        return cleaned


class UserForm(WorkplaceForm):
    def organisation_of(self, cleaned):
        return cleaned.get("organisation")

    def clean_email(self):
        """Log-in does not tell capitals apart."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(ReferenceAdmin):
    """No passwords here: each user chooses their own through a link in a mail."""

    form = UserForm
    fields = ["email", "given_name", "family_name", "title", "phone", "organisation", "unit", "is_active"]
    list_display = ["full_name", "email", "organisation", "unit", "is_active"]
    list_select_related = ["organisation", "unit"]
    list_filter = ["is_active", "organisation"]
    search_fields = ["given_name", "family_name", "email"]
    actions = ["send_password_link", "let_in_again"]

    def has_change_permission(self, request, obj=None):
        """Nobody moves themselves to another organisation."""
        return super().has_change_permission(request, obj) and obj != request.user

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if {"is_active", "organisation", "unit"} & set(form.changed_data):
            Session.objects.of(obj).delete()

    @admin.action(description="Skicka länk för att välja lösenord")
    def send_password_link(self, request, queryset):
        for user in queryset.filter(is_active=True):
            form = ResetPasswordForm({"email": user.email})
            if form.is_valid():
                form.save(request)
                self.write_trace(request, user)
        messages.success(request, "Länkarna är skickade.")

    @admin.action(description="Släpp in efter för många försök")
    def let_in_again(self, request, queryset):
        for user in queryset:
            Guess.objects.release(guessing.account_of(user.email))
            self.write_trace(request, user)
        messages.success(request, "Spärren är borta.")

    def describe(self, obj):
        return "användare, kan logga in" if obj.is_active else "användare, kan inte logga in"


class RoleForm(WorkplaceForm):
    """Nobody changes their own roles; somebody else must."""

    def organisation_of(self, cleaned):
        user = cleaned.get("user")
        return user and user.organisation

    def clean_user(self):
        if self.cleaned_data["user"] == self.acting:
            raise ValidationError("Du kan inte ändra dina egna roller. Be en annan systemförvaltare.")
        return self.cleaned_data["user"]


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReferenceAdmin):
    """A role is ended with a date, never deleted, so that it can be told who could do what when."""

    action = Action.ROLE_CHANGED
    form = RoleForm
    list_display = ["user", "role", "unit", "municipality", "since", "until"]
    list_select_related = ["user", "unit", "municipality"]
    list_filter = ["role", "user__organisation"]
    search_fields = ["user__given_name", "user__family_name", "user__email"]

    @method_decorator(fresh_proof_required)
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.acting = request.user
        return form

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.user != request.user)

    def describe(self, obj):
        until = f" till {obj.until}" if obj.until else ""
        return f"{obj.get_role_display()} för användare {obj.user_id} från {obj.since}{until}"


@admin.register(ConductText)
class ConductTextAdmin(ReferenceAdmin):
    """A text somebody has accepted never changes; a new wording is a new version, and everybody is asked again."""

    list_display = ["title", "version", "approved_by", "valid_from"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or not obj.is_promised)
