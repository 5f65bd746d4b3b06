"""What is promised, as dated data: the rule with its ladder."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import Municipality, Role


class DeadlineRuleQuerySet(models.QuerySet):
    def in_force(self, day, municipality):
        """The municipality's own rule before the common one."""
        return (
            self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
            .filter(Q(municipality=municipality) | Q(municipality=None))
            .order_by("code", F("municipality").asc(nulls_last=True), "-valid_from")
        )


class DeadlineRule(models.Model):
    """A promise as dated data. A new wording is a new row: a running clock keeps the rule it started with, and the
    database refuses to change a rule that a clock has started by; it is only ended."""

    class Code(models.TextChoices):
        FIRST_MEETING = "first_meeting", "Första personliga mötet"
        ASSESSMENT = "assessment", "Kartläggning"
        REFERRAL_ANSWER = "referral_answer", "Svar på remiss"
        MILESTONE_REVIEW = "milestone_review", "Uppföljning av delmål"
        AFTER_FOLLOW_UP = "after_follow_up", "Uppföljning efter avslut"
        NEED_ANSWER = "need_answer", "Svar på behov"

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

    # Started by an application. The others have a day of their own, and their ladder counts from that day.
    CLOCKS = (Code.FIRST_MEETING, Code.ASSESSMENT)

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

    def replace(self, *, on):
        """This rule ends the day before; from `on` a copy with the same ladder, which may be changed while no clock
        has started by it."""
        rungs = list(self.rungs.all())
        DeadlineRule.objects.filter(pk=self.pk).update(valid_until=on - timedelta(days=1))
        copied = ("code", "municipality_id", "anchor", "days", "counts", "roll")
        new = DeadlineRule(valid_from=on, **{name: getattr(self, name) for name in copied})
        new.full_clean()
        new.save()
        DeadlineRung.objects.bulk_create(DeadlineRung(rule=new, day=rung.day, role=rung.role) for rung in rungs)
        return new


class DeadlineRung(models.Model):
    """One step of the ladder: this role is told so many days after the start of a clock, or, for a promise with a day
    of its own, so many days after that day; below zero before it."""

    rule = models.ForeignKey(DeadlineRule, models.CASCADE, related_name="rungs")
    day = models.SmallIntegerField("dag", help_text="Dagar efter starten. Löften med eget datum: −3 är tre dagar före.")
    role = models.CharField("säger till", max_length=20, choices=Role)

    class Meta:
        ordering = ["day"]
        verbose_name = "trappsteg"
        verbose_name_plural = "trappsteg"
        constraints = [models.UniqueConstraint(fields=["rule", "day", "role"], name="rung_once")]

    def __str__(self):
        return f"dag {self.day}: {self.get_role_display()}"
