"""The plan on paper: seen, printed from the browser, or asked for as a PDF."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actionplans import content, services
from actionplans.forms import PrintForm
from actionplans.views.answers import plan_url


@require_http_methods(["GET", "POST"])
def print_plan(request, case):
    gate = request.gate
    choices = content.printable_versions(gate, case)
    usual = {"version": choices[0][0], "large_print": content.prefers_large_print(case)}
    form = PrintForm(request.POST or request.GET or None, versions=choices, initial=usual)
    wanted = {**usual, **form.cleaned_data} if form.is_valid() else usual
    if request.method == "POST" and form.is_valid():
        return redirect(services.ask_for_paper(gate, case=case, **wanted).get_absolute_url())
    gate.require_open(case)
    paper = content.plan_paper(gate, case, number=wanted["version"], large_print=wanted["large_print"])
    shown = {"case": case, "paper": paper, "form": form, "chosen": wanted["version"], "back_url": plan_url(case)}
    return render(request, "actionplans/print_plan.html", shown)
