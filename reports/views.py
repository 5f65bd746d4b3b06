"""Pages of the overview and the monthly reports."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.models import Action
from reports import content, paper, services
from reports.forms import CommentForm, ConfirmForm, CorrectionForm, MonthForm
from reports.wording import month_name

CHANGED = "Någon annan ändrade rapporten medan du läste. Läs den igen."


@require_GET
def overview(request):
    page = content.build_overview(request.gate, request.GET.get("kommun", ""))
    return render(request, "reports/overview.html", {"page": page})


@require_GET
def looking_back(request):
    page = content.build_looking_back(request.gate, request.GET.get("kommun", ""))
    return render(request, "reports/looking_back.html", {"page": page})


@require_GET
def monthly_reports(request):
    page = content.build_report_list(request.gate, request.GET.get("kommun", ""))
    return render(request, "reports/monthly_reports.html", {"page": page, "form": MonthForm(months=page.months)})


@require_POST
def count_month(request):
    page = content.build_report_list(request.gate, request.POST.get("kommun", ""))
    form = MonthForm(request.POST, months=page.months)
    if form.is_valid():
        try:
            report = services.count_month(request.gate, municipality=page.town, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("month", error)
        else:
            return redirect("reports:monthly_report", report.pk)
    return render(request, "reports/monthly_reports.html", {"page": page, "form": form})


@require_GET
def monthly_report(request, report_id):
    report = content.readable_report(request.gate, report_id)
    context = {"report": report, "month": month_name(report.month)}
    if not report.figures:
        return render(request, "reports/monthly_counting.html", context)
    versions = content.versions_of(request.gate, report)
    may_lead = content.leads(request.gate, report.municipality)
    context |= {"page": paper.build_month(report), "versions": versions, "may_lead": may_lead}
    return render(request, "reports/monthly_report.html", context)


@require_GET
def print_report(request, report_id):
    report = content.readable_report(request.gate, report_id)
    if not report.figures:
        raise Http404("Sidan finns inte.")
    return render(request, "reports/print_report.html", {"page": paper.build_month(report)})


@require_POST
def recount(request, report_id):
    report = content.led_report(request.gate, report_id)
    services.recount(request.gate, report=report)
    return redirect("reports:monthly_report", report.pk)


@require_http_methods(["GET", "POST"])
def comment(request, report_id):
    report = content.led_report(request.gate, report_id)
    if not report.is_draft:
        return redirect("reports:monthly_report", report.pk)
    now = {"comment": report.comment, "asks": report.asks, "edits": report.edits}
    form = CommentForm(request.POST or None, initial=now)
    if form.is_valid():
        if services.comment(request.gate, report=report, **form.cleaned_data):
            messages.success(request, "Kommentaren är sparad.")
            return redirect("reports:monthly_report", report.pk)
        return _lost_race(request, report, form.cleaned_data)
    context = {"report": report, "form": form, "month": month_name(report.month)}
    return render(request, "reports/comment.html", context)


def _lost_race(request, report, mine):
    context = {
        "mine": f"{mine['comment']}\n\n{mine['asks']}".strip(),
        "theirs": f"{report.comment}\n\n{report.asks}".strip(),
        "back_url": request.path,
    }
    return render(request, "409.html", context, status=409)


@require_http_methods(["GET", "POST"])
def issue(request, report_id):
    report = content.led_report(request.gate, report_id)
    if not report.is_draft:
        return redirect("reports:monthly_report", report.pk)
    form = ConfirmForm(request.POST or None, initial={"edits": report.edits})
    if form.is_valid():
        issued = services.issue(request.gate, report=report, **form.cleaned_data)
        if issued:
            messages.success(request, "Rapporten är utfärdad. Styrgruppen kan läsa den nu.")
        else:
            messages.warning(request, CHANGED)
        return redirect("reports:monthly_report", report.pk)
    context = {"report": report, "form": form, "month": month_name(report.month)}
    return render(request, "reports/issue.html", context)


@require_http_methods(["GET", "POST"])
def correct(request, report_id):
    report = content.led_report(request.gate, report_id)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            corrected = services.correct(request.gate, report=report, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("reports:monthly_report", corrected.pk)
    context = {"report": report, "form": form, "month": month_name(report.month)}
    return render(request, "reports/correct.html", context)


@require_GET
def download(request, report_id):
    report, pdf = content.issued_pdf(request.gate, report_id)
    if pdf is None:
        return redirect("reports:monthly_report", report.pk)
    request.gate.log(Action.EXPORTED, note=f"monthly_report-{report.pk}")
    name = f"manadsrapport-{report.municipality_id}-{report.number}-version-{report.version}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_GET
def project_outcomes(request, project_id):
    page = content.build_project_outcomes(request.gate, project_id)
    return render(request, "reports/project_outcomes.html", {"page": page})
