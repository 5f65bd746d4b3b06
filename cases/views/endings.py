"""Explain a delay, and reopen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import HoldForm
from cases.models import Category, Deadline
from cases.rules import DeadlineState

SETTLED = (DeadlineState.MET, DeadlineState.NOT_APPLICABLE)


@require_http_methods(["GET", "POST"])
def hold(request, case):
    """Why a promised date cannot be kept: only those of our own organisation are explained here.

    The reason may be illness: others read it only if they are told about health.
    """
    rows = request.gate.visible(Deadline, case).select_related("rule").prefetch_related("holds__set_by")
    deadlines = list(rows.order_by("due_on"))
    open_ones = [d for d in deadlines if request.gate.may_write(d) and d.state_on(request.gate.day) not in SETTLED]
    form = HoldForm(request.POST or None, today=request.gate.day, deadlines=open_ones)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        chosen = next(d for d in open_ones if d.pk == facts.pop("deadline"))
        services.explain_delay(request.gate, deadline=chosen, **facts)
        messages.success(request, "Orsaken är sparad.")
        return redirect("cases:hold", case.pk)
    clocks = [(d, d.state_on(request.gate.day), d.days_left(request.gate.day)) for d in deadlines]
    context = {"case": case, "form": form, "clocks": clocks, "may_explain": bool(open_ones)}
    return render(request, "cases/hold.html", context | {"tells_why": request.gate.knows(case, Category.HEALTH)})


@require_http_methods(["GET", "POST"])
def reopen(request, case):
    if case.is_open or not request.gate.may_lead(case, open_only=False):
        raise PermissionDenied("Bara organisationen som leder ett avslutat ärende kan öppna det igen.")
    if request.method == "POST":
        try:
            services.reopen_case(request.gate, case=case)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Ärende {case.number} är öppet igen.")
        return redirect("desk:case", case.pk)
    return render(request, "cases/reopen.html", {"case": case})
