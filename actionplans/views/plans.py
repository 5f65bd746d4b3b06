"""The plan on one page, its beginning, and its goal and sections."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from actionplans import content, services
from actionplans.forms import EndForm, PlanForm, as_text, plan_words
from actionplans.rules import EditedMeanwhile
from actionplans.views.answers import conflict, plan_url, refuse, require_pen
from cases.models import Category


@require_GET
def plan(request, case):
    page = content.plan_page(request.gate, case)
    shown = {
        "case": case,
        "page": page,
        "told": content.is_told(request.gate, case),
        "can_start": request.gate.may_write(case, Category.PLAN),
        "circle": content.around(request.gate, case, page),
    }
    return render(request, "actionplans/plan.html", shown)


@require_http_methods(["GET", "POST"])
def start(request, case):
    require_pen(request, case, Category.PLAN)
    workers = content.circle(request.gate, case).workers
    initial = {"coordinator": request.user.pk}
    form = PlanForm(request.POST or None, workers=workers, templates=content.templates(), initial=initial)
    if form.is_valid():
        try:
            services.start(request.gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Planen är påbörjad. Lägg till delmål tillsammans.")
            return redirect(plan_url(case))
    return render(request, "actionplans/start.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def edit_plan(request, case):
    kept = content.active_plan(request.gate, case)
    require_pen(request, kept)
    workers = content.circle(request.gate, case).workers
    form = PlanForm(request.POST or None, workers=workers, initial=plan_words(kept))
    if form.is_valid():
        try:
            services.edit_plan(request.gate, kept, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            theirs = as_text(form, plan_words(lost.theirs))
            return conflict(request, mine=as_text(form), theirs=theirs, back_url=plan_url(case))
        else:
            messages.success(request, "Planen är sparad.")
            return redirect(plan_url(case))
    return render(request, "actionplans/edit_plan.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def end_plan(request, case):
    kept = content.active_plan(request.gate, case)
    require_pen(request, kept)
    form = EndForm(request.POST or None, today=request.gate.day, started_on=kept.started_on)
    if form.is_valid():
        try:
            services.end_plan(request.gate, kept, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            theirs = f"Planen avslutades {lost.theirs.ended_on}: {lost.theirs.get_end_reason_display()}."
            return conflict(request, mine=as_text(form), theirs=theirs, back_url=plan_url(case))
        else:
            messages.success(request, "Planen är avslutad. Den finns kvar bland tidigare planer.")
            return redirect(plan_url(case))
    left = content.plan_page(request.gate, case)
    return render(request, "actionplans/end_plan.html", {"case": case, "form": form, "page": left})
