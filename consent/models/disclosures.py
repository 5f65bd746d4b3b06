"""What one organisation may tell another on which days, because of a consent."""

from datetime import timedelta

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from psycopg.types.range import DateRange

from accounts.models import Organisation
from cases.models import Case, Category
from consent.models.consents import Consent
from consent.models.days import DateMultirangeField
from consent.turn import take_turn

# days * days: those in both.
MET = {"arg_joiner": " * ", "template": "%(expressions)s", "output_field": DateMultirangeField()}


class DisclosureQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(days__contains=day)

    def relied_on(self, case_id, recipient_id, day):
        """Those in force for this recipient, locked FOR SHARE: a withdrawal waits until the reader has committed,
        and a reader that had to wait sees the withdrawal. First in line for the case (`let_readers_finish`)."""
        return self.raw(
            "SELECT id, discloser_id, category, consent_id FROM consent_disclosure"
            " WHERE (SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 1))) IS NOT NULL"
            " AND case_id = %s AND recipient_id = %s AND days @> %s::date ORDER BY id FOR SHARE",
            [str(case_id), case_id, recipient_id, day],
        )

    def let_tell(self, consent, receivers, days=None):
        """What a yes lets whom tell whom: on its valid days, or on those `days` that were left of them. In turn with
        who puts something on the withhold list."""
        take_turn(consent.case_id)
        days = days or DateRange(consent.valid_from, consent.valid_until + timedelta(days=1))
        pairs = [(receiver.pk, category) for receiver in receivers for category in consent.categories]
        return self.bulk_create(Disclosure.of(consent, pair, days) for pair in pairs)

    def hand_over(self, consent, pairs, *, on):
        """To the answer that takes the place of these rows' own: what is in `pairs` goes over, the rest ends, the new
        is added. A row itself goes over and leaves the days that have been to a copy: a page that waits for it while
        it is changed finds it again."""
        going = [row for row in self.select_related("consent") if (row.recipient_id, row.category) in pairs]
        been = [row.until(on) for row in going if row.agreed]
        days = DateRange(on, consent.valid_until + timedelta(days=1))
        self.exclude(pk__in=[row.pk for row in going]).end(on=on)
        self.filter(pk__in=[row.pk for row in going]).update(consent=consent, agreed=days)
        fresh = pairs - {(row.recipient_id, row.category) for row in going}
        self.bulk_create([*been, *(self.model.of(consent, pair, days) for pair in sorted(fresh))])

    def held(self):
        """Locked for change, in the readers' order: returns when every page that relies on them has been logged."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    def end(self, *, on):
        """Tells nothing more from that day. What could be told before it stays; from the same day on: empty."""
        before = Value(DateRange(None, on), self.model._meta.get_field("agreed"))
        return self.update(agreed=Func(F("agreed"), before, **MET))


class Disclosure(models.Model):
    """The one table the gate asks: on these days this organisation may tell that one this category.

    Written by the use cases that register, narrow, extend and withdraw. `agreed`: what the consent allows, empty once
    withdrawn the same day. `days`: what is left of it when the withhold list has had its say; a trigger keeps it
    (sql/withholding.sql). Rows are never deleted: they show what could be told when.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="disclosures")
    discloser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=Category)
    days = DateMultirangeField()
    agreed = DateMultirangeField(db_default=Value("{}"), editable=False)
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="disclosures")

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "recipient"], name="disclosure_case_recipient"),
            GistIndex(fields=["days"], name="disclosure_days"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(discloser=F("recipient")), name="nobody_tells_oneself")]

    def __str__(self):
        return f"{self.discloser_id} → {self.recipient_id}: {self.category}"

    @classmethod
    def of(cls, consent, pair, days):
        """`pair`: the id of the receiver, and the category."""
        recipient, category = pair
        who = {"case_id": consent.case_id, "discloser_id": consent.discloser_id, "recipient_id": recipient}
        return cls(**who, category=category, days=days, consent=consent)

    def until(self, day):
        """The days before that one, as a row of their own."""
        pair = (self.recipient_id, self.category)
        return Disclosure.of(self.consent, pair, DateRange(self.agreed[0].lower, day))
