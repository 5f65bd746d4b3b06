"""A proposal with everybody's answers side by side, and other times when none of it will do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from meetings import wishes
from meetings.content.booking import booking_choices, free_times
from meetings.mail import place_of
from meetings.models import Proposal, ProposalRecipient
from meetings.slots import Booking, Offer


@dataclass(frozen=True)
class Answer:
    """What one of those asked said of one time; `suits` None: nothing yet."""

    recipient: ProposalRecipient
    suits: bool | None


@dataclass(frozen=True)
class ProposedTime:
    code: str
    starts_at: datetime
    ends_at: datetime
    is_past: bool
    taken: list[str]
    answers: list[Answer]

    @property
    def is_free(self):
        return not self.taken and not self.is_past

    @property
    def suits_all(self):
        return self.is_free and all(answer.suits for answer in self.answers)

    @property
    def may_do(self):
        """Free, and nobody has said no to it."""
        return self.is_free and not any(answer.suits is False for answer in self.answers)


@dataclass(frozen=True)
class ProposalPage:
    proposal: Proposal
    booking: Booking
    recipients: list[ProposalRecipient]
    times: list[ProposedTime]
    place: str
    offer: Offer | None


def proposal_page(gate, case, proposal, *, is_refused=False):
    """`is_refused`: a booking was just refused. Other times are looked for when none of these is left."""
    booking, recipients = wishes.wish_of(proposal), list(proposal.recipients.all())
    times = list(_times(proposal, booking, recipients))
    needs_more = proposal.is_open and (is_refused or not any(time.may_do for time in times))
    meeting = wishes.meeting_like(proposal, booking)
    return ProposalPage(
        proposal=proposal,
        booking=booking,
        recipients=recipients,
        times=times,
        place=place_of(meeting, told=meeting.tells_spot(is_lead=case.sight.is_lead)),
        offer=free_times(booking_choices(gate, case), booking) if needs_more else None,
    )


def open_proposals(gate, case):
    """With at least one time ahead or not: somebody has to settle them."""
    return list(gate.visible(Proposal, case).open().for_page())


def _times(proposal, booking, recipients):
    taken = wishes.standing(booking, proposal.starts) if proposal.is_open else {}
    now = timezone.now()
    for number, start in enumerate(proposal.starts):
        said = [Answer(each, start in each.suits if each.has_replied else None) for each in recipients]
        begins, ends = start, start + booking.length
        yield ProposedTime(str(number), begins, ends, start <= now, taken.get(start, []), said)
