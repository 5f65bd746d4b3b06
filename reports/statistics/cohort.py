"""A project's cohort: where its people went, how often they were met, and by whom."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from audit.context import beyond
from cases.models import Application, Case, CaseExit, ExitReason, SusRegistration
from meetings.models import Meeting, Participant
from projects.models import Project, ProjectCase
from reports.statistics import definitions
from reports.statistics.figures import Split
from reports.statistics.flow import outcome_counts
from reports.statistics.publishing import by_sex, each_alone, split, tally, totals_only, withheld
from reports.suppression import Cell, CellState, Table, suppress, suppress_count


@dataclass(frozen=True)
class Staff:
    """Workers of one organisation at held meetings, and at how many of these it took part. Not about clients."""

    kind: str
    short_name: str
    workers: int
    meetings: int


@dataclass(frozen=True)
class Cohort:
    """`planned` None: nobody wrote down how many meetings were planned (S132)."""

    size: Cell
    held: int
    planned: int | None
    met: Cell
    outcomes: Split
    sexes: Split
    origins: Split
    registrations: Split
    meetings_each: Split
    staff: tuple[Staff, ...]


def cohort_cases(project):
    return Case.objects.filter(pk__in=ProjectCase.objects.filter(project=project).values("case"))


def cohort_exits(project):
    return CaseExit.objects.filter(case__in=cohort_cases(project), reopened_on=None)


def held_meetings(project):
    """Within the project's own dates: later meetings of the same people are not the project's."""
    return Meeting.objects.held().filter(
        case__in=cohort_cases(project), starts_at__date__range=(project.starts_on, project.ends_on)
    )


def cohort_outcomes(project):
    """{exit reason: how many people}, with None for those whose case is open. Sums to the cohort."""
    counted = Counter(
        {reason: sum(by_sex.values()) for reason, by_sex in outcome_counts(cohort_exits(project)).items()}
    )
    still_open = cohort_cases(project).exclude(pk__in=cohort_exits(project).values("case")).count()
    return dict(counted) | ({None: still_open} if still_open else {})


def meetings_each(project):
    """{number of held meetings: how many people}, those who were never met included."""
    per_case = held_meetings(project).order_by().values_list("case").annotate(n=Count("pk"))
    counted = Counter(n for _case, n in per_case)
    never = cohort_cases(project).count() - counted.total()
    return dict(counted) | ({0: never} if never else {})


@beyond("figures")
def count_cohort_of(project: Project) -> Cohort:
    each = meetings_each(project)
    cases = cohort_cases(project)
    size = cases.count()
    return Cohort(
        size=suppress_count(size),
        held=sum(n * people for n, people in each.items()),
        planned=project.planned_meetings,
        met=_met(size, each.get(0, 0)),
        outcomes=_outcomes(project),
        sexes=_sexes(cases),
        origins=_origins(cases),
        registrations=_registrations(cases),
        meetings_each=_distribution(each),
        staff=_staff(project),
    )


def _outcomes(project):
    counted = outcome_counts(cohort_exits(project))
    rows = [(reason.label, counted[reason]) for reason in ExitReason if reason in counted]
    still_open = cohort_cases(project).exclude(pk__in=cohort_exits(project).values("case"))
    pending = dict(still_open.order_by().values_list("individual__sex").annotate(n=Count("pk")))
    rows += [("Ärendet pågår", pending)] if pending else []
    table = _split_or_totals(rows or [("Ingen deltagare", {})])
    return split("cohort_outcomes", "Resultat för deltagarna", "Avslutade till", table, definitions.COHORT_OUTCOMES)


def _split_or_totals(rows):
    """By sex where every row can show its total; a small cohort shows totals only."""
    published = suppress(by_sex(rows))
    shown = all(cells[-1].state == CellState.SHOWN for _label, cells in published.rows)
    return published if shown else totals_only(rows)


def _sexes(cases):
    counted = dict(cases.order_by().values_list("individual__sex").annotate(n=Count("pk")))
    table = each_alone(by_sex([("Deltagare", counted)]))
    return split("cohort_sexes", "Kvinnor och män", "", table, definitions.COHORT_SEXES, shows_total=False)


def _origins(cases):
    counted = tally(cases.order_by().values_list("origin", "individual__sex").annotate(n=Count("pk")))
    rows = [(origin.label.capitalize(), counted.get(origin.value, {})) for origin in Application.Origin]
    return split("cohort_origins", "Nya och tidigare kända", "Ärenden", totals_only(rows), definitions.COHORT_ORIGINS)


def _registrations(cases):
    """Without any row for anybody nothing was collected, which is not the same as nobody registered."""
    rows = SusRegistration.objects.filter(Q(until=None), case__in=cases).order_by()
    counted = tally(rows.values_list("status", "case__individual__sex").annotate(n=Count("pk")))
    lines = [(status.label.capitalize(), counted.get(status.value, {})) for status in SusRegistration.Status]
    lines = lines if counted else [(label, None) for label, _counts in lines]
    return split("cohort_sus", "Registrering i SUS", "SUS", totals_only(lines), definitions.COHORT_SUS)


def _met(size, never):
    """Beside the cohort's size: a few who were never met must not be the difference."""
    return suppress(Table(("",), (("met", (size - never,)), ("never", (never,))))).rows[0][1][0]


def _distribution(each):
    """The number of held meetings stands beside it: two hidden rows would be two equations with one answer."""
    rows = [(f"{n} {'möte' if n == 1 else 'möten'}", {"": each[n]}) for n in sorted(each)]
    table = totals_only(rows or [("Inget möte", {})])
    table = withheld(table) if table.has_hidden else table
    return split("cohort_meetings", "Möten per deltagare", "Antal möten", table, definitions.COHORT_MEETINGS)


def _staff(project):
    present = Participant.objects.filter(
        Q(attended=True) | Q(attended=None), meeting__in=held_meetings(project), role=Participant.Role.CASE_WORKER
    )
    rows = (
        present.order_by("user__organisation__short_name")
        .values_list("user__organisation__kind", "user__organisation__short_name")
        .annotate(workers=Count("user", distinct=True), meetings=Count("meeting", distinct=True))
    )
    return tuple(Staff(*row) for row in rows)
