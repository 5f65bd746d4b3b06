"""The door for those who are asked which times suit: by a personal link, until one time is booked or all have been.

Outside the gate like meetings/doorstep.py: the holder sees the times, who asks, and where unless the person is
protected, and marks the times for themselves. Nothing of the case, nobody else's answer, no line of their own: what
somebody wants to tell is told on the telephone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.context import beyond
from meetings import answers, by_link, wishes
from meetings.models import CallingText, Proposal, ProposalRecipient
from meetings.proposal_mail import CHOOSE


@dataclass(frozen=True)
class Time:
    """One of those proposed. `code` names it in the form; taken by another meeting since, it cannot be chosen."""

    code: str
    starts_at: datetime
    ends_at: datetime
    is_free: bool
    suits: bool


@dataclass(frozen=True, kw_only=True)
class Question(by_link.Told):
    """All that the page may say."""

    kind = CallingText.Kind.CHOOSE_PAGE
    times: tuple[Time, ...]
    has_replied: bool

    @property
    def open_codes(self):
        return [time.code for time in self.times if time.is_free]

    @property
    def suits_none(self):
        return self.has_replied and not any(time.suits for time in self.times)


@beyond("personal_link")
def question_behind(token):
    """None: no such link, its time is out, or the matter is settled. Which of them is not told."""
    recipient = _recipient(token)
    return recipient and _question(recipient)


@transaction.atomic
@beyond("personal_link")
def answer(token, codes):
    """Whether it was taken. `codes`: those that suit; none: none of them does. Answered again it replaces."""
    recipient = _recipient(token, lock=True)
    if recipient is None:
        return False
    suits = [start for number, start in enumerate(recipient.proposal.starts) if str(number) in codes]
    answers.take(recipient, suits)
    by_link.note(recipient, recipient.proposal.case)
    return True


def _recipient(token, *, lock=False):
    asked = ProposalRecipient.objects.filter(pk=by_link.row_behind(CHOOSE, token)).first()
    if asked is None:
        return None
    rows = Proposal.objects.open().select_related("case__individual", "owner", "proposed_by")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    asked.proposal = rows.filter(pk=asked.proposal_id).first()
    return asked if asked.proposal else None


def _question(recipient):
    booking = wishes.wish_of(recipient.proposal)
    return Question.of(
        wishes.meeting_like(recipient.proposal, booking),
        recipient.role,
        times=tuple(_times(recipient, booking)),
        has_replied=recipient.has_replied,
    )


def _times(recipient, booking):
    """Those still ahead."""
    now = timezone.now()
    free = wishes.standing(booking, recipient.proposal.starts)
    for number, start in enumerate(recipient.proposal.starts):
        if start > now:
            begins, ends = wishes.talk_of(booking, start)
            yield Time(str(number), begins, ends, not free[start], start in recipient.suits)
