"""What is asked for when a meeting is booked, what of it is taken, and the first times when all of it is free."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from accounts.models import User
from audit.context import beyond
from meetings.free_time import INTERPRETER, PERSON, ROOM, Wanted, free_time, ids_of
from meetings.models import Interpreter, Meeting, Participant, Room
from meetings.rules import fitting, instant, moment_of, starts_between

OFFERED, SPREAD = 10, 8
NOON = 12
SEARCHED, FORTNIGHT = timedelta(days=60), timedelta(days=14)

TAKEN = """
SELECT 1 AS place, p.user_id FROM meetings_participant p
 WHERE p.user_id = ANY (%(users)s) AND p.takes_time AND p.during && %(during)s
   AND p.meeting_id IS DISTINCT FROM %(moved)s
UNION
SELECT 1, a.user_id FROM meetings_absence a
 WHERE a.user_id = ANY (%(users)s) AND tstzrange(a.starts_at, a.ends_at) && %(during)s
UNION
SELECT 2, m.room_id FROM meetings_meeting m
 WHERE m.room_id = ANY (%(rooms)s) AND m.status NOT IN ('cancelled', 'not_held') AND m.during && %(during)s
   AND m.id IS DISTINCT FROM %(moved)s
UNION
SELECT 3, m.interpreter_id FROM meetings_meeting m
 WHERE m.interpreter_id = ANY (%(interpreters)s) AND m.status NOT IN ('cancelled', 'not_held')
   AND m.during && %(during)s AND m.id IS DISTINCT FROM %(moved)s
"""


class Guest(NamedTuple):
    """Somebody without an account, from another party or the person's own. `email` empty: told by telephone."""

    name: str
    email: str


@dataclass(frozen=True)
class Booking:
    """One wish for a meeting: when, how, with whom. Several rooms or interpreters: whichever of them is free.
    `observers` are those of the workers who only watch how the method is carried out."""

    kind: str
    form: str
    starts_at: datetime
    preparation_minutes: int
    talk_minutes: int
    feedback_minutes: int
    workers: tuple[User, ...]
    observers: tuple[User, ...] = ()
    with_individual: bool = True
    rooms: tuple[Room, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    place: str = ""
    video_link: str = ""
    guests: tuple[Guest, ...] = ()

    @property
    def room(self) -> Room | None:
        return self.rooms[0] if self.rooms else None

    @property
    def interpreter(self) -> Interpreter | None:
        return self.interpreters[0] if self.interpreters else None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.preparation_minutes + self.talk_minutes + self.feedback_minutes)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.length

    @property
    def during(self):
        return (self.starts_at, self.ends_at)

    @property
    def needs(self):
        """[(name, the keys of free_time that can fill it)], people first."""
        people = [(worker.full_name, [(PERSON, worker.pk)]) for worker in self.workers]
        room = self.room.name if len(self.rooms) == 1 else "alla rum som passar"
        interpreter = f"tolken {self.interpreter.name}" if len(self.interpreters) == 1 else "alla tolkar i språket"
        rooms = [(room, [(ROOM, each.pk) for each in self.rooms])] if self.rooms else []
        interpreters = [(interpreter, [(INTERPRETER, each.pk) for each in self.interpreters])]
        return people + rooms + (interpreters if self.interpreters else [])


@dataclass(frozen=True)
class Bottleneck:
    """`opens`: so many times would suit the others without this one; `suits`: so many suit this one alone."""

    name: str
    opens: int
    suits: int


@dataclass(frozen=True)
class Offer:
    """The first common times, in order. With a due date that none of them keeps: who stands in the way, and the
    first times after it in `later`. `spread`: one in the morning and one after noon of each of the first days, for
    somebody to choose among."""

    slots: list[datetime]
    due_on: date | None = None
    later: list[datetime] = field(default_factory=list)
    bottlenecks: list[Bottleneck] = field(default_factory=list)
    spread: list[datetime] = field(default_factory=list)

    @property
    def days(self):
        return _by_day(self.slots)

    @property
    def later_days(self):
        return _by_day(self.later)

    @property
    def opening(self):
        """Those whose absence would give a time, the one that gives most first."""
        return sorted((b for b in self.bottlenecks if b.opens), key=lambda b: -b.opens)

    @property
    def scarcest(self):
        """Who has least time of all, when nobody alone stands in the way."""
        return min(self.bottlenecks, key=lambda b: b.suits, default=None)


