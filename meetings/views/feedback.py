"""The looking back: one's own, the observer's, and the person's two questions on screen, by link and on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guessing import slow_down
from meetings import content
from meetings import voice as door
from meetings.forms import FeedbackForm, PersonFeedbackForm, ProcessFeedbackForm, VoiceSlipForm
from meetings.services import feedback as services
from meetings.views.booking import visible_meeting


@require_http_methods(["GET", "POST"])
def feedback(request, case, meeting_id):
    meeting = _held_meeting(request, case, meeting_id)
    initial = content.own_feedback(request.gate, meeting)
    form = FeedbackForm(request.POST or None, names=_names(case), initial=initial)
    if form.is_valid():
        services.give_feedback(request.gate, meeting=meeting, **form.cleaned_data)
        messages.success(request, "Tack. Återkopplingen är sparad och visas bara i sammanställningar.")
        return redirect("meetings:meeting", case.pk, meeting.pk)
    context = {"case": case, "meeting": meeting, "form": form}
    context["is_observer"] = content.is_observer(request.gate, meeting)
    return render(request, "meetings/feedback.html", context)


@require_http_methods(["GET", "POST"])
def process_feedback(request, case, meeting_id):
    meeting = _held_meeting(request, case, meeting_id)
    if not content.is_observer(request.gate, meeting):
        raise PermissionDenied("Bara den som var med som observatör lämnar återkoppling om metoden.")
    initial = content.own_process_feedback(request.gate, meeting)
    form = ProcessFeedbackForm(request.POST or None, names=_names(case), initial=initial)
    if form.is_valid():
        services.give_process_feedback(request.gate, meeting=meeting, **form.cleaned_data)
        messages.success(request, "Tack. Det du skrev ligger utanför ärendet.")
        return redirect("meetings:meeting", case.pk, meeting.pk)
    return render(request, "meetings/process_feedback.html", {"case": case, "meeting": meeting, "form": form})


@require_http_methods(["GET", "POST"])
def person_feedback(request, case, meeting_id):
    """Turned towards the person: without the frame, and afterwards only a thank you."""
    meeting = _held_meeting(request, case, meeting_id)
    form = PersonFeedbackForm(request.POST or None)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        services.note_person_feedback(request.gate, meeting=meeting, **form.cleaned_data)
    context = {"case": case, "meeting": meeting, "form": form, "is_done": is_done, "frame": None}
    return render(request, "meetings/person_feedback.html", context)


@require_POST
def print_voice_slip(request, case, meeting_id):
    services.print_voice_slip(request.gate, meeting=_held_meeting(request, case, meeting_id))
    return redirect("meetings:voice_slip", case.pk, meeting_id)


@require_GET
def voice_slip(request, case, meeting_id):
    """The paper names nobody: two questions, a code and a link."""
    meeting = _held_meeting(request, case, meeting_id)
    return render(
        request, "meetings/voice_slip.html", {"case": case, "meeting": meeting, "slip": content.slip(meeting)}
    )


@require_POST
def voice_slip_pdf(request, case, meeting_id):
    meeting = _held_meeting(request, case, meeting_id)
    return redirect(services.ask_for_slip(request.gate, meeting=meeting).get_absolute_url())


@require_http_methods(["GET", "POST"])
def register_voice(request):
    """A paper that came back, found by its code among one's own cases."""
    request.gate.require_register()
    form = VoiceSlipForm(request.POST or None)
    if form.is_valid():
        words = dict(form.cleaned_data)
        meeting = content.meeting_of_code(request.gate, words.pop("code"))
        if meeting is None:
            form.add_error("code", "Koden finns inte bland dina ärenden. Har en kollega ärendet?")
        else:
            services.note_person_feedback(request.gate, meeting=meeting, **words)
            messages.success(request, "Svaren är sparade. Släng lappen.")
            return redirect("meetings:register_voice")
    return render(request, "meetings/register_voice.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def voice(request, token):
    """Looking changes nothing: mail programs open links by themselves."""
    if door.meeting_behind(token) is None:
        return render(request, "meetings/answer_gone.html", status=404)
    form = PersonFeedbackForm(request.POST or None)
    is_done = request.method == "POST" and form.is_valid() and not slow_down(request, f"voice {token}")
    if is_done:
        door.answer(token, **form.cleaned_data)
    return render(request, "meetings/voice.html", {"form": form, "is_done": is_done})


def _held_meeting(request, case, meeting_id):
    meeting = visible_meeting(request, case, meeting_id)
    if not meeting.writable or not meeting.is_held:
        raise PermissionDenied("Återkopplingen öppnas när mötet är hållet.")
    return meeting


def _names(case):
    """The person's own, which no line may hold."""
    return [case.individual.given_name, case.individual.family_name]
