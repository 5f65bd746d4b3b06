"""./run bench slots: the first common times of three people of three authorities, any room that fits and any
interpreter in the language, with 2,000 users' calendars, against the statement written by hand for just that.

Both must give the same times. Everything is loaded in one transaction of the owner that is rolled back.
"""

import argparse
import sys
from datetime import datetime, time, timedelta
from random import Random
from statistics import quantiles
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from accounts.models import Organisation, User
from benchmarks.deadlines import Undo, fill
from benchmarks.measuring.clock import interleaved
from benchmarks.measuring.roles import as_owner
from benchmarks.measuring.verdict import Bound, bounds_table, keep, table
from benchmarks.volume.loading import load, reserve, triggers_off
from cases.models import Case
from cases.rules import is_working_day
from meetings.models import Availability, Interpreter, Meeting, Participant, Room
from meetings.rules import ordinary_days
from meetings.slots import Booking, search

SEED, DAYS, ROOMS, INTERPRETERS, DUE_IN = 2026, 60, 20, 5, 14
TIMES = [time(8, 30), time(9, 45), time(11), time(13), time(14, 15)]
SHARE_BUSY, SHARE_LEFT = 0.5, 0.3
LENGTH = timedelta(minutes=75)
MEETING = "id case owner starts_at ends_at during calendar_uid booked_by room interpreter"
OURS, BY_HAND, MILLISECONDS = "slots.search", "satsen för hand", 300

FLOOR = """
SELECT s.start FROM unnest(%(days)s::date[]) d(day)
 CROSS JOIN generate_series(14, 40) half
 CROSS JOIN LATERAL (SELECT d.day + half * interval '30 minutes' AS wall) w
 CROSS JOIN LATERAL (SELECT w.wall AT TIME ZONE 'Europe/Stockholm' AS start) s
 CROSS JOIN LATERAL (SELECT tstzrange(s.start, s.start + %(length)s) AS during) r
 WHERE s.start >= %(since)s
   AND (SELECT count(DISTINCT a.user_id) FROM meetings_availability a
         WHERE a.user_id = ANY (%(users)s) AND a.weekday = extract(isodow FROM d.day) - 1
           AND a.starts <= w.wall::time AND a.ends >= (w.wall + %(length)s)::time) = cardinality(%(users)s::bigint[])
   AND NOT EXISTS (SELECT FROM meetings_participant p
                    WHERE p.user_id = ANY (%(users)s) AND p.takes_time AND p.during && r.during)
   AND EXISTS (SELECT FROM unnest(%(rooms)s::bigint[]) t(id) WHERE NOT EXISTS (
                 SELECT FROM meetings_meeting m WHERE m.room_id = t.id AND m.during && r.during
                    AND m.status NOT IN ('cancelled', 'not_held')))
   AND EXISTS (SELECT FROM unnest(%(interpreters)s::bigint[]) t(id) WHERE NOT EXISTS (
                 SELECT FROM meetings_meeting m WHERE m.interpreter_id = t.id AND m.during && r.during
                    AND m.status NOT IN ('cancelled', 'not_held')))
 ORDER BY s.start LIMIT 10
"""


# --- the calendars ----------------------------------------------------------------------------------------------
def hang_up(users):
    """Every user keeps five days a week, and half of every day's five times are booked; rooms and interpreters too."""
    draw, today = Random(SEED), timezone.localdate()
    owner = Organisation.objects.first()
    rooms, interpreters = _things(owner)
    Availability.objects.bulk_create(
        Availability(user_id=user, weekday=day, starts=time(8, 30), ends=time(16, 30), valid_from=today)
        for user in users
        for day in range(5)
    )
    days = [day for day in (today + timedelta(days=n) for n in range(DAYS)) if is_working_day(day)]
    booked = [(user, day, clock) for user in users for day in days for clock in TIMES if draw.random() < SHARE_BUSY]
    _load(booked, owner, [room.pk for room in rooms], [each.pk for each in interpreters], draw)
    return rooms, interpreters


def _things(owner):
    common = {"organisation": owner, "municipality": owner.municipality, "address": "Gatan", "seats": 8}
    rooms = Room.objects.bulk_create(Room(name=f"Rum {n}", **common) for n in range(ROOMS))
    return rooms, Interpreter.objects.bulk_create(
        Interpreter(name=f"Tolk {n}", language="somaliska") for n in range(INTERPRETERS)
    )


