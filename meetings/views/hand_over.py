"""First who and when, then a page that says which cases, then the act."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consent.content.assignments import CASE_ROLES, colleagues
from consent.content.hand_over import build_hand_over, givers
from consent.forms.hand_over import HandOverForm
from meetings.content.hand_over import meetings_that_follow
from meetings.services import hand_over as services

NOTHING = "%s har inga öppna ärenden som kan lämnas över den dagen."


@require_http_methods(["GET", "POST"])
def hand_over(request):
    gate = request.gate
    gate.require_role(*CASE_ROLES)
    people = {"givers": list(givers(gate)), "colleagues": list(colleagues(gate))}
    form = HandOverForm(request.POST or None, today=gate.day, **people)
    if form.is_valid():
        try:
            return _confirmed(request, form) or _shown(request, form)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "meetings/hand_over.html", {"form": form})


def _confirmed(request, form):
    """None on the first page: the second sends the mark of the cases that it showed."""
    mark = request.POST.get("mark")
    if not mark:
        return None
    receiver, number, booked, clashing = services.hand_over(request.gate, mark=mark, **form.cleaned_data)
    what = "Ett ärende är överlämnat" if number == 1 else f"{number} ärenden är överlämnade"
    messages.success(request, f"{what} till {receiver.full_name}. {_followed(booked - clashing)}")
    if clashing:
        messages.warning(request, f"{_counted(clashing)} krockar med ett annat. {receiver.full_name} får veta vilka.")
    return redirect("desk:my_day")


def _shown(request, form):
    plan = build_hand_over(request.gate, form.giver_user, form.cleaned_data["since"])
    if not plan.moved and not plan.protected:
        raise ValidationError(NOTHING % form.giver_user.full_name, code="nothing")
    follow = meetings_that_follow(form.giver_user, plan.moved, form.cleaned_data["since"])
    return render(
        request, "meetings/hand_over_confirm.html", {"form": form, "plan": plan, "follow": follow and _counted(follow)}
    )


def _followed(number):
    return f"{_counted(number)} följde med." if number else ""


def _counted(number):
    return "Ett bokat möte" if number == 1 else f"{number} bokade möten"
