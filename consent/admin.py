"""The words people say yes or no to."""

from django.contrib import admin

from accounts.reference_admin import ReferenceAdmin
from consent.models import Consent, ConsentText, Statute


@admin.register(ConsentText)
class ConsentTextAdmin(ReferenceAdmin):
    """A text somebody has answered never changes; a new wording is a new version (S51)."""

    list_display = ["title", "language", "version", "approved_by", "valid_from"]

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not Consent.objects.filter(text=obj).exists())


@admin.register(Statute)
class StatuteAdmin(ReferenceAdmin):
    """By which law who tells whom which facts. A law that is changed is another row; the old one is put out of use."""

    list_display = ["name", "discloser_kind", "recipient_kind", "is_active"]
