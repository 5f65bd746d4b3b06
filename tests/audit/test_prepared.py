"""A plan is kept from one request to the next; what it lets through is decided each time it runs."""

import pytest
from django.db import connection

from audit.context import acting_for
from audit.prepared import prepared
from cases.models import Case
from consent.context import acting_as
from consent.gate import Gate
from consent.models import Disclosure

pytestmark = pytest.mark.django_db

KEPT = "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE %s"


def opened_to(gate, case):
    with acting_as(gate), prepared():
        return list(Case.objects.filter(pk=case.pk).values_list("number", flat=True)) == [case.number]


def kept():
    """How often such a statement has run with the plan that is kept for all values."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, ['SELECT "cases_case"."number"%'])
        return cursor.fetchone()[0]


def test_a_kept_plan_asks_anew_for_each_who_asks_and_each_day(cast):
    anna, bo, cilla = Gate(cast.anna), Gate(cast.bo), Gate(cast.cilla)
    for _ in range(4):
        assert [opened_to(gate, cast.case) for gate in (anna, bo, cilla)] == [True, True, False]
    assert kept() > 3
    Disclosure.objects.all().end(on=bo.day)
    assert [opened_to(gate, cast.case) for gate in (anna, bo, cilla)] == [True, False, False]
    with acting_for({}), prepared():
        assert not Case.objects.exists()


def test_only_what_is_asked_inside_is_prepared(cast):
    with prepared(), prepared():
        pass
    assert not Case.objects.filter(number="2026-0000").exists()
    assert kept() is None
