"""Figures about Sölvesborg from its project plan (S136–S138)."""

from datetime import date

from accounts.models import Municipality, Role, RoleAssignment
from projects.models import ContextFigure, Project

CODE = ContextFigure.Code
SOURCE = "Sölvesborgs kommun, projektplan 2011"
PAID_ASSISTANCE = {2007: 7_400_000, 2008: 8_327_000, 2009: 10_308_000, 2010: 12_300_000}
AUGUST_2011 = {CODE.INHABITANTS: 16_800, CODE.HOUSEHOLDS_ON_ASSISTANCE: 157, CODE.PERSONS_ON_ASSISTANCE: 214}
UNEMPLOYMENT = "8.2"
READERS = {"petra": Role.PROJECT_LEAD, "sten": Role.STEERING_MEMBER}


def load_solvesborg(place):
    """The project of which only the context is known, and the figures. `place` has `.ifo`; `.petra` and `.sten`, if
    they are there, may read it too."""
    for name, role in READERS.items():
        if user := getattr(place, name, None):
            RoleAssignment.objects.create(user=user, role=role, municipality_id="1083", since=date(2020, 1, 1))
    town = Municipality.objects.get(code="1083")
    project = Project.objects.create(
        name="Samverkan i Sölvesborg",
        owner=getattr(place, "rar", place.ifo),
        purpose="Möta ökande kostnader för ekonomiskt bistånd med en gemensam väg till arbete.",
        starts_on=date(2011, 9, 1),
        ends_on=date(2013, 8, 31),
    )
    project.municipalities.add(town)
    for year, kronor in PAID_ASSISTANCE.items():
        _figure(town, CODE.PAID_ASSISTANCE, date(year, 1, 1), date(year, 12, 31), kronor)
    for code, count in AUGUST_2011.items():
        _figure(town, code, date(2011, 8, 1), date(2011, 8, 31), count)
    _figure(town, CODE.UNEMPLOYMENT, date(2011, 8, 1), date(2011, 8, 31), UNEMPLOYMENT)
    return project


def _figure(town, code, starts, ends, value):
    ContextFigure.objects.create(
        municipality=town, code=code, period_start=starts, period_end=ends, value=value, source=SOURCE
    )
