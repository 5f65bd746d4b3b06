"""Prepare a meeting, write how it went, and look back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from meetings import content
from meetings.forms import (
    FeedbackForm,
    OutcomeForm,
    PersonFeedbackForm,
    PreparationForm,
)
from meetings.rules import SheetChanged
from meetings.services import outcome as outcomes
from meetings.services import phases as services
from meetings.views.booking import booked_meeting, visible_meeting


@require_http_methods(["GET", "POST"])
def prepare(request, case, meeting_id):
    meeting = booked_meeting(request, case, meeting_id)
    sheet = content.sheet(request.gate, case, meeting)
    if sheet.untold:
        return render(request, "meetings/prepare_closed.html", {"case": case, "meeting": meeting, "sheet": sheet})
    form = PreparationForm(request.POST or None, participants=sheet.participants, initial=sheet.initial)
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


@require_http_methods(["GET", "POST"])
def feedback(request, case, meeting_id):
    meeting = _held_meeting(request, case, meeting_id)
    form = FeedbackForm(request.POST or None, initial=content.own_feedback(request.gate, meeting))
    if form.is_valid():
        outcomes.give_feedback(request.gate, meeting=meeting, **form.cleaned_data)
        messages.success(request, "Tack. Återkopplingen är sparad och visas bara i sammanställningar.")
        return redirect("meetings:meeting", case.pk, meeting.pk)
    person_form = PersonFeedbackForm(initial=content.person_feedback(meeting))
    context = {"case": case, "meeting": meeting, "form": form, "person_form": person_form}
    return render(request, "meetings/feedback.html", context)


@require_POST
def person_feedback(request, case, meeting_id):
    meeting = _held_meeting(request, case, meeting_id)
    form = PersonFeedbackForm(request.POST)
    if form.is_valid():
        outcomes.note_person_feedback(request.gate, meeting=meeting, **form.cleaned_data)
        messages.success(request, f"{case.individual.given_name}s svar är sparade.")
        return redirect("meetings:meeting", case.pk, meeting.pk)
    context = {"case": case, "meeting": meeting, "form": FeedbackForm(), "person_form": form}
    return render(request, "meetings/feedback.html", context)


def _held_meeting(request, case, meeting_id):
    meeting = visible_meeting(request, case, meeting_id)
    if not meeting.writable or not meeting.is_held:
        raise PermissionDenied("Återkopplingen öppnas när mötet är hållet.")
    return meeting


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
