"""What waits when a person becomes protected still goes, without the place; to the person it becomes a letter."""

import pytest
from django.core import mail as outgoing

from cases.models import Individual
from meetings import secrecy
from meetings.models import Meeting
from notices.models import MARK, Channel, Kind, Notice, OutboxMessage
from notices.sending import send_due


@pytest.fixture
def waiting(cast, book, interpreter):
    Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
    assert book(interpreter=interpreter.pk).status_code == 302
    outgoing.outbox.clear()
    OutboxMessage.objects.update(sent_at=None)
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    return Meeting.objects.get()


def test_nothing_goes_before_it_is_written_anew(waiting):
    assert send_due() == 0


def test_the_others_get_theirs_without_the_place(waiting):
    assert secrecy.rewrite() == 4
    send_due()
    sent = {mail.to[0]: str(mail.message()) for mail in outgoing.outbox}
    assert "tolk@example.org" in sent
    assert len(sent) == 3
    assert "amina@example.org" not in sent
    assert not any("Yxtaholm" in text or "Amina" in text for text in sent.values())
    kept = OutboxMessage.objects.get(address="tolk@example.org")
    assert "skrivs inte ut" in kept.body
    assert MARK in kept.body
    assert kept.link is not None


def test_the_person_gets_a_letter_and_whoever_booked_is_told_to_phone(cast, waiting):
    secrecy.rewrite()
    letter = OutboxMessage.objects.get(channel=Channel.LETTER)
    assert letter.recipient_name == f"Deltagaren i ärende {cast.case.number}"
    assert "Yxtaholm" in letter.body
    assert OutboxMessage.objects.get(address="amina@example.org").cancelled_at
    notice = Notice.objects.get(kind=Kind.MESSAGE_FAILED)
    assert (notice.recipient, notice.case) == (cast.anna, cast.case)
    assert "Ring" in notice.text


def test_once_is_enough(waiting):
    secrecy.rewrite()
    assert secrecy.rewrite() == 0
    assert Notice.objects.filter(kind=Kind.MESSAGE_FAILED).count() == 1


def test_a_video_meeting_still_goes(cast, book):
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    book(form="video", room=None, video_link="https://video.example.org/rum")
    assert not OutboxMessage.objects.revealing().exists()
    send_due()
    assert "https://video.example.org/rum" in outgoing.outbox[0].body
