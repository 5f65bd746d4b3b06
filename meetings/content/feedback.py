"""What was said afterwards, shown to nobody but the one who said it, and the paper with the person's two questions."""

from dataclasses import dataclass

import segno
from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.models import SupportNeed
from consent.context import gate_for
from meetings import voice
from meetings.models import Feedback, Meeting, Participant, PersonFeedback, ProcessFeedback, VoiceSlip

ITEMS = ("cooperation", "reached", "roles_held", "person_heard", "next_time")


@dataclass(frozen=True)
class Slip:
    code: str
    qr: str


def own_feedback(gate, meeting):
    return Feedback.objects.filter(meeting=meeting, given_by=gate.user).values(*ITEMS).first() or {}


def own_process_feedback(gate, meeting):
    written = ProcessFeedback.objects.filter(meeting=meeting, given_by=gate.user)
    return written.values("method", "attitude", "line").first() or {}


def is_observer(gate, meeting):
    observer = Participant.Role.OBSERVER
    return any(p.user_id == gate.user.pk and p.role == observer for p in meeting.participants.all())


def person_feedback(meeting):
    return PersonFeedback.objects.filter(meeting=meeting).values("listened_to", "know_next", "line").first() or {}


def slip(meeting):
    row = VoiceSlip.objects.filter(meeting=meeting).first()
    if row is None:
        raise Http404("Lappen är inte utskriven.")
    address = voice.link_of(meeting).address
    qr = segno.make(address, micro=False).svg_inline(scale=3, title="QR-kod till frågorna", omitsize=True)
    return Slip(row.code, qr)


def build_slip(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    gate = gate_for(document.requested_by)
    case = gate.open(document.case_id)
    meeting = get_object_or_404(gate.visible(Meeting, case).held(), pk=document.object_id)
    large = SupportNeed.LARGE_PRINT in case.individual.support_needs
    return "meetings/voice_slip_pdf.html", {"slip": slip(meeting), "is_large": large}


def meeting_of_code(gate, code):
    """Among the cases that one may open; None: no such code there."""
    return gate.across(Meeting).held().filter(voice_slip__code=code.strip().upper()).select_related("case").first()
