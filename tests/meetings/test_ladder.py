"""The ladder: each rung once, whoever is killed, doubled or late, and on every night of the year."""

import uuid
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Role, RoleAssignment
from cases.models import Category, Deadline, DeadlineHold
from consent.models import CaseGrant, Disclosure
from meetings.ladder import CLIMB, climb
from meetings.models import Meeting
from meetings.tasks import climb_ladder
from notices.models import Kind, Notice
from samverkan.reference import load_reference_rows
from tests import casting

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(day, hour=12, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)


def told():
    return sorted((n.recipient.given_name, n.period) for n in Notice.objects.select_related("recipient"))


@pytest.fixture
def started(cast):
    """Noon so many days after the application came in."""
    received = Deadline.objects.get().starts_on

    def noon(day):
        return at(received + timedelta(days=day))

    return noon


@pytest.fixture
def coordinator(cast):
    return casting.worker(cast.ifo, "Klara", Role.COORDINATOR)


def meeting(cast, status="planned", kind="first", days=2):
    starts_at = timezone.now() + timedelta(days=days)
    return Meeting.objects.create(
        case=cast.case,
        owner=cast.ifo,
        kind=kind,
        status=status,
        place="Biblioteket",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        calendar_uid=uuid.uuid4(),
        booked_by=cast.anna,
    )


def test_each_rung_tells_its_own_people_once(cast, coordinator, started):
    expected = []
    for day, more in [(4, []), (5, ["Anna"]), (9, ["Klara"]), (12, ["Petra"]), (15, ["Petra"])]:
        made = climb(started(day))
        expected += [(name, str(day)) for name in more]
        assert made == len(more)
        assert told() == sorted(expected)
    assert climb(started(16)) == 0


def test_missed_days_are_caught_up(cast, coordinator, started):
    climb(started(40))
    assert told() == [("Anna", "5"), ("Klara", "9"), ("Petra", "12"), ("Petra", "15")]


def test_a_day_of_doubled_beats_tells_once(cast, started):
    for minute in range(30):
        climb(started(5) + timedelta(minutes=minute))
        climb(started(5) + timedelta(minutes=minute))
    assert told() == [("Anna", "5")]


def test_the_words_are_neutral_and_a_role_gets_no_way_into_the_case(cast, coordinator, started):
    climb(started(15))
    for notice in Notice.objects.all():
        assert "Amina" not in notice.text + str(notice)
        assert (notice.case_id == cast.case.pk) == (notice.recipient == cast.anna)
        assert notice.recipient == cast.anna or cast.case.number in notice.text
    assert Notice.objects.get(period="5").due_on == started(5).date()


@pytest.mark.parametrize("status", ["planned", "prepared", "consent_confirmed"])
def test_a_booked_first_meeting_stops_the_ladder(cast, started, status):
    meeting(cast, status)
    assert climb(started(2)) == 0
    assert climb(started(15)) <= 1
    assert not Notice.objects.filter(kind=Kind.FIRST_MEETING).exists()


@pytest.mark.parametrize(("status", "kind"), [("cancelled", "first"), ("not_held", "first"), ("planned", "informal")])
def test_another_meeting_does_not(cast, started, status, kind):
    meeting(cast, status, kind, days=30)
    assert climb(started(5)) == 1


def test_a_hold_rests_the_clock_and_afterwards_it_catches_up(cast, started):
    clock = Deadline.objects.get()
    DeadlineHold.objects.create(
        deadline=clock,
        reason="ill",
        text="Sjuk",
        since=clock.starts_on + timedelta(days=4),
        until=clock.starts_on + timedelta(days=8),
        set_by=cast.anna,
    )
    assert climb(started(8)) == 0
    assert climb(started(9)) == 1


def test_an_explanation_after_the_date_stops_nothing(cast, started):
    clock = Deadline.objects.get()
    DeadlineHold.objects.create(
        deadline=clock, reason="ill", text="x", since=clock.due_on + timedelta(days=1), set_by=cast.anna
    )
    assert climb(started(15)) == 3


@pytest.mark.parametrize("change", ["met", "closed clock", "closed case"])
def test_answered_and_closed_clocks_are_quiet(cast, started, change):
    if change == "met":
        Deadline.objects.update(met_on=cast.day)
    elif change == "closed clock":
        Deadline.objects.update(closed_on=cast.day)
    else:
        type(cast.case).objects.update(closed_on=cast.day)
    assert climb(started(15)) == 0


