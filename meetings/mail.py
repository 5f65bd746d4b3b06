"""Calls to a meeting, one text per role, written in the outbox with the change that causes them.

Never case content: time, place, sender, link. The individual's go by the channel and in the tongue they chose; with
protected personal data only by letter, and only that letter says where.
"""

from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.urls import reverse

from meetings.calendar_file import CANCEL, REQUEST, calendar_file
from meetings.models import CallingText, Meeting, Participant
from meetings.tongues import SWEDISH, House, Written, tongue_of
from notices.models import MARK, Channel, Kind, OutboxMessage, PersonalLink
from notices.tasks import send_due
from notices.wake import wake

ROLE = Participant.Role
TEXTS = {
    ROLE.INDIVIDUAL: "individual",
    ROLE.CASE_WORKER: "case_worker",
    ROLE.OBSERVER: "case_worker",
    ROLE.INTERPRETER: "interpreter",
    ROLE.OTHER: "other",
}
SMS = "sms"
ANSWER = "meetings:answer"
PROTECTED_ADDRESS = "Skyddade personuppgifter: skickas genom Skatteverkets förmedling eller lämnas för hand"
MISSING_ADDRESS = "Adress saknas: lämna kallelsen för hand"


@dataclass(frozen=True)
class Envelope:
    """One participant's call: where it goes, and in which words. `period` tells calls of one kind apart."""

    meeting: Meeting
    participant: Participant
    kind: str
    period: str
    channel: str
    address: str
    name: str
    tongue: House | Written
    text: str

    @property
    def case(self):
        return self.meeting.case


def call(meeting, participants, kind, case):
    """One message per participant that has somewhere to get it; a repeated call is written once."""
    meeting.case = case
    address = addresser()
    post([address(meeting, participant, kind) for participant in participants])


def post(envelopes):
    write(envelopes)
    wake(send_due)


def write(envelopes):
    """All of them in two statements. None: nowhere to send it."""
    envelopes = [envelope for envelope in envelopes if envelope]
    links = _links([envelope for envelope in envelopes if envelope.kind != Kind.MEETING_CANCELLED])
    messages = [message_of(envelope, links.get(envelope.participant.key)) for envelope in envelopes]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


def _links(envelopes):
    return PersonalLink.objects.lay(ANSWER, {e.participant.key: e.meeting.ends_at for e in envelopes})


def addresser():
    """`envelope_for` that remembers the texts of other languages, for many at once."""
    return partial(envelope_for, written=cache(CallingText.objects.in_force))


def envelope_for(meeting, participant, kind, period="", written=CallingText.objects.in_force):
    tongue = SWEDISH
    if participant.role == ROLE.INDIVIDUAL:
        channel, address, name = to_individual(meeting.case)
        tongue = tongue_of(meeting.case.individual, kind, written)
    else:
        channel, address, name = Channel.EMAIL, participant.email, participant.name
    if not address:
        return None
    text = SMS if channel == Channel.SMS else TEXTS[participant.role]
    period = period or str(meeting.calendar_sequence)
    return Envelope(meeting, participant, kind, period, channel, address, name, tongue, text)


def to_individual(case):
    """(channel, address, name): as they chose, or a letter."""
    person = case.individual
    if person.is_protected:
        return Channel.LETTER, PROTECTED_ADDRESS, f"Deltagaren i ärende {case.number}"
    contact = person.contact
    reachable = {Channel.EMAIL: contact.email, Channel.SMS: contact.phone}.get(contact.channel)
    if reachable:
        return contact.channel, reachable, person.full_name
    return Channel.LETTER, contact.address_line or MISSING_ADDRESS, person.full_name


def message_of(envelope, link=None):
    meeting, words = envelope.meeting, _words(envelope, link)
    method = CANCEL if envelope.kind == Kind.MEETING_CANCELLED else REQUEST
    has_calendar = envelope.channel == Channel.EMAIL
    return OutboxMessage(
        kind=envelope.kind,
        object_key=envelope.participant.message_key,
        period=envelope.period,
        channel=envelope.channel,
        address=envelope.address,
        recipient_name=envelope.name,
        case=envelope.case,
        organisation=meeting.owner,
        **about(meeting),
        reader_id=envelope.participant.user_id,
        link=link,
        watcher=meeting.booked_by,
        language=envelope.tongue.lang,
        subject=envelope.tongue.say("subject", words),
        body=envelope.tongue.say(envelope.text, words) + "\n",
        calendar=_calendar(envelope, method, words) if has_calendar else "",
        calendar_method=method if has_calendar else "",
    )


def about(meeting):
    """What a reader must be told to get the message, asked again when it is sent."""
    return {"category": meeting.category, "record_kind": meeting._meta.model_name, "record_id": meeting.pk}


def _words(envelope, link):
    meeting, participant = envelope.meeting, envelope.participant
    is_person = participant.role == ROLE.INDIVIDUAL
    is_worker = participant.user_id is not None
    starts_at, ends_at = participant.called_between(meeting)
    was = meeting.replaces if envelope.kind == Kind.MEETING_CHANGED else None
    page = reverse("meetings:meeting", args=[envelope.case.pk, meeting.pk])
    return {
        "kind": str(envelope.kind),
        "is_observer": participant.role == ROLE.OBSERVER,
        "name": "" if is_person and envelope.case.individual.is_protected else envelope.name.split(" ")[0],
        "starts_at": starts_at,
        "ends_at": ends_at,
        "was": was and participant.called_between(was)[0],
        "place": place_of(meeting, told=is_person or meeting.tells_spot()),
        "by_phone": meeting.form == Meeting.Form.PHONE,
        "language": meeting.interpreter.language if meeting.interpreter else "",
        "caller": meeting.booked_by.full_name,
        "phone": phone_of(meeting),
        "sender": settings.MUNICIPALITY_NAME,
        "link": MARK if link else "",
        "url": settings.PUBLIC_URL + page if is_worker else "",
    }


def _calendar(envelope, method, words):
    return calendar_file(
        envelope.meeting,
        starts_at=words["starts_at"],
        ends_at=words["ends_at"],
        method=method,
        address=envelope.address,
        place=words["place"] if envelope.meeting.tells_spot() else "",
        url=words["url"],
    )


def place_of(meeting, *, told):
    """Where to be, in words that fit a letter and a calendar. Empty: they have to ask."""
    if meeting.form == Meeting.Form.VIDEO:
        return meeting.video_link or "Video, länk kommer"
    if meeting.form == Meeting.Form.PHONE:
        return "Telefon"
    return meeting.spot if told else ""


def phone_of(meeting):
    return meeting.booked_by.phone or meeting.owner.phone
