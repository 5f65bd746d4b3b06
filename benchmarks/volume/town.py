"""Municipalities, organisations, units and the people who work there. Triggers run: they make the scopes."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import ConductPromise, Municipality, Organisation, Role, RoleAssignment, Unit, User

GIVEN = ["Alva", "Bengt", "Cecilia", "David", "Elsa", "Farid", "Gun", "Hamid", "Ines", "Johan", "Kerstin", "Leyla"]
FAMILY = ["Alm", "Björk", "Cederlöf", "Dal", "Ek", "Fors", "Gran", "Hed", "Ibrahim", "Jonsson", "Kvist", "Lind", "Åker"]
MUNICIPALITIES = 20
REGION_UNITS = 10
FAR = {"W": 20, "A": 1}


@dataclass(frozen=True)
class Workplace:
    organisation: int
    unit: int
    group: int
    municipality: str
    workers: tuple[int, ...]


def build(volume):
    """Workplaces per organisation, the largest organisation first."""
    organisations = _organisations(volume)
    return [_workplaces(volume, organisation) for organisation in organisations]


def _organisations(volume):
    places = [
        Municipality.objects.get_or_create(code=f"9{n:03d}", defaults={"name": f"Mätkommun {n}"})[0]
        for n in range(min(MUNICIPALITIES, volume.organisations))
    ]
    kinds = [Organisation.Kind.SOCIAL_SERVICES, Organisation.Kind.EMPLOYMENT_SERVICE]
    return Organisation.objects.bulk_create(
        Organisation(kind=kinds[n % 2], name=f"Myndighet {n}", short_name=f"M{n}", municipality=places[n % len(places)])
        for n in range(volume.organisations)
    )


def _workplaces(volume, organisation):
    numbers = range(volume.units_each)
    groups = Group.objects.bulk_create(Group(name=f"mätning {organisation.pk}: {n}") for n in numbers)
    units = Unit.objects.bulk_create(
        Unit(organisation=organisation, name=f"Enhet {n}", group=group)
        for n, group in zip(numbers, groups, strict=True)
    )
    return [_workplace(organisation, unit, volume.workers_each) for unit in units]


def _workplace(organisation, unit, number):
    users = User.objects.bulk_create(
        User(
            email=f"arbetare.{unit.pk}.{n}@example.org",
            password="!",
            given_name=GIVEN[(unit.pk + n) % len(GIVEN)],
            family_name=FAMILY[(unit.pk * 7 + n) % len(FAMILY)],
            organisation=organisation,
            unit=unit,
        )
        for n in range(number)
    )
    _give_role(users, Role.CASE_WORKER)
    ConductPromise.objects.given_by(users)
    return Workplace(
        organisation.pk, unit.pk, unit.group_id, organisation.municipality_id, tuple(user.pk for user in users)
    )


def _give_role(users, role, **place):
    since = timezone.localdate() - timedelta(days=1000)
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role, since=since, **place) for user in users)


def add_wide_users(town):
    """M works with one whole unit and R with ten, both in the largest organisation. Guardian learns it as groups."""
    largest = town[0]
    return _wide_user("M", largest[:1]), _wide_user("R", largest[:REGION_UNITS])


def add_far_users():
    """One more organisation, which has a matter of its own in every case: W works with the unit that has every
    twentieth of them, A with the unit that has all. (organisation, {every so many: group of the unit})."""
    place = Organisation.objects.order_by("pk").first().municipality
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.SOCIAL_SERVICES, name="Myndighet med alla", short_name="Alla", municipality=place
    )
    groups = {}
    for letter, every in FAR.items():
        group = Group.objects.create(name=f"mätning alla: {letter}")
        unit = Unit.objects.create(organisation=organisation, name=f"Enhet {letter}", group=group)
        _wide_user(letter, [Workplace(organisation.pk, unit.pk, group.pk, place.pk, ())])
        groups[every] = group.pk
    return organisation.pk, groups


def _wide_user(letter, workplaces):
    user = User.objects.create(
        email=f"bred.{letter.lower()}@example.org",
        password="!",
        given_name="Bred",
        family_name=letter,
        organisation_id=workplaces[0].organisation,
        unit_id=workplaces[0].unit,
    )
    for workplace in workplaces:
        _give_role([user], Role.UNIT_WORKER, unit_id=workplace.unit)
    ConductPromise.objects.given_by([user])
    user.groups.set(workplace.group for workplace in workplaces)
    return user.pk
