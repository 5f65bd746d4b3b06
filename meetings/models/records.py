"""What the three phases leave behind: preparation, confirmed consent, decisions, feedback."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from meetings.models.meeting import Meeting
from meetings.models.participants import Participant


@pghistory.track()
class Preparation(models.Model):
    """The sheet of the first fifteen minutes, with the headings of the method (S58, S175). Leader, timekeeper
    and aim stand on the meeting and are mandatory before it counts as prepared (S59)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="preparation")
    since_plan = models.TextField("information i förhållande till planen", blank=True)
    situation = models.TextField("nuläge", blank=True)
    difficulties = models.TextField("svårigheter", blank=True)
    possibilities = models.TextField("möjligheter", blank=True)
    goals = models.TextField("mål och delmål att ta upp", blank=True)
    own_questions = models.TextField("personens egna frågor", blank=True)
    not_raised = models.TextField("tas inte upp", blank=True)
    access_arranged = models.TextField("tolk, hjälpmedel och lokal är ordnade", blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self):
        return f"Förberedelse {self.meeting_id}"


class Responsibility(models.Model):
    """What each one answers for in the talk, so that the person gets one message (S38)."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="responsibility")
    text = models.CharField("ansvar", max_length=200)

    def __str__(self):
        return self.text


class ConsentConfirmation(models.Model):
    """The talk opens with it (S47). LIMITED: the person said no to sharing; each organisation speaks for itself
    or the meeting is held on a consent for this meeting only."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "samtycket gäller"
        THIS_MEETING = "this_meeting", "samtycke bara till det här mötet"
        DECLINED = "declined", "nej"

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="consent_confirmation")
    answer = models.CharField("svar", max_length=12, choices=Answer)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self):
        return self.get_answer_display()


class Decision(models.Model):
    """Decided in the talk, with the person's acknowledgement (S66)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = models.CharField("beslut", max_length=300)
    acknowledged = models.BooleanField("personen står bakom beslutet", default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text


ONE_TO_FIVE = (1, 5)


class Feedback(models.Model):
    """The last fifteen minutes (S61): about the cooperation, never about the person. One row per professional; kept
    out of the case file and shown only in aggregates. None: not asked then."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    cooperation = models.PositiveSmallIntegerField("hur samverkade vi?")
    reached = models.PositiveSmallIntegerField("vad uppnåddes?")
    roles_held = models.PositiveSmallIntegerField("höll vi det vi kom överens om i förberedelsen?", null=True)
    person_heard = models.PositiveSmallIntegerField("fick personen komma till tals?", null=True)
    next_time = models.CharField("vad gör vi annorlunda nästa gång?", max_length=300, blank=True)
    given_at = models.DateTimeField(default=timezone.now, null=True, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "given_by"], name="feedback_once_per_professional"),
            models.CheckConstraint(
                condition=Q(cooperation__range=ONE_TO_FIVE)
                & Q(reached__range=ONE_TO_FIVE)
                & (Q(roles_held=None) | Q(roles_held__range=ONE_TO_FIVE))
                & (Q(person_heard=None) | Q(person_heard__range=ONE_TO_FIVE)),
                name="feedback_one_to_five",
                violation_error_message="Välj ett värde från 1 till 5.",
            ),
        ]

    def __str__(self):
        return f"Återkoppling {self.meeting_id}"


class ProcessFeedback(models.Model):
    """What an observer says about how the method was carried out and about the attitude to the person (S62): for
    learning, apart from the case. Nobody but the aggregates reads it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="process_feedback")
    method = models.PositiveSmallIntegerField("följdes metoden?")
    attitude = models.PositiveSmallIntegerField("möttes personen med respekt?")
    line = models.CharField("något att lära av?", max_length=300, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "given_by"], name="process_feedback_once_per_observer"),
            models.CheckConstraint(
                condition=Q(method__range=ONE_TO_FIVE) & Q(attitude__range=ONE_TO_FIVE),
                name="process_feedback_one_to_five",
                violation_error_message="Välj ett värde från 1 till 5.",
            ),
        ]

    def __str__(self):
        return f"Observatörens återkoppling {self.meeting_id}"


class VoiceSlip(models.Model):
    """A paper with the person's two questions. `code` is how a worker finds the meeting when it comes back."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="voice_slip")
    code = models.CharField(max_length=8, unique=True)
    printed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self):
        return f"Lapp {self.meeting_id}"


class PersonFeedback(models.Model):
    """The person's two questions: three faces and a line. `answers` 1–3; None when not asked (S154–S155)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="person_feedback")
    listened_to = models.PositiveSmallIntegerField("blev du lyssnad på?", null=True, blank=True)
    know_next = models.PositiveSmallIntegerField("vet du vad som händer nu?", null=True, blank=True)
    line = models.CharField("något mer?", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(listened_to=None) | Q(listened_to__range=(1, 3)))
                & (Q(know_next=None) | Q(know_next__range=(1, 3))),
                name="person_feedback_one_to_three",
            )
        ]

    def __str__(self):
        return f"Deltagarens röst {self.meeting_id}"
