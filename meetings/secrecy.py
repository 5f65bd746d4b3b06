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
    waiting = OutboxMessage.objects.revealing().filter(object_key__startswith="meeting:")
    rows = list(waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:AT_MOST])
    seats = Participant.objects.to_call().in_bulk([int(row.object_key.rsplit(":", 1)[1]) for row in rows])
    for row in rows:
        participant = seats.get(int(row.object_key.rsplit(":", 1)[1]))
        if participant is None or participant.role == mail.ROLE.INDIVIDUAL:
            _instead_of(row, participant)
        else:
            _without_place(row, participant)
    return len(rows)


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
