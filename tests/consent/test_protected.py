"""Protected identity: the case opens for those it is granted to by name."""

import pytest
from django.urls import reverse

from accounts.models import Role, RoleAssignment
from cases.models import Individual
from consent.gate import Gate
from consent.models import CaseScope, CaseUnitGrant
from tests.casting import individual, many_cases, open_case, worker

LEVELS = [level for level in Individual.Protection if level != Individual.Protection.NONE]


@pytest.fixture
def ulla(cast):
    """Works with everything that is granted to Anna's unit."""
    user = worker(cast.ifo, "Ulla", Role.CASE_WORKER)
    RoleAssignment.objects.create(user=user, role=Role.UNIT_WORKER, unit=user.unit, since=cast.day)
    CaseUnitGrant.objects.engage(cast.case, user.unit.group, since=cast.day)
    return user


def protect(level=Individual.Protection.SECRECY_FLAG, **who):
    Individual.objects.filter(**who).update(protection=level)


def shown(client, user, case):
    """Whether the case opens, stands in the list, is counted and is found; all four say the same."""
    client.force_login(user)
    opens = client.get(reverse("desk:case", args=[case.pk])).status_code == 200
    listed = case.number in client.get(reverse("desk:cases")).content.decode()
    counted = Gate(user).countable().count() == 1
    found = client.post(reverse("desk:search"), {"q": case.number}).context["hits"].cases == [case]
    assert opens == listed == counted == found
    return opens


# --- by name only -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("level", LEVELS)
def test_a_protected_persons_case_closes_for_the_unit_and_stays_open_for_those_named(client, cast, ulla, level):
    assert shown(client, ulla, cast.case)
    protect(level)
    assert not shown(client, ulla, cast.case)
    assert shown(client, cast.anna, cast.case)
    assert shown(client, cast.bo, cast.case)
    assert CaseScope.objects.difference() == []
    protect(Individual.Protection.NONE)
    assert shown(client, ulla, cast.case)


def test_it_closes_with_the_page_that_says_so(client, cast, ulla):
    client.force_login(cast.anna)
    facts = {"given_name": "Amina", "family_name": "Hassan", "sex": "woman", "language": "svenska", "channel": "letter"}
    page = reverse("cases:individual", args=[cast.case.pk])
    assert client.post(page, facts | {"protection": "fictitious", "version": 1}).status_code == 302
    assert not shown(client, ulla, cast.case)


def test_the_one_who_is_named_gets_in_also_when_the_unit_does_not(client, cast, ulla):
    protect()
    client.force_login(cast.anna)
    client.post(
        reverse("consent:add_worker", args=[cast.case.pk]),
        {"worker": ulla.pk, "since": cast.day.isoformat(), "reason": "vikarierar"},
    )
    assert shown(client, ulla, cast.case)


def test_many_people_protected_at_once_are_closed_at_once(cast, ulla):
    for case in many_cases(cast.anna, 3):
        CaseUnitGrant.objects.engage(case, ulla.unit.group, since=cast.day)
    assert Gate(ulla).cases().count() == 4
    protect(given_name="Test")
    assert list(Gate(ulla).cases()) == [cast.case]


def test_a_case_that_changes_person_follows_the_new_one(cast, ulla):
    hidden = individual(cast.ifo, "Evelina", "Ekedal", "T0000003", protection=Individual.Protection.FICTITIOUS)
    type(cast.case).objects.filter(pk=cast.case.pk).update(individual=hidden)
    assert not Gate(ulla).cases().exists()


def test_taking_in_a_protected_persons_application_names_the_registrar_and_leaves_the_unit_outside(cast, ulla):
    person = individual(cast.ifo, "Evelina", "Ekedal", "T0000003", protection=Individual.Protection.SECRECY_FLAG)
    case = open_case(cast.ingrid, person, responsible=False)
    Gate(cast.ingrid).take_in(case, until=None, reason="registrerade ansökan")
    assert list(Gate(cast.ingrid).cases()) == [case]
    assert case not in Gate(ulla).cases()


def test_it_is_handed_out_by_number_and_date_without_a_name(client, cast, ulla):
    person = individual(cast.ifo, "Evelina", "Ekedal", "T0000003", protection=Individual.Protection.SECRECY_FLAG)
    case = open_case(cast.ingrid, person, responsible=False)
    client.force_login(cast.karin)
    page = client.get(reverse("consent:unassigned")).content.decode()
    assert case.number in page
    assert not any(word in page for word in ("Evelina", "Ekedal", "E. E."))
    assign = reverse("consent:assign_unassigned", args=[case.pk])
    assert "Evelina" not in client.get(assign).content.decode()
    client.post(assign, {"worker": cast.anna.pk})
    assert case in Gate(cast.anna).cases()
