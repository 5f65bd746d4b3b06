"""Rooms, interpreters, when people can be met, and the words that call them."""

from django import forms
from django.contrib import admin
from django.db import models
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join

from accounts.reference_admin import ReferenceAdmin
from cases.languages import named
from consent.reviewed_admin import ReviewedAdmin
from meetings.forms.calling import NAMES, CallingStartForm, form_for
from meetings.models import Absence, Availability, CallingText, Interpreter, OtherHours, Room
from meetings.phrases import MODELS


@admin.register(Room)
class RoomAdmin(ReferenceAdmin):
    list_display = ["name", "organisation", "municipality", "seats", "step_free", "hearing_loop", "is_active"]
    list_select_related = ["organisation", "municipality"]


@admin.register(Interpreter)
class InterpreterAdmin(ReferenceAdmin):
    list_display = ["name", "language", "agency", "is_active"]
    list_filter = ["language", "is_active"]


@admin.register(Availability)
class AvailabilityAdmin(ReferenceAdmin):
    list_display = ["user", "weekday", "starts", "ends", "valid_from", "valid_until"]
    list_select_related = ["user"]
    deletable = True


@admin.register(OtherHours)
class OtherHoursAdmin(ReferenceAdmin):
    list_display = ["user", "day", "starts", "ends"]
    list_select_related = ["user"]
    deletable = True


@admin.register(Absence)
class AbsenceAdmin(ReferenceAdmin):
    list_display = ["user", "starts_at", "ends_at", "substitute"]
    list_select_related = ["user", "substitute"]
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }
    deletable = True


@admin.register(CallingText)
class CallingTextAdmin(ReviewedAdmin):
    """Which text first, then its words; once approved they are shown as they stand."""

    list_display = ["kind", "tongue", "version", "state", "approved_by"]
    list_filter = ["language", "kind"]

    @admin.display(description="språk")
    def tongue(self, text):
        return named(text.language)

    @admin.display(description="ord")
    def said(self, text):
        parts = [(NAMES.get(part, swedish), text.words[part]) for part, swedish in MODELS[text.kind].items()]
        said = [(label, text.language, text.direction, linebreaksbr(phrase)) for label, phrase in parts]
        return format_html_join("", '<p>{}</p><blockquote lang="{}" dir="{}">{}</blockquote>', said)

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **kwargs | {"form": form_for(obj) if obj else CallingStartForm})

    def get_fields(self, request, obj=None):
        if obj is None or obj.approved_at is None:
            return sorted(super().get_fields(request, obj), key=lambda name: name == "approve")
        return ["kind", "tongue", "version", "approved_by", "said"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.number()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(f"{self.admin_site.name}:meetings_callingtext_change", obj.pk)
