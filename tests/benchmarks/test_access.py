"""The measurement itself, at tiny volume: every way to ask returns the cases that the plain words of the rule give."""

from importlib import import_module

import pytest
from django.db import connection

from accounts.models import User
from benchmarks import access
from benchmarks.measuring.readers import Reader, choose
from benchmarks.measuring.statements import read_floor
from benchmarks.seed import fill
from benchmarks.volume import Volume
from cases.models import Case
from consent.models import CaseGrant, CaseScope
from deploy import bench
from samverkan.reference import load_reference_rows
from tests.database import become_application, empty

TINY = Volume(cases=300, users=90, grants=1200, organisations=6, units=18)


@pytest.fixture
def region(transactional_db):
    empty()
    load_reference_rows()
    fill(TINY, say=lambda *_, **__: None)
    become_application()
    return choose()


def test_every_way_to_ask_gives_the_same_cases(region):
    assert (Case.objects.count(), CaseGrant.objects.count()) == (TINY.cases, TINY.grants)
    assert access.check_ids(region) > 40
    assert CaseScope.objects.difference() == []
    assert all(_listed(user) == _specified(user) for user in User.objects.with_workplace())
    _the_pages_show_them_too(region)


def _listed(user):
    return {case.pk for case in Reader("", "", user).gate.cases().open()}


def _specified(user):
    with connection.cursor() as cursor:
        cursor.execute(read_floor()["specification"], Reader("", "", user).params)
        return {case_id for case_id, _ in cursor.fetchall()}


def _the_pages_show_them_too(region):
    """measure_pages raises when a page lists other cases."""
    times, queries = access.measure_pages(region, 1)
    assert {name for *_, name in times} == {access.LIST, access.STILL, access.EMPTY}
    assert all(number for number in queries.values())


@pytest.mark.parametrize("name", bench.names())
def test_every_measurement_can_be_begun(name):
    assert callable(import_module(f"benchmarks.{name}").main)
