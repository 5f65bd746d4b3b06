"""A new case: the number, then the rest; a co-applicant shares the application."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from cases import drafts, services
from cases.forms import LANGUAGES, NumberForm, RegistrationForm, facts_of
from cases.models import Application


@require_http_methods(["GET", "POST"])
def register(request):
    """The number first, always by POST, so that it never stands in an address or a server log."""
    request.gate.require_register()
    if "drop" in request.POST:
        drafts.drop(request)
        return redirect("cases:register")
    form, found = NumberForm(request.POST or None, today=request.gate.day), None
    if form.is_valid():
        found = services.look_up(request.gate, number=form.cleaned_data["identity"])
        if not found.has_open_case:
            drafts.keep_number(request, form.cleaned_data["identity"])
            return redirect("cases:register_details")
    context = {"form": form, "found": found, "shared": drafts.shared_case(request)}
    return render(request, "cases/register.html", context)


@require_http_methods(["GET", "POST"])
def register_details(request):
    request.gate.require_register()
    number = drafts.kept_number(request)
    if number is None:
        messages.warning(request, "Börja med numret. Det sparas inte längre än registreringen pågår.")
        return redirect("cases:register")
    found = services.look_up(request.gate, number=number)
    shared_case = _shared_case(request)
    form = _details_form(request, number, found.person, shared_case)
    if form.is_valid():
        try:
            case, clocks = services.register_application(
                request.gate, number=number, shared_case=shared_case, **form.registration
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            drafts.drop(request)
            messages.success(request, _receipt(case, clocks))
            return redirect("desk:case", case.pk)
    context = {"form": form, "number": number, "found": found, "shared_case": shared_case}
    return render(request, "cases/register_details.html", context | {"preview": None, "languages": LANGUAGES})


@require_POST
def register_preview(request):
    """Priority, computed target groups and clocks by what is typed so far."""
    request.gate.require_register()
    number = drafts.kept_number(request)
    form = _details_form(request, number, None, _shared_case(request)) if number else None
    return render(request, "cases/_preview.html", {"preview": _preview(request.gate, form) if form else None})


@require_http_methods(["GET", "POST"])
def co_applicant(request, case):
    """Two adults of one household share an application and still have a case each."""
    if not request.gate.may_lead(case):
        raise PermissionDenied("Bara organisationen som leder ärendet kan lägga till en medsökande.")
    if request.method == "POST":
        drafts.drop(request)
        drafts.share_application(request, case)
        return redirect("cases:register")
    return render(request, "cases/co_applicant.html", {"case": case})


def _shared_case(request):
    shared = drafts.shared_case(request)
    return request.gate.open(UUID(shared["id"])) if shared else None


def _details_form(request, number, person, shared_case):
    organisation = request.gate.organisation
    initial = {"unit": request.user.unit_id, "municipality": organisation.municipality_id}
    if person is not None:
        initial |= facts_of(person) | {"origin": Application.Origin.KNOWN}
    return RegistrationForm(
        request.POST or None,
        initial=initial,
        today=request.gate.day,
        municipalities=organisation.serves.all() or [organisation.municipality],
        units=organisation.units.all(),
        birth_date=number.birth_date,
        shared=shared_case.application if shared_case else None,
    )


def _preview(gate, form):
    form.is_valid()
    received_on, facts = form.received_day, form.cleaned_data
    clocks = received_on and services.foresee_clocks(
        gate,
        received_on=received_on,
        pes_registered_on=facts.get("pes_registered_on"),
        municipality_id=facts.get("municipality"),
    )
    groups = sorted(str(group.label) for group in form.computed_groups)
    return {"priority": form.computed_priority, "groups": groups, "clocks": clocks or [], "today": gate.day}


def _receipt(case, clocks):
    """Number, when the clock started, by which day; and the way to a co-applicant."""
    text = f"Ärende {case.number} är registrerat."
    if clocks:
        started, last = date_format(clocks[0].starts_on, "j F"), date_format(clocks[0].due_on, "l j F")
        text += f" Klockan startade {started}. Första mötet ska hållas senast {last}."
    if case.application.household and "couple" in case.application.household.kind:
        link = reverse("cases:co_applicant", args=[case.pk])
        return format_html('{} <a href="{}">Registrera medsökande</a>', text, link)
    return text
