"""A monthly report as it is read: on its page, in the print view and in the PDF."""

from dataclasses import dataclass

from accounts.models import Role
from consent.context import gate_for
from reports import sentences
from reports.charts import Chart
from reports.models import MonthlyReport
from reports.pictures import in_time_chart
from reports.sheets import Section, sections
from reports.statistics import MonthFigures, definitions, from_json
from reports.wording import month_name


@dataclass(frozen=True)
class MonthPage:
    """Only for a report whose figures are frozen."""

    report: MonthlyReport
    figures: MonthFigures
    month: str
    summary: str
    cards: tuple[tuple[str, str, str], ...]
    chart: Chart
    definition: str
    lateness: str
    sections: tuple[Section, ...]


def build_month(report):
    figures = from_json(MonthFigures, report.figures)
    return MonthPage(
        report=report,
        figures=figures,
        month=month_name(report.month),
        summary=sentences.summary(figures),
        cards=sentences.cards(figures),
        chart=in_time_chart(figures),
        definition=definitions.IN_TIME,
        lateness=sentences.lateness(figures),
        sections=sections(figures),
    )


def build_monthly_report(document):
    """For the worker: the one who issued it must still lead the project when the PDF is drawn."""
    gate = gate_for(document.requested_by)
    gate.require_role(Role.PROJECT_LEAD)
    report = MonthlyReport.objects.select_related("municipality", "issued_by").get(pk=document.object_id)
    return "reports/monthly_document.html", {"page": build_month(report), "parties": parties(report)}


def parties(report):
    return report.municipality.serving_organisations.filter(is_active=True).order_by("pk")
