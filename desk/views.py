"""The pages that gather."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role
from accounts.proof import fresh_proof_required
from audit.models import Action
from cases.forms import CloseForm
from cases.models import ExitReason
from consent.services.log_review import conclude
from desk import content, services
from desk.forms import CaseFilter, FindingForm, FirstMeetingFilter, LogFilter, SearchForm
from meetings.services.closing import close_case
from notices.models import Kind


@require_GET
def my_day(request):
    day = content.build_day(request.gate)
    request.gate.log(Action.LISTED, note=f"my_day-{day.shown}")
    return render(request, "desk/my_day.html", {"day": day})


@require_GET
def cases(request):
    """The worklists. An unknown list, unit or place in the list means the first page of the plain list."""
    chosen = CaseFilter(request.GET, units=request.gate.organisation.units.all())
    chosen.full_clean()
    page = content.build_worklist_page(
        request.gate,
        chosen.cleaned_data.get("lista"),
        closed=chosen.closed,
        unit=chosen.unit,
        after=content.read_after(request.GET.get("efter", "")),
    )
    request.gate.log(Action.LISTED, note=f"cases-{len(page.rows)}")
    return render(request, "desk/cases.html", {"page": page, "filter": chosen})


@require_GET
def first_meetings(request):
    """Who waits for the first meeting, as far as one's own cases or one's role of distributing go."""
    chosen = FirstMeetingFilter(request.GET)
    chosen.full_clean()
    page = content.build_first_meetings(request.gate, **chosen.cleaned_data)
    request.gate.log(Action.LISTED, note=f"first_meetings-{len(page.rows)}")
    return render(request, "desk/first_meetings.html", {"list": page})


@require_GET
def counted_tabs(request):
    tabs = content.build_tabs(request.gate, request.GET.get("lista"), counted=True)
    return render(request, "components/tabs.html", {"tabs": tabs, "label": "Arbetslistor"})


@require_GET
def case(request, case):
    return render(request, "desk/case.html", {"case": case, "overview": content.build_overview(request.gate, case)})


@require_GET
def events(request, case):
    page = Paginator(content.build_history(request.gate, case), 50).get_page(request.GET.get("page"))
    return render(request, "desk/events.html", {"case": case, "page": page})


@require_GET
def readers(request, case):
    """Reading who has read is itself a read."""
    request.gate.log(Action.LOG_READ, case)
    page = Paginator(content.build_readers(request.gate, case), 50).get_page(request.GET.get("page"))
    lines = content.tell(case, page)
    shown = {"case": case, "page": page, "lines": lines, "visits": content.by_day(lines)}
    return render(request, "desk/readers.html", shown)


@require_GET
@fresh_proof_required
def print_readers(request, case):
    """The whole extract for the person, on paper."""
    request.gate.require_open(case, action=Action.PRINTED)
    deeds = content.summed(content.tell(case, content.build_readers(request.gate, case)))
    printed = {"number": case.number, "by": request.user.full_name, "at": timezone.now()}
    return render(
        request,
        "desk/readers_print.html",
        {"case": case, "deeds": deeds, "printed": printed, "back_url": reverse("desk:readers", args=[case.pk])},
    )


@require_POST
@fresh_proof_required
def readers_pdf(request, case):
    """The extract as a paper that the person can take home."""
    return redirect(services.ask_for_readers(request.gate, case=case).get_absolute_url())


@require_http_methods(["GET", "POST"])
def close(request, case):
    """First the reason, then a page that says what follows."""
    if not request.gate.may_lead(case):
        raise PermissionDenied("Bara organisationen som leder ett öppet ärende kan avsluta det.")
    form = CloseForm(request.POST or None, today=request.gate.day, opened_on=case.opened_on)
    if form.is_valid():
        if not form.cleaned_data["confirmed"]:
            shown = {"case": case, "facts": form.facts, "label": ExitReason(form.cleaned_data["reason"]).label}
            return render(
                request, "desk/close_confirm.html", shown | {"meetings": content.meetings_ahead(request.gate, case)}
            )
        try:
            close_case(request.gate, case=case, **form.facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Ärende {case.number} är avslutat.")
            return redirect("desk:case", case.pk)
    return render(request, "desk/close.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def search(request):
    """Posted, so that no name or number stands in an address; htmx gets only the list."""
    form, hits = SearchForm(request.POST or None), None
    if form.is_valid():
        try:
            hits = content.find_cases(request.gate, form.cleaned_data["q"])
        except ValidationError as error:
            form.add_error("q", error)
    template = "desk/_hits.html" if request.htmx else "desk/search.html"
    return render(request, template, {"form": form, "hits": hits, "register": content.register_link(request.gate)})


@require_GET
def log(request):
    request.gate.require_role(Role.LOG_REVIEWER)
    chosen = LogFilter(request.GET)
    chosen.full_clean()
    found = content.build_log(
        request.gate,
        since=chosen.cleaned_data.get("fran"),
        until=chosen.cleaned_data.get("till"),
        action=chosen.cleaned_data.get("vad"),
        before=chosen.cleaned_data.get("fore"),
    )
    request.gate.log(Action.LOG_READ, note="log")
    shown = {"filter": chosen, "log": found, "query": chosen.query, "tabs": content.log_tabs("desk:log")}
    return render(request, "desk/log.html", shown)


@require_GET
def log_reviews(request):
    """What is drawn for review; with `granskade`, what has been found."""
    request.gate.require_role(Role.LOG_REVIEWER)
    reviewed = "granskade" in request.GET
    visits = content.build_visits(request.gate, reviewed=reviewed)
    page = Paginator(visits, 50).get_page(request.GET.get("page"))
    rows = [content.visit_row(visit, request.gate.day) for visit in page]
    shown = {"page": page, "rows": rows, "reviewed": reviewed, "tabs": content.log_tabs("desk:log_reviews")}
    return render(request, "desk/log_reviews.html", shown)


@require_http_methods(["GET", "POST"])
def log_visit(request, visit_id):
    """One visit with its rows of the log. Looking at it is a read of the log."""
    request.gate.require_role(Role.LOG_REVIEWER)
    found = content.find_visit(request.gate, visit_id)
    if found is None:
        raise Http404("Sidan finns inte.")
    visit = content.build_visit(found, request.gate.day)
    form = FindingForm(request.POST or None)
    if form.is_valid():
        try:
            conclude(request.gate, visit=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Bedömningen är sparad.")
            return redirect("desk:log_reviews")
    request.gate.log(Action.LOG_READ, note=f"log_visit-{visit_id}")
    return render(request, "desk/log_visit.html", {"visit": visit, "form": form})


@require_GET
def profile(request):
    is_reminded = request.user.notification_choices.wants(Kind.REMINDER)
    return render(
        request, "desk/profile.html", {"roles": content.build_roles(request.gate), "is_reminded": is_reminded}
    )


@require_GET
def help(request):
    return render(request, "desk/help.html", {"terms": content.GLOSSARY})


@login_not_required
@require_GET
def accessibility(request):
    """Open to everybody, also before log-in (DOS-lagen 13 §)."""
    return render(request, "desk/accessibility.html", {"place": settings.MUNICIPALITY_NAME})
