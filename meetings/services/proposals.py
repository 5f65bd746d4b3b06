"""Put several times to those without log-in, note what they said by telephone, and book one of the times."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.context import beyond
from audit.models import Action
from cases.models import Case, Category
from cases.templatetags.wording import joined
from consent.gate import Gate
from meetings import answers, proposal_mail, wishes
from meetings.models import Meeting, Proposal, ProposalRecipient
from meetings.models.proposals import FEWEST, MOST
from meetings.services.booking import book_meeting
from meetings.slots import Booking
from notices.models import Kind, Notice


@transaction.atomic
def propose_times(
    gate: Gate, *, case: Case, booking: Booking, starts: list[datetime], replaces: Meeting | None = None
) -> Proposal:
    """Everybody without an account is asked; the calendars of those with one are known already."""
    gate.require_write(case, Category.MEETING, action=Action.REGISTERED)
    starts = sorted({start for start in starts if start > timezone.now()})
    outsiders = list(wishes.outsiders(case, booking))
    _check(booking, starts, outsiders)
    proposal = Proposal.objects.create(
        case=case,
        owner=case.organisation,
        wish=wishes.kept(booking),
        starts=starts,
        replaces=replaces,
        proposed_by=gate.user,
    )
    ProposalRecipient.objects.bulk_create(
        ProposalRecipient(proposal=proposal, role=role, name=name, email=email) for role, name, email in outsiders
    )
    proposal_mail.ask(proposal)
    return proposal


@transaction.atomic
def book_proposed(gate: Gate, *, proposal: Proposal, starts_at: datetime) -> Meeting:
    """Books that time, calls everybody and lets the others lapse. Refused with code "taken" like any booking."""
    gate.require_write(proposal)
    booking = replace(wishes.wish_of(proposal), starts_at=starts_at)
    _still_at_work(gate, proposal, booking)
    _end(proposal)
    meeting = book_meeting(gate, case=proposal.case, booking=booking, replaces=proposal.replaces)
    Proposal.objects.filter(pk=proposal.pk).update(meeting=meeting)
    return meeting


@transaction.atomic
def withdraw_proposal(gate: Gate, *, proposal: Proposal, untold: Collection[str] = frozenset()) -> None:
    """Those who were asked are told that no answer is needed; `untold`: roles that get no word."""
    gate.require_write(proposal)
    _end(proposal)
    proposal_mail.call_off(proposal, untold)


@transaction.atomic
def note_choice(gate: Gate, *, proposal: Proposal, recipient: ProposalRecipient, suits: list[datetime]) -> None:
    """Somebody answered by telephone, letter or in the corridor."""
    gate.require_write(proposal)
    locked = Proposal.objects.open().filter(pk=proposal.pk).select_for_update(of=("self",), no_key=True)
    if not locked.exists():
        raise ValidationError("Förslaget är redan bokat eller återtaget. Läs in sidan igen.")
    recipient.proposal = proposal
    answers.take(recipient, [start for start in suits if start in proposal.starts], noted_by=gate.user)


def _check(booking, starts, outsiders):
    if not FEWEST <= len(starts) <= MOST:
        raise ValidationError(f"Välj mellan {FEWEST} och {MOST} tider att föreslå.")
    if not outsiders:
        raise ValidationError("Alla som ska vara med har sin kalender i Samverkan. Boka en av tiderna direkt.")
    names = {name for taken in wishes.standing(booking, starts).values() for name in taken}
    if names:
        words = joined(sorted(names))
        raise ValidationError(
            f"{words[:1].upper()}{words[1:]} har blivit upptagen någon av tiderna. Välj bland dem som är kvar.",
            code="taken",
        )


def _still_at_work(gate, proposal, booking):
    at_work = {grant.user_id for grant in gate.workers(proposal.case)}
    gone = [worker.full_name for worker in booking.workers if worker.pk not in at_work]
    if gone:
        raise ValidationError(
            f"{joined(gone)} arbetar inte längre med ärendet. Ta tillbaka förslaget och boka på nytt."
        )


@beyond("side_effect")
def _end(proposal):
    """Decide and write in one statement; the links end with it."""
    now = timezone.now()
    if not Proposal.objects.open().filter(pk=proposal.pk).update(ended_at=now):
        raise ValidationError("Förslaget är redan bokat eller återtaget. Läs in sidan igen.")
    proposal_mail.close(proposal)
    Notice.objects.filter(kind=Kind.REPLY, object_key=answers.key_of(proposal)).finish(now)
