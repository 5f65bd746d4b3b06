"""When I can be booked, and when the workers of my unit can."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meetings import content
from meetings.forms import AbsenceForm, OtherHoursForm, WeekForm, WorkerAbsenceForm
from meetings.services import hours as services


@require_http_methods(["GET", "POST"])
def hours(request):
    """Three forms on one page; `act` says which of them was sent."""
    page = content.own_hours(request.gate)
    act = request.POST.get("act", "")
    forms = {
        "week": WeekForm(*_sent(request, "week"), initial=page.initial, prefix="week"),
        "other": OtherHoursForm(*_sent(request, "other"), prefix="other"),
        "absence": AbsenceForm(*_sent(request, "absence"), colleagues=page.colleagues, prefix="absence"),
    }
    form = forms.get(act)
    if form and form.is_valid():
        try:
            messages.success(request, _save(request.gate, act, form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("meetings:hours")
    return render(request, "meetings/hours.html", {"page": page, "forms": forms, "form": form})


@require_http_methods(["GET", "POST"])
def unit_hours(request):
    page = content.unit_hours(request.gate)
    form = WorkerAbsenceForm(request.POST or None, workers=page.workers, colleagues=page.colleagues)
    if form.is_valid():
        try:
            messages.success(request, _booked(services.note_absence(request.gate, **form.absence())))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("meetings:unit_hours")
    return render(request, "meetings/unit_hours.html", {"page": page, "form": form})


@require_POST
def drop_other_hours(request, other_id):
    services.drop_other_hours(request.gate, other_id=other_id)
    messages.success(request, "Dagen har sina vanliga tider igen.")
    return redirect("meetings:hours")


@require_POST
def drop_absence(request, absence_id):
    services.drop_absence(request.gate, absence_id=absence_id)
    messages.success(request, "Frånvaron är borttagen.")
    return redirect("meetings:unit_hours" if "unit" in request.POST else "meetings:hours")


def _sent(request, act):
    return [request.POST] if request.POST.get("act") == act else []


def _save(gate, act, form):
    """What was done, in words."""
    if act == "week":
        cleaned = form.cleaned_data
        services.keep_week(gate, valid_from=cleaned["valid_from"], spans=cleaned["spans"], seen=cleaned["seen"])
        return "Dina bokningsbara tider är sparade."
    if act == "other":
        services.set_other_hours(gate, **form.cleaned_data)
        return "Dagen är sparad."
    return _booked(services.note_absence(gate, worker=gate.user, **form.absence()))


def _booked(number):
    if not number:
        return "Frånvaron är sparad."
    words = "1 möte är bokat" if number == 1 else f"{number} möten är bokade"
    return f"Frånvaron är sparad. Obs: {words} då och behöver flyttas."
