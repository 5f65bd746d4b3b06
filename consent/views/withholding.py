"""The pages of the withhold list. It is each organisation's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.content import organisations_around
from consent.content import withholding as content
from consent.forms.withholding import LiftForm, WithholdForm
from consent.services import withholding as services


@require_GET
def withholdings(request, case):
    standing, ended = content.withheld_rows(request.gate, case)
    return render(request, "consent/withholdings.html", {"case": case, "standing": standing, "ended": ended})


@require_http_methods(["GET", "POST"])
def withhold(request, case):
    form = WithholdForm(
        request.POST or None,
        today=request.gate.day,
        organisations=organisations_around(request.gate, case),
        pieces=content.pieces_of(request.gate, case),
    )
    if form.is_valid():
        try:
            services.withhold(request.gate, case=case, **form.facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Spärren är registrerad.")
            return redirect("consent:withholdings", case.pk)
    return render(request, "consent/withhold.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def lift(request, case, withholding_id):
    held = content.own_withholding(request.gate, case, withholding_id)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            services.lift(request.gate, withholding=held, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Spärren är hävd. Samtycket bestämmer igen.")
            return redirect("consent:withholdings", case.pk)
    shown = {"case": case, "form": form, "held": held, "what": content.name_of(request.gate, held)}
    return render(request, "consent/lift.html", shown)
