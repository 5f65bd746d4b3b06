"""Unmet needs: the board, one need and its way upwards, and where a case raises one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from actionplans.views.answers import back_to, refuse
from needs import content, services
from needs.forms import DecisionForm, NeedFilter, NeedForm

PAGE = 25


@require_GET
def needs(request):
    chosen = NeedFilter(request.GET or None)
    words = chosen.cleaned_data if chosen.is_valid() else {}
    answered = request.GET.get("lage") == "besvarade"
    board = content.board(request.gate, answered=answered, **words)
    page = Paginator(board, PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    shown = {
        "page": page,
        "rows": content.rows(request.gate, page),
        "answered": answered,
        "filter": chosen,
        "tabs": _tabs(answered),
        "query": f"{kept.urlencode()}&" if kept else "",
    }
    return render(request, "needs/needs.html", shown)


@require_http_methods(["GET", "POST"])
def need(request, need_id):
    kept = content.need_of(request.gate, need_id)
    page = content.need_page(request.gate, kept)
    initial = {"decided_on": request.gate.day}
    form = DecisionForm(request.POST or None, top=page.next_level is None, today=request.gate.day, initial=initial)
    if form.is_valid():
        words = form.cleaned_data
        try:
            services.decide(
                request.gate, kept, decision=words["decision"], answer=words["answer"], on=words["decided_on"]
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Beslutet är sparat. Återkoppla det till dem som lyfte behovet.")
            return redirect("needs:need", kept.pk)
    return render(request, "needs/need.html", {"page": page, "need": kept, "form": form})


@require_POST
def raise_higher(request, need_id):
    kept = content.need_of(request.gate, need_id)
    try:
        services.raise_higher(request.gate, kept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Behovet är lyft till {kept.get_level_display()}.")
    return redirect("needs:need", kept.pk)


@require_POST
def feed_back(request, need_id):
    kept = content.need_of(request.gate, need_id)
    try:
        told = services.feed_back(request.gate, kept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Svaret är återkopplat till {told} {'person' if told == 1 else 'personer'}.")
    return redirect("needs:need", kept.pk)


@require_http_methods(["GET", "POST"])
def raise_need(request, case):
    if not content.may_raise(request.gate, case):
        raise PermissionDenied("Du kan inte lyfta ett behov från det här ärendet.")
    names, back = [case.individual.given_name, case.individual.family_name], back_to(request, case)
    form = NeedForm(request.POST or None, waiting=content.waiting_here(case), names=names)
    if form.is_valid():
        try:
            raised = _raise(request.gate, case, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Behovet är lyft. Svar väntas senast {raised.answer_due_on:%Y-%m-%d}.")
            return redirect(back)
    return render(request, "needs/raise_need.html", {"case": case, "form": form, "back_url": back})


def _raise(gate, case, form):
    words = form.cleaned_data
    if form.joined is not None:
        return services.join_need(gate, case=case, need=form.joined, people=words["people"])
    fields = {name: words[name] for name in ("people", "kind", "title", "description")}
    return services.raise_need(gate, case=case, **fields)


def _tabs(answered):
    url = reverse("needs:needs")
    return [
        {"label": "Väntar på svar", "url": url, "current": not answered, "count": None},
        {"label": "Besvarade", "url": f"{url}?lage=besvarade", "current": answered, "count": None},
    ]
