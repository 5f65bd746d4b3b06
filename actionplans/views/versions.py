"""Versions of the plan, what was new in each, and who agrees to the one at hand."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplans import content, services
from actionplans.forms import AgreementForm
from actionplans.rules import EditedMeanwhile
from actionplans.views.answers import conflict, refuse

INDIVIDUAL, OWN = "individual", "organisation"


@require_GET
def versions(request, case):
    """Of the plan that applies, else the latest; the earlier ones below it."""
    plan = content.current_plan(request.gate, case)
    if plan is None:
        raise Http404("Ärendet har ingen plan.")
    earlier = content.earlier_plans(request.gate, case, plan)
    return _versions(request, case, plan, {"earlier": earlier, "is_current": True})


@require_GET
def earlier_plan(request, case, plan_id):
    plan = get_object_or_404(content.earlier_plans(request.gate, case), pk=plan_id)
    return _versions(request, case, plan, {"earlier": (), "is_current": False})


def _versions(request, case, plan, around):
    shown = {"case": case, "plan": plan, "versions": content.versions(request.gate, plan)}
    return render(request, "actionplans/versions.html", shown | around)


@require_POST
def make_version(request, case):
    plan = content.active_plan(request.gate, case)
    version = services.snapshot_version(request.gate, plan=plan)
    messages.success(request, f"Version {version.number} är gjord. Anteckna vilka som är överens om den.")
    return redirect("actionplans:agree", case.pk)


@require_http_methods(["GET", "POST"])
def agree(request, case):
    form = AgreementForm(request.POST or None, parties=[(INDIVIDUAL, ""), (OWN, "")])
    if form.is_valid():
        version = content.version_of(content.active_plan(request.gate, case), form.cleaned_data["version"])
        own = request.gate.organisation if form.cleaned_data["party"] == OWN else None
        try:
            services.agree(request.gate, version=version, organisation=own, how=form.cleaned_data["how"])
        except ValidationError as error:
            refuse(form, error)
        except EditedMeanwhile as lost:
            who = own.short_name if own else case.individual.given_name
            return conflict(
                request,
                mine=f"{who} håller med om version {version.number}.",
                theirs="\n".join([f"Version {lost.theirs.number}.", *content.news(request.gate, version, lost.theirs)]),
                back_url=request.path,
            )
        else:
            messages.success(request, "Överenskommelsen är antecknad.")
            return redirect("actionplans:agree", case.pk)
    page = content.agreement_page(request.gate, case)
    return render(request, "actionplans/agree.html", {"case": case, "page": page, "form": form})
