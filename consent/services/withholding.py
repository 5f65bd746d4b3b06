"""The withhold list: what our organisation does not tell another, whatever the consent says."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts.models import Organisation
from audit.context import beyond
from audit.models import Action
from cases.models import Case, Category
from consent import closing
from consent.content.withholding import Piece
from consent.gate import Gate
from consent.models import Disclosure, Withholding

ALREADY = "Det är redan spärrat för {}: {}."


@transaction.atomic
def withhold(
    gate: Gate,
    *,
    case: Case,
    recipients: list[Organisation],
    pieces: list[Piece],
    reason: str,
    since: date,
    until: date | None,
) -> list[Withholding]:
    """Closes in the same second when it begins today. Whom it is kept from is not told: the log has a neutral row,
    the list is our own."""
    gate.require_hands(case)
    told = Disclosure.objects.filter(case=case, discloser=gate.organisation, recipient__in=recipients)
    gate.require_shut(case, told, action=Action.WITHHELD, note="withholding")
    standing = gate.withholdings(case).standing(gate.day)
    _refuse_doubles(standing, recipients, pieces)
    rows = [
        Withholding.of(
            case=case,
            owner=gate.organisation,
            recipient=recipient,
            category=piece.category,
            record_kind=piece.kind,
            record_id=piece.id,
            reason=reason,
            since=since,
            until=until,
            by=gate.user,
        )
        for recipient in recipients
        for piece in pieces
    ]
    Withholding.objects.bulk_create(rows)
    if since <= gate.day:
        _close(gate, case, recipients, pieces)
    return rows


def _refuse_doubles(standing, recipients, pieces):
    held = set(standing.values_list("recipient", "category", "record_kind", "record_id"))
    for recipient in recipients:
        for piece in pieces:
            if (recipient.pk, piece.category, piece.kind, piece.id) in held:
                raise ValidationError(ALREADY.format(recipient.short_name, piece.label))


@beyond("withdrawal")
def _close(gate, case, recipients, pieces):
    now = timezone.now()
    if any(piece.category == Category.MEETING for piece in pieces):
        closing.stop_messages(case, recipients, now)
    closing.stop_what_is_under_way(case, recipients, gate.day, now)


@transaction.atomic
def lift(gate: Gate, *, withholding: Withholding, reason: str) -> None:
    """From now on the consent decides again. The row stays as it was said, with when and why it ended."""
    gate.require_hands(withholding.case)
    gate.require_open(withholding.case, action=Action.RELEASED)
    standing = gate.withholdings(withholding.case).standing(gate.day).select_for_update(of=("self",), no_key=True)
    row = standing.filter(pk=withholding.pk).first()
    if row is None:
        raise ValidationError("Spärren är redan hävd.")
    held = DateRange(row.since, max(row.since, gate.day))
    row.days, row.ended_at, row.ended_by, row.end_reason = held, timezone.now(), gate.user, reason
    row.save()
