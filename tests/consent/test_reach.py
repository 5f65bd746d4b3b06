"""The end of a right reaches what had already begun: the page that stands open, the form half written, the other device,
the file that is ready, the PDF and the mail that wait in the queue. However the right ended."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Note
from consent.content.withholding import Piece
from consent.models import CaseGrant
from consent.services.assignments import end_assignment
from consent.services.consents import change, withdraw
from consent.services.withholding import withhold
from desk.tasks import render_readers
from notices.models import Channel, Document, Kind, OutboxMessage
from notices.sending import send_due


@pytest.fixture
def begun(cast):
    """Bo is in the middle of his work, on two devices."""
    case = cast.case
    devices = [Client(), Client()]
    for device in devices:
        device.force_login(cast.bo)
        assert device.get(reverse("desk:case", args=[case.pk])).status_code == 200
    asked = {"kind": Document.Kind.READERS, "title": "Vem har läst", "requested_by": cast.bo, "case": case}
    ready, queued = Document.objects.ask(**asked), Document.objects.ask(**asked)
    Document.objects.filter(pk=ready.pk).update(state=Document.State.READY, content=b"%PDF-1.7", pages=1)
    OutboxMessage.objects.create(
        kind=Kind.MEETING_BOOKED,
        object_key="meeting:1",
        channel=Channel.EMAIL,
        address=cast.bo.email,
        case=case,
        organisation=cast.ifo,
        subject="Kallelse",
        body="Tid och plats",
    )
    return SimpleNamespace(case=case, devices=devices, ready=ready.pk, queued=queued.pk)


def by_withdrawal(cast):
    withdraw(cast.gate(cast.anna), consent=cast.consent, how="Ringde")


def by_narrowing(cast):
    less = {"receivers": [cast.ame], "categories": ["plan"], "valid_until": cast.consent.valid_until}
    change(cast.gate(cast.anna), consent=cast.consent, how="Ringde", **less)


def by_the_end_of_the_assignment(cast):
    grant = CaseGrant.objects.get(user=cast.bo, content_object=cast.case)
    end_assignment(cast.gate(cast.bo), case=cast.case, grant_id=grant.pk)


def by_the_end_of_the_employment(cast):
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(is_active=False)


def by_work_elsewhere(cast):
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(organisation=cast.ame, unit=cast.ame.units.get())


def by_withholding_everything(cast):
    kinds = [Piece(category, "") for category in cast.consent.categories]
    said = {"recipients": [cast.af], "pieces": kinds, "reason": "Personen bad om det"}
    withhold(cast.gate(cast.anna), case=cast.case, since=cast.day, until=None, **said)


# What is left. A call that waits is decided on by whoever ends the right; nobody does when it ends outside the case.
# It tells when to come and whom to ask, never whom it is about.
ENDINGS = {
    by_withdrawal: set(),
    by_narrowing: set(),
    by_the_end_of_the_assignment: set(),
    by_withholding_everything: set(),
    by_the_end_of_the_employment: {"mail"},
    by_work_elsewhere: {"mail"},
}


def still_open(begun):
    """What Bo still gets to see or do, in words; none of it should be left."""
    address = reverse("desk:case", args=[begun.case.pk])
    part = {"HX-Request": "true", "X-Background": "1"}
    first, other = begun.devices
    note = {"heading": "Efteråt", "text": "x", "happened_on": timezone.localdate(), "act": "draft"}
    answers = {
        "htmx": first.get(reverse("desk:events", args=[begun.case.pk]), headers=part),
        "form": first.post(reverse("cases:note_new", args=[begun.case.pk]), note),
        "other device": other.get(address),
        "file": first.get(reverse("notices:case_download", args=[begun.case.pk, begun.ready])),
        "document": first.get(reverse("notices:case_document", args=[begun.case.pk, begun.ready])),
    }
    left = {
        name
        for name, answer in answers.items()
        if answer.status_code == 200 or begun.case.number in str(answer.content)
    }
    left |= {"note"} if Note.objects.filter(heading="Efteråt").exists() else set()
    render_readers(begun.queued)
    left |= {"PDF"} if Document.objects.get(pk=begun.queued).state == Document.State.READY else set()
    send_due()
    return left | ({"mail"} if mail.outbox else set())


def test_the_control_before_the_end_everything_is_open(begun):
    assert still_open(begun) >= {"htmx", "other device", "file", "document", "PDF", "mail"}


@pytest.mark.parametrize("ended", ENDINGS, ids=lambda act: act.__name__)
def test_what_had_begun_is_reached(cast, begun, ended):
    ended(cast)
    assert still_open(begun) == ENDINGS[ended]


def test_the_day_after_the_last_nothing_is_left(cast, begun):
    """Nobody does anything: the consent has ended by itself. A log-in of the day before has ended too."""
    with time_machine.travel(timezone.now() + timedelta(days=365), tick=False):
        for device in begun.devices:
            device.force_login(cast.bo)
        assert still_open(begun) == {"mail"}
