"""The minutes: read, written, corrected, handed on, printed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from actionplans.forms import as_text
from audit.models import Action
from meetings import content
from meetings.content.minutes import LOGGED_AS
from meetings.forms import CorrectionForm, HandOnForm, MinutesForm
from meetings.rules import SheetChanged
from meetings.services import minutes as services
from meetings.views.booking import visible_meeting

SAID = {
    "": "Protokollet är sparat som utkast.",
    "share": "Protokollet är delat. De som får veta har fått besked.",
    "finish": "Protokollet är färdigt och låst.",
}


@require_GET
def minutes(request, case, meeting_id):
    return _page(request, case, meeting_id, None)


@require_GET
def minutes_version(request, case, meeting_id, number):
    return _page(request, case, meeting_id, number)


def _page(request, case, meeting_id, number):
    """Opening what is shared leaves a row in the log: from it the page tells who has read."""
    meeting = visible_meeting(request, case, meeting_id)
    page = content.minutes_page(request.gate, case, meeting, number)
    if page.text and not page.text.row.is_draft:
        request.gate.log(Action.READ, meeting, note=LOGGED_AS)
    context = {"case": case, "meeting": meeting, "page": page, "hand_on_form": HandOnForm(today=request.gate.day)}
    return render(request, "meetings/minutes.html", context)


@require_http_methods(["GET", "POST"])
def write_minutes(request, case, meeting_id):
    """htmx posts the same form while it is written; then the answer is only how the saving went."""
    meeting = _minuted(request, case, meeting_id)
    initial, hidden = content.begin_minutes(request.gate, case, meeting)
    if request.method == "GET" and initial["status"] == "final":
        return redirect("meetings:minutes", case.pk, meeting.pk)
    parties = content.parties_of(request.gate, case, meeting)
    decisions = initial.get("decisions")
    form = MinutesForm(request.POST or None, parties=parties, hidden=hidden, decisions=decisions, initial=initial)
    act = "" if request.htmx else request.POST.get("act", "")
    if form.is_valid():
        try:
            kept = _save(request, meeting, form, act if act in SAID else "")
        except ValidationError as error:
            form.add_error(None, error)
        except SheetChanged as changed:
            return _lost(request, case, meeting, form, changed)
        else:
            return _saved(request, case, meeting, kept, act)
    if request.htmx:
        return render(request, "meetings/_minutes_saved.html", {"failed": True})
    context = {"case": case, "meeting": meeting, "form": form, "status": initial["status"]}
    return render(request, "meetings/write_minutes.html", context)


@require_http_methods(["GET", "POST"])
def correct_minutes(request, case, meeting_id):
    meeting = _minuted(request, case, meeting_id)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            services.correct_minutes(request.gate, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("meetings:write_minutes", case.pk, meeting.pk)
    return render(request, "meetings/correct_minutes.html", {"case": case, "meeting": meeting, "form": form})


@require_POST
def hand_on_minutes(request, case, meeting_id, number):
    meeting = _minuted(request, case, meeting_id)
    form = HandOnForm(request.POST, today=request.gate.day)
    if form.is_valid():
        services.hand_on_minutes(request.gate, meeting=meeting, number=number, **form.cleaned_data)
        messages.success(request, f"Antecknat: {case.individual.given_name} har fått protokollet.")
    for errors in form.errors.values():
        messages.error(request, errors[0])
    return redirect("meetings:minutes_version", case.pk, meeting.pk, number)


@require_POST
def minutes_pdf(request, case, meeting_id, number):
    meeting = visible_meeting(request, case, meeting_id)
    row = content.told_minutes(request.gate, meeting, number)
    return redirect(services.ask_for_minutes(request.gate, meeting=meeting, number=row.number).get_absolute_url())


def _minuted(request, case, meeting_id):
    meeting = visible_meeting(request, case, meeting_id)
    if not meeting.writable or not content.may_be_minuted(request.gate, meeting):
        raise PermissionDenied("Protokollet skrivs när samtalet har börjat, av dem som får veta.")
    return meeting


def _save(request, meeting, form, act):
    cleaned = form.cleaned_data
    which = {"number": cleaned["number"], "version": cleaned["version"]}
    return services.write_minutes(request.gate, meeting=meeting, **which, words=form.words(), act=act)


def _saved(request, case, meeting, kept, act):
    if request.htmx:
        answer = render(request, "meetings/_minutes_saved.html", {"kept": kept, "now": timezone.now()})
        return trigger_client_event(answer, "saved")
    messages.success(request, SAID.get(act, SAID[""]))
    return redirect("meetings:minutes", case.pk, meeting.pk)


def _lost(request, case, meeting, form, changed):
    if request.htmx:
        return render(request, "meetings/_minutes_saved.html", {"lost": True})
    theirs = content.words_of(request.gate, case, meeting, changed.theirs)
    decided = theirs.get("decisions") or []
    theirs |= {f"decision_{number}": said["text"] for number, said in enumerate(decided)}
    theirs |= {f"acknowledged_{number}": said["acknowledged"] for number, said in enumerate(decided)}
    context = {
        "mine": as_text(form),
        "theirs": as_text(form, theirs),
        "back_url": reverse("meetings:minutes", args=[case.pk, meeting.pk]),
    }
    return render(request, "409.html", context, status=409)
