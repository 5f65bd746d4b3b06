"""Promised dates: the dated rule, the running clock, and why a clock stood still."""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import Municipality, Role
from cases.models.choices import Category
from cases.models.records import CaseRecord
from cases.rules import DeadlineState, deadline_state


class DeadlineRuleQuerySet(models.QuerySet):
    def in_force(self, day, municipality):
        """The municipality's own rule before the common one."""
        return (
            self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
            .filter(Q(municipality=municipality) | Q(municipality=None))
            .order_by("code", F("municipality").asc(nulls_last=True), "-valid_from")
        )


class DeadlineRule(models.Model):
    """A promise as dated data. A new wording is a new row: a running clock keeps the rule it started with."""

    class Code(models.TextChoices):
        FIRST_MEETING = "first_meeting", "Första personliga mötet"
        ASSESSMENT = "assessment", "Kartläggning"
        REFERRAL_ANSWER = "referral_answer", "Svar på remiss"

    class Anchor(models.TextChoices):
        EARLIEST = "earliest", "det som kom först"
        RECEIVED = "received", "ansökan om försörjningsstöd"
        PES_REGISTERED = "pes_registered", "anmälan på AF"

    class Counting(models.TextChoices):
        CALENDAR = "calendar", "kalenderdagar"
        WORKING = "working", "arbetsdagar"

    class Roll(models.TextChoices):
        NONE = "none", "flyttas inte"
        NEXT_WORKING_DAY = "next_working_day", "flyttas till nästa arbetsdag"

    code = models.CharField("löfte", max_length=20, choices=Code)
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, blank=True, verbose_name="kommun")
    anchor = models.CharField("räknas från", max_length=20, choices=Anchor, default=Anchor.EARLIEST)
    days = models.PositiveSmallIntegerField("antal dagar", default=14)
    counts = models.CharField("räknas i", max_length=10, choices=Counting, default=Counting.CALENDAR)
    roll = models.CharField("slutar på helgdag", max_length=20, choices=Roll, default=Roll.NONE)
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till", null=True, blank=True)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        verbose_name = "tidsregel"
        verbose_name_plural = "tidsregler"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "municipality", "days", "valid_from"],
                nulls_distinct=False,
                name="deadline_rule_once",
                violation_error_message="Regeln finns redan från det datumet.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="deadline_rule_dates_in_order",
                violation_error_message="Regeln kan inte sluta gälla innan den börjar.",
            ),
        ]

    def __str__(self):
        return f"{self.get_code_display()} inom {self.days} dagar"


class DeadlineRung(models.Model):
    """One step of the ladder: so many days after the start this role is told that nothing is booked."""

    rule = models.ForeignKey(DeadlineRule, models.CASCADE, related_name="rungs")
    day = models.PositiveSmallIntegerField("dag")
    role = models.CharField("säger till", max_length=20, choices=Role)

    class Meta:
        ordering = ["day"]
        verbose_name = "trappsteg"
        verbose_name_plural = "trappsteg"
        constraints = [models.UniqueConstraint(fields=["rule", "day", "role"], name="rung_once")]

    def __str__(self):
        return f"dag {self.day}: {self.get_role_display()}"


class DeadlineQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither met nor closed."""
        return self.filter(met_on=None, closed_on=None)

    def running(self, day):
        return self.unanswered().filter(due_on__gte=day)

    def overdue(self, day):
        return self.unanswered().filter(due_on__lt=day)

    def first_meeting(self):
        return self.filter(rule__code=DeadlineRule.Code.FIRST_MEETING)

    def with_explained(self):
        """Adds `explained`: a reason is written down for a date that passed."""
        return self.annotate(explained=Exists(DeadlineHold.objects.filter(deadline=OuterRef("pk"))))


@pghistory.track()
class Deadline(CaseRecord):
    """A clock that started. `due_on` never moves; `met_on` is the day of the held, personal meeting.

    The state is derived (`state_on`), never stored, so nothing has to flip it at midnight.
    """

    category = Category.APPLICATION

    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="deadlines")
    starts_on = models.DateField("började")
    due_on = models.DateField("senast")
    met_on = models.DateField("hölls", null=True, blank=True)
    closed_on = models.DateField("gäller inte längre sedan", null=True, blank=True)
    closed_reason = models.CharField("varför det inte gäller", max_length=200, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "tidsgräns"
        verbose_name_plural = "tidsgränser"
        indexes = [
            models.Index(
                fields=["rule", "starts_on"], name="deadline_unanswered", condition=Q(met_on=None, closed_on=None)
            ),
            models.Index(fields=["due_on"], name="deadline_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "starts_on"], name="deadline_starts_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="deadline_due_after_start",
                violation_error_message="Tidsgränsen kan inte ligga före starten.",
            ),
        ]

    def __str__(self):
        return f"{self.rule} till {self.due_on}"

    def days_left(self, day):
        """Negative when the day has passed."""
        return (self.due_on - day).days

    def state_on(self, day) -> DeadlineState:
        """The holds must be prefetched where many are shown."""
        on_hold = any(h.stops_on(day) for h in self.holds.all())
        return deadline_state(
            due_on=self.due_on, met_on=self.met_on, closed_on=self.closed_on, on_hold=on_hold, today=day
        )


@pghistory.track()
class DeadlineHold(models.Model):
    """Why the promise could not be kept. Written before the due date the clock rests; written after, it explains
    the delay but does not move it. `due_on` is never changed by a hold."""

    class Reason(models.TextChoices):
        ASKED_FOR_LATER = "asked_for_later", "personen bad om en senare tid"
        ILL = "ill", "personen var sjuk"
        NOT_REACHED = "not_reached", "personen gick inte att nå"
        CAME_NOT = "came_not", "personen kom inte"
        NO_INTERPRETER = "no_interpreter", "tolk saknades"
        NO_FREE_SLOT = "no_free_slot", "ingen ledig tid hos parterna"
        STAFF_ILL = "staff_ill", "handläggare var sjuk"
        SYSTEM_DOWN = "system_down", "driftstopp"

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="holds")
    reason = models.CharField("orsak", max_length=20, choices=Reason)
    text = models.CharField("förklaring", max_length=300)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", editable=False)
    set_at = models.DateTimeField("skrivet", db_default=Now(), editable=False)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = "orsak till försening"
        verbose_name_plural = "orsaker till försening"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="hold_dates_in_order",
                violation_error_message="Slutdatumet kan inte ligga före startdatumet.",
            )
        ]

    def __str__(self):
        return self.get_reason_display()

    def stops_on(self, day):
        return self.since <= day and (self.until is None or day <= self.until) and self.since <= self.deadline.due_on
