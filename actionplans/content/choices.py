"""What the forms of a plan may offer this reader."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Organisation, User
from actionplans.models import Milestone, PlanTemplate
from cases.models import Case
from consent.gate import Gate


@dataclass(frozen=True)
class Circle:
    """Those around the person that this reader may know of."""

    workers: tuple[User, ...]
    organisations: tuple[Organisation, ...]


def circle(gate: Gate, case: Case, milestone: Milestone | None = None) -> Circle:
    """Whom a delmål may name: those who work on the case, and whom the delmål already names."""
    workers = [grant.user for grant in gate.workers(case)]
    organisations = [case.organisation, *(worker.organisation for worker in workers)]
    if milestone is not None:
        workers += [milestone.responsible_user] if milestone.responsible_user else []
        organisations += milestone.with_organisations.all()
    return Circle(tuple(dict.fromkeys(workers)), tuple(dict.fromkeys(organisations)))


def sees_conditions(gate: Gate, milestone: Milestone | None) -> tuple[bool, bool]:
    """(conditions at all, also those for assistance). Only the social services write the latter (S88)."""
    if gate.organisation.kind == Organisation.Kind.SOCIAL_SERVICES:
        return True, True
    condition = getattr(milestone, "condition", None)
    return gate.organisation.kind != Organisation.Kind.HEALTH_CARE and not (
        condition and condition.for_assistance
    ), False


def templates() -> QuerySet[PlanTemplate]:
    return PlanTemplate.objects.filter(is_active=True)
