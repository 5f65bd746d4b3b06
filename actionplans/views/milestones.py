"""One delmål: add, change, go through. Each answers htmx with the part that opens in the list."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from actionplans import content, services
from actionplans.forms import ASSISTANCE, CONDITION, MilestoneForm, ReviewForm, as_text, milestone_words
from actionplans.models import Milestone
from actionplans.rules import EditedMeanwhile, is_far_away
from actionplans.views.answers import back_to, conflict, go_back, refuse, require_pen


@require_http_methods(["GET", "POST"])
def add_milestone(request, case):
    plan = content.active_plan(request.gate, case)
    require_pen(request, plan)
    form = _form(request, case, {"starts_on": request.gate.day, "responsible": request.GET.get("ansvarig", "")})
    if form.is_valid():
        try:
            added = services.add_milestone(request.gate, plan=plan, **form.words())
        except ValidationError as error:
            refuse(form, error)
        else:
            _say(request, "Delmålet är tillagt.", added)
            return go_back(request, case, f"delmal-{added.pk}")
    return _page(request, case, form, "actionplans/add_milestone.html", "actionplans/_add_milestone.html")


@require_http_methods(["GET", "POST"])
def milestone(request, case, milestone_id):
    kept = content.milestone_of(request.gate, case, milestone_id)
    require_pen(request, kept)
    form = _form(request, case, milestone_words(kept), kept)
    if form.is_valid():
        try:
            services.edit_milestone(request.gate, kept, version=form.cleaned_data["version"], **form.words())
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            theirs = as_text(form, milestone_words(lost.theirs))
            return conflict(request, mine=as_text(form), theirs=theirs, back_url=request.path)
        else:
            _say(request, "Delmålet är sparat.", kept)
            return go_back(request, case, f"delmal-{kept.pk}")
    return _page(request, case, form, "actionplans/milestone.html", "actionplans/_edit_milestone.html", kept)


@require_http_methods(["GET", "POST"])
def review(request, case, milestone_id):
    kept = content.milestone_of(request.gate, case, milestone_id)
    require_pen(request, kept)
    initial = {name: getattr(kept, name) for name in ("status", "done_on", "end_reason", "version")}
    form = ReviewForm(request.POST or None, today=request.gate.day, initial=initial)
    if form.is_valid():
        try:
            services.review_milestone(request.gate, kept, on=request.gate.day, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            theirs = as_text(form, {name: getattr(lost.theirs, name) for name in initial})
            return conflict(request, mine=as_text(form), theirs=theirs, back_url=request.path)
        else:
            messages.success(request, _after_review(kept))
            return go_back(request, case, f"delmal-{kept.pk}")
    return _page(request, case, form, "actionplans/review.html", "actionplans/_review_milestone.html", kept)


def _form(request, case, initial, kept=None):
    gate = request.gate
    around = content.circle(gate, case, kept)
    sees, writes = content.sees_conditions(gate, kept)
    hidden = () if sees and writes else ASSISTANCE if sees else CONDITION
    return MilestoneForm(
        request.POST or None,
        given_name=case.individual.given_name,
        workers=around.workers,
        parties=around.organisations,
        hidden=hidden,
        initial=initial,
    )


def _page(request, case, form, page, part, kept=None):
    shown = {"case": case, "form": form, "milestone": kept, "back_url": back_to(request, case)}
    return render(request, part if request.htmx and request.method == "GET" else page, shown)


def _say(request, sentence, kept):
    messages.success(request, sentence)
    if is_far_away(kept.due_on, request.gate.day):
        messages.warning(
            request, "Delmålet ligger mer än tre månader bort. Finns det ett steg på vägen som går att nå tidigare?"
        )


def _after_review(kept):
    if kept.end_reason == Milestone.EndReason.NOT_AVAILABLE:
        return "Delmålet är avslutat. Lyft gärna behovet, så att någon kan besluta om det som saknas."
    return "Delmålet är genomgånget."