def _load(booked, owner, rooms, interpreters, draw):
    cases = list(Case.objects.values_list("pk", flat=True))
    numbers = reserve(Meeting, len(booked))
    meetings, participants, taken = [], [], _left_free((rooms, interpreters), booked, draw)
    for number, (user, day, clock) in zip(numbers, booked, strict=True):
        start = timezone.make_aware(datetime.combine(day, clock))
        during = TimestamptzRange(start, start + LENGTH)
        room, interpreter = (_free(taken, things, day, clock, draw) for things in (rooms, interpreters))
        uid = UUID(int=draw.getrandbits(128), version=4)
        case = cases[number % len(cases)]
        meetings.append((number, case, owner.pk, start, start + LENGTH, during, uid, user, room, interpreter))
        participants.append((number, "case_worker", user, owner.pk, during))
    with triggers_off([Meeting, Participant]):
        load(
            Meeting, "id case owner starts_at ends_at during calendar_uid booked_by room interpreter".split(), meetings
        )
        load(Participant, "meeting role user organisation during".split(), participants)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:
        for model in (Meeting, Participant, Availability):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _left_free(kinds, booked, draw):
    """Times that a room or an interpreter is kept free, or there would be none in common for anybody."""
    times = sorted({(day, clock) for _, day, clock in booked})
    each = ((thing, *at, len(things)) for things in kinds for at in times for thing in things)
    return {key for key in each if draw.random() < SHARE_LEFT}


def _free(taken, things, day, clock, draw):
    """One of the things, mostly, if it is free then."""
    key = (draw.choice(things), day, clock, len(things))
    if draw.random() < 0.1 or key in taken:
        return None
    taken.add(key)
    return key[0]


# --- measuring --------------------------------------------------------------------------------------------------
def wishes(users, rooms, interpreters, number):
    """Three people each, and tomorrow as the first day."""
    draw = Random(SEED + 1)
    people = {user.pk: user for user in User.objects.filter(pk__in=users)}
    tomorrow = timezone.localtime() + timedelta(days=1)
    for _ in range(number):
        yield Booking(
            kind="first",
            form="on_site",
            starts_at=tomorrow,
            preparation_minutes=15,
            talk_minutes=45,
            feedback_minutes=15,
            workers=tuple(people[pk] for pk in draw.sample(users, 3)),
            rooms=tuple(rooms),
            interpreters=tuple(interpreters),
        )


def due():
    return timezone.localdate() + timedelta(days=DUE_IN)


def by_hand(wish):
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = {
        "users": [worker.pk for worker in wish.workers],
        "rooms": [room.pk for room in wish.rooms],
        "interpreters": [each.pk for each in wish.interpreters],
        "days": ordinary_days(tomorrow, due()),
        "since": timezone.make_aware(datetime.combine(tomorrow, time())),
        "length": LENGTH,
    }
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, asked)
        return [start for (start,) in cursor.fetchall()]


def measure(asked_of, rounds):
    """{variant: milliseconds per search}; the two must agree on every wish."""
    seconds, without = {OURS: [], BY_HAND: []}, 0
    for wish in asked_of:
        offer = search(wish, due())
        if offer.slots != by_hand(wish):
            raise SystemExit("Sökningen och satsen för hand är inte överens.")
        without += not offer.slots
        times = interleaved(
            {OURS: lambda wish=wish: search(wish, due()), BY_HAND: lambda wish=wish: by_hand(wish)}, rounds
        )
        for name, each in times.items():
            seconds[name].append(each.p50)
    return seconds, without


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wishes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with as_owner():
        if Case.objects.exists():
            raise SystemExit("Databasen har redan ärenden. Mät i en egen, tom databas.")
        try:
            with transaction.atomic():
                fill(2_000)
                users = list(User.objects.filter(email__startswith="svep.").values_list("pk", flat=True))
                rooms, interpreters = hang_up(users)
                facts = {"users": len(users), "meetings": Meeting.objects.count()}
                seconds, without = measure(list(wishes(users, rooms, interpreters, asked.wishes)), asked.rounds)
                raise Undo
        except Undo:
            pass
    return report(asked, facts | {"without": without}, seconds)


def report(asked, facts, seconds):
    ratio = sum(seconds[OURS]) / sum(seconds[BY_HAND])
    judged = [
        Bound("sökningen / satsen för hand", "slots", ratio, 1.5, 3),
        Bound("längsta sökningen, ms", "slots", max(seconds[OURS]), MILLISECONDS, MILLISECONDS),
    ]
    print(f"{facts['users']} användare, {facts['meetings']} möten; {facts['without']} önskningar utan tid i tid.\n")
    rows = [
        [name, f"{quantiles(each, n=2)[0]:.1f}", f"{quantiles(each, n=20)[-1]:.1f}", f"{max(each):.1f}"]
        for name, each in seconds.items()
    ]
    print(table([f"ms, {asked.wishes} önskningar", "p50", "p95", "längst"], rows) + "\n")
    print(bounds_table(judged) + "\n")
    print(f"Sparat i {keep('slots', facts | {'milliseconds': seconds}, judged)}.")
    return 1 if any(bound.value > bound.fail for bound in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
