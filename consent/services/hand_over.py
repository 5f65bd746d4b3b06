"""All of a colleague's cases to another, in one act."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from audit.models import Action
from cases.models import Case
from consent.content.assignments import CASE_ROLES, colleagues
from consent.content.hand_over import build_hand_over, givers
from consent.models import CaseGrant
from notices.models import Kind, Notice

CHANGED = _("Ärendena har ändrats sedan du såg listan. Läs den igen.")


@transaction.atomic
@beyond("hand_over")
def hand_over(gate, *, giver, worker, since, reason, mark):
    """Exactly what was shown (`mark`), or nothing. One row in the log per case, one notice to the receiver.

    (receiver, ids of the cases): what is booked in them goes along in meetings/services/hand_over.py.
    """
    gate.require_role(*CASE_ROLES)
    giver, receiver = _one(givers(gate), giver), _one(colleagues(gate), worker)
    if giver is None or receiver is None or giver == receiver:
        raise ValidationError({"worker": _("Välj två olika handläggare i er egen organisation.")})
    cases = _locked(giver)
    plan = build_hand_over(gate, giver, since)
    if not plan.moved or plan.mark != mark:
        raise ValidationError(CHANGED, code="changed")
    grants = CaseGrant.objects.filter(pk__in=plan.moved)
    moved = set(grants.values_list("content_object", flat=True))
    grants.hand_over(receiver, day=since, today=gate.day, reason=reason)
    ground = "egen överlämning" if giver == gate.user else "roll, enhetschef"
    for case in cases:
        if case.pk in moved:
            gate.log(Action.ASSIGNED, case, note=_named(giver, receiver), ground=ground)
    _tell(gate, giver, receiver, len(moved), since)
    return receiver, moved


def _one(people, pk):
    return next((person for person in people if person.pk == pk), None)


def _locked(giver):
    """In the order in which the projection locks them."""
    theirs = CaseGrant.objects.filter(user=giver).values("content_object")
    rows = Case.objects.open().select_for_update(of=("self",), no_key=True).filter(pk__in=theirs)
    return list(rows.order_by("pk"))


def _tell(gate, giver, receiver, number, since):
    if receiver == gate.user:
        return
    cases = f"{number} ärenden" if number != 1 else "Ett ärende"
    text = f"{cases} efter {giver.full_name[:120]}, från {since:%Y-%m-%d}"
    at = timezone.now()
    Notice.objects.tell(
        Kind.HANDED_OVER, [receiver], object_key=f"hand_over:{giver.pk}", period=f"{at:%y%m%d%H%M%S%f}", text=text,
        due_on=since,
    )  # fmt: skip


def _named(giver, receiver):
    return f"handläggare: {receiver.full_name[:22]} efter {giver.full_name[:18]}"
