"""Messages that wait when a person becomes protected: written anew, without the place, so that they still go.

Until they are, the outbox holds them back. What would have gone to the person themselves becomes a letter, and
whoever booked is told to phone.
"""

from django.db import transaction
from django.utils import timezone

from meetings import mail
from meetings.models import Participant
from notices.models import Kind, Notice, OutboxMessage

AT_MOST = 100
REWRITTEN = ("recipient_name", "body", "calendar")
PHONE = "Personen har fått skyddade personuppgifter. Ring, eller lämna kallelsen för hand."


@transaction.atomic
def rewrite():
    """How many were written anew."""
    rows, asked = _waiting("meeting:"), _waiting("proposal:")
    seats = Participant.objects.to_call().in_bulk([int(row.object_key.rsplit(":", 1)[1]) for row in rows])
    for row in rows:
        participant = seats.get(int(row.object_key.rsplit(":", 1)[1]))
        if participant is None or participant.role == mail.ROLE.INDIVIDUAL:
            _instead_of(row, participant)
        else:
            _without_place(row, participant)
    for row in asked:
        _instead_of(row, None)
    return len(rows) + len(asked)


def _waiting(about):
    rows = OutboxMessage.objects.revealing().filter(object_key__startswith=about).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True)[:AT_MOST])


def _without_place(row, participant):
    new = mail.message_of(mail.envelope_for(participant.meeting, participant, row.kind, row.period), row.link)
    for name in REWRITTEN:
        setattr(row, name, getattr(new, name))
    row.save(update_fields=REWRITTEN)


def _instead_of(row, participant):
    OutboxMessage.objects.filter(pk=row.pk).cancel(timezone.now())
    if participant is not None and row.kind != Kind.REMINDER:
        mail.post([mail.envelope_for(participant.meeting, participant, row.kind, row.period)])
    if row.watcher is not None:
        key = f"message:{row.pk}"
        Notice.objects.tell(Kind.MESSAGE_FAILED, [row.watcher], object_key=key, case=row.case, text=PHONE)
