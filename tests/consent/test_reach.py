"""The end of a right reaches what had already begun: the page that stands open, the form half written, the other device,
the file that is ready, the PDF and the mail that wait in the queue. However the right ended."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Note
from consent.content.withholding import Piece
from consent.gate import Gate
from consent.models import CaseGrant, CaseUnitGrant
from consent.services.assignments import end_assignment
from consent.services.consents import change, withdraw
from consent.services.withholding import withhold
from desk.tasks import render_readers
from meetings.mail import about
from meetings.models import Meeting
from notices.models import Channel, Document, Kind, OutboxMessage, PersonalLink
from notices.sending import send_due, stop_barred
from tests.casting import worker


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


ENDINGS = [
    by_withdrawal,
    by_narrowing,
    by_the_end_of_the_assignment,
    by_withholding_everything,
    by_the_end_of_the_employment,
    by_work_elsewhere,
]


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
    assert still_open(begun) == set()


def test_the_day_after_the_last_nothing_is_left(cast, begun):
    """Nobody does anything: the consent has ended by itself. A log-in of the day before has ended too."""
    with time_machine.travel(timezone.now() + timedelta(days=365), tick=False):
        for device in begun.devices:
            device.force_login(cast.bo)
        assert still_open(begun) == set()


# --- the mails alone: decided when they go ------------------------------------------------------------------------
@pytest.fixture
def meeting(cast):
    starts = timezone.now() + timedelta(days=20)
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=90), "calendar_uid": UUID(int=1)}
    return Meeting.objects.create(case=cast.case, owner=cast.ifo, booked_by=cast.anna, kind="follow_up", **times)


def letter_to(reader, meeting, number=1, **fields):
    fields = {"address": getattr(reader, "email", ""), "reader": reader, "watcher": meeting.booked_by, **fields}
    return OutboxMessage.objects.create(
        kind=Kind.MEETING_BOOKED,
        object_key=f"meeting:{meeting.pk}:{number}",
        channel=Channel.EMAIL,
        case=meeting.case,
        organisation=meeting.owner,
        subject="Kallelse",
        body="Tid och plats",
        **about(meeting),
        **fields,
    )


def in_two_days():
    return time_machine.travel(timezone.now() + timedelta(days=2), tick=False)


def part_withheld_in_two_days(cast, meeting):
    _withheld(cast, Piece("meeting", ""), meeting)


def this_meeting_withheld_in_two_days(cast, meeting):
    _withheld(cast, Piece("meeting", "", "meeting", meeting.pk), meeting)


def _withheld(cast, piece, meeting):
    said = {"recipients": [cast.af], "pieces": [piece], "reason": "Personen bad om det"}
    since = cast.day + timedelta(days=2)
    withhold(cast.gate(cast.anna), case=meeting.case, since=since, until=None, **said)


def assignment_until_tomorrow(cast, meeting):
    CaseGrant.objects.filter(user=cast.bo).update(until=cast.day + timedelta(days=1))


LATER = [part_withheld_in_two_days, this_meeting_withheld_in_two_days, assignment_until_tomorrow]


@pytest.mark.parametrize("ends", LATER, ids=lambda act: act.__name__)
def test_a_right_that_ends_on_a_later_day_is_asked_for_on_the_day_it_is_sent(cast, meeting, ends):
    ends(cast, meeting)
    letter_to(cast.bo, meeting)
    send_due()
    assert len(mail.outbox) == 1
    late = letter_to(cast.bo, meeting, 2)
    with in_two_days():
        send_due()
    late.refresh_from_db()
    assert (len(mail.outbox), late.standing, late.stopped_because) == (1, ("neutral", "stoppat"), "no_right")
    told = cast.anna.notices.get(kind=Kind.MESSAGE_FAILED)
    assert told.text == "Kallelse till möte, e-post. Mottagaren får inte längre öppna ärendet"
    assert cast.bo.full_name not in told.text


def test_who_has_no_log_in_gets_what_still_holds_and_not_what_has_been(cast, meeting):
    person, colleague, old = (
        letter_to(None, meeting, 1, address="person@example.org"),
        letter_to(None, meeting, 2, address=cast.cilla.email.upper()),
        letter_to(None, meeting, 3, address="tolk@example.org"),
    )
    links = PersonalLink.objects.lay("meetings:answer", {"1": meeting.ends_at, "3": timezone.now()})
    OutboxMessage.objects.filter(pk=person.pk).update(link=links["1"])
    OutboxMessage.objects.filter(pk=old.pk).update(link=links["3"])
    send_due()
    assert [sent.to for sent in mail.outbox] == [["person@example.org"]]
    because = {row.pk: row.stopped_because for row in OutboxMessage.objects.all()}
    assert because == {person.pk: "", colleague.pk: "no_right", old.pk: "over"}


def test_the_person_themselves_may_work_for_one_of_us(cast, meeting):
    type(cast.case.individual).objects.filter(pk=cast.case.individual_id).update(email=cast.cilla.email)
    letter_to(None, meeting, address=cast.cilla.email)
    send_due()
    assert len(mail.outbox) == 1


def test_the_outbox_asks_what_the_gate_asks(cast, meeting):
    """Everybody of the cast, and a colleague who sees the case through the unit."""
    unit = cast.af.units.get()
    sees_all = worker(cast.af, "Ulla")
    sees_all.roles.create(role="unit_worker", unit=unit, since=cast.day)
    CaseUnitGrant.objects.engage(cast.case, unit.group, since=cast.day)
    people = list(type(cast.bo).objects.all())
    for number, reader in enumerate(people):
        letter_to(reader, meeting, number)
    told = {reader.email for reader in people if Gate(reader).across(Meeting).filter(pk=meeting.pk).exists()}
    send_due()
    assert {address for sent in mail.outbox for address in sent.to} == told == {
        cast.anna.email, cast.bo.email, sees_all.email
    }  # fmt: skip


def test_a_thousand_that_may_not_go_are_stopped_in_as_many_statements_as_one(cast, meeting, costs):
    letter_to(cast.cilla, meeting)
    one = costs(stop_barred)
    for number in range(2, 12):
        letter_to(cast.cilla, meeting, number)
    assert costs(stop_barred) == one
    assert not OutboxMessage.objects.unsent().exists()
