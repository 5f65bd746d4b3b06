"""An answer to the question which times suit, however it came: kept, and word to whoever asked when it matters."""

from django.utils import timezone

from audit.context import beyond
from meetings.models import ProposalRecipient
from notices.models import Kind, Notice

ALL_IN = "Alla har svarat på förslaget om mötestider. Välj en av dem."
NONE_SUITS = "Ingen av mötestiderna passar. Sök nya tider."


@beyond("side_effect")
def take(recipient, suits, *, noted_by=None):
    """`noted_by` None: through the personal link. Whoever asked is told when all are in, or when nothing suits."""
    now, proposal = timezone.now(), recipient.proposal
    ProposalRecipient.objects.filter(pk=recipient.pk).update(suits=suits, replied_at=now, reply_noted_by=noted_by)
    told = Notice.objects.filter(kind=Kind.REPLY, object_key=key_of(proposal))
    told.finish(now)
    waits = ProposalRecipient.objects.filter(proposal=proposal, replied_at=None).exists()
    if (suits and waits) or noted_by == proposal.proposed_by:
        return
    Notice.objects.tell(
        Kind.REPLY,
        [proposal.proposed_by],
        object_key=key_of(proposal),
        case=proposal.case,
        period=f"{now:%y%m%d%H%M%S} {'all' if suits else 'none'}",
        text=ALL_IN if suits else NONE_SUITS,
    )


def key_of(proposal):
    return f"proposal:{proposal.pk}"
