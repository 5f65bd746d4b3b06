"""The month as it was frozen, commented and issued."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Municipality
from notices.models import Document


class MonthlyReportQuerySet(models.QuerySet):
    def issued(self):
        return self.filter(issued_at__isnull=False)

    def counting(self):
        return self.filter(state=MonthlyReport.State.COUNTING)

    def forgotten(self, now):
        """Never begun, or untouched for two minutes: the wake-up was lost, or the worker died."""
        return self.counting().filter(Q(step="") | Q(touched_at__lt=now - timedelta(minutes=2)))

    def newest_first(self):
        return self.order_by("-month", "-version")

    def for_page(self):
        return self.defer("figures").select_related("municipality", "issued_by", "requested_by").newest_first()

    def touch(self, report_id, **fields):
        """How far the counting has come, as long as it goes on."""
        return self.counting().filter(pk=report_id).update(touched_at=timezone.now(), **fields)

    def begin(self, report_id):
        """False when there is nothing to count, or when it has felled its worker too often and now has failed."""
        attempts = F("attempts") + 1
        if not self.touch(report_id, attempts=attempts, step="Börjar räkna", progress=0):
            return False
        given_up = self.counting().filter(pk=report_id, attempts__gt=MonthlyReport.MAX_ATTEMPTS)
        return not given_up.update(state=MonthlyReport.State.FAILED)


class MonthlyReport(models.Model):
    """One version of one municipality's month. `month` is its first day.

    `figures` is filled once by the worker (progress 0–100 while it counts) and never after. An issued report is
    unchangeable (a trigger says so); a correction is the next version, with a reason. `edits` guards against two
    editors of the comment.
    """

    MAX_ATTEMPTS = 3

    class State(models.TextChoices):
        COUNTING = "counting", "räknas"
        DRAFT = "draft", "utkast"
        ISSUED = "issued", "utfärdad"
        FAILED = "failed", "gick inte att räkna"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="monthly_reports")
    month = models.DateField("månad")
    version = models.PositiveSmallIntegerField("version", default=1)
    state = models.CharField("läge", max_length=10, choices=State, default=State.COUNTING)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    figures = models.JSONField(null=True, blank=True)
    frozen_at = models.DateTimeField("siffrorna frystes", null=True, blank=True)
    comment = models.TextField("projektledarens kommentar", blank=True)
    asks = models.TextField("beslut som styrgruppen ombeds ta", blank=True)
    correction_reason = models.CharField("varför rapporten rättas", max_length=200, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField("utfärdad", null=True, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="monthly_report")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    edits = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "månadsrapport"
        verbose_name_plural = "månadsrapporter"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "month", "version"], name="month_version_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction_reason=""),
                name="corrected_report_has_a_reason",
                violation_error_message="Skriv varför rapporten rättas.",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False) | (~Q(state="issued") & Q(issued_at=None)),
                name="issued_report_has_an_instant",
            ),
        ]

    def __str__(self):
        return f"Månadsrapport {self.month:%Y-%m} version {self.version}"

    @property
    def number(self):
        return f"{self.month:%Y-%m}"

    @property
    def is_counting(self):
        return self.state == self.State.COUNTING

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_issued(self):
        return self.state == self.State.ISSUED

    @property
    def asked(self):
        """What the steering group is asked to decide, a line each."""
        return [line.strip() for line in self.asks.splitlines() if line.strip()]
