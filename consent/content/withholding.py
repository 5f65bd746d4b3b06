"""What can be withheld from whom, and the list of what is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Organisation
from cases.models import Case, CaseRecord, Category
from cases.templatetags.wording import swedish_day
from consent.gate import Gate
from consent.models import Withholding

GONE = "en uppgift som inte finns kvar"


@dataclass(frozen=True)
class Piece:
    """A kind of data, or with `kind` and `id` one row of it. `code` is its name in the form."""

    category: str
    label: str
    kind: str = ""
    id: int | None = None

    @property
    def code(self):
        return f"{self.kind}-{self.id}" if self.kind else self.category


@dataclass(frozen=True)
class Row:
    id: int
    recipient: Organisation
    what: str
    reason: str
    since: date
    until: date | None
    by: str
    ended: str
    tone: str
    state: str
    liftable: bool


def pieces_of(gate: Gate, case: Case) -> tuple[list[Piece], list[Piece]]:
    """Kinds of data, and our own rows that somebody could be told."""
    kinds = [Piece(c.value, c.label) for c in Category]
    rows = [piece for model in CaseRecord.__subclasses__() for piece in _rows_of(gate, case, model)]
    return kinds, rows


def _rows_of(gate, case, model):
    ours = gate.visible(model, case).filter(owner=gate.organisation).select_related().order_by("-created_at", "-pk")
    for row in ours:
        category = model.category or row.shared_as
        if category:
            yield Piece(category, _label(row), model._meta.model_name, row.pk)


def _label(row):
    words = f"{row._meta.verbose_name.capitalize()}: {row}"
    return f"{words[:110]} ({swedish_day(row.created_at)})"


def withheld_rows(gate: Gate, case: Case) -> tuple[list[Row], list[Row]]:
    """(what stands, what has been). A single row is named as it is called now."""
    found = list(gate.withholdings(case).for_page())
    names = _names(gate, case, found)
    rows = {held.pk: _row(held, names, gate.day) for held in found}
    standing = [rows[held.pk] for held in found if held.stands(gate.day)]
    return standing, [rows[held.pk] for held in found if not held.stands(gate.day)]


def _names(gate, case, found):
    """One question per kind of row on the list."""
    kinds = {held.record_kind for held in found}
    models = [model for model in CaseRecord.__subclasses__() if model._meta.model_name in kinds]
    wanted = {held.record_id for held in found}
    return {
        (model._meta.model_name, row.pk): _label(row)
        for model in models
        for row in gate.visible(model, case).select_related().filter(pk__in=wanted)
    }


def _row(held, names, day):
    what = names.get((held.record_kind, held.record_id), GONE) if held.record_kind else str(held.get_category_display())
    tone, state = _standing(held, day)
    lifted = held.ended_at and f"Hävd {swedish_day(held.ended_at)} av {held.ended_by.full_name}: {held.end_reason}"
    return Row(
        id=held.pk, recipient=held.recipient, what=what, reason=held.reason, since=held.since, until=held.until,
        by=held.by.full_name, ended=lifted or "", tone=tone, state=state, liftable=held.stands(day),
    )  # fmt: skip


def _standing(held, day):
    if held.ended_at:
        return "neutral", "hävd"
    if not held.stands(day):
        return "neutral", "har upphört"
    return ("warn", "spärrat") if held.since <= day else ("neutral", "börjar senare")


def own_withholding(gate: Gate, case: Case, withholding_id: int) -> Withholding:
    """Ours, and standing: somebody else's does not exist here."""
    rows = gate.withholdings(case).standing(gate.day).select_related("case", "recipient")
    return get_object_or_404(rows, pk=withholding_id)


def name_of(gate: Gate, held: Withholding) -> str:
    return _row(held, _names(gate, held.case, [held]), gate.day).what


def withheld_throughout(held: list[Withholding], receiver_id: int, since: datetime, until: datetime | None) -> set[str]:
    """Kinds that were kept from the receiver all that time (`until` None: so far): it has not been able to read of
    them."""
    ours = [row for row in held if row.recipient_id == receiver_id and not row.record_kind]
    return {row.category for row in ours if _covers(row, since, until or timezone.now())}


def _covers(row, since, until):
    over = row.ended_at or (start_of(row.until + timedelta(days=1)) if row.until else None)
    return max(row.at, start_of(row.since)) <= since and (over is None or over >= until)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
