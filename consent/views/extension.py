"""Where a no to more is registered, as easily as a yes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consent.content.changing import own_consent
from consent.forms.extras import DeclineMoreForm
from consent.services import extension as services


@require_http_methods(["GET", "POST"])
def decline_more(request, case, consent_id):
    consent = own_consent(request.gate, case, consent_id)
    form = DeclineMoreForm(request.POST or None)
    if form.is_valid():
        try:
            services.decline_more(request.gate, consent=consent, how=form.cleaned_data["how"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Nej är registrerat. Samtycket gäller som förut, till {consent.valid_until}.")
            return redirect("consent:consents", case.pk)
    return render(request, "consent/decline_more.html", {"case": case, "form": form, "consent": consent})
