"""Protected identity: the case opens for those it is granted to by name, and every opening is drawn for review."""

import pytest
from django.urls import reverse

from accounts.models import Role, RoleAssignment
from audit.models import Action, Entry
from cases.models import Individual
from consent import log_review
from consent.gate import Gate
from consent.models import CaseScope, CaseUnitGrant, LogVisit
from desk.content.counts import count
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
    counted = count(Gate(user)).cases == 1
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


# --- every opening --------------------------------------------------------------------------------------------------
def test_every_row_about_a_protected_person_says_so(client, cast):
    protect()
    for user, right in ((cast.anna, "egen organisation"), (cast.bo, f"samtycke {cast.consent.pk}")):
        client.force_login(user)
        client.get(reverse("desk:case", args=[cast.case.pk]))
        row = Entry.objects.get(action=Action.READ, actor_id=user.pk)
        assert row.ground == f"tilldelning, {right}, skyddade personuppgifter"
    case = type(cast.case).objects.get(pk=cast.case.pk)
    Gate(cast.anna).require_write(case)
    assert Entry.objects.get(action=Action.CHANGED).ground.endswith("skyddade personuppgifter")
    lines = client.get(reverse("desk:readers", args=[cast.case.pk])).context["lines"]
    told = "Granskas alltid: skyddade personuppgifter"
    assert {line.why.split(". ")[-1] for line in lines if line.why} == {told}


@pytest.fixture
def few(monkeypatch):
    """Only one of each kind, and none at random."""
    monkeypatch.setattr(log_review, "AT_RANDOM", 0)
    monkeypatch.setattr(log_review, "OF_EACH_KIND", 1)


def drawn(cast):
    log_review.draw(cast.ifo.pk, cast.day, month=cast.day.replace(day=1), seed="frö")
    return LogVisit.objects.filter(reasons__contains=["protected"]).count()


def read_all(cast):
    for case in many_cases(cast.anna, 7):
        Gate(cast.anna).open(case.pk)


def test_the_review_draws_every_opening_of_a_protected_persons_case(cast, few):
    read_all(cast)
    protect(given_name="Test")
    assert drawn(cast) == 7


def test_an_opening_is_drawn_also_when_the_protection_has_ended_since(cast, few):
    cases = many_cases(cast.anna, 7)
    protect(given_name="Test")
    for case in cases:
        Gate(cast.anna).open(case.pk)
    protect(Individual.Protection.NONE)
    assert drawn(cast) == 7


def test_without_protection_the_same_openings_are_sampled(cast, few):
    read_all(cast)
    assert drawn(cast) == 0
    assert LogVisit.objects.count() == 1
