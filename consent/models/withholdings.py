"""The withhold list: what an organisation does not tell another, whatever the person's consent says."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from psycopg.types.range import DateRange

from accounts.models import Organisation
from cases.models import Case, Category


class WithholdingQuerySet(models.QuerySet):
    def standing(self, day):
        """Those that hold today or will; what has ended by itself or been lifted is history."""
        return self.filter(Q(until=None) | Q(until__gte=day), ended_at=None)

    def for_page(self):
        return self.select_related("recipient", "by", "ended_by").order_by("-at", "-pk")


@pghistory.track()
class Withholding(models.Model):
    """A kind of data, or with `record_kind` and `record_id` one row of it, that its owner keeps from one organisation.

    Triggers take `days` away from what consents allow, and refuse every change but one: that it is lifted, which
    ends `days` (sql/withholding.sql). `since` and `until` stay as they were said.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="withholdings")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField("vad", max_length=20, choices=Category)
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField("varför", max_length=300)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)
    days = DateRangeField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField("varför det hävdes", max_length=300, blank=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        verbose_name = "spärr"
        verbose_name_plural = "spärrar"
        indexes = [
            models.Index(fields=["case", "recipient"], name="withholding_case"),
            models.Index(fields=["record_id"], name="withholding_record", condition=~Q(record_kind="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="withholding_dates_in_order",
                violation_error_message="Spärren kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(record_kind="", record_id=None) | (~Q(record_kind="") & Q(record_id__isnull=False)),
                name="withholding_of_kind_or_row",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="withholding_end_is_whole",
                violation_error_message="Skriv varför spärren hävs.",
            ),
            models.CheckConstraint(condition=~Q(owner=F("recipient")), name="nothing_withheld_from_oneself"),
        ]

    def __str__(self):
        return f"{self.owner_id} → {self.recipient_id}: {self.category}"

    @classmethod
    def of(cls, *, since, until, **what):
        days = DateRange(since, until and until + timedelta(days=1))
        return cls(since=since, until=until, days=days, **what)

    def stands(self, day):
        return self.ended_at is None and (self.until is None or self.until >= day)


class KeptRow(models.Model):
    """A single row on the withhold list, as the rule needs it: which, and from whom. A view of the owner's
    (`consent/catalogue.py`), for whom it is kept from must leave the row out and may not know why, by whom or since
    when: the list itself is shut to them in the database too."""

    id = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="+")
    recipient = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+")
    record_kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    days = DateRangeField()

    class Meta:
        managed = False
        db_table = "consent_keptrow"

    def __str__(self):
        return f"{self.record_kind} {self.record_id}"
