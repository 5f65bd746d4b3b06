"""A string of its own in every free text of every protected row: where one is found, a row has been read."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from cases.models import CaseRecord, Note
from consent.catalogue import PROTECTED
from consent.models import AccessRequest, ConsentProof, Withholding

PLANTED = re.compile(r"kanarie\d{4}")
ROOM = 20
# What carries words on, where none of them may arrive; and what is about those who work, not about the person.
CHANNELS = {"audit.Entry", "notices.Notice", "notices.OutboxMessage", "notices.Document"}
OF_THE_HOUSE = {"consent.LogReview", "consent.LogVisit", "consent.CaseGrant", "consent.CaseUnitGrant"}
# The person has strings of their own in tests/test_canaries.py. Codes and references are no free text.
ELSEWHERE = {"cases.Individual"}
CODES = {"reference", "language", "code", "number", "question", "record_kind", "content_type", "digest", "text_digest"}
CODES |= {"provider", "state", "nonce", "decision_number", "met_by"}


@dataclass(frozen=True)
class Canary:
    """`category`: under which the row may be told; None where that is no question."""

    model: str
    field: str
    category: str | None


def sources():
    """Everything protected that holds what somebody has written."""
    left_out = CHANNELS | OF_THE_HOUSE | ELSEWHERE | set(IN_THEIR_OWN_WAY)
    for model in apps.get_models():
        is_protected = issubclass(model, CaseRecord) or model._meta.db_table in PROTECTED
        if is_protected and not model.__name__.endswith("Event") and model._meta.label not in left_out:
            yield model


def free_texts(model):
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in CODES and (field.max_length or ROOM) >= ROOM:
            yield field


def plant(cast):
    """{string: what it stands in}. A kind of row that the scene has none of, or that is never changed, gets one more;
    a kind that takes neither is left out."""
    found = {}
    for category in ("economy", "health", ""):
        Note.objects.create(
            case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="x", text="x", shared_as=category
        )
    for model in sources():
        fields = list(free_texts(model))
        rows = list(model._default_manager.all()) if fields else []
        for row in rows or [None] * bool(fields):
            words = {f"kanarie{len(found) + n:04d}": field for n, field in enumerate(fields)}
            written = _write(model, row, {field.name: _shaped(field, word) for word, field in words.items()}, cast)
            if written:
                category = category_of(written)
                found |= {word: Canary(model._meta.label, field.name, category) for word, field in words.items()}
    for label, (fields, write) in IN_THEIR_OWN_WAY.items():
        words = [f"kanarie{len(found) + n:04d}" for n in range(len(fields))]
        write(cast, *words)
        found |= {word: Canary(label, field, None) for word, field in zip(words, fields, strict=True)}
    return found


def _two_questions(cast, reason, answer_reason):
    """One that waits for the manager, and one that has got a no."""
    asked = {"case": cast.case, "organisation": cast.ifo, "unit": cast.anna.unit}
    no = {"answer": "no", "answer_reason": answer_reason, "answered_by": cast.karin, "answered_at": timezone.now()}
    AccessRequest.objects.create(**asked, asker=cast.ingrid, reason=reason)
    AccessRequest.objects.create(**asked, asker=cast.petra, reason="x", **no)


def _two_proofs(cast, signer, content):
    """A name that was typed, and a form that was scanned."""
    said = {"at": timezone.now(), "by": cast.anna}
    typed = ConsentProof.of(cast.consent, kind="typed", signer=signer, content=b"", content_type="", **said)
    form = {"content": f"%PDF-1.7 {content}".encode(), "content_type": "application/pdf"}
    typed.save()
    ConsentProof.of(cast.consent, kind="scan", **form, **said).save()


def _lifted(cast, reason, end_reason):
    """Of no kind of data that the others are to find."""
    what = {"case": cast.case, "owner": cast.ifo, "recipient": cast.af, "category": "economy", "by": cast.anna}
    row = Withholding.of(**what, reason=reason, since=timezone.localdate(), until=None)
    row.ended_at, row.ended_by, row.end_reason = timezone.now(), cast.anna, end_reason
    row.save()


# Written once and as a whole, so that neither a change nor a row out of nothing will do.
IN_THEIR_OWN_WAY = {
    "consent.AccessRequest": (("reason", "answer_reason"), _two_questions),
    "consent.ConsentProof": (("signer", "content"), _two_proofs),
    "consent.Withholding": (("reason", "end_reason"), _lifted),
}


def _write(model, row, words, cast):
    rows = model._default_manager
    ways = [partial(_change, rows, row, words)] if row else []
    for way in [*ways, lambda: rows.create(**_needed(model, cast) | words)]:
        with suppress(DatabaseError), transaction.atomic():
            return way()
    return None


def _change(rows, row, words):
    rows.filter(pk=row.pk).update(**words)
    return row


def category_of(row):
    if isinstance(row, CaseRecord):
        return str(type(row).category or row.shared_as)
    for field in row._meta.concrete_fields:
        parent = getattr(row, field.name) if field.is_relation and field.related_model in set(sources()) else None
        if parent is not None and category_of(parent) is not None:
            return category_of(parent)
    return None


def _shaped(field, word):
    if isinstance(field, models.EmailField):
        return f"{word}@example.org"
    return f"https://example.org/{word}" if isinstance(field, models.URLField) else word


def _needed(model, cast):
    """The least that a row of it has."""
    has = {
        field.name: _something(field, cast)
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.null or field.has_default() or field.generated or field.has_db_default())
    }
    return {name: value for name, value in has.items() if value is not None}


def _something(field, cast):
    if field.is_relation:
        known = {"case": cast.case, "owner": cast.ifo, User: cast.anna, Organisation: cast.ifo}
        return known.get(field.name) or known.get(field.related_model) or field.related_model._default_manager.first()
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now() + timedelta(days=1)
    if isinstance(field, models.DateField):
        return timezone.localdate()
    return 1 if isinstance(field, models.IntegerField) else None
