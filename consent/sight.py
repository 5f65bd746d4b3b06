"""What one organisation sees of one case on one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from accounts.models import Organisation
from audit.log import Subject
from audit.models import Action, Entry
from audit.prepared import prepared
from cases.models import Case, CaseQuerySet, CaseRecord, Category
from consent import emergency
from consent.models import Disclosure, KeptRow
from consent.models.predicates import Withheld

if TYPE_CHECKING:
    from consent.gate import Gate

CONSENT_ACTS = {
    Action.CONSENT_GIVEN,
    Action.CONSENT_DECLINED,
    Action.CONSENT_WITHDRAWN,
    Action.CONSENT_NARROWED,
    Action.CONSENT_CONFIRMED,
    Action.WITHHELD,
    Action.RELEASED,
}

# Ends the ground of everything done in a protected person's case: the log review draws each such visit.
PROTECTED = "skyddade personuppgifter"


@dataclass(frozen=True)
class Sight:
    """What one organisation sees of one case today: its own rows, and per discloser the categories it is told."""

    case_id: UUID
    organisation_id: int
    lead_id: int
    day: date
    told: dict[int, set[str]] = field(default_factory=dict)
    grounds: tuple[int, ...] = ()
    protected: bool = False
    emergency: bool = False

    @property
    def is_lead(self) -> bool:
        return self.organisation_id == self.lead_id

    def knows(self, category: str, discloser_id: int | None = None) -> bool:
        """Whether the lead (or the named discloser) may tell us this category, or it is our own."""
        discloser = self.lead_id if discloser_id is None else discloser_id
        return discloser == self.organisation_id or category in self.told.get(discloser, ())

    def rows(self, model: type[CaseRecord]) -> Q:
        """Of one model: our own, and those another organisation may tell us and does not withhold from us."""
        ours = Q(owner=self.organisation_id)
        told = [self._told_by(discloser, categories, model) for discloser, categories in self.told.items()]
        heard = [part for part in told if part]
        if not heard:
            return ours
        return ours | reduce(or_, heard) & ~Q(Withheld(model, self.organisation_id, self.day))

    def writable(self, model: type[CaseRecord], case: Case) -> Value | ExpressionWrapper:
        """Which of them may be changed, said by the row itself: joint ones while the case is open, else our own."""
        if self.emergency or model.joint:
            return Value(case.is_open and not self.emergency)
        return ExpressionWrapper(Q(owner=self.organisation_id, case__closed_on=None), BooleanField())

    def _told_by(self, discloser, categories, model):
        """Nothing (false) when a whole model is of a kind we are not told."""
        if model.category is None:
            return Q(owner=discloser, shared_as__in=sorted(categories))
        return Q(owner=discloser) if model.category in categories else Q()

    def may_change(self, record: CaseRecord) -> bool:
        """Our own, or a joint one that its owner tells us."""
        if record.owner_id == self.organisation_id:
            return True
        told = record.joint and record.category is not None and self.knows(record.category, record.owner_id)
        return told and (record._meta.model_name, str(record.pk)) not in self.withheld

    @cached_property
    def withheld(self) -> set[tuple[str, str]]:
        """Single rows of this case that others keep from us, as the log names them. Asked once."""
        rows = KeptRow.objects.filter(case=self.case_id, recipient=self.organisation_id, days__contains=self.day)
        return {(kind, str(pk)) for kind, pk in rows.values_list("record_kind", "record_id")}

    @property
    def tellers(self) -> set[int]:
        """Organisations whose part in the case we may know of: ourselves and those that tell us something."""
        return {self.organisation_id, *self.told}

    def hears(self, entry: Entry) -> bool:
        """Whether a row of the log may say what it was about: the lead reads all of it; others their own acts and
        those of the categories that the acting organisation tells them. An answer about consent lies between
        those it names, and a note of no category is nobody else's."""
        if self.is_lead or entry.organisation_id == self.organisation_id:
            return True
        told = entry.action not in CONSENT_ACTS and entry.category in self.told.get(entry.organisation_id or 0, ())
        return told and (entry.object_kind, entry.object_id) not in self.withheld

    @property
    def ground(self) -> str:
        """Why a read was allowed, as the log tells it."""
        words = [emergency.GROUND if self.emergency else "tilldelning", self._right]
        return ", ".join([*words, PROTECTED] if self.protected else words)

    @property
    def _right(self) -> str:
        if self.is_lead:
            return "egen organisation"
        if not self.grounds:
            return "eget ärende"
        return f"samtycke {', '.join(map(str, self.grounds))[:150]}"


def held_for(case_id: UUID, organisation: Organisation, day: date) -> tuple[dict[int, set[str]], tuple[int, ...]]:
    """What an organisation is told and by which consents, locked until the transaction ends. Ask before the case
    itself is read, so that no read is logged after the withdrawal."""
    told: dict[int, set[str]] = {}
    grounds: set[int] = set()
    for row in Disclosure.objects.relied_on(case_id, organisation.pk, day):
        told.setdefault(row.discloser_id, set()).add(row.category)
        grounds.add(row.consent_id)
    return told, tuple(sorted(grounds))


def read_case(cases: CaseQuerySet, case_id: UUID) -> Any:
    """With all that the frame around its pages shows of it. None if it is not among them."""
    with prepared():
        return cases.for_page().filter(pk=case_id).first()


def sight_of(case: Case, held: tuple[dict[int, set[str]], tuple[int, ...]], gate: Gate) -> Sight:
    """`held` as `held_for` gave it before the case was read."""
    return Sight(
        case.pk,
        gate.organisation.pk,
        case.organisation_id,
        gate.day,
        *held,
        protected=case.individual.is_protected,
        emergency=emergency.opened(gate.user, case),
    )


def subject_of(thing: Case | CaseRecord, note: str = "") -> Subject:
    """The case or one of its records, as the log names it."""
    case = thing if isinstance(thing, Case) else thing.case
    category = Category.APPLICATION if isinstance(thing, Case) else (thing.category or "")
    kind = note or thing._meta.model_name or ""
    return Subject(case_id=case.pk, case_number=case.number, kind=kind, id=str(thing.pk), category=category)
