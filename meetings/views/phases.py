"""Prepare a meeting, and write how it went."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meetings import content
from meetings.forms import (
    OutcomeForm,
    PreparationForm,
)
from meetings.rules import SheetChanged
from meetings.services import outcome as outcomes
from meetings.services import phases as services
from meetings.views.booking import booked_meeting


@require_http_methods(["GET", "POST"])
def prepare(request, case, meeting_id):
    meeting = booked_meeting(request, case, meeting_id)
    sheet = content.sheet(request.gate, case, meeting)
    if sheet.untold:
        return render(request, "meetings/prepare_closed.html", {"case": case, "meeting": meeting, "sheet": sheet})
    around = {"participants": sheet.participants, "must_arrange": sheet.must_arrange}
    form = PreparationForm(request.POST or None, **around, initial=sheet.initial)
    if form.is_valid():
        ready = "ready" in request.POST
        try:
            services.save_preparation(
                request.gate,
                meeting=meeting,
                version=form.cleaned_data["version"],
                ready=ready,
                roles=form.roles,
                sheet=form.sheet,
                responsibilities=form.responsibilities,
            )
        except SheetChanged as changed:
            return _both_texts(request, case, meeting, form, changed)
        messages.success(request, "Mötet är förberett." if ready else "Sparat. Fyll i det som saknas innan mötet.")
        return redirect("meetings:meeting", case.pk, meeting.pk)
    return render(request, "meetings/prepare.html", {"case": case, "meeting": meeting, "form": form, "sheet": sheet})


@require_http_methods(["GET", "POST"])
def outcome(request, case, meeting_id):
    meeting = booked_meeting(request, case, meeting_id)
    participants = list(meeting.participants.all())
    initial = {"attended": [p.pk for p in participants], "outcome": request.GET.get("utfall", "")}
    left = content.left_to_review(request.gate, case, meeting)
    form = OutcomeForm(request.POST or None, participants=participants, left=left, initial=initial)
    if form.is_valid():
        try:
            outcomes.record_outcome(request.gate, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _after_outcome(request, case, meeting, form.cleaned_data["outcome"])
    return render(request, "meetings/outcome.html", {"case": case, "meeting": meeting, "form": form})


def _both_texts(request, case, meeting, form, changed):
    context = {
        "mine": form.as_text(),
        "theirs": content.sheet_text(changed.theirs),
        "back_url": reverse("meetings:prepare", args=[case.pk, meeting.pk]),
    }
    return render(request, "409.html", context, status=409)


def _after_outcome(request, case, meeting, outcome):
    if outcome in outcomes.TOOK_PLACE:
        messages.success(request, "Sparat. Nu är det tid för återkoppling.")
        return redirect("meetings:hold", case.pk, meeting.pk)
    messages.success(request, "Sparat. Boka gärna en ny tid på en gång.")
    return redirect(f"{reverse('meetings:book', args=[case.pk])}?ersatter={meeting.pk}")
