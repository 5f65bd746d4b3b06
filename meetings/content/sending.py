"""What has been sent about a meeting, who may come in whose place, and the letter as it goes in its envelope."""

import segno
from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from cases.languages import apart, written_day
from consent.context import gate_for
from consent.gate import Gate
from meetings.models import Meeting
from notices.models import MARK, OutboxMessage


def sent(gate, meeting):
    """By our own organisation, as the outbox shows it."""
    mine = gate.organisation.messages.readable(gate.cases())
    return mine.filter(case=meeting.case, object_key__startswith=f"meeting:{meeting.pk}:").for_page()


def sent_about(gate, proposal):
    mine = gate.organisation.messages.readable(gate.cases())
    return mine.filter(case=proposal.case, object_key__startswith=f"proposal:{proposal.pk}:").for_page()


def substitutes(gate: Gate, meeting: Meeting) -> dict[int | None, list[User]]:
    """Per organisation those who work on the case and are not called."""
    called = {participant.user_id for participant in meeting.participants.all()}
    found: dict[int | None, list[User]] = {}
    for grant in gate.workers(meeting.case):
        if grant.user_id not in called:
            found.setdefault(grant.user.organisation_id, []).append(grant.user)
    return found


class Letter:
    """One message as a letter: its lines, the size of its print, and its link as a picture."""

    def __init__(self, message: OutboxMessage) -> None:
        self.message = message

    @property
    def address_lines(self):
        return self.message.address.split(", ")

    @property
    def date(self):
        return self._apart(written_day(timezone.localdate(self.message.created_at), self.message.language))

    @property
    def paragraphs(self):
        address = self.message.link.address if self.message.link else MARK
        return self.message.body.strip().replace(MARK, self._apart(address)).split("\n\n")

    @property
    def is_large(self):
        return self.message.case is not None and "large_print" in self.message.case.individual.support_needs

    def _apart(self, value):
        return apart(value) if value and self.message.direction == "rtl" else value

    @cached_property
    def qr(self):
        """Inline SVG; the address holds the link and nothing about the person. Empty without a link."""
        link = self.message.link
        made = link and segno.make(link.address, error="m")
        words = {"title": "QR-kod till sidan där du svarar", "svgclass": "qr-code"}
        return made.svg_inline(scale=3, omitsize=True, **words) if made else ""


def build_letter(document):
    """For whoever asked, if they may still read the message."""
    gate = gate_for(document.requested_by)
    readable = gate.organisation.messages.readable(gate.cases()).letters()
    message = readable.select_related("organisation", "case__individual", "link").filter(pk=document.object_id).first()
    if message is None:
        raise Http404
    return "notices/letter_pdf.html", {
        "letter": Letter(message),
        "message": message,
        "sender": settings.MUNICIPALITY_NAME,
    }
