"""The meetings of a case, one of them, and one's own week."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Category
from meetings import content
from meetings.models import Meeting, Participant
from meetings.views.booking import visible_meeting


@require_GET
def meetings(request, case):
    rows = list(request.gate.visible(Meeting, case).for_page())
    coming = [m for m in rows if m.is_booked]
    past = [m for m in reversed(rows) if not m.is_booked]
    may_book = request.gate.may_write(case, Category.MEETING)
    now = timezone.now()
    context = {"case": case, "coming": coming, "past": past, "may_book": may_book, "now": now}
    context["proposals"] = content.open_proposals(request.gate, case)
    return render(request, "meetings/meetings.html", context)


@require_GET
def meeting(request, case, meeting_id):
    shown = visible_meeting(request, case, meeting_id)
    context = {"case": case, "meeting": shown, "replies": Participant.Reply.choices, "now": timezone.now()}
    context["knows_plan"] = request.gate.knows(case, Category.PLAN)
    context["substitutes"] = content.substitutes(request.gate, shown)
    context["series"] = content.series_of(request.gate, shown)
    context["sent"] = content.sent(request.gate, shown)
    context["tells_spot"] = shown.tells_spot(is_lead=case.sight.is_lead)
    context["decisions"] = content.decided(request.gate, shown)
    context["tells_board"] = content.tells_board(request.gate, shown)
    context["minutes"] = content.minutes_in_short(request.gate, shown)
    context["may_minute"] = shown.writable and content.may_be_minuted(request.gate, shown)
    return render(request, "meetings/meeting.html", context)


@require_GET
def calendar(request):
    try:
        day = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        day = request.gate.day
    week = content.week(request.gate, day, request.GET.get("vy", ""))
    return render(request, "meetings/calendar.html", {"week": week, "views": content.week_views(request.gate, week)})
