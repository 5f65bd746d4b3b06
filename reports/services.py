"""Count, comment, correct and issue a month."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality, Role
from audit.models import Action
from consent.gate import Gate
from notices.models import Document, Kind, Notice
from notices.wake import wake
from projects.towns import leads
from reports import tasks
from reports.models import MonthlyReport
from reports.recipients import holders
from reports.statistics import first_day
from reports.wording import month_name


@transaction.atomic
def count_month(gate: Gate, *, municipality: Municipality, month: date) -> MonthlyReport:
    """The month's newest report; the first one is made and counted if there is none."""
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, municipality)
    if month >= first_day(gate.day):
        raise ValidationError("Månaden är inte slut än. Välj en månad som har gått.")
    report, created = MonthlyReport.objects.get_or_create(
        municipality=municipality, month=month, version=1, defaults={"requested_by": gate.user}
    )
    if created:
        gate.log(Action.CHANGED, note=f"monthly_report-{report.pk}")
        wake(tasks.freeze_month, report.pk)
    return MonthlyReport.objects.filter(municipality=municipality, month=month).latest("version")


@transaction.atomic
def recount(gate: Gate, *, report: MonthlyReport) -> None:
    """Count a draft, or one that failed, again. Its comment stays."""
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, report.municipality)
    again = MonthlyReport.objects.filter(
        pk=report.pk, state__in=[MonthlyReport.State.DRAFT, MonthlyReport.State.FAILED]
    )
    fields = {"figures": None, "frozen_at": None, "progress": 0, "step": "", "attempts": 0}
    if again.update(state=MonthlyReport.State.COUNTING, touched_at=timezone.now(), edits=F("edits") + 1, **fields):
        gate.log(Action.CHANGED, note=f"monthly_report-{report.pk}")
        wake(tasks.freeze_month, report.pk)


@transaction.atomic
def comment(gate: Gate, *, report: MonthlyReport, comment: str, asks: str, edits: int) -> bool:
    """False when somebody else saved first, or issued it."""
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, report.municipality)
    mine = MonthlyReport.objects.filter(pk=report.pk, edits=edits, state=MonthlyReport.State.DRAFT)
    if not mine.update(comment=comment, asks=asks, edits=F("edits") + 1):
        return False
    gate.log(Action.CHANGED, note=f"monthly_report-{report.pk}")
    return True


@transaction.atomic
def issue(gate: Gate, *, report: MonthlyReport, edits: int) -> bool:
    """From here on nothing in it changes. The PDF is ordered in the same transaction and drawn by a worker.

    False when it changed since the confirmation page was shown, or is issued already.
    """
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, report.municipality)
    drafts = MonthlyReport.objects.select_for_update(of=("self",), no_key=True).filter(state=MonthlyReport.State.DRAFT)
    if not drafts.filter(pk=report.pk, edits=edits).exists():
        return False
    title = f"Månadsrapport {report.municipality} {month_name(report.month)}, version {report.version}"
    document = Document.objects.ask(
        kind=Document.Kind.MONTHLY_REPORT,
        title=title,
        requested_by=gate.user,
        object_id=report.pk,
        options={"print_url": reverse("reports:print_report", args=[report.pk])},
    )
    drafts.filter(pk=report.pk).update(
        state=MonthlyReport.State.ISSUED, issued_at=timezone.now(), issued_by=gate.user, document=document
    )
    Notice.objects.tell(
        Kind.REPORT_ISSUED,
        holders(report.municipality, Role.STEERING_MEMBER, gate.day),
        object_key=f"monthly_report-{report.pk}",
        text=title[:200],
    )
    gate.log(Action.REPORT_ISSUED, note=f"monthly_report-{report.pk}")
    wake(tasks.render_monthly_report, document.pk)
    return True


@transaction.atomic
def correct(gate: Gate, *, report: MonthlyReport, reason: str) -> MonthlyReport:
    """The next version of an issued report, counted anew. The issued one stays as it was read."""
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, report.municipality)
    versions = MonthlyReport.objects.filter(municipality=report.municipality, month=report.month)
    newest = versions.select_for_update(of=("self",), no_key=True).latest("version")
    if newest.pk != report.pk or not newest.is_issued:
        raise ValidationError(f"Version {newest.version} finns redan. Öppna den i stället.")
    corrected = MonthlyReport(
        municipality=report.municipality,
        month=report.month,
        version=report.version + 1,
        correction_reason=reason,
        comment=report.comment,
        asks=report.asks,
        requested_by=gate.user,
    )
    corrected.full_clean()
    corrected.save()
    gate.log(Action.CHANGED, note=f"monthly_report-{corrected.pk}")
    wake(tasks.freeze_month, corrected.pk)
    return corrected


def _require_town(gate: Gate, municipality: Municipality) -> None:
    """A project leader of another municipality does not learn that the report exists."""
    if not leads(gate, municipality):
        raise Http404("Sidan finns inte.")
