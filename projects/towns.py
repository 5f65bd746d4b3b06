"""Which municipalities somebody's roles are for."""

from django.http import Http404

from accounts.models import Role


def towns_of(gate, *roles):
    """Each municipality once, in the order of their names; a role without one is for that of the organisation."""
    found = {
        town.pk: town
        for held in gate.roles
        if held.role in roles and (town := held.municipality or gate.organisation.municipality)
    }
    return sorted(found.values(), key=lambda town: town.name)


def chosen_town(gate, code, *roles):
    """The one that was asked for, else the first. 404 for one that is not theirs."""
    towns = towns_of(gate, *roles)
    chosen = [town for town in towns if code in ("", town.pk)]
    if not chosen:
        raise Http404("Sidan finns inte.")
    return chosen[0], towns


def leads(gate, municipality):
    return municipality in towns_of(gate, Role.PROJECT_LEAD)
