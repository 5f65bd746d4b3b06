"""Where the person stands: target groups, registration at AF, referrals, exit and what came after."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from cases.models.choices import Category, ExitReason, TargetGroup
from cases.models.records import CaseRecord


@pghistory.track()
class TargetGroupMembership(CaseRecord):
    """`shared_as` is health for the sensitive groups, application for the rest (S102–S112)."""

    category = None

    group = models.CharField("målgrupp", max_length=30, choices=TargetGroup)
    shared_as = models.CharField(max_length=20, choices=Category, editable=False)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)

    class Meta:
        ordering = ["group", "since"]
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        constraints = [
            models.UniqueConstraint(fields=["case", "group"], condition=Q(until=None), name="in_target_group_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="target_group_dates_in_order"
            ),
        ]

    def __str__(self):
        return self.get_group_display()


@pghistory.track()
class PesRegistration(CaseRecord):
    """A period of being registered at AF, with absence and de-registration (S53, S84; facts under SoL 15:11)."""

    class Status(models.TextChoices):
        OPEN_UNEMPLOYED = "open_unemployed", "öppet arbetslös"
        WITH_IMPEDIMENT = "with_impediment", "arbetssökande med förhinder"
        IN_PROGRAMME = "in_programme", "i program"
        PART_TIME = "part_time", "deltidsarbetslös"
        SUPPORTED = "supported_employment", "anställning med stöd"
        OTHER = "other", "annat"

    category = Category.WORK

    status = models.CharField("sökandekategori", max_length=24, choices=Status, default=Status.OPEN_UNEMPLOYED)
    code = models.CharField("kod", max_length=10, blank=True)
    since = models.DateField("inskriven")
    until = models.DateField("avaktualiserad", null=True, blank=True)
    latest_activity_report_on = models.DateField("senaste aktivitetsrapport", null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        verbose_name = "inskrivning på AF"
        verbose_name_plural = "inskrivningar på AF"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "owner"],
                condition=Q(until=None),
                name="registered_at_pes_once",
                violation_error_message="Personen är redan inskriven. Skriv först när den inskrivningen upphörde.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="pes_registration_dates_in_order",
                violation_error_message="Inskrivningen kan inte sluta innan den började.",
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()} från {self.since}"


@pghistory.track()
class Referral(CaseRecord):
    """A question to another organisation that must be answered by a date or returns by itself (S75–S78)."""

    class Status(models.TextChoices):
        WAITING = "waiting", "väntar på svar"
        ACCEPTED = "accepted", "mottagen"
        RETURNED = "returned", "återlämnad"

    category = Category.WORK

    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="till")
    purpose = models.CharField("vad vi ber om", max_length=200)
    sent_on = models.DateField("skickad")
    answer_due_on = models.DateField("svar senast")
    answered_on = models.DateField("besvarad", null=True, blank=True)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.WAITING)
    answer = models.CharField("svar", max_length=300, blank=True)
    answered_by = models.CharField("vem som svarade", max_length=120, blank=True, default="", db_default="")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = "remiss"
        verbose_name_plural = "remisser"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_due_on__gte=F("sent_on")),
                name="referral_answer_after_it_is_sent",
                violation_error_message="Svaret kan inte komma före frågan.",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", answered_on=None) | ~Q(status="waiting") & Q(answered_on__isnull=False),
                name="referral_answered_with_its_day",
            ),
        ]

    def __str__(self):
        return self.purpose


@pghistory.track()
class CaseExit(CaseRecord):
    """Why and where to the case was closed."""

    category = Category.APPLICATION

    reason = models.CharField("avslutad till", max_length=40, choices=ExitReason)
    closed_on = models.DateField("avslutat")
    text = models.TextField("kommentar", blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    reopened_on = models.DateField("återöppnat", null=True, blank=True)

    class Meta:
        ordering = ["-closed_on"]
        verbose_name = "avslut"
        verbose_name_plural = "avslut"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(reopened_on=None), name="case_has_one_exit")
        ]

    def __str__(self):
        return self.get_reason_display()


class AfterFollowUp(CaseRecord):
    """How it went 3, 6, 12 and 24 months later (S135). `occupation` unknown: nobody was reached."""

    category = Category.APPLICATION

    months = models.PositiveSmallIntegerField("månader efter avslut")
    due_on = models.DateField("ska följas upp")
    done_on = models.DateField("uppföljt", null=True, blank=True)
    occupation = models.CharField("sysselsättning", max_length=40, choices=ExitReason, blank=True)
    on_assistance = models.BooleanField("har försörjningsstöd", null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        ordering = ["due_on"]
        verbose_name = "uppföljning efter avslut"
        verbose_name_plural = "uppföljningar efter avslut"
        constraints = [models.UniqueConstraint(fields=["case", "months", "due_on"], name="after_follow_up_once")]

    def __str__(self):
        return f"{self.months} månader"


class SusRegistration(CaseRecord):
    """Whether the person is registered in SUS; never under protected identity (S133)."""

    class Status(models.TextChoices):
        REGISTERED = "registered", "registrerad"
        ANONYMOUS = "anonymous", "anonym deltagare"
        NOT_REGISTERED = "not_registered", "inte registrerad"

    category = Category.APPLICATION

    status = models.CharField("SUS", max_length=16, choices=Status, default=Status.NOT_REGISTERED)
    reason = models.CharField("anledning", max_length=200, blank=True)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        verbose_name = "registrering i SUS"
        verbose_name_plural = "registreringar i SUS"

    def __str__(self):
        return self.get_status_display()
