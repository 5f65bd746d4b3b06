"""To ask for a case, and to answer. What the asker is told is the same whether there is such a case or not."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Role
from consent.content.access_requests import openings, request_to_answer, requests_page
from consent.content.assignments import CASE_ROLES
from consent.forms.access_requests import AnswerAccessForm, AskAccessForm
from consent.services import access_requests as services

ASKED = "Om ärendet finns hos er har frågan gått till chefen."


@require_http_methods(["GET", "POST"])
def ask(request):
    request.gate.require_role(*CASE_ROLES)
    form = AskAccessForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask(request.gate, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, ASKED)
            return redirect("consent:ask_access")
    return render(request, "consent/ask_access.html", {"form": form, "emergency": settings.EMERGENCY_ACCESS})


@require_GET
def access_requests(request):
    request.gate.require_role(Role.UNIT_MANAGER)
    gate = request.gate
    shown = {"page": requests_page(gate, request.GET.get("page")), "openings": openings(gate)}
    return render(request, "consent/access_requests.html", shown)


@require_http_methods(["GET", "POST"])
def answer(request, request_id):
    request.gate.require_role(Role.UNIT_MANAGER)
    asked = request_to_answer(request.gate, request_id)
    form = AnswerAccessForm(request.POST or None, today=request.gate.day)
    if form.is_valid():
        try:
            asked = _answered(request.gate, form, request_id)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Svaret är sparat. {asked.asker.full_name} får en bevakning.")
            return redirect("consent:access_requests")
    elif asked is None:
        raise Http404("Sidan finns inte.")
    return render(request, "consent/answer_access.html", {"asked": asked, "form": form})


def _answered(gate, form, request_id):
    facts = form.cleaned_data
    if form.says_yes:
        return services.allow(gate, request_id=request_id, until=facts["until"])
    return services.decline(gate, request_id=request_id, reason=facts["reason"])
