"""The meeting: when, where, who, and how far it has come (S57)."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from actionplans.models import PlanVersion
from cases.models import CaseRecord, Category, DeadlineRule
from meetings.models.resources import Interpreter, Room


class MeetingQuerySet(models.QuerySet):
    def booked(self):
        """On its way: not held, not cancelled."""
        return self.filter(status__in=Meeting.BOOKED)

    def ahead(self, now):
        return self.booked().filter(starts_at__gt=now)

    def held(self):
        return self.filter(status__in=Meeting.HELD)

    def on_day(self, day):
        return self.filter(starts_at__date=day)

    def first_meetings(self):
        return self.filter(kind=Meeting.Kind.FIRST)

    def without_outcome(self, now):
        return self.booked().filter(ends_at__lt=now)

    def for_page(self):
        return (
            self.select_related("room", "interpreter", "leader", "timekeeper", "booked_by", "owner", "replaces")
            .select_related("case__individual", "case__organisation", "plan_version")
            .prefetch_related("participants__user__organisation", "participants__organisation", "replaced_by")
            .prefetch_related("participants__substitute_for")
            .select_related("outcome_details__cancelled_by", "outcome_details__written_by")
            .order_by("starts_at", "pk")
        )


@pghistory.track()
class Meeting(CaseRecord):
    """A tre- or flerpartssamtal, follow-up, hand-over or informal meeting. Owned by the case's lead.

    `starts_at`–`ends_at` covers all three phases; the person is called to `talk_starts_at`. Only a held meeting
    in person of kind FIRST meets the first-meeting deadline (S56). `during` is kept by save() for the
    exclusion constraints. `rule` is the rule in force when it was booked (S85). A moved meeting is a new row that
    `replaces` the old one and takes over its `calendar_uid`, so that calendars move the same event.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "första trepartssamtal"
        FOLLOW_UP = "follow_up", "uppföljning"
        HANDOVER = "handover", "överlämning"
        INFORMAL = "informal", "informellt möte"

    class Form(models.TextChoices):
        ON_SITE = "on_site", "på plats"
        AT_PARTY = "at_party", "hos en part"
        VIDEO = "video", "video"
        PHONE = "phone", "telefon"

    class Status(models.TextChoices):
        PLANNED = "planned", "bokat"
        PREPARED = "prepared", "förberett"
        CONSENT_CONFIRMED = "consent_confirmed", "samtal pågår"
        HELD = "held", "hållet"
        FEEDBACK_DONE = "feedback_done", "återkopplat"
        CLOSED = "closed", "avslutat"
        NOT_HELD = "not_held", "blev inte av"
        CANCELLED = "cancelled", "inställt"

    class Outcome(models.TextChoices):
        HELD = "held", "hölls med personen"
        HELD_WITHOUT_PERSON = "held_without_person", "hölls utan personen"
        ABSENT_ACCEPTABLE = "absent_acceptable", "personen kom inte, med godtagbart skäl"
        ABSENT = "absent", "personen kom inte"
        ABSENT_LOGISTICS = "absent_logistics", "personen kom inte, kallelsen eller vägen dit brast"
        CANCELLED_BY_PERSON = "cancelled_by_person", "inställt av personen"
        CANCELLED_BY_PARTY = "cancelled_by_party", "inställt av en part"

    class AskedBy(models.TextChoices):
        """Who wanted another time, or none. Which party: OutcomeDetails."""

        PERSON = "person", "deltagaren"
        PARTY = "party", "någon av oss"
        INTERPRETER = "interpreter", "tolken"
        OTHER = "other", "någon annan"

    BOOKED = ("planned", "prepared", "consent_confirmed")
    HELD = ("held", "feedback_done", "closed")
    FREED = ("cancelled", "not_held")

    category = Category.MEETING
    joint = True

    kind = models.CharField("slag av möte", max_length=10, choices=Kind, default=Kind.FIRST)
    form = models.CharField("hur ni ses", max_length=10, choices=Form, default=Form.ON_SITE)
    status = models.CharField("läge", max_length=20, choices=Status, default=Status.PLANNED, editable=False)
    outcome = models.CharField("hur det gick", max_length=20, choices=Outcome, blank=True, editable=False)
    starts_at = models.DateTimeField("börjar")
    ends_at = models.DateTimeField("slutar")
    during = DateTimeRangeField(editable=False)
    preparation_minutes = models.PositiveSmallIntegerField("förberedelse, minuter", default=15)
    talk_minutes = models.PositiveSmallIntegerField("samtal, minuter", default=45)
    feedback_minutes = models.PositiveSmallIntegerField("återkoppling, minuter", default=15)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="rum")
    place = models.CharField("plats", max_length=160, blank=True)
    video_link = models.URLField("videolänk", blank=True)
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="tolk"
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="leder samtalet"
    )
    timekeeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="håller tiden"
    )
    aim = models.CharField("ska uppnås", max_length=200, blank=True)
    plan_brought = models.BooleanField("planen var med", null=True, blank=True)
    plan_version = models.ForeignKey(PlanVersion, models.SET_NULL, null=True, blank=True, related_name="meetings")
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    series = models.UUIDField(null=True, blank=True, editable=False)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    calendar_uid = models.UUIDField(editable=False)
    calendar_sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    cancelled_reason = models.CharField("varför det ställdes in", max_length=200, blank=True, editable=False)
    asked_by = models.CharField("vem bad om det", max_length=12, choices=AskedBy, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        indexes = [
            models.Index(fields=["starts_at"], name="meeting_starts"),
            models.Index(
                fields=["case", "kind"],
                name="meeting_booked",
                condition=Q(status__in=("planned", "prepared", "consent_confirmed")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["calendar_uid", "calendar_sequence"], name="meeting_calendar_event"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="Mötet kan inte sluta innan det börjar.",
            ),
            ExclusionConstraint(
                name="room_is_booked_once",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(room__isnull=False) & ~Q(status__in=("cancelled", "not_held")),
                violation_error_message="Rummet är upptaget den tiden.",
            ),
            ExclusionConstraint(
                name="interpreter_is_booked_once",
                expressions=[("interpreter", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(interpreter__isnull=False) & ~Q(status__in=("cancelled", "not_held")),
                violation_error_message="Tolken är upptagen den tiden.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d}"

    def save(self, **kwargs):
        self.during = (self.starts_at, self.ends_at)
        super().save(**kwargs)

    @property
    def asker(self):
        """In words: the party by its name, where it was written which. Empty: nobody asked, or nobody wrote who."""
        details = getattr(self, "outcome_details", None)
        party = details and details.cancelled_by
        return party.name if party else self.get_asked_by_display()

    @property
    def day(self):
        return timezone.localdate(self.starts_at)

    @property
    def talk_starts_at(self):
        """When the person is called."""
        return self.starts_at + timedelta(minutes=self.preparation_minutes)

    @property
    def talk_ends_at(self):
        return self.talk_starts_at + timedelta(minutes=self.talk_minutes)

    @property
    def spot(self):
        """The room and its address, or what was written instead. Ask `tells_spot` first."""
        return f"{self.room.name}, {self.room.address}" if self.room else self.place

    def tells_spot(self, *, is_lead=False):
        """Where a protected person will be is said on the meeting's own page to those who lead the case, and in the
        person's own letter; never in a list, a calendar, anybody else's mail or to the other parties."""
        return is_lead or not self.case.individual.is_protected

    @property
    def where(self):
        """In a list."""
        named = (self.room.name if self.room else self.place) if self.tells_spot() else ""
        return ", ".join(filter(None, [self.get_form_display(), named]))

    @property
    def is_in_person(self):
        return self.form in (self.Form.ON_SITE, self.Form.AT_PARTY)

    @property
    def is_booked(self):
        return self.status in self.BOOKED

    @property
    def is_held(self):
        return self.status in self.HELD


class MeetingPhase(models.Model):
    """When a phase really started and ended; planned minutes stand on the meeting."""

    class Phase(models.TextChoices):
        PREPARATION = "preparation", "Förberedelse"
        TALK = "talk", "Samtal"
        FEEDBACK = "feedback", "Återkoppling"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="phases")
    phase = models.CharField(max_length=12, choices=Phase)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "phase"], name="phase_once_per_meeting")]

    def __str__(self):
        return self.get_phase_display()

    @property
    def minutes(self):
        """Whole minutes; None while it runs."""
        return None if self.ended_at is None else round((self.ended_at - self.started_at).total_seconds() / 60)
