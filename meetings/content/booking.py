"""What may be booked for a case: people, rooms, interpreters, what the person needs, and free times."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils import timezone

from accounts.models import User
from cases.models import Category, Deadline, SupportNeed
from meetings.models import Absence, Interpreter, Meeting, Participant, Room
from meetings.slots import Booking, search

SIGN_LANGUAGE = "teckenspråk"
ANY = "any"
GUEST_FIELDS = ["other", "other_2", "other_3", "other_4"]
MINUTES = ("preparation_minutes", "talk_minutes", "feedback_minutes")
EQUIPMENT = {SupportNeed.STEP_FREE: "step_free", SupportNeed.HEARING_LOOP: "hearing_loop"}


@dataclass(frozen=True)
class BookingChoices:
    """Who and what may be booked for a case, what the person needs, and the clock that runs."""

    individual_name: str
    workers: dict[int, User]
    preselected: list[int]
    rooms: dict[int, Room]
    interpreters: dict[int, Interpreter]
    absences: list[Absence] = field(default_factory=list)
    interpreter_language: str = ""
    needs: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    day: date | None = None

    @property
    def kind(self):
        return Meeting.Kind.FIRST if self.deadline else Meeting.Kind.FOLLOW_UP

    @property
    def need_words(self):
        return [str(SupportNeed(need).label) for need in self.needs]

    @property
    def days_left(self):
        return self.deadline and self.deadline.days_left(self.day)

    @cached_property
    def worker_labels(self):
        return [(pk, self._worker_label(worker)) for pk, worker in self.workers.items()]

    @cached_property
    def room_labels(self):
        return [(pk, self._room_label(room)) for pk, room in self.rooms.items()]

    @property
    def interpreter_labels(self):
        return [(pk, str(interpreter)) for pk, interpreter in self.interpreters.items()]

    @property
    def fitting_interpreters(self):
        wanted = self.interpreter_language.lower()
        return [i for i in self.interpreters.values() if wanted and i.language.lower() == wanted]

    def fitting_rooms(self, people):
        """Rooms with a chair for everybody and what the person needs, the smallest first."""
        fit = [room for room in self.rooms.values() if room.seats >= people and not self._lacking(room)]
        return sorted(fit, key=lambda room: (room.seats, room.name))

    @property
    def suggested_interpreter(self):
        fit = self.fitting_interpreters
        return ANY if len(fit) > 1 else next((interpreter.pk for interpreter in fit), None)

    @property
    def suggested_rooms(self):
        return self.fitting_rooms(len(self.preselected) + 1 + bool(self.suggested_interpreter))

    @property
    def initial(self):
        return {
            "kind": self.kind,
            "form": Meeting.Form.ON_SITE,
            "workers": self.preselected,
            "interpreter": self.suggested_interpreter,
            "room": ANY if self.suggested_rooms else None,
        }

    def default_booking(self):
        """The suggestion as a wish from the next full half hour, to search free times with."""
        minutes = {name: Meeting._meta.get_field(name).default for name in MINUTES}
        return Booking(
            kind=self.kind,
            form=Meeting.Form.ON_SITE,
            starts_at=timezone.localtime(),
            workers=tuple(self.workers[pk] for pk in self.preselected),
            rooms=tuple(self.suggested_rooms),
            interpreters=tuple(self.fitting_interpreters),
            **minutes,
        )

    def wish_like(self, meeting):
        """The suggestion with the people and the minutes of the meeting it replaces, as far as they may be called."""
        wish = self.default_booking()
        if meeting is None:
            return wish
        called = [self.workers[p.user_id] for p in meeting.participants.all() if p.user_id in self.workers]
        minutes = {name: getattr(meeting, name) for name in MINUTES}
        watching = {p.user_id for p in meeting.participants.all() if p.role == Participant.Role.OBSERVER}
        observers = tuple(worker for worker in called if worker.pk in watching)
        people = {"workers": tuple(called) or wish.workers, "observers": observers}
        return replace(wish, kind=meeting.kind, **people, **minutes)

    def due_for(self, booking):
        """The last day of the clock that this meeting would answer; None when no clock waits for it."""
        return self.deadline.due_on if self.deadline and booking.kind == Meeting.Kind.FIRST else None

    def _worker_label(self, worker):
        label = f"{worker.full_name}, {worker.organisation.short_name}"
        away = next((absence for absence in self.absences if absence.user_id == worker.pk), None)
        if away is None:
            return label
        instead = f", ersätts av {away.substitute.full_name}" if away.substitute else ""
        return f"{label} · borta {away.span}{instead}"

    def _lacking(self, room):
        return [need for need in self.needs if need in EQUIPMENT and not getattr(room, EQUIPMENT[need])]

    def _room_label(self, room):
        has = [str(SupportNeed(need).label) for need, what in EQUIPMENT.items() if getattr(room, what)]
        lacks = [f"saknar {SupportNeed(need).label}" for need in self._lacking(room)]
        return " · ".join([f"{room.name}, {room.address}", *has, *lacks])


def booking_choices(gate, case):
    """Workers the gate shows, rooms of the case's municipality, interpreters with the person's language first."""
    grants = list(gate.workers(case))
    person, may_know = case.individual, gate.knows(case, Category.CONTACT)
    language, needs = (person.interpreter_language, person.support_needs) if may_know else ("", [])
    if SupportNeed.SIGN_INTERPRETER in needs and not language:
        language = SIGN_LANGUAGE
    interpreters = Interpreter.objects.filter(is_active=True)
    return BookingChoices(
        individual_name=person.given_name,
        workers={grant.user_id: grant.user for grant in grants},
        preselected=[g.user_id for g in grants if g.is_responsible or g.user_id == gate.user.pk],
        rooms={room.pk: room for room in Room.objects.in_use().filter(municipality=case.municipality_id)},
        interpreters={i.pk: i for i in sorted(interpreters, key=lambda i: i.language.lower() != language.lower())},
        absences=list(Absence.objects.near(timezone.now(), [grant.user_id for grant in grants])),
        interpreter_language=language,
        needs=needs,
        deadline=gate.visible(Deadline, case).first_meeting().unanswered().order_by("due_on").first(),
        day=gate.day,
    )


def free_times(choices, booking, moved=None):
    """The first common times; of a first meeting before its last day."""
    return search(booking, choices.due_for(booking), moved)


def waits_for_first_meeting(gate, meeting):
    """It was to be the first, and its clock still runs."""
    clocks = gate.visible(Deadline, meeting.case).first_meeting().unanswered()
    return meeting.kind == Meeting.Kind.FIRST and clocks.exists()


def series_of(gate, meeting):
    """All of its series that still hold, in order; nothing for a meeting by itself."""
    if meeting.series is None:
        return []
    rows = gate.visible(Meeting, meeting.case).filter(series=meeting.series).exclude(status__in=Meeting.FREED)
    return list(rows.order_by("starts_at"))


def has_following(gate, meeting):
    """Later meetings of its series are still booked."""
    rows = gate.visible(Meeting, meeting.case).booked().filter(starts_at__gt=meeting.starts_at)
    return meeting.series is not None and rows.filter(series=meeting.series).exists()


def initial_of(meeting, *, is_lead):
    """The form as the meeting stands, for moving it; without the place for those who may not know it."""
    starts_at = timezone.localtime(meeting.starts_at)
    participants = list(meeting.participants.all())
    guests = [p for p in participants if p.role == Participant.Role.OTHER]
    spot = {"room": meeting.room_id, "place": meeting.place}
    return {
        "kind": meeting.kind,
        "form": meeting.form,
        "day": starts_at.date(),
        "clock": starts_at.time(),
        "preparation_minutes": meeting.preparation_minutes,
        "talk_minutes": meeting.talk_minutes,
        "feedback_minutes": meeting.feedback_minutes,
        "workers": [p.user_id for p in participants if p.user_id and p.role != Participant.Role.OBSERVER],
        "observers": [p.user_id for p in participants if p.role == Participant.Role.OBSERVER],
        "with_individual": any(p.role == Participant.Role.INDIVIDUAL for p in participants),
        "interpreter": meeting.interpreter_id,
        "video_link": meeting.video_link,
        **{f"{field}_name": guest.name for field, guest in zip(GUEST_FIELDS, guests, strict=False)},
        **{f"{field}_email": guest.email for field, guest in zip(GUEST_FIELDS, guests, strict=False)},
        **(spot if meeting.tells_spot(is_lead=is_lead) else {}),
    }
