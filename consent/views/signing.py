"""The pages where the person answers themselves, and where the evidence is added and fetched."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET, require_http_methods

from audit.models import Action
from consent.content import signing
from consent.content.papers import signing_text
from consent.esigning import provider as chosen_provider
from consent.esigning.practice import Practice
from consent.forms.signing import OnScreenForm, ScanForm
from consent.models import Consent, SigningAttempt
from consent.services import signing as services

GIVEN = "Ja är registrerat. Samtycket gäller."
DECLINED = "Nej är registrerat. Ärendet fortsätter och varje organisation arbetar för sig."
NOTHING_RUNS = "sandbox; default-src 'none'"


@require_http_methods(["GET", "POST"])
def sign(request, case, consent_id):
    """The person reads the question in their language and answers it with their own hand."""
    consent = signing.own_question(request.gate, case, consent_id)
    if consent.answer != Consent.Answer.ASKED:
        return redirect("consent:consents", case.pk)
    question = signing.build_question(consent)
    form = OnScreenForm(
        request.POST or None,
        initial={"terms": question.terms},
        answer=request.POST.get("answer", ""),
        wording=question.paper.wording,
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("terms", "drawing", "name")}
        try:
            services.answer_on_screen(request.gate, consent=consent, answer=form.answer, **said)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, GIVEN if form.answer == Consent.Answer.GIVEN else DECLINED)
            return redirect("consent:consents", case.pk)
    return render(request, "consent/sign.html", {"case": case, "form": form, "question": question, "consent": consent})


@require_http_methods(["GET", "POST"])
def e_sign(request, case, consent_id):
    """Start, follow, fetch or break off a signature through the provider."""
    provider = chosen_provider()
    if provider is None:
        raise Http404("Sidan finns inte.")
    consent = signing.own_question(request.gate, case, consent_id)
    if request.method == "POST":
        return _act(request, consent, provider)
    attempt = signing.latest_attempt(consent)
    state = request.GET.get("state")
    if state is not None and (attempt is None or not constant_time_compare(state, attempt.state)):
        raise Http404("Sidan finns inte.")
    shown = {"case": case, "consent": consent, "attempt": attempt, "provider": provider, "came_back": bool(state)}
    return render(request, "consent/e_sign.html", shown | {"text": signing_text(consent)})


def _act(request, consent, provider):
    here = reverse("consent:e_sign", args=[consent.case_id, consent.pk])
    try:
        match request.POST.get("act"):
            case "start":
                addresses = (
                    request.build_absolute_uri(here),
                    reverse("consent:practice", args=[consent.case_id, consent.pk]),
                )
                services.start_electronic(request.gate, consent=consent, provider=provider, addresses=addresses)
            case "cancel":
                services.cancel_electronic(request.gate, consent=consent, provider=provider)
            case "collect":
                attempt = services.collect_electronic(request.gate, consent=consent, provider=provider)
                if attempt and attempt.outcome == SigningAttempt.Outcome.SIGNED:
                    messages.success(request, GIVEN)
                    return redirect("consent:consents", consent.case_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(here)


@require_http_methods(["GET", "POST"])
def practice(request, case, consent_id):
    """In the demo the provider's own page: says that it is a practice, and signs or breaks off."""
    provider = chosen_provider()
    consent = signing.own_question(request.gate, case, consent_id)
    attempt = signing.latest_attempt(consent)
    if not isinstance(provider, Practice) or attempt is None or not attempt.is_open:
        raise Http404("Sidan finns inte.")
    if request.method == "POST":
        (provider.sign if request.POST.get("act") == "sign" else provider.cancel)(attempt.reference)
        return redirect(f"{reverse('consent:e_sign', args=[case.pk, consent.pk])}?state={attempt.state}")
    return render(request, "consent/practice.html", {"case": case, "consent": consent, "text": signing_text(consent)})


@require_http_methods(["GET", "POST"])
def add_scan(request, case, consent_id):
    consent = signing.own_question(request.gate, case, consent_id)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_valid():
        try:
            services.add_scan(request.gate, consent=consent, scan=form.cleaned_data["scan"])
        except ValidationError as error:
            form.add_error("scan", error)
        else:
            messages.success(request, "Blanketten är sparad.")
            return redirect("consent:consents", case.pk)
    return render(request, "consent/add_scan.html", {"case": case, "form": form, "consent": consent})


@require_GET
def proof(request, case, consent_id, proof_id):
    """Only as a file to save: nothing in it runs or is shown inside the application."""
    kept = signing.kept_proof(request.gate, case, consent_id, proof_id)
    request.gate.log(Action.EXPORTED, case, note="consentproof")
    headers = {
        "Content-Disposition": f'attachment; filename="{kept.file_name}"',
        "Content-Security-Policy": NOTHING_RUNS,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(bytes(kept.content), content_type=kept.content_type, headers=headers)
