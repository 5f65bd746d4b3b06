"""Count a month once and keep it. Killed, doubled or repeated: one report, the same figures, one notice each."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Municipality, Role
from audit.log import Actor, Subject, record
from audit.models import Action
from cases.models import Case
from notices.models import Kind, Notice
from reports.models import MonthlyReport
from reports.recipients import holders
from reports.statistics import count_month, first_day, last_day, month_before, to_json
from reports.wording import month_name


def freeze(report_id):
    """Fill in the figures, unless another run was faster."""
    if not MonthlyReport.objects.begin(report_id):
        return
    report = MonthlyReport.objects.select_related("municipality").get(pk=report_id)

    def tell(step, percent):
        MonthlyReport.objects.touch(report_id, step=step, progress=percent)

    figures = count_month(report.municipality, report.month, timezone.localdate(), tell)
    with transaction.atomic():
        kept = MonthlyReport.objects.touch(
            report_id,
            figures=to_json(figures),
            frozen_at=timezone.now(),
            state=MonthlyReport.State.DRAFT,
            progress=100,
        )
        if kept:
            _tell_leads(report)


def _tell_leads(report):
    Notice.objects.tell(
        Kind.REPORT_READY,
        holders(report.municipality, Role.PROJECT_LEAD, timezone.localdate()),
        object_key=f"monthly_report-{report.pk}",
        text=f"Månadsrapport {month_name(report.month)} är räknad",
    )
    record(
        Action.REPORT_FROZEN,
        actor=Actor(name="Samverkan"),
        subject=Subject(kind="monthly_report", id=str(report.pk)),
    )


def open_last_month(today):
    """A report for each municipality that had cases last month and has none yet; ids of all that wait for counting.

    Run as often as one likes: the month's first version exists once (ON CONFLICT DO NOTHING).
    """
    month = month_before(first_day(today))
    with_cases = Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=month), municipality=OuterRef("pk"), opened_on__lte=last_day(month)
    )
    begun = MonthlyReport.objects.filter(municipality=OuterRef("pk"), month=month)
    towns = Municipality.objects.filter(Exists(with_cases), ~Exists(begun))
    MonthlyReport.objects.bulk_create(
        [MonthlyReport(municipality=town, month=month) for town in towns], ignore_conflicts=True
    )
    return list(MonthlyReport.objects.forgotten(timezone.now()).values_list("pk", flat=True))
