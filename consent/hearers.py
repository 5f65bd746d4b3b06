"""Who else may know of a row: the other side of the gate, for those who tell. Asked of all organisations, also what
they keep from each other."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from audit.context import beyond
from cases.models import CaseRecord
from consent.models import CaseGrant, Disclosure, KeptRow


@beyond("audience")
def hearers(record: CaseRecord, day: date) -> list[User]:
    """Who works on the case now, in the organisation that owns the row or in one that may be told it."""
    ours = Q(user__organisation=record.owner_id) | Q(user__organisation__in=_told(record, day))
    grants = CaseGrant.objects.in_force(day).filter(ours, content_object=record.case_id, ends_at=None)
    return [grant.user for grant in grants.select_related("user")]


@beyond("audience")
def is_heard_by_all(record: CaseRecord, organisations: Iterable[int], day: date) -> bool:
    """Whether every one of these organisations (ids) may know of the row."""
    others = set(organisations) - {record.owner_id}
    return others <= set(_told(record, day).values_list("recipient", flat=True))


@beyond("audience")
def kept_from_any(model: type[CaseRecord], case_id: UUID, organisations: Iterable[int], day: date) -> set[int]:
    """Single rows of the model (ids) that are withheld from one of these organisations."""
    rows = _withheld(model, case_id, day).filter(recipient__in=set(organisations))
    return set(rows.values_list("record_id", flat=True))


def _told(record, day):
    withheld = _withheld(type(record), record.case_id, day).filter(record_id=record.pk)
    told = Disclosure.objects.in_force(day).filter(
        case=record.case_id, discloser=record.owner_id, category=record.category
    )
    return told.exclude(recipient__in=withheld.values("recipient")).values("recipient")


def _withheld(model, case_id, day):
    kind = model._meta.model_name
    return KeptRow.objects.filter(case=case_id, record_kind=kind, days__contains=day)
