"""The kept answer to "who sees which case" equals its definition, also when two people act in the same second."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from cases.models import Individual
from consent.models import AccessScope, CaseGrant, CaseScope, CaseUnitGrant, Disclosure
from tests import casting
from tests.database import become_application, become_owner


@pytest.fixture
def committed(transactional_db, reference):
    with transaction.atomic():
        return casting.assemble()


@pytest.fixture
def as_owner(committed):
    become_owner()
    yield
    become_application()


def _sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_a_missing_a_stale_and_a_forbidden_row_are_each_found(committed, as_owner):
    anna, bo, cilla = (
        AccessScope.objects.get(user=user).pk for user in (committed.anna, committed.bo, committed.cilla)
    )
    _sql("DELETE FROM consent_casescope WHERE scope_id = %s", anna)
    _sql("UPDATE consent_casescope SET days = '{(,)}' WHERE scope_id = %s", bo)
    _sql(
        "INSERT INTO consent_casescope (case_id, scope_id, next_on, closed, days)"
        " SELECT id, %s, next_on, false, '{(,)}' FROM cases_case WHERE id = %s",
        cilla,
        committed.case.pk,
    )
    found = {(scope, problem) for _, scope, problem in CaseScope.objects.difference()}
    assert found == {(anna, "missing or stale"), (bo, "missing or stale"), (cilla, "not allowed")}


def test_without_the_trigger_a_protected_person_would_stay_open_to_the_unit_and_the_night_finds_it(committed, as_owner):
    case, unit = committed.case, committed.anna.unit
    CaseUnitGrant.objects.engage(case, unit.group, since=committed.day)
    with transaction.atomic():
        _sql("ALTER TABLE cases_individual DISABLE TRIGGER casescope_protection")
        Individual.objects.filter(pk=case.individual_id).update(protection=Individual.Protection.FICTITIOUS)
        found = CaseScope.objects.difference()
        transaction.set_rollback(True)
    assert found == [(case.pk, unit.scope.pk, "not allowed")]


def test_a_grant_given_while_a_withdrawal_is_written_opens_nothing(committed):
    Disclosure.objects.filter(case=committed.case).update(recipient=committed.ame)
    with transaction.atomic():
        Disclosure.objects.filter(case=committed.case).update(days="empty")
        granting = Thread(target=_grant, args=(committed.case, committed.cilla))
        granting.start()
        _until_somebody_waits()
    granting.join(10)
    assert CaseGrant.objects.filter(user=committed.cilla).exists()
    assert not committed.gate(committed.cilla).cases().exists()
    assert CaseScope.objects.difference() == []


def _grant(case, user):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_casegrant (content_object_id, user_id, permission_id, since, reason, is_responsible)"
            " SELECT %s, %s, id, current_date - 1, '', false FROM auth_permission WHERE codename = 'view_case'",
            [case.pk, user.pk],
        )
    connection.close()


def _until_somebody_waits():
    """Until another session of this database stands in the queue for a row."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("Ingen väntade på ärendets rad.")
