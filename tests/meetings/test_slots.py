"""Common free times: against a search by brute force, who stands in the way, and what a room must have."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cases.models import Deadline, Individual
from cases.rules import is_working_day
from meetings.content import booking_choices
from meetings.models import Absence, Availability, Interpreter, Meeting, OtherHours, Participant, Room
from meetings.rules import fitting, instant, is_squeeze_day, moment_of, ordinary_days, starts_between
from meetings.slots import Booking, search

MONDAY = date(2026, 11, 23)
STEP = timedelta(minutes=30)
HALF_HOURS = st.integers(0, 30)


def wish(workers, day=MONDAY, talk=45, **what):
    phases = {"preparation_minutes": 15, "talk_minutes": talk, "feedback_minutes": 15}
    start = instant(day, time(8))
    return Booking(kind="follow_up", form="on_site", starts_at=start, workers=tuple(workers), **phases, **what)


# --- pure rules -----------------------------------------------------------------------------------------------
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=12),
    st.lists(st.integers(0, 220), max_size=40, unique=True),
    st.integers(1, 15),
)
def test_a_start_fits_when_one_free_range_holds_all_of_it(lengths, starts, length):
    free, at = [], 0
    for gap, size in lengths:
        free.append((at + gap + 1, at + gap + 1 + size))
        at = free[-1][1]
    starts = sorted(starts)
    expected = {s for s in starts if any(lower <= s and s + length <= upper for lower, upper in free)}
    assert fitting(starts, free, length) == expected


def test_starts_are_every_half_hour_of_swedish_daytime_also_over_a_clock_change():
    found = starts_between(instant(date(2026, 10, 24), time(12, 10)), instant(date(2026, 10, 26), time(8)))
    local = [moment_of(start) for start in found]
    assert local[0].strftime("%d %H:%M") == "24 12:30"
    assert local[-1].strftime("%d %H:%M") == "26 07:30"
    sunday = [start for start in local if start.day == 25]
    assert (sunday[0].time(), sunday[-1].time(), len(sunday)) == (time(7), time(20), 27)


@pytest.mark.parametrize(
    ("day", "squeezed"),
    [
        (date(2026, 5, 15), True),  # Friday after Ascension Day
        (date(2027, 1, 5), False),  # Tuesday before Epiphany; the Monday before it is a working day
        (date(2026, 1, 5), True),  # Monday before Epiphany
        (date(2026, 11, 24), False),
        (date(2026, 12, 25), False),  # a holiday is no squeeze day
    ],
)
def test_a_squeeze_day_is_a_working_day_alone_between_days_off(day, squeezed):
    assert is_squeeze_day(day) is squeezed


def test_ordinary_days_are_working_days_without_squeeze_days():
    days = ordinary_days(date(2026, 5, 11), date(2026, 5, 19))
    assert [day.day for day in days] == [11, 12, 13, 18, 19]
    assert all(is_working_day(day) for day in days)


# --- against brute force --------------------------------------------------------------------------------------
def by_brute_force(booking, since, until, rows):
    """The words of the rule, start by start: everybody's hours hold it, nothing booked or away touches it, and one
    room is free for all of it."""
    step, found, start = STEP, [], instant(timezone.localdate(since), time(0))
    while start < until:
        end = start + booking.length
        local = timezone.localtime(start)
        if since <= start and time(7) <= local.time() <= time(20) and _everything_is_free(booking, start, end, rows):
            found.append(local)
        start += step
    return found


def _everything_is_free(booking, start, end, rows):
    people = all(_in_hours(w, start, end, rows) and not _is_busy(w, start, end, rows) for w in booking.workers)
    rooms = not booking.rooms or any(
        not any(m.room_id == r.pk and m.starts_at < end and start < m.ends_at for m in rows["meetings"] if m.is_booked)
        for r in booking.rooms
    )
    return people and rooms


def _in_hours(worker, start, end, rows):
    day = timezone.localdate(start)
    other = [o for o in rows["other"] if o.user_id == worker.pk and o.day == day]
    kept = [
        a
        for a in rows["hours"]
        if a.user_id == worker.pk and a.valid_from <= day and (a.valid_until is None or a.valid_until >= day)
    ]
    if other:
        hours = [(o.starts, o.ends) for o in other if o.starts]
    elif not is_working_day(day) or is_squeeze_day(day):
        hours = []
    elif kept:
        hours = sorted((a.starts, a.ends) for a in kept if a.weekday == day.weekday())
    else:
        hours = [(time(8), time(16, 30))]
    minutes = {m for s, e in hours for m in range(s.hour * 60 + s.minute, e.hour * 60 + e.minute)}
    begins, ends = timezone.localtime(start), timezone.localtime(end)
    wanted = range(begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
    return begins.date() == ends.date() and minutes.issuperset(wanted)


def _is_busy(worker, start, end, rows):
    busy = [p.during for p in rows["participants"] if p.user_id == worker.pk and p.takes_time]
    away = [(a.starts_at, a.ends_at) for a in rows["absences"] if a.user_id == worker.pk]
    times = [(d.lower, d.upper) for d in busy] + away
    return any(s < end and start < e for s, e in times)


def half_hour(number, since=time(7)):
    return (datetime.combine(MONDAY, since) + number * STEP).time()


HOURS = st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 14), st.integers(1, 12), st.integers(-3, 8))
OTHER = st.tuples(st.integers(0, 2), st.integers(0, 11), st.integers(0, 14), st.integers(0, 12))
AWAY = st.tuples(st.integers(0, 2), st.integers(0, 11), HALF_HOURS, st.integers(1, 60))
MET = st.tuples(st.integers(0, 3), st.integers(0, 11), st.integers(0, 24), st.integers(1, 5), st.booleans())


@pytest.fixture
def crew(cast):
    """Three people and two rooms that a drawn calendar is hung on and taken away from again."""
    rooms = [
        Room.objects.create(organisation=cast.ifo, municipality=cast.ifo.municipality, name=f"Rum {n}", address="Gatan")
        for n in range(2)
    ]
    return cast, [cast.anna, cast.bo, cast.cilla], rooms


DRAWN = given(
    hours=st.lists(HOURS, max_size=8),
    other=st.lists(OTHER, max_size=4, unique_by=lambda row: row[:2]),
    away=st.lists(AWAY, max_size=3),
    met=st.lists(MET, max_size=14),
    number=st.integers(1, 3),
    rooms=st.integers(0, 2),
    due_in=st.integers(0, 9),
)
QUICK = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
QUICK["phases"] = [Phase.explicit, Phase.reuse, Phase.generate]


@DRAWN
@settings(max_examples=15, **QUICK)
def test_all_common_times_are_found_in_order_and_none_touches_anything(crew, **drawn):
    compare(crew, **drawn)


@pytest.mark.deep
@DRAWN
@settings(max_examples=1000, **QUICK)
def test_all_common_times_are_found_in_a_thousand_calendars(crew, **drawn):
    compare(crew, **drawn)


@time_machine.travel(instant(MONDAY, time(9, 10)), tick=False)
def compare(crew, hours, other, away, met, number, rooms, due_in):
    cast, people, both_rooms = crew
    with transaction.atomic():
        rows = hang_up(cast, people, both_rooms, hours, other, away, met)
        booking = wish(people[:number], rooms=tuple(both_rooms[:rooms]))
        since, due = timezone.now(), MONDAY + timedelta(days=due_in)
        expected = by_brute_force(booking, since, instant(due + timedelta(days=1), time()), rows)
        found = search(booking, due)
        assert search(booking, due, limit=10_000).slots == expected
        assert found.slots == expected[:10]
        if not expected:
            _the_bottlenecks_are_true(booking, due, found, since, rows)
        transaction.set_rollback(True)


def _the_bottlenecks_are_true(booking, due, found, since, rows):
    until = instant(due + timedelta(days=1), time())
    for worker, bottleneck in zip(booking.workers, found.bottlenecks, strict=False):
        rest = tuple(w for w in booking.workers if w != worker)
        without = Booking(**{**booking.__dict__, "workers": rest})
        needs = rest or without.rooms
        hours = by_brute_force(without, since, until, rows) if needs else []
        assert (bottleneck.name, bottleneck.opens) == (worker.full_name, len(hours))
    after = by_brute_force(booking, until, until + timedelta(days=20), rows)
    assert found.later[: len(after)] == after[:10]


def hang_up(cast, people, rooms, hours, other, away, met):
    Availability.objects.bulk_create(
        Availability(
            user=people[who],
            weekday=weekday,
            starts=half_hour(start),
            ends=half_hour(min(start + length, 32)),
            valid_from=MONDAY + timedelta(days=since),
            valid_until=MONDAY + timedelta(days=since + 6) if since % 2 else None,
        )
        for who, weekday, start, length, since in hours
    )
    OtherHours.objects.bulk_create(
        OtherHours(
            user=people[who],
            day=MONDAY + timedelta(days=day),
            starts=half_hour(start) if length else None,
            ends=half_hour(start + length) if length else None,
        )
        for who, day, start, length in other
    )
    Absence.objects.bulk_create(
        Absence(user=people[who], starts_at=at(day, start), ends_at=at(day, start) + length * STEP)
        for who, day, start, length in away
    )
    for who, day, start, length, is_booked in met:
        _meet(cast, people, rooms, who, at(day, start), length * STEP, is_booked)
    return {
        "hours": list(Availability.objects.all()),
        "other": list(OtherHours.objects.all()),
        "absences": list(Absence.objects.all()),
        "meetings": list(Meeting.objects.all()),
        "participants": list(Participant.objects.all()),
    }


def at(day, number):
    return instant(MONDAY + timedelta(days=day), half_hour(number))


def _meet(cast, people, rooms, who, start, length, is_booked):
    """One person's meeting, or the room's when `who` is 3; what would be a double booking is left out."""
    clashes = Participant.objects.filter(takes_time=True, user=people[who % 3], during__overlap=(start, start + length))
    room = rooms[length // STEP % 2] if who == 3 else None
    taken = Meeting.objects.booked().filter(room=room, during__overlap=(start, start + length))
    if is_booked and (clashes.exists() or (room and taken.exists())):
        return
    meeting = Meeting.objects.create(
        case=cast.case,
        owner=cast.ifo,
        kind="follow_up",
        status="planned" if is_booked else "cancelled",
        starts_at=start,
        ends_at=start + length,
        room=room,
        calendar_uid=f"{Meeting.objects.count():032x}",
        booked_by=cast.anna,
    )
    Participant.objects.create(
        meeting=meeting, user=people[who % 3], role="case_worker", during=meeting.during, takes_time=is_booked
    )


# --- what is said ---------------------------------------------------------------------------------------------
@pytest.fixture
def now():
    with time_machine.travel(instant(MONDAY, time(7)), tick=False):
        yield


@pytest.mark.usefixtures("now")
def test_without_a_time_before_the_last_day_the_one_who_stands_in_the_way_is_named(cast):
    away = instant(MONDAY, time()), instant(MONDAY + timedelta(days=3), time())
    Absence.objects.create(user=cast.bo, starts_at=away[0], ends_at=away[1])
    offer = search(wish([cast.anna, cast.bo]), MONDAY + timedelta(days=1))
    assert offer.slots == []
    assert [(b.name, b.opens) for b in offer.opening] == [("Bo Berg", 30)]
    assert offer.later[0] == instant(MONDAY + timedelta(days=3), time(8))


@pytest.mark.usefixtures("now")
def test_when_nobody_alone_stands_in_the_way_the_scarcest_is_named(cast):
    for user, day in ((cast.anna, 0), (cast.bo, 1)):
        start = instant(MONDAY + timedelta(days=day), time())
        Absence.objects.create(user=user, starts_at=start, ends_at=start + timedelta(days=1))
    Absence.objects.create(user=cast.bo, starts_at=at(0, 4), ends_at=at(0, 40 % 30))
    Absence.objects.create(user=cast.cilla, starts_at=at(0, 0), ends_at=at(0, 0) + timedelta(days=2))
    offer = search(wish([cast.anna, cast.bo, cast.cilla]), MONDAY + timedelta(days=1))
    assert offer.opening == []
    assert (offer.scarcest.name, offer.scarcest.suits) == ("Cilla Ceder", 0)


@pytest.mark.usefixtures("now")
def test_a_full_room_is_named_too(cast):
    room = Room.objects.create(
        organisation=cast.ifo, municipality=cast.ifo.municipality, name="Yxtaholm", address="Storgatan 1"
    )
    Meeting.objects.create(
        case=cast.case,
        owner=cast.ifo,
        room=room,
        starts_at=at(0, 0),
        ends_at=at(0, 26),
        calendar_uid="0" * 32,
        booked_by=cast.anna,
    )
    offer = search(wish([cast.anna], rooms=(room,)), MONDAY)
    assert [(b.name, b.opens) for b in offer.opening] == [("Yxtaholm", 15), ("Anna Ask", 1)]


def test_any_room_that_fits_has_chairs_for_all_and_what_the_person_needs(cast):
    Individual.objects.filter(pk=cast.case.individual_id).update(support_needs=["step_free", "hearing_loop"])
    common = {"organisation": cast.ifo, "municipality": cast.ifo.municipality, "address": "Gatan"}
    fits = {"step_free": True, "hearing_loop": True}
    Room.objects.create(name="Stort", seats=20, **fits, **common)
    Room.objects.create(name="Lagom", seats=4, **fits, **common)
    Room.objects.create(name="Trångt", seats=3, **fits, **common)
    Room.objects.create(name="Trappor", seats=8, hearing_loop=True, **common)
    Room.objects.create(name="Stängt", seats=8, is_active=False, **fits, **common)
    choices = booking_choices(cast.gate(cast.anna), opened(cast))
    assert [room.name for room in choices.fitting_rooms(4)] == ["Lagom", "Stort"]


def opened(cast):
    gate = cast.gate(cast.anna)
    return gate.open(cast.case.pk)


def test_the_first_free_room_is_taken_when_any_will_do(cast, book, room):
    bigger = Room.objects.create(
        organisation=cast.ifo, municipality=cast.ifo.municipality, name="Stort", address="Gatan", seats=20
    )
    assert book(room="any", workers=[cast.anna.pk]).status_code == 302
    assert book(room="any", workers=[cast.bo.pk], kind="follow_up").status_code == 302
    assert [m.room for m in Meeting.objects.order_by("pk")] == [room, bigger]
    refused = book(room="any", workers=[cast.anna.pk]).content.decode()
    assert "Anna Ask och alla rum som passar är upptagna" in refused


def test_no_room_with_chairs_for_all_is_said_at_the_field(book, room):
    Room.objects.update(seats=2)
    assert "Inget rum har plats för alla" in book(room="any").content.decode()


def test_any_interpreter_in_the_language_is_the_first_free_one(cast, book, room, interpreter):
    Individual.objects.filter(pk=cast.case.individual_id).update(interpreter_language="somaliska")
    second = Interpreter.objects.create(name="Tolk 4712", language="somaliska")
    Interpreter.objects.create(name="Tolk 1", language="dari")
    assert book(interpreter="any", workers=[cast.anna.pk]).status_code == 302
    sent = {"interpreter": "any", "workers": [cast.bo.pk], "room": "", "place": "Torget", "kind": "follow_up"}
    assert book(**sent).status_code == 302
    assert [m.interpreter for m in Meeting.objects.order_by("pk")] == [interpreter, second]


def test_the_page_offers_only_times_before_the_last_day_of_the_first_meeting(client, cast, room):
    client.force_login(cast.anna)
    page = client.get(f"/arenden/{cast.case.pk}/moten/boka/")
    due = Deadline.objects.get().due_on
    assert page.context["offer"].due_on == due
    assert all(timezone.localdate(slot) <= due for slot in page.context["offer"].slots)
    assert "Före sista dagen" in page.content.decode()
