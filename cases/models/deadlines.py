"""The running clock of a promise, why it stood still, and where it stands: the one definition that SQL asks."""

from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least, Now

from cases.models.choices import Category
from cases.models.deadline_rules import DeadlineRule
from cases.models.records import CaseRecord
from cases.rules import DeadlineState, deadline_state, moved_due_on


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

    def meet(self, *, on, by):
        """What was promised has happened: `by` names it, such as "meeting:17". An earlier day meets nothing that
        started later."""
        return self.unanswered().filter(starts_on__lte=on).update(met_on=on, met_by=by)

    def with_state(self, day):
        """Adds `state` as known on `day` (a date, or an expression per row), and `explained`: the same as
        `cases.rules.deadline_state`, for lists and figures."""
        day = day if hasattr(day, "resolve_expression") else Value(day, models.DateField())
        rows = self.annotate(known_on=day)
        settled = rows.annotate(asked_on=Least("known_on", Coalesce("closed_on", "known_on")))
        return settled.annotate(
            rests=Exists(DeadlineHold.objects.resting(OuterRef("asked_on"), OuterRef("due_on"), OuterRef("pk"))),
            explained=Exists(DeadlineHold.objects.filter(deadline=OuterRef("pk"), since__lte=OuterRef("known_on"))),
        ).annotate(state=STATE)


STATE = Case(
    When(met_on__lte=Least("known_on", "promised_on"), then=Value(DeadlineState.MET.value)),
    When(met_on__lte=F("known_on"), then=Value(DeadlineState.MET_LATE.value)),
    When(
        Q(closed_on__lte=F("known_on")) & (Q(rests=True) | Q(closed_on__lte=F("due_on"))),
        then=Value(DeadlineState.NOT_APPLICABLE.value),
    ),
    When(rests=True, then=Value(DeadlineState.ON_HOLD.value)),
    When(due_on__gte=F("known_on"), then=Value(DeadlineState.RUNNING.value)),
    When(explained=True, then=Value(DeadlineState.MISSED_EXPLAINED.value)),
    default=Value(DeadlineState.MISSED.value),
    output_field=models.CharField(),
)


@pghistory.track(exclude=["promised_on"])
class Deadline(CaseRecord):
    """A clock that started by one rule. `due_on` only moves later, by the days the clock rested; `promised_on` is
    where it began and what figures measure. `met_by` names the held, personal meeting.

    The state is derived, never stored, so nothing has to flip it at midnight. Every change stands in DeadlineEvent.
    """

    category = Category.APPLICATION

    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="deadlines")
    starts_on = models.DateField("började")
    due_on = models.DateField("senast")
    moved_days = models.PositiveSmallIntegerField("dagar som klockan har vilat", default=0, db_default=0)
    promised_on = models.GeneratedField(
        expression=F("due_on") - F("moved_days"), output_field=models.DateField(), db_persist=True
    )
    met_on = models.DateField("hölls", null=True, blank=True)
    met_by = models.CharField("hölls genom", max_length=60, blank=True, default="", db_default="")
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
            models.Index(fields=["promised_on"], name="deadline_promised"),
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
        holds = self.holds.all()
        asked_on = min(day, self.closed_on or day)
        return deadline_state(
            due_on=self.due_on,
            promised_on=self.due_on - timedelta(days=self.moved_days),
            met_on=self.met_on,
            closed_on=self.closed_on,
            on_hold=any(hold.stops_on(asked_on, self.due_on) for hold in holds),
            explained=any(hold.since <= day for hold in holds),
            today=day,
        )

    def rest(self):
        """Moves the last day by the time the clock has rested. Never earlier, also when a rest ended sooner."""
        promised = self.due_on - timedelta(days=self.moved_days)
        rests = [(hold.since, hold.until) for hold in self.holds.all()]
        rule = self.rule
        moved = moved_due_on(self.starts_on, rests, days=rule.days, counts=rule.counts, roll=rule.roll)
        self.due_on = max(self.due_on, moved)
        self.moved_days = (self.due_on - promised).days
        self.save(update_fields=["due_on", "moved_days"])


class DeadlineHoldQuerySet(models.QuerySet):
    def resting(self, day, due_on=F("deadline__due_on"), deadline=None):  # noqa: B008
        """Holds that make a clock rest on `day`: written on or before its last day, and in force."""
        rows = self.filter(Q(until=None) | Q(until__gte=day), since__lte=due_on).filter(since__lte=day)
        return rows if deadline is None else rows.filter(deadline=deadline)


@pghistory.track()
class DeadlineHold(models.Model):
    """Why the promise could not be kept. Written on or before the last day, the clock rests and the last day moves by
    the days it rested; written after, it explains the delay and moves nothing."""

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

    objects = DeadlineHoldQuerySet.as_manager()

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

    def stops_on(self, day, due_on):
        return self.since <= min(day, due_on) and (self.until is None or day <= self.until)

    def goes_on_after(self, day, due_on):
        """It rests the clock on that day and the next."""
        return self.stops_on(day, due_on) and (self.until is None or day < self.until)
