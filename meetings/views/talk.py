"""The talk on the screen: clocks, the person's answer, each delmål in turn, decisions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from actionplans.content import milestone_of
from actionplans.forms import as_text
from actionplans.rules import EditedMeanwhile
from meetings import content, drafts
from meetings.forms import ConsentForm, DecisionForm, PhaseForm, TalkReviewForm
from meetings.services import phases as services
from meetings.services import talk as talks
from meetings.views.booking import visible_meeting


@require_GET
def hold(request, case, meeting_id):
    meeting = visible_meeting(request, case, meeting_id)
    page = content.talk(request.gate, case, meeting)
    forms = {"consent_form": ConsentForm(), "decision_form": DecisionForm()}
    return render(request, "meetings/hold.html", {"case": case, "meeting": meeting, "page": page} | forms)


@require_GET
def screen(request, case, meeting_id):
    """For the screen in the room: without the frame, which counts and searches other cases."""
    meeting = open_meeting(request, case, meeting_id)
    page = content.screen(request.gate, case, meeting)
    draft = {"text": drafts.kept(request, meeting)}
    forms = {"consent_form": ConsentForm(), "decision_form": DecisionForm(initial=draft)}
    return render(
        request, "meetings/screen.html", {"case": case, "meeting": meeting, "page": page, "frame": None} | forms
    )


@require_POST
def draft(request, case, meeting_id):
    """A decision half typed. Nothing of the case changes, so the log says only that it is open."""
    meeting = open_meeting(request, case, meeting_id)
    drafts.keep(request, meeting, request.POST.get("text", "")[:300])
    answer = render(request, "meetings/_minutes_saved.html", {"drafted": True, "now": timezone.now()})
    return trigger_client_event(answer, "saved")


@require_POST
def phase(request, case, meeting_id):
    form = PhaseForm(request.POST)
    if form.is_valid():
        act = services.start_phase if form.cleaned_data["act"] == "start" else services.end_phase
        _do(request, act, meeting=open_meeting(request, case, meeting_id), phase=form.cleaned_data["phase"])
    return redirect(back_from(request, case, meeting_id))


@require_POST
def confirm(request, case, meeting_id):
    return _act(request, case, meeting_id, ConsentForm(request.POST), services.confirm_consent)


@require_POST
def decide(request, case, meeting_id):
    form = DecisionForm(request.POST)
    if form.is_valid():
        drafts.drop(request, visible_meeting(request, case, meeting_id))
    return _act(request, case, meeting_id, form, services.decide)


@require_http_methods(["GET", "POST"])
def review(request, case, meeting_id, milestone_id):
    """One delmål gone through, where it stands in the list or on a page of its own."""
    meeting = open_meeting(request, case, meeting_id)
    milestone = milestone_of(request.gate, case, milestone_id)
    said = content.review_of(meeting, milestone)
    initial = {"version": milestone.version} | ({"way": said.way, "happened": said.happened} if said else {})
    form = TalkReviewForm(request.POST or None, initial=initial)
    if form.is_valid():
        words = {"meeting": meeting, "milestone": milestone}
        try:
            kept = talks.review_in_talk(request.gate, **words, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        except EditedMeanwhile as lost:
            theirs = f"{lost.theirs.text}: {lost.theirs.get_status_display()}"
            context = {"mine": as_text(form), "theirs": theirs, "back_url": request.get_full_path()}
            return render(request, "409.html", context | _frame(request), status=409)
        else:
            return _after_review(request, case, meeting, kept)
    back = back_from(request, case, meeting.pk)
    shown = {"case": case, "meeting": meeting, "milestone": milestone, "form": form, "back_url": back}
    in_place = request.htmx and not request.htmx.boosted and request.method == "GET"
    if in_place:
        return render(request, "meetings/_review.html", shown)
    if "skarm" in back:
        return render(request, "meetings/screen_review.html", shown | {"frame": None})
    return render(request, "meetings/review.html", shown)


def _frame(request):
    """The screen of the room has none: it counts and searches other cases."""
    return {"frame": None} if "skarm" in (request.POST.get("fran"), request.GET.get("fran")) else {}


def _after_review(request, case, meeting, kept):
    back = back_from(request, case, meeting.pk)
    if kept.way == kept.Way.CHANGED:
        return redirect(_way_to_change(case, meeting, kept, back))
    return redirect(f"{back}#delmal-{kept.milestone_id}")


def _way_to_change(case, meeting, kept, back):
    """On the screen of the room the delmål is changed there, without the frame."""
    if "skarm" in back:
        return f"{reverse('meetings:change_milestone', args=[case.pk, meeting.pk, kept.milestone_id])}?fran=skarm"
    return f"{reverse('actionplans:milestone', args=[case.pk, kept.milestone_id])}?tillbaka={back}"


def back_from(request, case, meeting_id):
    """The page it was done from: the room's screen or one's own."""
    on_screen = "skarm" in (request.POST.get("fran"), request.GET.get("fran"))
    return reverse("meetings:screen" if on_screen else "meetings:hold", args=[case.pk, meeting_id])


def open_meeting(request, case, meeting_id):
    """Under way or held a moment ago: the last phase comes after the outcome."""
    meeting = visible_meeting(request, case, meeting_id)
    if not meeting.writable or not (meeting.is_booked or meeting.is_held):
        raise PermissionDenied("Mötet är inställt.")
    return meeting


def _act(request, case, meeting_id, form, service):
    """One small form of the talk page: done and back, or what was wrong said above the page."""
    meeting = open_meeting(request, case, meeting_id)
    if form.is_valid():
        _do(request, service, meeting=meeting, **form.cleaned_data)
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return redirect(back_from(request, case, meeting_id))


def _do(request, service, **words):
    try:
        service(request.gate, **words)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
