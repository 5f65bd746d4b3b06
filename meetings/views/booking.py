"""Book, move and cancel a meeting, and note a reply."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Category
from meetings import content
from meetings.forms import BookingForm, CancelForm, MoveForm, ReplyForm, SubstituteForm
from meetings.models import Meeting, Participant
from meetings.services import booking as services
from meetings.services.proposals import propose_times
from meetings.services.substitutes import send_substitute


@require_http_methods(["GET", "POST"])
def book(request, case):
    if not request.gate.may_write(case, Category.MEETING):
        raise PermissionDenied("Du kan läsa det här men inte ändra det.")
    choices = content.booking_choices(request.gate, case)
    replaces = _replaced(request, case)
    initial = choices.initial | (_standing(case, replaces) | {"day": None} if replaces else {}) | _start(request)
    proposing = "propose" in request.POST
    searching, wish = proposing or "find" in request.POST, choices.wish_like(replaces)
    form = BookingForm(_posted(request), choices=choices, searching=searching, initial=initial)
    series = None
    if form.is_valid():
        wish = form.booking()
        series = content.series(wish, *form.repeats, request.POST) if form.repeats else None
        if proposing or (not searching and (series is None or series.is_settled)):
            try:
                return _carry_out(request, choices, case, wish, series, replaces)
            except ValidationError as error:
                form.add_error(None, error)
    context = {"case": case, "form": form, "choices": choices, "series": series, "replaces": replaces}
    context |= {"offer": content.free_times(choices, wish), "proposed": _proposed_times(request)}
    return render(request, "meetings/book.html", context)


def _carry_out(request, choices, case, wish, series, replaces):
    if "propose" not in request.POST:
        meeting, words = _book(request.gate, case, wish, series, replaces)
        return _booked(request, meeting, choices, words)
    if series is not None:
        raise ValidationError("Ett förslag gäller ett möte. Välj Bara en gång under Upprepa, eller boka serien.")
    starts = _proposed_times(request)
    proposal = propose_times(request.gate, case=case, booking=wish, starts=starts, replaces=replaces)
    messages.success(request, "Förslaget är skickat till dem som inte har sin kalender här.")
    return redirect("meetings:proposal", case.pk, proposal.pk)


def _book(gate, case, wish, series, replaces):
    """The meeting to show, the first of a series, and what was done."""
    if series is None:
        meeting = services.book_meeting(gate, case=case, booking=wish, replaces=replaces)
        return meeting, "Mötet är bokat och kallelserna är skrivna."
    booked = services.book_series(gate, case=case, booking=wish, starts=series.starts)
    return booked[0], f"{len(booked)} möten är bokade och kallelserna är skrivna."


@require_http_methods(["GET", "POST"])
def move(request, case, meeting_id):
    meeting = booked_meeting(request, case, meeting_id)
    choices = content.booking_choices(request.gate, case)
    searching = "find" in request.POST
    initial = _standing(case, meeting) | _start(request)
    askers = content.askers(meeting)
    form = MoveForm(_posted(request), choices=choices, askers=askers, searching=searching, initial=initial)
    wish = choices.wish_like(meeting)
    if form.is_valid():
        wish = form.booking()
        if not searching:
            try:
                moved = services.move_meeting(request.gate, meeting=meeting, booking=wish, **form.why())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return _booked(request, moved, choices, "Mötet är flyttat och alla får veta den nya tiden.")
    context = {"case": case, "form": form, "choices": choices, "meeting": meeting}
    return render(request, "meetings/move.html", context | {"offer": content.free_times(choices, wish, meeting)})


@require_http_methods(["GET", "POST"])
def cancel(request, case, meeting_id):
    meeting = booked_meeting(request, case, meeting_id)
    in_series = content.has_following(request.gate, meeting)
    form = CancelForm(request.POST or None, askers=content.askers(meeting), in_series=in_series)
    if form.is_valid():
        try:
            words = _cancel(request.gate, meeting, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _cancelled(request, case, meeting, words)
    return render(request, "meetings/cancel.html", {"case": case, "meeting": meeting, "form": form})


def _cancel(gate, meeting, form):
    if form.cleaned_data.get("rest"):
        number = services.cancel_rest(gate, meeting=meeting, **form.why())
        return f"{number} möten är inställda. Alla kallade får veta det."
    services.cancel_meeting(gate, meeting=meeting, **form.why())
    return "Mötet är inställt och alla som var kallade får veta det."


def _cancelled(request, case, meeting, words):
    """While the clock of the first meeting runs, the next page offers new times at once."""
    if content.waits_for_first_meeting(request.gate, meeting):
        messages.success(request, f"{words} Välj en ny tid.")
        return redirect(f"{reverse('meetings:book', args=[case.pk])}?ersatter={meeting.pk}")
    messages.success(request, words)
    return redirect("meetings:meeting", case.pk, meeting.pk)


@require_POST
def reply(request, case, meeting_id, participant_id):
    meeting = visible_meeting(request, case, meeting_id)
    participant = get_object_or_404(meeting.participants, pk=participant_id)
    form = ReplyForm(request.POST)
    if form.is_valid():
        services.note_reply(request.gate, meeting=meeting, participant=participant, **form.cleaned_data)
        messages.success(request, f"Svaret är antecknat: {Participant.Reply(form.cleaned_data['reply']).label}.")
    return redirect("meetings:meeting", case.pk, meeting.pk)


@require_POST
def substitute(request, case, meeting_id, participant_id):
    meeting = visible_meeting(request, case, meeting_id)
    participant = get_object_or_404(meeting.participants.exclude(user=None), pk=participant_id)
    form = SubstituteForm(request.POST)
    if form.is_valid():
        try:
            seat = send_substitute(
                request.gate, meeting=meeting, participant=participant, worker_id=form.cleaned_data["worker"]
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"{seat.name} är kallad i stället för {participant.name}.")
    return redirect("meetings:meeting", case.pk, meeting.pk)


def visible_meeting(request, case, meeting_id):
    return get_object_or_404(request.gate.visible(Meeting, case).for_page(), pk=meeting_id)


def booked_meeting(request, case, meeting_id):
    """One that may be changed still; otherwise the door is shut."""
    meeting = visible_meeting(request, case, meeting_id)
    if not meeting.writable or not meeting.is_booked:
        raise PermissionDenied("Mötet är redan hållet eller inställt.")
    return meeting


def _booked(request, meeting, choices, words):
    messages.success(request, words)
    due = choices.deadline and choices.deadline.due_on
    if meeting.kind == Meeting.Kind.FIRST and due and timezone.localdate(meeting.starts_at) > due:
        messages.warning(request, f"Mötet ligger efter sista dagen, {due:%Y-%m-%d}. Skriv gärna varför under Klockan.")
    return redirect("meetings:meeting", meeting.case_id, meeting.pk)


def _posted(request):
    """What was sent; a chosen free time counts as the day and time that were written."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    if start := _instant(sent.get("slot")):
        sent["day"], sent["clock"] = start.strftime("%Y-%m-%d"), start.strftime("%H:%M")
    return sent


def _proposed_times(request):
    found = [_instant(written) for written in request.POST.getlist("proposed")]
    return [timezone.make_aware(start) for start in found if start]


def _standing(case, meeting):
    return content.initial_of(meeting, is_lead=case.sight.is_lead)


def _start(request):
    start = _instant(request.GET.get("start"))
    return {"day": start.date(), "clock": start.time()} if start else {}


def _instant(written):
    try:
        return datetime.strptime(written or "", "%Y-%m-%dT%H:%M")
    except ValueError:
        return None


def _replaced(request, case):
    written = request.GET.get("ersatter", "")
    if not written:
        return None
    if not written.isdigit():
        raise Http404
    return visible_meeting(request, case, int(written))
