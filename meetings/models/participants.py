"""Who is called to a meeting, and what they answered."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from meetings.models.meeting import Meeting


class ParticipantQuerySet(models.QuerySet):
    def to_call(self):
        """With all that a call says."""
        return self.select_related(
            "user__organisation",
            "meeting__case__individual",
            "meeting__case__organisation",
            "meeting__owner",
            "meeting__booked_by",
            "meeting__room",
            "meeting__interpreter",
            "meeting__replaces",
        )


class Participant(models.Model):
    """A worker, the individual, the interpreter or somebody else at one meeting; with a reply and a phase time.

    `during` and `takes_time` are copies for the exclusion constraint that keeps a worker from being in two places.
    `reply_noted_by` None: they answered themselves, through their personal link.
    """

    class Role(models.TextChoices):
        INDIVIDUAL = "individual", "deltagare"
        CASE_WORKER = "case_worker", "handläggare"
        INTERPRETER = "interpreter", "tolk"
        OBSERVER = "observer", "observatör"
        OTHER = "other", "annan"

    class Reply(models.TextChoices):
        NONE = "none", "inget svar"
        COMING = "coming", "kommer"
        NEW_TIME = "new_time", "behöver ny tid"
        NOT_COMING = "not_coming", "kommer inte"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    role = models.CharField("roll", max_length=12, choices=Role)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meeting_participations"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("namn", max_length=120, blank=True)
    email = models.EmailField("e-post", blank=True)
    reply = models.CharField("svar", max_length=10, choices=Reply, default=Reply.NONE)
    replied_at = models.DateTimeField("svarade", null=True, blank=True, editable=False)
    reply_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    attended = models.BooleanField("var med", null=True, blank=True)
    late = models.BooleanField("kom sent", default=False)
    substitute_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    during = DateTimeRangeField()
    takes_time = models.BooleanField(default=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "mötesdeltagare"
        verbose_name_plural = "mötesdeltagare"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="worker_in_meeting_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(role__in=("case_worker", "observer")),
                name="worker_at_meeting_has_an_account",
            ),
            ExclusionConstraint(
                name="worker_is_booked_once",
                expressions=[("user", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(user__isnull=False, takes_time=True),
                violation_error_message="En av handläggarna är upptagen den tiden.",
            ),
        ]

    def __str__(self):
        return self.name or str(self.user)

    @property
    def key(self):
        return f"participant:{self.pk}"

    @property
    def message_key(self):
        return f"meeting:{self.meeting_id}:{self.pk}"

    @property
    def seat(self):
        """Who they are, whichever time the meeting has."""
        return self.role, self.user_id, self.name

    def called_between(self, meeting):
        """A worker to all three phases, everybody else to the talk."""
        whole = self.user_id is not None
        return (meeting.starts_at, meeting.ends_at) if whole else (meeting.talk_starts_at, meeting.talk_ends_at)