def taken(booking, moved=None):
    """Names of the people, the room and the interpreter that are busy then; never with what. `moved` makes way."""
    busy = _busy(booking, moved)
    return [name for name, keys in booking.needs if busy.issuperset(keys)]


def settle(booking, moved=None):
    """The wish with the first free room and interpreter of those that would do; unchanged when none is free."""
    if len(booking.rooms) < 2 and len(booking.interpreters) < 2:
        return booking
    busy = _busy(booking, moved)
    rooms = [room for room in booking.rooms if (ROOM, room.pk) not in busy]
    interpreters = [each for each in booking.interpreters if (INTERPRETER, each.pk) not in busy]
    return replace(
        booking,
        rooms=tuple(rooms[:1]) or booking.rooms,
        interpreters=tuple(interpreters[:1]) or booking.interpreters,
    )


def search(booking, due_on=None, moved=None, limit=OFFERED):
    """From the wanted day on, at most SEARCHED ahead. A due date before the wanted day asks for nothing."""
    wanted = timezone.localtime(booking.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    since = max(timezone.now(), wanted)
    horizon = _midnight(since, SEARCHED)
    if due_on is None or due_on < timezone.localdate(since):
        found = _first_from(booking, since, horizon, moved, limit)
        return Offer(_in_order(found, limit), spread=_spread(found))
    end = min(_midnight(since, due_on + timedelta(days=1) - timezone.localdate(since)), horizon)
    suiting = _suiting(booking, since, end, moved)
    if starts := _common(suiting):
        return Offer(_in_order(starts, limit), due_on, spread=_spread(starts))
    found = _first_from(booking, end, horizon, moved, limit)
    return Offer([], due_on, _in_order(found, limit), _bottlenecks(suiting), _spread(found))


def _first_from(booking, since, horizon, moved, limit):
    """A fortnight at a time until there are enough: who is free next week need not say when they are next month."""
    found = set()
    while since < horizon and len(found) < limit:
        until = min(_midnight(since, FORTNIGHT), horizon)
        found |= _common(_suiting(booking, since, until, moved))
        since = until
    return found


def _midnight(since, later):
    return instant(timezone.localdate(since) + later, time())


@beyond("free_time")
def worker_times(users, span):
    """[(user id, during, meeting id)] of what takes these people's time: when, and nothing else."""
    rows = Participant.objects.filter(user__in=users, takes_time=True, during__overlap=span)
    return list(rows.values_list("user_id", "during", "meeting_id"))


@beyond("free_time")
def room_times(rooms, span):
    """The same for rooms."""
    rows = Meeting.objects.exclude(status__in=Meeting.FREED).filter(room__in=rooms, during__overlap=span)
    return list(rows.values_list("room_id", "during", "pk"))


def _suiting(booking, since, until, moved):
    """[(name, starts that suit)] for everybody and everything that is needed."""
    starts, length = starts_between(since, until), booking.length // timedelta(minutes=1)
    free = free_time(_wanted(booking, moved), since, until)
    return [
        (name, set().union(*(fitting(starts, free.get(key, ()), length) for key in keys)))
        for name, keys in booking.needs
    ]


def _common(suiting):
    return set.intersection(*(starts for _name, starts in suiting)) if suiting else set()


def _bottlenecks(suiting):
    others = [suiting[:n] + suiting[n + 1 :] for n in range(len(suiting))]
    return [
        Bottleneck(name, len(_common(rest)), len(starts)) for (name, starts), rest in zip(suiting, others, strict=True)
    ]


def _in_order(starts, limit):
    return [moment_of(start) for start in sorted(starts)[:limit]]


def _spread(starts):
    """Too few days: the other times of the same days too."""
    found, others = {}, []
    for start in map(moment_of, sorted(starts)):
        half = (start.date(), start.hour < NOON)
        if half in found:
            others.append(start)
        elif len(found) < SPREAD:
            found[half] = start
        else:
            break
    return sorted([*found.values(), *others[: SPREAD - len(found)]])


def _by_day(slots):
    return [(day, list(each)) for day, each in groupby(slots, key=datetime.date)]


def _wanted(booking, moved):
    return Wanted(
        users=tuple(worker.pk for worker in booking.workers),
        rooms=tuple(room.pk for room in booking.rooms),
        interpreters=tuple(interpreter.pk for interpreter in booking.interpreters),
        moved=moved and moved.pk,
    )


@beyond("free_time")
def _busy(booking, moved):
    during = TimestamptzRange(*booking.during)
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, ids_of(_wanted(booking, moved)) | {"during": during})
        return set(cursor.fetchall())
