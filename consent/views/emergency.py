"""Emergency access. Off unless the setting says otherwise: then the page does not exist."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.proof import fresh_proof_required
from cases.templatetags.wording import clock
from consent.content.assignments import CASE_ROLES
from consent.forms.emergency import EmergencyForm
from consent.services import emergency as services


@require_http_methods(["GET", "POST"])
def open_in_emergency(request):
    if not settings.EMERGENCY_ACCESS:
        raise Http404("Sidan finns inte.")
    return _open(request)


@fresh_proof_required
def _open(request):
    request.gate.require_role(*CASE_ROLES)
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            opened = services.open_in_emergency(request.gate, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            told = f"Du kan läsa ärendet till {clock(opened.ends_at)}. Chefen och loggranskaren har fått veta det."
            messages.warning(request, told)
            return redirect("desk:case", opened.case_id)
    return render(request, "consent/open_in_emergency.html", {"form": form, "limit": settings.EMERGENCIES_A_MONTH})
