"""What the pages of reports show, built from a gate."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from accounts.models import Municipality, Role
from needs.content import municipalities
from projects.content import readable_project
from projects.models import ContextFigure, Project, SurveyRound
from projects.towns import chosen_town, leads, towns_of
from reports import sentences
from reports.charts import Chart
from reports.models import MonthlyReport
from reports.pictures import assistance_chart, in_time_chart, outcome_chart
from reports.sheets import Sheet, first_meeting, of_split, staff_sheet
from reports.statistics import MonthFigures, count_month, first_day, month_before
from reports.statistics.cohort import Cohort, count_cohort_of
from reports.statistics.fidelity import Fidelity, count_fidelity
from reports.statistics.looking_back import LookingBack, count_looking_back
from reports.statistics.risk import RiskZone, count_risks
from reports.wording import month_name, number

READERS = (Role.PROJECT_LEAD, Role.STEERING_MEMBER, Role.COORDINATOR)
TEAM = (*READERS, Role.UNIT_MANAGER, Role.CASE_WORKER)
LIVE_READERS = (Role.PROJECT_LEAD, Role.COORDINATOR)
MONTHS_TO_COUNT = 12


@dataclass(frozen=True)
class Overview:
    """The running month, counted when the page is opened."""

    town: Municipality
    towns: list[Municipality]
    month: str
    figures: MonthFigures
    counted_at: datetime
    cards: tuple[tuple[str, str, str], ...]
    in_time: Chart
    outcomes: Chart | None
    risks: RiskZone
    first_meetings: tuple[Sheet, ...]
    fidelity: Fidelity


def build_overview(gate, code):
    gate.require_role(*LIVE_READERS)
    town, towns = chosen_town(gate, code, *LIVE_READERS)
    figures = count_month(town, first_day(gate.day), gate.day)
    promise, open_cases, *others = sentences.cards(figures)
    changed = " · ".join(filter(None, [figures.in_time.basis, sentences.change(figures)])) or promise[2]
    return Overview(
        town=town,
        towns=towns,
        month=month_name(figures.month),
        figures=figures,
        counted_at=timezone.localtime(),
        cards=((*promise[:2], changed), (*open_cases[:2], sentences.flow_note(figures) or open_cases[2]), *others),
        in_time=in_time_chart(figures),
        outcomes=outcome_chart(figures.outcomes),
        risks=count_risks(town, gate.day),
        first_meetings=first_meeting(figures),
        fidelity=count_fidelity(town, gate.day),
    )


@dataclass(frozen=True)
class LookedBack:
    town: Municipality
    towns: list[Municipality]
    said: LookingBack


def build_looking_back(gate, code):
    """For everybody who works in the cooperation, about where they work."""
    gate.require_role(*TEAM)
    towns = list(Municipality.objects.filter(pk__in=municipalities(gate)))
    town = next((each for each in towns if code in ("", each.pk)), None)
    if town is None:
        raise Http404("Sidan finns inte.")
    return LookedBack(town, towns, count_looking_back(town, gate.day))


@dataclass(frozen=True)
class ReportList:
    town: Municipality
    towns: list[Municipality]
    reports: list[MonthlyReport]
    months: list
    may_count: bool


def build_report_list(gate, code):
    """All versions for the project leader; the others read what is issued."""
    gate.require_role(*READERS)
    town, towns = chosen_town(gate, code, *READERS)
    reports = MonthlyReport.objects.for_page().select_related("document").defer("figures", "document__content")
    reports = reports.filter(municipality=town)
    may_count = leads(gate, town)
    months = [month_before(first_day(gate.day), back) for back in range(1, MONTHS_TO_COUNT + 1)]
    return ReportList(town, towns, list(reports if may_count else reports.issued()), months, may_count)


def readable_report(gate, report_id):
    """404 for another municipality's, and for a draft unless one leads the project."""
    gate.require_role(*READERS)
    reports = MonthlyReport.objects.select_related("municipality", "issued_by", "document").defer("document__content")
    report = reports.filter(pk=report_id, municipality__in=towns_of(gate, *READERS)).first()
    if report is None or not (report.is_issued or leads(gate, report.municipality)):
        raise Http404("Sidan finns inte.")
    return report


def led_report(gate, report_id):
    """A report of a municipality where one leads the project."""
    gate.require_role(Role.PROJECT_LEAD)
    return readable_report(gate, report_id)


def versions_of(gate, report):
    """Every version of the month that the reader may open, newest first."""
    versions = MonthlyReport.objects.for_page().filter(municipality=report.municipality, month=report.month)
    return list(versions if leads(gate, report.municipality) else versions.issued())


def issued_pdf(gate, report_id):
    """The bytes the worker drew, or None while they are not there."""
    report = readable_report(gate, report_id)
    if report.document is None or not report.document.content:
        return report, None
    return report, bytes(report.document.content)


@dataclass(frozen=True)
class ProjectOutcomes:
    """What came of the project for those it was about, without saying who they are."""

    project: Project
    cohort: Cohort
    chart: Chart | None
    sheets: tuple[Sheet, ...]
    surveys_missing: list[SurveyRound]
    assistance: tuple[tuple[Municipality, Chart, tuple[str, ...]], ...]


def build_project_outcomes(gate, project_id):
    """The roles are asked for by `readable_project`."""
    project = readable_project(gate, project_id)
    cohort = count_cohort_of(project)
    splits = (cohort.outcomes, cohort.sexes, cohort.meetings_each, cohort.origins, cohort.registrations)
    has_people = cohort.size.value != 0
    return ProjectOutcomes(
        project=project,
        cohort=cohort,
        chart=outcome_chart(cohort.outcomes),
        sheets=(*map(of_split, splits), staff_sheet(cohort.staff)) if has_people else (),
        surveys_missing=list(project.survey_rounds.filter(carried_out=False)),
        assistance=_assistance(project),
    )


def _assistance(project):
    """A chart for each municipality of the project that has yearly figures, with their sources."""
    charts = []
    for town in project.municipalities.all():
        figures = list(ContextFigure.objects.yearly_assistance(town))
        if figures:
            points = [(f.period_start.year, f.value, f"{number(f.value / 1_000_000, 1)}") for f in figures]
            charts.append(
                (town, assistance_chart(f"assistance-{town.pk}", points), sorted({f.source for f in figures}))
            )
    return tuple(charts)
