"""The same in SAML 2.0, where the answer arrives in a form of another site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts import saml
from accounts.proof import fresh_proof_required, renewing
from accounts.views.identity import answered, ask, not_believed, trace
from accounts.vouching import Refused


@login_not_required
@require_GET
def log_in_by_saml(request):
    return ask(request, saml, "login")


@require_GET
@fresh_proof_required
def link_saml(request):
    return ask(request, saml, "link")


@require_GET
def confirm_by_saml(request):
    return ask(request, saml, "confirm")


@csrf_exempt
@login_not_required
@require_POST
def saml_answer(request):
    """Brings no session and begins none: a new one would take the place of the one that the browser has. What is
    believed waits for that browser, whatever RelayState says."""
    _require_provider()
    try:
        question = saml.receive(request.POST)
    except Refused as refused:
        trace(request, refused)
        return redirect("accounts:saml_fetched")
    return redirect(f"{reverse('accounts:saml_fetched')}?{urlencode({'svar': question})}")


@login_not_required
@require_GET
@renewing
def saml_fetched(request):
    """The browser that asked fetches its answer. Without the name of a question it was refused where it arrived."""
    _require_provider()
    return answered(request, saml) if "svar" in request.GET else not_believed(request)


@login_not_required
@require_GET
def saml_metadata(request):
    """What the provider is told about us."""
    _require_provider()
    return HttpResponse(saml.metadata(), content_type="application/samlmetadata+xml")


def _require_provider():
    if not settings.SAML_ISSUER:
        raise Http404("Sidan finns inte.")
