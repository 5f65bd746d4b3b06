"""Rooms, interpreters, and when people can be met."""

from django import forms
from django.contrib import admin
from django.db import models

from accounts.reference_admin import ReferenceAdmin
from meetings.models import Absence, Availability, Interpreter, OtherHours, Room


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
