"""The question which times suit, and the word that no answer is needed any more, to those without log-in.

Never case content: times, sender, link; and to the person themselves the place. Everybody else reads the place
behind the link, where it is not told of somebody who has become protected since.
"""

from django.conf import settings
from django.utils import timezone

from meetings import wishes
from meetings.mail import ROLE, SMS, TEXTS, about, phone_of, place_of, to_individual
from meetings.models import CallingText, Meeting
from meetings.tongues import SWEDISH, tongue_of
from notices.models import MARK, Channel, Kind, OutboxMessage, PersonalLink
from notices.tasks import send_due
from notices.wake import wake

CHOOSE = "meetings:choose"
SAID = {
    Kind.MEETING_PROPOSED: CallingText.Kind.PROPOSED,
    Kind.MEETING_CANCELLED: CallingText.Kind.PROPOSAL_ENDED,
}


def ask(proposal):
    recipients = list(proposal.recipients.all())
    links = PersonalLink.objects.lay(CHOOSE, {recipient.key: proposal.starts[-1] for recipient in recipients})
    _write(proposal, recipients, Kind.MEETING_PROPOSED, links)


def call_off(proposal, untold):
    told = [recipient for recipient in proposal.recipients.all() if recipient.role not in untold]
    _write(proposal, told, Kind.MEETING_CANCELLED, {})


def close(proposal):
    """The links open nothing any more, and what has not gone stays."""
    now = timezone.now()
    keys = [recipient.key for recipient in proposal.recipients.all()]
    PersonalLink.objects.filter(route=CHOOSE, object_key__in=keys).end(now)
    OutboxMessage.objects.filter(object_key__startswith=f"proposal:{proposal.pk}:").cancel(now)


def _write(proposal, recipients, kind, links):
    booking = wishes.wish_of(proposal)
    written = [_message(proposal, booking, recipient, kind, links.get(recipient.key)) for recipient in recipients]
    OutboxMessage.objects.bulk_create([message for message in written if message], ignore_conflicts=True)
    wake(send_due)


def _message(proposal, booking, recipient, kind, link):
    """None: nowhere to send it, so that somebody has to phone."""
    tongue, channel, address, name = SWEDISH, Channel.EMAIL, recipient.email, recipient.name
    if recipient.role == ROLE.INDIVIDUAL:
        tongue = tongue_of(proposal.case.individual, SAID[kind])
        channel, address, name = to_individual(proposal.case)
    if not address:
        return None
    text = SMS if channel == Channel.SMS else TEXTS[recipient.role]
    words = _words(proposal, booking, recipient, kind, link)
    return OutboxMessage(
        kind=kind,
        object_key=recipient.message_key,
        channel=channel,
        address=address,
        recipient_name=name,
        case=proposal.case,
        organisation=proposal.owner,
        **about(proposal),
        link=link,
        watcher=proposal.proposed_by,
        language=tongue.lang,
        subject=tongue.say("proposal/subject", words),
        body=tongue.say(f"proposal/{text}", words) + "\n",
    )


def _words(proposal, booking, recipient, kind, link):
    meeting, is_person = wishes.meeting_like(proposal, booking), recipient.role == ROLE.INDIVIDUAL
    unnamed = is_person and proposal.case.individual.is_protected
    return {
        "kind": str(kind),
        "name": "" if unnamed else recipient.name.split(" ")[0],
        "times": [wishes.talk_of(booking, start) for start in proposal.starts],
        "place": place_of(meeting, told=True) if is_person else "",
        "by_phone": is_person and booking.form == Meeting.Form.PHONE,
        "language": booking.interpreter.language if booking.interpreter else "",
        "caller": proposal.proposed_by.full_name,
        "phone": phone_of(meeting),
        "sender": settings.MUNICIPALITY_NAME,
        "link": MARK if link else "",
    }
