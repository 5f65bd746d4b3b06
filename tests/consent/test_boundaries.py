"""A consent begins with the first second of its first day and ends with the last second of its last, in Swedish time:
also when the clocks are changed, on 29 February, at New Year, and whatever time the machine itself keeps."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from consent.gate import Gate
from consent.models import Consent, Disclosure

SWEDEN, ANCHORAGE = ZoneInfo("Europe/Stockholm"), ZoneInfo("America/Anchorage")
DAYS = {
    "an ordinary day": date(2027, 5, 11),
    "summer time begins": date(2027, 3, 28),
    "winter time begins": date(2027, 10, 31),
    "summer time begins again": date(2028, 3, 26),
    "winter time begins again": date(2028, 10, 29),
    "leap day": date(2028, 2, 29),
    "the day after it": date(2028, 3, 1),
    "the last of the year": date(2027, 12, 31),
    "the first of the year": date(2028, 1, 1),
}
NEAR = [timedelta(days=-1), timedelta(seconds=-1), timedelta(0), timedelta(seconds=1), timedelta(days=1)]
KEPT_BY_THE_MACHINE = [UTC, SWEDEN, ANCHORAGE]


def midnight(day):
    """The instant at which the day begins in Sweden."""
    return datetime.combine(day, time(), SWEDEN).astimezone(UTC)


def instants(day):
    """Around the first second of the day, and around the first after it."""
    return [start + near for start in (midnight(day), midnight(day + timedelta(1))) for near in NEAR]


@pytest.fixture
def told(cast):
    """The one consent of Bo's organisation, moved to other days."""

    def on(first, last):
        Consent.objects.filter(pk=cast.consent.pk).update(valid_from=first, valid_until=last)
        Disclosure.objects.filter(consent=cast.consent).update(days=DateRange(first, last + timedelta(1)))
        cast.case.grants.filter(user=cast.bo).update(since=first - timedelta(30), until=None)

    return on


def judged(cast):
    """What the gate, the consent and the list of consents say now."""
    gate = Gate(cast.bo)
    row = Consent.objects.get(pk=cast.consent.pk)
    return {
        gate.cases().filter(pk=cast.case.pk).exists(),
        row.is_in_force(gate.day),
        Consent.objects.in_force(gate.day).filter(pk=row.pk).exists(),
        Disclosure.objects.in_force(timezone.localdate()).filter(consent=row).exists(),
    }


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_a_consent_of_one_day_holds_from_its_first_second_to_its_last(cast, told, day):
    told(day, day)
    for instant, zone in product(instants(day), KEPT_BY_THE_MACHINE):
        with time_machine.travel(instant.astimezone(zone), tick=False):
            holds = midnight(day) <= instant < midnight(day + timedelta(1))
            assert judged(cast) == {holds}, f"{instant.astimezone(SWEDEN)}"


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_an_assignment_of_one_day_likewise(cast, told, day):
    told(day - timedelta(5), day + timedelta(5))
    cast.case.grants.filter(user=cast.bo).update(since=day, until=day)
    for instant in instants(day):
        with time_machine.travel(instant, tick=False):
            holds = midnight(day) <= instant < midnight(day + timedelta(1))
            assert Gate(cast.bo).cases().exists() is holds, f"{instant.astimezone(SWEDEN)}"


def test_there_are_two_hundred_of_them():
    assert len(DAYS) * 2 * len(NEAR) * len(KEPT_BY_THE_MACHINE) >= 200


def test_the_control_in_the_days_of_utc_a_consent_would_end_an_hour_or_two_too_late(cast, told, settings):
    day = DAYS["an ordinary day"]
    told(day, day)
    with transaction.atomic(), time_machine.travel(midnight(day + timedelta(1)) + timedelta(minutes=30), tick=False):
        assert judged(cast) == {False}
        settings.TIME_ZONE = "UTC"
        assert judged(cast) == {True}
