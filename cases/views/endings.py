"""Explain a delay, let the clock go on, and reopen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases import services
from cases.clocks import build_clocks
from cases.forms import HoldForm, ReopenForm
from cases.models import Category


@require_http_methods(["GET", "POST"])
def hold(request, case):
    """Why a promised date cannot be kept: only those of our own organisation are explained here.

    The reason may be illness: others read it only if they are told about health.
    """
    clocks = build_clocks(request.gate, case)
    open_ones = [clock.deadline for clock in clocks if clock.may_explain]
    form = HoldForm(request.POST or None, today=request.gate.day, deadlines=open_ones)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        chosen = next(d for d in open_ones if d.pk == facts.pop("deadline"))
        services.explain_delay(request.gate, deadline=chosen, **facts)
        messages.success(request, "Orsaken är sparad.")
        return redirect("cases:hold", case.pk)
    context = {"case": case, "form": form, "clocks": clocks, "may_explain": bool(open_ones)}
    return render(request, "cases/hold.html", context | {"tells_why": request.gate.knows(case, Category.HEALTH)})


@require_POST
def end_hold(request, case, hold_id):
    holds = (shown.hold for clock in build_clocks(request.gate, case) for shown in clock.holds)
    hold = next((each for each in holds if each.pk == hold_id), None)
    if hold is None:
        raise Http404("Sidan finns inte.")
    try:
        services.end_hold(request.gate, hold=hold)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Klockan går igen från i morgon.")
    return redirect("cases:hold", case.pk)


@require_http_methods(["GET", "POST"])
def reopen(request, case):
    if case.is_open or not request.gate.may_lead(case, open_only=False):
        raise PermissionDenied("Bara organisationen som leder ett avslutat ärende kan öppna det igen.")
    form = ReopenForm(
        request.POST if request.method == "POST" else None, today=request.gate.day, closed_on=case.closed_on
    )
    if form.is_valid():
        try:
            services.reopen_case(request.gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Ärende {case.number} är öppet igen.")
        return redirect("desk:case", case.pk)
    return render(request, "cases/reopen.html", {"case": case, "form": form})
