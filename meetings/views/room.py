"""What is written into the plan and the register of needs while everybody looks: nothing is offered or shown that a
party in the room may not know of."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actionplans import services as plans
from actionplans.forms import ASSISTANCE, CONDITION, MilestoneForm, as_text, milestone_words
from actionplans.rules import EditedMeanwhile
from actionplans.views.answers import refuse
from meetings import content
from meetings.views.talk import back_from, open_meeting
from needs import content as board
from needs import services as needs
from needs.forms import NeedForm


@require_http_methods(["GET", "POST"])
def milestone(request, case, meeting_id, milestone_id=None):
    """A new delmål, or one that changes."""
    meeting = open_meeting(request, case, meeting_id)
    room = content.pen_of_the_room(request.gate, case, meeting, milestone_id)
    words = milestone_words(room.milestone) if room.milestone else {"starts_on": request.gate.day}
    form = _form(request, case, room, words)
    back = back_from(request, case, meeting_id)
    if form.is_valid():
        try:
            kept = _keep(request.gate, room, form)
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            texts = {"mine": as_text(form), "theirs": as_text(form, milestone_words(lost.theirs))}
            return render(request, "409.html", texts | {"back_url": back, "frame": None}, status=409)
        else:
            messages.success(request, "Delmålet är sparat.")
            return redirect(f"{back}#delmal-{kept.pk}")
    shown = {"case": case, "meeting": meeting, "form": form, "room": room, "back_url": back, "frame": None}
    return render(request, "meetings/room_milestone.html", shown)


@require_http_methods(["GET", "POST"])
def need(request, case, meeting_id):
    """What nobody can offer today. On the screen only a new one: the others' needs are not everybody's."""
    meeting = open_meeting(request, case, meeting_id)
    if not board.may_raise(request.gate, case) or not content.talks_openly(meeting):
        raise PermissionDenied("Behov lyfts när personen har bekräftat sitt samtycke, av dem som ser planen.")
    names = [case.individual.given_name, case.individual.family_name]
    form = NeedForm(request.POST or None, waiting=[], names=names)
    back = back_from(request, case, meeting_id)
    if form.is_valid():
        try:
            needs.raise_need(request.gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Behovet är lyft, utan namn.")
            return redirect(back)
    shown = {"case": case, "meeting": meeting, "form": form, "back_url": back, "frame": None}
    return render(request, "meetings/room_need.html", shown)


def _form(request, case, room, words):
    return MilestoneForm(
        request.POST or None,
        given_name=case.individual.given_name,
        workers=room.workers,
        parties=room.organisations,
        hidden=ASSISTANCE if room.condition else CONDITION,
        initial=words,
    )


def _keep(gate, room, form):
    if room.milestone is None:
        return plans.add_milestone(gate, plan=room.plan, **form.words())
    return plans.edit_milestone(gate, room.milestone, version=form.cleaned_data["version"], **form.words())
