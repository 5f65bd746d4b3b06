"""The pages of consent: what holds, asking, taking back, and the papers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.proof import fresh_proof_required
from cases.content import organisations_around
from consent.content import answers, asking, changing, papers, shared
from consent.forms.consents import ChangeForm, ConsentForm, WithdrawForm
from consent.models import Consent
from consent.services import consents as services

GIVEN = "Ja är registrerat. Samtycket gäller."
DECLINED = "Nej är registrerat. Ärendet fortsätter och varje organisation arbetar för sig."
ON_SCREEN = {Consent.Method.DRAWN: "consent:sign", Consent.Method.E_SIGNATURE: "consent:e_sign"}


@require_GET
def consents(request, case):
    return render(request, "consent/consents.html", {"case": case, "page": answers.build_page(request.gate, case)})


@require_http_methods(["GET", "POST"])
def give(request, case):
    gate = request.gate
    asked = asking.asked_form(gate, case, request.GET.get("blankett", ""))
    ways = asking.ways()
    form = ConsentForm(
        request.POST or None,
        request.FILES or None,
        initial=asking.first_values(gate, case, asked),
        organisations=organisations_around(gate, case),
        texts=asking.texts_for(gate, case, asked),
        today=gate.day,
        answer=request.POST.get("answer", ""),
        ways=ways,
    )
    if form.is_valid():
        try:
            consent = services.register_answer(
                gate, case=case, asked=asked, answer=form.registered, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _answered(request, consent, form.answer)
    shown = {"case": case, "form": form, "asked": asked, "ours": gate.organisation, "ways": ways}
    return render(request, "consent/give.html", shown)


def _answered(request, consent, answer):
    if answer == Consent.Answer.ASKED:
        return _paper(request, consent)
    if answer in ON_SCREEN:
        return redirect(ON_SCREEN[answer], consent.case_id, consent.pk)
    messages.success(request, GIVEN if consent.answer == Consent.Answer.GIVEN else DECLINED)
    return redirect("consent:consents", consent.case_id)


@require_http_methods(["GET", "POST"])
def change(request, case, consent_id):
    """First what shall hold instead, then, when it is shown what that closes, how the person said it."""
    gate = request.gate
    consent = changing.own_consent(gate, case, consent_id)
    if not consent.is_in_force(gate.day):
        return render(request, "consent/nothing_to_change.html", {"case": case})
    organisations = changing.choices_for(gate, consent)
    form = ChangeForm(
        request.POST or None,
        initial=changing.first_values(gate, consent),
        organisations=organisations,
        texts=asking.texts_for(gate, case),
        today=gate.day,
        held=consent.terms,
        confirmed=request.POST.get("step") == "confirm",
    )
    if form.is_valid() and form.confirmed:
        try:
            services.change(gate, consent=consent, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Samtycket är ändrat och gäller så från i dag.")
            return redirect("consent:consents", case.pk)
    shown = {"case": case, "form": form, "consent": consent}
    again = form.wanted is None or request.POST.get("step") == "choose"
    shown["difference"] = None if again else changing.build_difference(gate, consent, form.wanted, organisations)
    return render(request, "consent/change.html", shown)


@require_http_methods(["GET", "POST"])
def withdraw(request, case, consent_id):
    """What lets another authority tell is taken back in its name, so who does it proves again who they are."""
    consent = get_object_or_404(request.gate.consents(case).for_page(), pk=consent_id)
    ours = consent.discloser_id == request.gate.organisation.pk
    act = _withdraw if ours else fresh_proof_required(_withdraw)
    return act(request, case, consent)


def _withdraw(request, case, consent):
    gate = request.gate
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw(gate, consent=consent, how=form.cleaned_data["how"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Samtycket är återkallat och gäller inte längre.")
            still_open = gate.cases().filter(pk=case.pk).exists()
            return redirect("consent:consents", case.pk) if still_open else redirect("desk:my_day")
    shown = {"case": case, "form": form, "consent": consent, "closing": asking.build_closing(gate, consent)}
    shown["shared"] = shared.build_shared(gate, case, [consent]).get(consent.pk, ())
    shown["withdrawable"] = answers.is_withdrawable(consent, gate.day)
    return render(request, "consent/withdraw.html", shown)


@require_POST
def paper(request, case, consent_id):
    return _paper(request, get_object_or_404(request.gate.consents(case), pk=consent_id))


def _paper(request, consent):
    print_url = reverse("consent:paper_text", args=[consent.case_id, consent.pk])
    return HttpResponseRedirect(
        services.ask_for_paper(request.gate, consent=consent, print_url=print_url).get_absolute_url()
    )


@require_GET
def paper_text(request, case, consent_id):
    """The same paper as a page: works where no PDF can be drawn, and can be read aloud by the browser."""
    consent = get_object_or_404(request.gate.consents(case).for_page(), pk=consent_id)
    request.gate.require_open(case)
    shown = {"paper": papers.build_paper(consent), "back_url": reverse("consent:consents", args=[case.pk])}
    return render(request, "consent/paper_text.html", shown)


@require_GET
def reference(request, reference):
    """From the QR code on a printed form to the page where its answer is registered."""
    consent = asking.find_reference(request.gate, reference)
    if consent.answer != Consent.Answer.ASKED or consent.discloser_id != request.gate.organisation.pk:
        return redirect("consent:consents", consent.case_id)
    return redirect(f"{reverse('consent:give', args=[consent.case_id])}?blankett={consent.reference}")
