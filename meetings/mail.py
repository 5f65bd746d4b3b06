"""Calls to a meeting, one text per role, written in the outbox with the change that causes them.

Never case content: time, place, sender, link. The individual's go by the channel they chose; with protected
personal data only by letter, and only that letter says where.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from meetings.calendar_file import CANCEL, REQUEST, calendar_file
from meetings.models import Meeting, Participant
from notices.models import Channel, Kind, OutboxMessage
from notices.tasks import send_due
from notices.wake import wake

ROLE = Participant.Role
TEMPLATES = {
    ROLE.INDIVIDUAL: "meetings/mail/individual.txt",
    ROLE.CASE_WORKER: "meetings/mail/case_worker.txt",
    ROLE.OBSERVER: "meetings/mail/case_worker.txt",
    ROLE.INTERPRETER: "meetings/mail/interpreter.txt",
    ROLE.OTHER: "meetings/mail/other.txt",
}
SMS = "meetings/mail/sms.txt"
PROTECTED_ADDRESS = "Skyddade personuppgifter: skickas genom Skatteverkets förmedling eller lämnas för hand"
MISSING_ADDRESS = "Adress saknas: lämna kallelsen för hand"


@dataclass(frozen=True)
class Envelope:
    """Where one participant's call goes, and between which times they are called."""

    participant: Participant
    channel: str
    address: str
    name: str
    template: str
    starts_at: datetime
    ends_at: datetime


def call(meeting, participants, kind, case):
    """One message per participant that has somewhere to get it; a repeated call is written once."""
    envelopes = [_envelope(meeting, participant, case) for participant in participants]
    messages = [_message(meeting, envelope, kind, case) for envelope in envelopes if envelope]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    wake(send_due)


def _envelope(meeting, participant, case):
    if participant.role == ROLE.INDIVIDUAL:
        channel, address, name = _to_individual(case)
    else:
        channel, address, name = Channel.EMAIL, participant.email, participant.name
    if not address:
        return None
    is_worker = participant.user_id is not None
    template = SMS if channel == Channel.SMS else TEMPLATES[participant.role]
    times = (meeting.starts_at, meeting.ends_at) if is_worker else (meeting.talk_starts_at, meeting.talk_ends_at)
    return Envelope(participant, channel, address, name, template, *times)


def _to_individual(case):
    person = case.individual
    if person.is_protected:
        return Channel.LETTER, PROTECTED_ADDRESS, f"Deltagaren i ärende {case.number}"
    contact = person.contact
    reachable = {Channel.EMAIL: contact.email, Channel.SMS: contact.phone}.get(contact.channel)
    if reachable:
        return contact.channel, reachable, person.full_name
    return Channel.LETTER, contact.address_line or MISSING_ADDRESS, person.full_name


def _message(meeting, envelope, kind, case):
    words = _words(meeting, envelope, kind, case)
    method = CANCEL if kind == Kind.MEETING_CANCELLED else REQUEST
    by_mail = envelope.channel == Channel.EMAIL
    return OutboxMessage(
        kind=kind,
        object_key=f"meeting:{meeting.pk}:{envelope.participant.pk}",
        period=str(meeting.calendar_sequence),
        channel=envelope.channel,
        address=envelope.address,
        recipient_name=envelope.name,
        case=case,
        organisation=meeting.owner,
        subject=kind.label,
        body=render_to_string(envelope.template, words).strip() + "\n",
        calendar=_calendar(meeting, envelope, method, words) if by_mail else "",
        calendar_method=method if by_mail else "",
    )


def _words(meeting, envelope, kind, case):
    is_worker = envelope.participant.user_id is not None
    to_individual = envelope.participant.role == ROLE.INDIVIDUAL
    return {
        "kind": str(kind),
        "name": "" if to_individual and case.individual.is_protected else envelope.name.split(" ")[0],
        "starts_at": envelope.starts_at,
        "ends_at": envelope.ends_at,
        "place": _place(meeting, to_individual),
        "by_phone": meeting.form == Meeting.Form.PHONE,
        "language": meeting.interpreter.language if meeting.interpreter else "",
        "caller": meeting.booked_by.full_name,
        "phone": meeting.booked_by.phone or meeting.owner.phone,
        "sender": settings.MUNICIPALITY_NAME,
        "url": settings.PUBLIC_URL + reverse("meetings:meeting", args=[case.pk, meeting.pk]) if is_worker else "",
    }


def _calendar(meeting, envelope, method, words):
    return calendar_file(
        meeting,
        starts_at=envelope.starts_at,
        ends_at=envelope.ends_at,
        method=method,
        address=envelope.address,
        place=words["place"],
        url=words["url"],
    )


def _place(meeting, to_individual):
    """Where to be, in words that fit a letter and a calendar. Empty: they have to ask."""
    if meeting.form == Meeting.Form.VIDEO:
        return meeting.video_link or "Video, länk kommer"
    if meeting.form == Meeting.Form.PHONE:
        return "Telefon"
    return meeting.spot if to_individual or meeting.tells_spot() else ""
