"""Telling what a law names: the form offers exactly that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consent.content.telling import find_statute, recipients_for
from consent.forms.telling import TellForm
from consent.services import telling as services


@require_http_methods(["GET", "POST"])
def tell_by_law(request, case, statute_id):
    statute = find_statute(request.gate, statute_id)
    recipients = recipients_for(request.gate, case, statute)
    form = TellForm(request.POST or None, today=request.gate.day, statute=statute, recipients=recipients)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("on_request", "told_on")}
        to = form.recipient_organisation
        try:
            services.tell_by_law(request.gate, case=case, statute=statute, recipient=to, facts=form.told, **said)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Uppgifterna är lämnade till {to.name}.")
            return redirect("consent:consents", case.pk)
    return render(request, "consent/tell_by_law.html", {"case": case, "form": form, "statute": statute})
