"""The door for those who are asked which times suit: by a personal link, until one time is booked or all have been.

Outside the gate like meetings/doorstep.py: the holder sees the times, who asks, and where unless the person is
protected, and marks the times for themselves. Nothing of the case, nobody else's answer, no line of their own: what
somebody wants to tell is told on the telephone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.context import beyond
from audit.log import Subject, record
from audit.models import Action
from meetings import answers, wishes
from meetings.mail import ROLE, phone_of, place_of
from meetings.models import Meeting, Proposal, ProposalRecipient
from meetings.proposal_mail import CHOOSE
from meetings.tongues import CHOICES, SWEDISH, lang_of, tongue_of
from notices.models import PersonalLink

GROUND = "personlig länk"


@dataclass(frozen=True)
class Time:
    """One of those proposed. `code` names it in the form; taken by another meeting since, it cannot be chosen."""

    code: str
    starts_at: datetime
    ends_at: datetime
    is_free: bool
    suits: bool


@dataclass(frozen=True)
class Question:
    """All that the page may say."""

    tongue: str
    times: tuple[Time, ...]
    place: str
    by_phone: bool
    sender: str
    phone: str
    has_replied: bool

    @property
    def page(self):
        return CHOICES[self.tongue]

    @property
    def lang(self):
        return lang_of(self.tongue)

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
    record(Action.CHANGED, subject=_subject(recipient), ground=GROUND)
    return True


def _recipient(token, *, lock=False):
    link = PersonalLink.objects.behind(CHOOSE, token, timezone.now())
    if link is None:
        return None
    asked = ProposalRecipient.objects.filter(pk=link.object_key.removeprefix("asked:")).first()
    if asked is None:
        return None
    rows = Proposal.objects.open().select_related("case__individual", "owner", "proposed_by")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    asked.proposal = rows.filter(pk=asked.proposal_id).first()
    return asked if asked.proposal else None


def _question(recipient):
    proposal = recipient.proposal
    booking = wishes.wish_of(proposal)
    meeting, is_person = wishes.meeting_like(proposal, booking), recipient.role == ROLE.INDIVIDUAL
    return Question(
        tongue=tongue_of(proposal.case.individual) if is_person else SWEDISH,
        times=tuple(_times(recipient, booking)),
        place=place_of(meeting, told=meeting.tells_spot()),
        by_phone=is_person and booking.form == Meeting.Form.PHONE,
        sender=settings.MUNICIPALITY_NAME,
        phone=phone_of(meeting),
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


def _subject(recipient):
    case = recipient.proposal.case
    return Subject(
        case_id=case.pk,
        case_number=case.number,
        kind="proposalrecipient",
        id=str(recipient.pk),
        category=Proposal.category,
    )
