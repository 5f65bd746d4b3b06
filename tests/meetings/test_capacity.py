"""The capacity guard: clocks that wait for a first meeting against the times left before their last days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.capacity import capacities
from meetings.models import Absence
from meetings.rules import Light, capacity_of
from tests import casting

D = [date(2026, 11, 23) + timedelta(days=n) for n in range(10)]


@pytest.mark.parametrize(
    ("waiting", "bookable", "expected"),
    [
        ({}, {D[0]: 3}, (Light.GREEN, None, 0, 3)),
        ({D[2]: 2}, {D[0]: 2, D[2]: 2, D[3]: 9}, (Light.GREEN, D[2], 2, 4)),
        ({D[2]: 2}, {D[0]: 3, D[3]: 9}, (Light.AMBER, D[2], 2, 3)),
        ({D[2]: 2, D[5]: 1}, {D[0]: 1, D[4]: 9}, (Light.RED, D[2], 2, 1)),
        ({D[2]: 1, D[5]: 4}, {D[0]: 3}, (Light.RED, D[5], 5, 3)),
    ],
)
def test_the_tightest_day_decides(waiting, bookable, expected):
    assert capacity_of(waiting, bookable) == expected


def test_the_manager_sees_how_many_wait_and_how_many_times_there_are(client, cast):
    client.force_login(cast.karin)
    shown = client.get("/").content.decode()
    assert "Räcker tiderna för första möten?" in shown
    assert "Tiderna räcker" in shown
    assert "1 möte ska hållas senast" in shown
    Absence.objects.create(user=cast.anna, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=30))
    assert "Tiderna räcker inte" in client.get("/").content.decode()


def test_a_booked_first_meeting_waits_no_longer(client, cast, book):
    book()
    (unit,) = capacities([cast.anna.unit], cast.day)
    assert unit.waiting == 0


def test_any_number_of_units_and_clocks_cost_the_same(cast, costs):
    units = [cast.anna.unit, cast.bo.unit, cast.cilla.unit]
    capacities(units, cast.day)
    one = costs(lambda: capacities(units[:1], cast.day))
    casting.many_cases(cast.anna, 5)
    assert costs(lambda: capacities(units, cast.day)) == one


def test_others_have_no_such_card(client, cast):
    client.force_login(cast.anna)
    assert "Räcker tiderna" not in client.get(reverse("desk:my_day")).content.decode()
