"""Letting in extra competence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.proof import fresh_proof_required
from consent.content.asking import first_answer, texts_for
from consent.content.assignments import invitable
from consent.forms.extras import ExtraForm
from consent.services import extras as services


@require_http_methods(["GET", "POST"])
@fresh_proof_required
def let_in(request, case):
    gate = request.gate
    if not gate.may_lead(case):
        raise PermissionDenied("Bara organisationen som leder ärendet tar in extra kompetens.")
    form = ExtraForm(
        request.POST or None,
        initial=first_answer(gate, case),
        texts=texts_for(gate, case),
        today=gate.day,
        specialists=invitable(gate, case),
    )
    if form.is_valid():
        try:
            services.let_in(gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Ja är registrerat. Personen ser ärendet från och med nu.")
            return redirect("consent:consents", case.pk)
    return render(request, "consent/let_in.html", {"case": case, "form": form})
