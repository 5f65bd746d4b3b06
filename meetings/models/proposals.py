"""Several times put to those who have no calendar here, before one of them is booked."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models import CaseRecord, Category
from cases.templatetags.wording import swedish_day
from meetings.models.meeting import Meeting
from meetings.models.participants import Participant

FEWEST, MOST = 2, 5


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """Neither booked nor taken back."""
        return self.filter(ended_at=None)

    def for_page(self):
        rows = self.select_related(
            "case__individual", "case__organisation", "owner", "proposed_by", "meeting", "replaces"
        )
        return rows.prefetch_related("recipients").order_by("-created_at", "-pk")


@pghistory.track()
class Proposal(CaseRecord):
    """Two to five times for one meeting. Nothing is held until one is booked: every page asks again what is free.

    `wish` is the `slots.Booking` behind it with ids for rows (meetings/wishes.py). `meeting` is what came of it;
    ended without one, it was taken back.
    """

    category = Category.MEETING
    joint = True

    wish = models.JSONField(editable=False)
    replaces = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ersätter", editable=False
    )
    starts = ArrayField(models.DateTimeField(), verbose_name="tider")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField("avgjort", null=True, blank=True, editable=False)
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, null=True, blank=True, related_name="proposal", verbose_name="möte", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "förslag på tider"
        verbose_name_plural = "förslag på tider"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__len__gte=FEWEST, starts__len__lte=MOST), name="proposal_of_a_few_times"
            ),
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(ended_at__isnull=False), name="proposal_that_is_booked_has_ended"
            ),
        ]

    def __str__(self):
        return f"Förslag på {len(self.starts)} tider från {swedish_day(self.starts[0])}"

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def waits_for(self):
        return [recipient for recipient in self.recipients.all() if not recipient.has_replied]


class ProposalRecipient(models.Model):
    """Somebody without log-in who is asked. `replied_at` with no time in `suits`: none of them does.

    `reply_noted_by` None: they answered themselves, through their personal link.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="recipients")
    role = models.CharField("roll", max_length=12, choices=Participant.Role)
    name = models.CharField("namn", max_length=120, blank=True)
    email = models.EmailField("e-post", blank=True)
    suits = ArrayField(models.DateTimeField(), default=list, blank=True, verbose_name="tider som passar")
    replied_at = models.DateTimeField("svarade", null=True, blank=True, editable=False)
    reply_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "tillfrågad om tider"
        verbose_name_plural = "tillfrågade om tider"
        constraints = [models.UniqueConstraint(fields=["proposal", "role", "name"], name="asked_once_about_times")]

    def __str__(self):
        return self.name

    @property
    def key(self):
        return f"asked:{self.pk}"

    @property
    def message_key(self):
        return f"proposal:{self.proposal_id}:{self.pk}"

    @property
    def has_replied(self):
        return self.replied_at is not None
