"""What the project leader writes down about the project."""

from decimal import Decimal

from django.db import transaction
from django.http import Http404

from accounts.models import Role
from audit.models import Action
from consent.gate import Gate
from projects.models import ContextFigure, Project, Swot
from projects.towns import towns_of


@transaction.atomic
def add_swot(gate: Gate, *, project: Project, **fields: str) -> Swot:
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, {town.pk for town in project.municipalities.all()})
    swot = Swot(project=project, **fields)
    swot.full_clean()
    swot.save()
    gate.log(Action.REGISTERED, note=f"swot-{swot.pk}")
    return swot


@transaction.atomic
def add_context_figure(gate: Gate, *, municipality: str, value: Decimal, **fields: str) -> ContextFigure:
    """`municipality` is its code. The same figure for the same period is written once."""
    gate.require_role(Role.PROJECT_LEAD)
    _require_town(gate, {municipality})
    figure = ContextFigure(municipality_id=municipality, value=value, **fields)
    figure.full_clean()
    figure.save()
    gate.log(Action.REGISTERED, note=f"context_figure-{figure.pk}")
    return figure


def _require_town(gate: Gate, codes: set[str]) -> None:
    if not codes & {town.pk for town in towns_of(gate, Role.PROJECT_LEAD)}:
        raise Http404("Sidan finns inte.")
