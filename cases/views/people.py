"""The person's facts, and the number in clear on request."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases import services
from cases.editing import EditedMeanwhile, as_lines
from cases.forms import FACTS, LANGUAGES, IndividualForm, facts_of
from cases.models import Category


@require_http_methods(["GET", "POST"])
def individual(request, case):
    """Whoever is told the contact facts reads them; the lead changes them."""
    if not request.gate.knows(case, Category.CONTACT):
        raise PermissionDenied("Samtycket omfattar inte personens uppgifter.")
    person = case.individual
    initial = facts_of(person) | {"version": person.version}
    form = IndividualForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.change_person(
                request.gate, case=case, version=form.cleaned_data["version"], facts=form.person_facts
            )
        except EditedMeanwhile:
            return _overtaken(request, case, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Uppgifterna är sparade.")
            return redirect("cases:individual", case.pk)
    context = {"case": case, "form": form, "languages": LANGUAGES, "may_lead": request.gate.may_lead(case)}
    may_close = request.gate.may_lead(case, open_only=False)
    return render(request, "cases/individual.html", context | {"facts": _shown(initial), "may_close": may_close})


@require_POST
def reveal(request, case):
    number = services.reveal_number(request.gate, case=case)
    template = "cases/_number.html" if request.htmx else "cases/reveal.html"
    return render(request, template, {"case": case, "number": number})


def _overtaken(request, case, form):
    case.individual.refresh_from_db()
    texts = {
        "mine": as_lines(_shown(form.cleaned_data)),
        "theirs": as_lines(_shown(facts_of(case.individual))),
        "back_url": reverse("cases:individual", args=[case.pk]),
    }
    return render(request, "409.html", texts, status=409)


def _shown(facts):
    """The facts as words, in the order of the form, without the empty ones."""
    rows = []
    for name in FACTS:
        choices = dict(IndividualForm.base_fields[name].choices) if name in CHOSEN else {}
        value = facts.get(name)
        words = [choices.get(v, v) for v in value] if isinstance(value, list) else choices.get(value, value)
        rows.append((IndividualForm.base_fields[name].label, ", ".join(words) if isinstance(words, list) else words))
    return [(word, value) for word, value in rows if value]


CHOSEN = {"sex", "protection", "support_needs", "channel"}