def test_who_is_told_is_decided_on_the_day(cast, coordinator, started):
    """An ended assignment, an ended role, another municipality and a locked account are not told."""
    CaseGrant.objects.filter(user=cast.anna).end(on=started(3).date())
    RoleAssignment.objects.filter(user=coordinator).update(until=started(8).date())
    elsewhere = casting.worker(cast.ame, "Elsa", Role.COORDINATOR)
    RoleAssignment.objects.filter(user=elsewhere).update(municipality="1484")
    type(cast.petra).objects.filter(pk=cast.petra.pk).update(is_active=False)
    assert climb(started(15)) == 0


def test_a_role_over_the_municipality_is_told_of_another_organisations_case_only_by_consent(cast, started):
    for organisation, name in ((cast.af, "Afia"), (cast.ame, "Ame")):
        casting.worker(organisation, name, Role.COORDINATOR, municipality=cast.case.municipality)
    climb(started(9))
    assert told() == [("Afia", "9"), ("Anna", "5")]
    Notice.objects.all().delete()
    Disclosure.objects.filter(category=Category.APPLICATION).end(on=cast.day)
    climb(started(9))
    assert told() == [("Anna", "5")]


def test_a_partner_is_not_told_the_leads_duty(cast, started):
    climb(started(5))
    assert told() == [("Anna", "5")]


# --- nights and days that are odd ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("starts_on", "before", "after"),
    [
        # 29 March 2026 the clock goes from 02 to 03; 25 October from 03 back to 02; 2028 is a leap year.
        (date(2026, 3, 24), "2026-03-28T22:59Z", "2026-03-28T23:01Z"),
        (date(2026, 10, 20), "2026-10-24T21:59Z", "2026-10-24T22:01Z"),
        (date(2026, 10, 21), "2026-10-25T22:59Z", "2026-10-25T23:01Z"),
        (date(2028, 2, 24), "2028-02-28T22:59Z", "2028-02-28T23:01Z"),
        (date(2028, 2, 25), "2028-02-29T22:59Z", "2028-02-29T23:01Z"),
        (date(2026, 12, 27), "2026-12-31T22:59Z", "2026-12-31T23:01Z"),
    ],
)
def test_a_rung_fires_at_swedish_midnight(cast, starts_on, before, after):
    Deadline.objects.update(starts_on=starts_on, due_on=starts_on + timedelta(days=14))
    CaseGrant.objects.update(since=date(2020, 1, 1))
    with time_machine.travel(datetime.fromisoformat(before), tick=False):
        assert climb() == 0
    with time_machine.travel(datetime.fromisoformat(after), tick=False):
        assert climb() == 1


def test_every_minute_of_the_night_that_has_two_o_clock_twice(cast):
    Deadline.objects.update(starts_on=date(2026, 10, 20), due_on=date(2026, 11, 3))
    CaseGrant.objects.update(since=date(2020, 1, 1))
    start = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
    made = [climb(start + timedelta(minutes=n)) for n in range(0, 300, 5)]
    assert sum(made) == 1
    assert told() == [("Anna", "5")]


def test_a_clock_that_steps_back_tells_nobody_again(cast, started):
    assert climb(started(5)) == 1
    assert climb(started(4)) == 0
    assert climb(started(5)) == 0


# --- meetings that nobody wrote the outcome of --------------------------------------------------------------
def test_a_past_meeting_without_outcome_is_asked_about_once(cast):
    booked = meeting(cast, days=-1)
    assert climb() == 1
    assert climb(timezone.now() + timedelta(minutes=1)) == 0
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.object_key) == (Kind.NO_OUTCOME, cast.anna, f"meeting:{booked.pk}")


def test_the_task_is_a_door_to_the_sweep(cast, started):
    with time_machine.travel(started(5), tick=False):
        assert climb_ladder.delay().result == 1


# --- two at once --------------------------------------------------------------------------------------------
@pytest.fixture
def many(transactional_db):
    """41 cases whose clocks are at day 12, so that two rungs are due in each."""
    load_reference_rows()
    with transaction.atomic():
        cast = casting.assemble()
        casting.many_cases(cast.anna, 40)
    return at(Deadline.objects.earliest("starts_on").starts_on + timedelta(days=12))


def bare(noon):
    """The statement itself, without the lock that makes the second sweep step aside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLIMB, {"today": noon.date(), "now": noon})
        return cursor.rowcount


@pytest.mark.parametrize("sweep", [climb, bare])
def test_two_sweeps_at_once_tell_everybody_exactly_once(many, sweep):
    start, made = Barrier(2), []

    def run():
        start.wait()
        try:
            made.append(sweep(many))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == Notice.objects.count() == 41 * 2
    assert sweep(many) == 0
