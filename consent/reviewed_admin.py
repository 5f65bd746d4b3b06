"""Administration of words to the person: one writes, another approves, and then they stay."""

from django.contrib import admin

from accounts.reference_admin import ReferenceAdmin


class ReviewedAdmin(ReferenceAdmin):
    """Its form is a ReviewedForm with `words`, its model a ReviewedText."""

    @admin.display(description="läge")
    def state(self, text):
        return "godkänd" if text.approved_at else f"utkast av {text.drafted_by.full_name}"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("drafted_by")

    def get_object(self, request, object_id, from_field=None):
        """Whoever saves holds the row: two never save at once."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            found.refresh_from_db(from_queryset=self.model.objects.select_for_update(no_key=True))
        return found

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.approved_at is None)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.reader = request.user
        return form

    def save_model(self, request, obj, form, change):
        if form.cleaned_data.get("approve"):
            obj.approve(request.user)
        else:
            obj.drafted_by, obj.words = request.user, form.words
        super().save_model(request, obj, form, change)
