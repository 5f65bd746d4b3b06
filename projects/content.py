"""What the pages of a project show. No client is here: the cohort's results are counted by `reports`."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404

from accounts.models import Municipality, Organisation, Role, Unit
from meetings.capacity import Capacity, capacities
from projects.models import BudgetLine, ContextFigure, Funding, Group, Membership, Project, SurveyRound, Swot
from projects.towns import towns_of

READERS = (Role.PROJECT_LEAD, Role.STEERING_MEMBER, Role.COORDINATOR, Role.EVALUATOR)
NOT_COLLECTED = "ej insamlat"


def readable_projects(gate):
    """Projects of the municipalities that one's roles are for."""
    gate.require_role(*READERS)
    return Project.objects.in_towns(towns_of(gate, *READERS)).for_page()


def readable_project(gate, project_id):
    project = readable_projects(gate).filter(pk=project_id).first()
    if project is None:
        raise Http404("Sidan finns inte.")
    return project


def led_project(gate, project_id):
    """A project that one may write in. 404 for one of another municipality."""
    gate.require_role(Role.PROJECT_LEAD)
    project = Project.objects.in_towns(towns_of(gate, Role.PROJECT_LEAD)).for_page().filter(pk=project_id).first()
    if project is None:
        raise Http404("Sidan finns inte.")
    return project


def may_lead(gate, project):
    return bool({town.pk for town in towns_of(gate, Role.PROJECT_LEAD)} & {t.pk for t in project.municipalities.all()})


@dataclass(frozen=True)
class BudgetTable:
    """Exactly the rows Personal, Lokal, Övrigt and Totalt (S142), a pair of columns for each year."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    groups: list[Group]
    funding: list[Funding]
    budget: BudgetTable | None
    surveys: list[SurveyRound]
    swots: list[Swot]
    towns: list[tuple[Municipality, list[ContextFigure]]]
    may_lead: bool
    capacities: list[Capacity]


def build_project(gate, project_id):
    project = readable_project(gate, project_id)
    members = Membership.objects.select_related("user__organisation").order_by("kind", "user__family_name", "pk")
    groups = project.groups.prefetch_related(Prefetch("memberships", members), "meetings__items").order_by("pk")
    figures = ContextFigure.objects.filter(municipality__in=project.municipalities.all())
    towns = [
        (town, [figure for figure in figures if figure.municipality_id == town.pk])
        for town in project.municipalities.all()
    ]
    return ProjectPage(
        project=project,
        groups=list(groups),
        funding=list(project.funding.order_by("pk")),
        budget=budget_table(list(project.budget_lines.all())),
        surveys=list(project.survey_rounds.prefetch_related("results__organisation")),
        swots=list(project.swots.all()),
        towns=towns,
        may_lead=may_lead(gate, project),
        capacities=_capacities(gate, project) if may_lead(gate, project) else [],
    )


def _capacities(gate, project):
    """Of the units that lead cases in the project's towns."""
    leading = Organisation.objects.filter(kind=Organisation.Kind.SOCIAL_SERVICES)
    units = Unit.objects.filter(organisation__in=leading.filter(municipality__in=project.municipalities.all()))
    return capacities(list(units.order_by("name")), gate.day)


def budget_table(lines):
    """None without lines. A row whose figure is missing says so; it is not zero."""
    if not lines:
        return None
    years = sorted({line.year for line in lines})
    kept = {(line.row, line.year): (line.budget, line.actual) for line in lines}
    headings = tuple(f"{word} {year}" for year in years for word in ("Budget", "Utfall"))
    rows = tuple((row.label, *_amounts([kept.get((row, year)) for year in years])) for row in BudgetLine.Row)
    sums = [_sum([kept.get((row, year)) for row in BudgetLine.Row]) for year in years]
    return BudgetTable(("Kronor", *headings), rows, ("Totalt", *_amounts(sums)))


def _sum(pairs):
    columns = zip(*(pair or (None, None) for pair in pairs), strict=True)
    known = [[amount for amount in column if amount is not None] for column in columns]
    return tuple(sum(amounts) if amounts else None for amounts in known)


def _amounts(pairs):
    return [kronor(amount) for pair in pairs for amount in (pair or (None, None))]


def kronor(amount):
    """7 400 000, or that it was not collected."""
    return NOT_COLLECTED if amount is None else f"{amount:,.0f}".replace(",", "\u00a0")
