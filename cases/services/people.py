"""The person's own facts, and the number in clear."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from audit.models import Action
from cases.editing import EditedMeanwhile
from cases.models import Category, Individual


@transaction.atomic
def change_person(gate, *, case, version, facts):
    """The lead's row about the person. Raises EditedMeanwhile when somebody else saved first."""
    gate.require_lead(case)
    individual = case.individual
    for name, value in facts.items():
        setattr(individual, name, value)
    individual.full_clean()
    mine = Individual.objects.filter(pk=individual.pk, version=version)
    if not mine.update(version=F("version") + 1, **facts):
        raise EditedMeanwhile


@transaction.atomic
def reveal_number(gate, *, case):
    """The number in clear, each time with its own row in the log."""
    if not gate.knows(case, Category.CONTACT):
        raise PermissionDenied("Samtycket omfattar inte personens uppgifter.")
    gate.require_open(case, action=Action.REVEALED)
    return case.individual.identity.pretty
