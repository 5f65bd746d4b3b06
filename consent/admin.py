"""The words people say yes or no to, and by which law facts are told without it."""

from django.contrib import admin
from django.utils.html import format_html_join

from accounts.reference_admin import ReferenceAdmin
from consent.forms.texts import OTHER_WORDS, PHRASES, WORDING, ConsentTextForm
from consent.models import ConsentText, Statute
from consent.phrases import SWEDISH
from consent.reviewed_admin import ReviewedAdmin


@admin.register(ConsentText)
class ConsentTextAdmin(ReviewedAdmin):
    """A draft until somebody else has read it; then a new wording is a new version (S51)."""

    form = ConsentTextForm
    fieldsets = [
        (None, {"fields": [*WORDING, "approve", "seen"]}),
        ("Blankettens och kvittots andra ord", {"fields": list(PHRASES), "description": OTHER_WORDS}),
    ]
    list_display = ["title", "variety", "version", "state", "approved_by", "valid_from"]
    ordering = ["-version", "language", "easy_read"]

    def get_fieldsets(self, request, obj=None):
        """What holds is shown and not asked for."""
        if obj is None or obj.approved_at is None:
            return self.fieldsets
        return [(None, {"fields": [*WORDING, "approved_by", "approved_at", "other_words"]})]

    @admin.display(description="blankettens och kvittots andra ord")
    def other_words(self, text):
        """None when the house has them itself."""
        pairs = ((SWEDISH[key], phrase) for key, phrase in text.words.items() if key in SWEDISH)
        return format_html_join("", "<p>{}<br>{}</p>", pairs) or None

    @admin.display(description="språk")
    def variety(self, text):
        return text.variety


@admin.register(Statute)
class StatuteAdmin(ReferenceAdmin):
    """By which law who tells whom which facts. A law that is changed is another row; the old one is put out of use."""

    list_display = ["name", "discloser_kind", "recipient_kind", "is_active"]
