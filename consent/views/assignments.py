"""Who works on a case, and the cases that nobody is responsible for yet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role
from consent.content.assignments import (
    build_workplaces,
    colleagues,
    find_assignment,
    invitable,
    invitations,
    may_end,
    unassigned_page,
    unassigned_row,
)
from consent.forms.assignments import ColleagueForm, FirstWorkerForm, InviteForm
from consent.services import assignments as services

INVITATION_ENDS = (
    "Alla där som är tilldelade ärendet förlorar sin tilldelning genast.",
    "Det de själva har skrivit finns kvar. Ni kan bjuda in dem igen.",
)


@require_GET
def workers(request, case):
    context = {"workplaces": build_workplaces(request.gate, case), "may_invite": request.gate.may_lead(case)}
    return render(request, "consent/workers.html", context)


@require_http_methods(["GET", "POST"])
def add_worker(request, case):
    request.gate.require_assign(case)
    form = ColleagueForm(request.POST or None, today=request.gate.day, colleagues=colleagues(request.gate))
    if form.is_valid():
        try:
            worker = services.add_colleague(request.gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{worker.full_name} arbetar nu med ärendet.")
            return redirect("consent:workers", case.pk)
    return render(request, "consent/add_worker.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def invite(request, case):
    if not request.gate.may_lead(case):
        raise PermissionDenied("Bara organisationen som leder ärendet bjuder in andra.")
    form = InviteForm(request.POST or None, today=request.gate.day, invitable=invitable(request.gate, case))
    if form.is_valid():
        try:
            guest = services.invite(request.gate, case=case, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _invited(guest, form.cleaned_data["own_matter"]))
            return redirect("consent:workers", case.pk)
    return render(request, "consent/invite.html", {"case": case, "form": form})


@require_POST
def make_responsible(request, case, grant_id):
    find_assignment(request.gate, case, grant_id)
    try:
        worker = services.move_responsibility(request.gate, case=case, grant_id=grant_id)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{worker.full_name} är nu ansvarig för ärendet hos er.")
    return redirect("consent:workers", case.pk)


@require_http_methods(["GET", "POST"])
def end_assignment(request, case, grant_id):
    grant = find_assignment(request.gate, case, grant_id)
    request.gate.require_hands(case)
    is_me = grant.user_id == request.user.pk
    if request.method == "POST":
        services.end_assignment(request.gate, case=case, grant_id=grant_id)
        messages.success(request, f"{grant.user.full_name} arbetar inte längre med ärende {case.number}.")
        return redirect("desk:my_day") if is_me else redirect("consent:workers", case.pk)
    if not may_end(request.gate, case, grant):
        raise PermissionDenied("Du kan inte avsluta en annan organisations tilldelning.")
    points = _consequences(grant, is_me)
    return render(request, "consent/end_assignment.html", {"case": case, "grant": grant, "points": points})


@require_http_methods(["GET", "POST"])
def end_invitation(request, case, organisation_id):
    if not request.gate.may_lead(case, open_only=False):
        raise PermissionDenied("Bara organisationen som leder ärendet avslutar en inbjudan.")
    party = get_object_or_404(invitations(request.gate, case), organisation=organisation_id)
    if request.method == "POST":
        services.end_invitation(request.gate, case=case, organisation_id=organisation_id)
        messages.success(request, f"{party.organisation.name} är inte längre med i ärendet.")
        return redirect("consent:workers", case.pk)
    return render(request, "consent/end_invitation.html", {"case": case, "party": party, "points": INVITATION_ENDS})


@require_GET
def unassigned(request):
    """Process data only: who the cases are about stays closed until somebody is assigned."""
    request.gate.require_distribution()
    page = unassigned_page(request.gate, request.GET.get("page"))
    may_register = request.gate.has_role(Role.INTAKE, Role.CASE_WORKER)
    context = {"page": page, "today": request.gate.day, "may_register": may_register}
    return render(request, "consent/unassigned.html", context)


@require_http_methods(["GET", "POST"])
def assign_unassigned(request, unassigned_id):
    gate = request.gate
    gate.require_distribution()
    row = unassigned_row(gate, unassigned_id)
    form = FirstWorkerForm(request.POST or None, colleagues=colleagues(gate))
    if form.is_valid():
        try:
            case, worker = services.assign_unassigned(gate, unassigned_id=unassigned_id, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{worker.full_name} är nu ansvarig för ärende {case.number}.")
            return redirect("consent:unassigned")
    elif row is None:
        raise Http404("Sidan finns inte.")
    return render(request, "consent/assign_unassigned.html", {"row": row, "form": form, "today": gate.day})


def _invited(guest, own_matter):
    sees = "ser nu att ärendet finns, och det de själva skriver" if own_matter else "ser inget förrän samtycke finns"
    return f"{guest.full_name} på {guest.organisation.short_name} är inbjuden. De {sees}."


def _consequences(grant, is_me):
    points = ["Ärendet stängs för personen genast. Det som redan är skrivet finns kvar."]
    if is_me:
        points.append("Det är din egen tilldelning: du kan inte öppna ärendet igen förrän någon tilldelar dig det.")
    if grant.is_responsible:
        points.append("Ingen är sedan ansvarig i organisationen. Flytta ansvaret först, om någon annan ska ha det.")
    return points
