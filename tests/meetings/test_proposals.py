"""Several times are put to those without log-in; they mark those that suit behind a link, and one of them is booked."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from cases.models import ExitReason, Individual
from consent.context import acting_as
from consent.gate import Gate
from meetings import secrecy
from meetings.models import Meeting, Proposal
from meetings.proposal_mail import CHOOSE
from meetings.services.closing import close_case
from meetings.slots import Booking, search
from notices.models import Kind, Notice, OutboxMessage, PersonalLink

OTHER = {"other_name": "Siv Stöd", "other_email": "siv@example.org"}


@pytest.fixture
def propose(client, cast, filled_in, interpreter, day):
    """Anna marks two times and sends them; gives the answer."""

    def post(user=None, clocks=("09:00", "13:00"), **changes):
        Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
        client.force_login(user or cast.anna)
        proposed = {"propose": "1", "proposed": [f"{day}T{clock}" for clock in clocks], "day": None, "clock": None}
        sent = filled_in(**{"interpreter": interpreter.pk} | OTHER | proposed | changes)
        return client.post(reverse("meetings:book", args=[cast.case.pk]), sent)

    return post


@pytest.fixture
def proposal(propose):
    propose()
    return Proposal.objects.get()


@pytest.fixture
def outside():
    return Client()


def recipient(proposal, role="individual"):
    return proposal.recipients.get(role=role)


def page_of(proposal, role="individual"):
    link = PersonalLink.objects.get(route=CHOOSE, object_key=recipient(proposal, role).key)
    return reverse(CHOOSE, args=[link.token])


def own_page(proposal):
    return reverse("meetings:proposal", args=[proposal.case_id, proposal.pk])


def slot(proposal, number):
    return {"slot": timezone.localtime(proposal.starts[number]).strftime("%Y-%m-%dT%H:%M")}


def says(answer):
    return answer.content.decode()


def test_everybody_without_log_in_is_asked_in_their_own_words(cast, proposal):
    mails = {message.address: message for message in OutboxMessage.objects.filter(kind=Kind.MEETING_PROPOSED)}
    assert set(mails) == {"amina@example.org", "tolk@example.org", "siv@example.org"}
    for message in mails.values():
        assert "klockan 09.15–10.00" in message.text
        assert "klockan 13.15–14.00" in message.text
        assert message.link.address in message.text
        assert message.link.token not in message.body
        for secret in (cast.case.number, "Hassan", "trepart", "Socialförvaltningen"):
            assert secret not in message.subject + message.text
    assert "Språk: somaliska" in mails["tolk@example.org"].text
    assert "Amina" not in mails["tolk@example.org"].text + mails["siv@example.org"].text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"clocks": ("09:00",)}, "Välj mellan 2 och 5 tider"),
        (
            {"with_individual": None, "kind": "informal", "interpreter": "", "other_name": "", "other_email": ""},
            "direkt",
        ),
        ({"kind": "follow_up", "every": "1", "times": "3"}, "Ett förslag gäller ett möte"),
        ({"room": ""}, "Välj ett rum"),
    ],
)
def test_what_cannot_be_proposed_is_said_and_what_was_written_is_kept(propose, changes, refusal):
    answer = propose(**changes)
    assert answer.status_code == 200
    assert refusal in says(answer)
    assert not Proposal.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_the_page_behind_the_link_says_times_place_and_sender_and_nothing_else(cast, outside, proposal):
    before = Entry.objects.count()
    for role in ("individual", "interpreter", "other"):
        text = says(outside.get(page_of(proposal, role)))
        for told in ("09.15–10.00", "13.15–14.00", "Yxtaholm", "Flens kommun"):
            assert told in text
        for secret in ("Amina", "Hassan", "Anna", "Berg", "Tolk", "Siv", "Socialförvaltningen", cast.case.number):
            assert secret not in text
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("needs", "language", "words"), [([], "engelska", "Which times suit you?"), (["easy_read"], "svenska", "Kryssa i")])  # fmt: skip
def test_the_person_reads_their_own_tongue(cast, outside, propose, needs, language, words):
    Individual.objects.filter(pk=cast.case.individual_id).update(support_needs=needs, language=language)
    propose()
    proposal = Proposal.objects.get()
    assert words in says(outside.get(page_of(proposal)))
    assert "Vilka tider passar?" in says(outside.get(page_of(proposal, "other")))


def test_the_times_that_suit_are_kept_and_can_be_changed(outside, proposal):
    page = page_of(proposal)
    assert outside.post(page, {"suits": ["0", "1"]}).status_code == 302
    assert outside.post(page, {"suits": ["1"]}).status_code == 302
    person = recipient(proposal)
    assert (person.suits, person.reply_noted_by) == ([proposal.starts[1]], None)
    assert "ditt svar är sparat" in says(outside.get(page))
    assert Entry.objects.filter(action=Action.CHANGED, object_kind="proposalrecipient").count() == 2
    assert not Notice.objects.filter(kind=Kind.REPLY).exists()


@pytest.mark.parametrize("wrong", [{}, {"suits": ["0"], "none": "on"}, {"suits": ["7"]}, {"suits": ["x"]}])
def test_an_answer_that_is_none_is_refused_in_words(outside, proposal, wrong):
    answer = outside.post(page_of(proposal), wrong)
    assert answer.status_code == 200
    assert "Markera de tider som passar, eller att ingen av dem gör det." in says(answer)
    assert not recipient(proposal).has_replied


def test_whoever_asked_is_told_when_all_are_in_and_at_once_when_nothing_suits(cast, outside, proposal):
    outside.post(page_of(proposal), {"none": "on"})
    assert Notice.objects.undone().get(kind=Kind.REPLY).text.startswith("Ingen av mötestiderna passar")
    outside.post(page_of(proposal), {"suits": ["0"]})
    assert not Notice.objects.undone().filter(kind=Kind.REPLY).exists()
    for role in ("interpreter", "other"):
        outside.post(page_of(proposal, role), {"suits": ["0"]})
    told = Notice.objects.undone().get(kind=Kind.REPLY)
    assert (told.recipient, told.text.startswith("Alla har svarat")) == (cast.anna, True)


def test_the_answers_stand_side_by_side_and_one_act_books(client, cast, outside, proposal):
    outside.post(page_of(proposal), {"suits": ["1"]})
    outside.post(page_of(proposal, "other"), {"suits": ["0", "1"]})
    page = page_of(proposal)
    client.force_login(cast.bo)
    shown = says(client.get(own_page(proposal)))
    assert (shown.count("passar inte"), shown.count(">passar<"), shown.count("inget svar")) == (1, 3, 3)
    assert client.post(own_page(proposal), slot(proposal, 1)).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.booked_by) == (proposal.starts[1], cast.bo)
    assert OutboxMessage.objects.filter(kind=Kind.MEETING_BOOKED).count() == 5
    assert not OutboxMessage.objects.unsent().filter(kind=Kind.MEETING_PROPOSED).exists()
    for role in ("individual", "interpreter", "other"):
        assert PersonalLink.objects.get(route=CHOOSE, object_key=recipient(proposal, role).key).ended_at is not None
    gone = outside.get(page)
    assert (gone.status_code, "Länken gäller inte" in says(gone)) == (404, True)
    assert "redan bokat" in says(client.post(own_page(proposal), slot(proposal, 0)))
    assert Meeting.objects.count() == 1


def test_expired_revoked_and_unknown_links_answer_alike(client, cast, outside, proposal):
    page = page_of(proposal)
    unknown = outside.get(reverse(CHOOSE, args=["x"]))
    with time_machine.travel(proposal.starts[-1] + timedelta(minutes=1)):
        assert outside.post(page, {"suits": ["0"]}).status_code == 404
        expired = outside.get(page)
    client.force_login(cast.anna)
    client.post(reverse("meetings:withdraw_proposal", args=[proposal.case_id, proposal.pk]))
    revoked = outside.get(page)
    assert {answer.status_code for answer in (unknown, expired, revoked)} == {404}
    assert "Länken gäller inte" in says(unknown)
    assert len({says(answer) for answer in (unknown, expired, revoked)}) == 1
    assert not recipient(proposal).has_replied
    told = OutboxMessage.objects.unsent().filter(object_key__startswith="proposal:")
    assert set(told.values_list("kind", flat=True)) == {Kind.MEETING_CANCELLED}
    assert "du behöver inte svara" in told.get(address="siv@example.org").body


def test_a_time_that_was_taken_meanwhile_is_said_with_the_next_ones(client, cast, outside, proposal, book):
    book(kind="follow_up", interpreter=None)
    assert "Inte ledig längre:" in says(outside.get(page_of(proposal)))
    assert outside.post(page_of(proposal), {"suits": ["0"]}).status_code == 200
    answer = client.post(own_page(proposal), slot(proposal, 0))
    text = says(answer)
    assert "är upptagna" in text
    assert "Andra lediga tider" in text
    assert "upptagen" in text
    proposal.refresh_from_db()
    assert proposal.is_open
    other = answer.context["page"].offer.slots[0]
    assert client.post(own_page(proposal), {"slot": other.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    assert Proposal.objects.get().meeting.starts_at == other


def test_an_answer_by_telephone_is_noted(client, cast, proposal):
    client.force_login(cast.anna)
    person = recipient(proposal)
    note = reverse("meetings:note_choice", args=[proposal.case_id, proposal.pk, person.pk])
    client.post(note, {"suits": ["0"]})
    person.refresh_from_db()
    assert (person.suits, person.reply_noted_by) == ([proposal.starts[0]], cast.anna)
    assert "antecknat" in says(client.get(own_page(proposal)))


def test_a_place_is_not_told_of_somebody_protected(cast, outside, proposal):
    Individual.objects.filter(pk=cast.case.individual_id).update(protection="confidential")
    assert "Yxtaholm" not in says(outside.get(page_of(proposal, "other")))
    assert "Yxtaholm" not in OutboxMessage.objects.get(address="siv@example.org").text
    assert not OutboxMessage.objects.waiting(timezone.now()).filter(address="amina@example.org").exists()
    assert secrecy.rewrite() == 1
    assert OutboxMessage.objects.get(address="amina@example.org").cancelled_at
    assert "Ring" in Notice.objects.get(kind=Kind.MESSAGE_FAILED, recipient=cast.anna).text


def test_a_proposal_ends_with_the_case(cast, outside, proposal):
    page, gate = page_of(proposal), Gate(cast.anna)
    with acting_as(gate):
        close_case(gate, case=cast.case, reason=ExitReason.DECEASED, closed_on=cast.day, text="")
    assert outside.get(page).status_code == 404
    told = OutboxMessage.objects.filter(object_key__startswith="proposal:", kind=Kind.MEETING_CANCELLED)
    assert not told.filter(address="amina@example.org").exists()


def test_nobody_outside_the_case_sees_or_books(client, cast, proposal):
    for person in (cast.cilla, cast.petra):
        client.force_login(person)
        assert client.get(own_page(proposal)).status_code == 404
        assert client.post(own_page(proposal), slot(proposal, 0)).status_code == 404
    assert not Meeting.objects.exists()


def test_times_to_choose_among_are_spread_and_fill_up_from_the_same_days_when_they_are_few(cast, day):
    wish = Booking("follow_up", "video", at(day), 15, 45, 15, (cast.anna,))
    assert {start.date() for start in search(wish, due_on=day).spread} == {day}
    for last in (day, day + timedelta(days=14)):
        assert len(search(wish, due_on=last).spread) == 8
    spread = search(wish).spread
    assert len({(start.date(), start.hour < 12) for start in spread}) == 8
    assert spread == sorted(spread)


def at(day):
    return timezone.make_aware(datetime.combine(day, time()))


SEVERAL = OTHER | {"other_2_name": "Vårdcentralen", "other_2_email": "vard@example.org", "other_3_name": "Hyresvärden"}


def test_several_parties_without_account_are_asked_answered_and_called_each_by_themselves(
    client, cast, outside, propose
):
    propose(**SEVERAL)
    proposal = Proposal.objects.get()
    asked = list(proposal.recipients.filter(role="other"))
    assert [each.name for each in asked] == ["Siv Stöd", "Vårdcentralen", "Hyresvärden"]
    links = {PersonalLink.objects.get(route=CHOOSE, object_key=each.key).token for each in asked}
    assert len(links) == 3
    for each, suits in zip(asked, ("0", "1"), strict=False):
        link = PersonalLink.objects.get(route=CHOOSE, object_key=each.key)
        outside.post(reverse(CHOOSE, args=[link.token]), {"suits": [suits]})
    page = says(client.get(own_page(proposal)))
    assert page.count("passar inte") == 2
    assert "Väntar på svar från Amina Hassan, Tolk 4711, Hyresvärden" in page
    client.post(own_page(proposal), slot(proposal, 1))
    called = Meeting.objects.get().participants.filter(role="other")
    assert [(each.name, each.email) for each in called] == [
        ("Siv Stöd", "siv@example.org"),
        ("Vårdcentralen", "vard@example.org"),
        ("Hyresvärden", ""),
    ]
    told = OutboxMessage.objects.filter(kind=Kind.MEETING_BOOKED, address__in=["siv@example.org", "vard@example.org"])
    assert len({message.link_id for message in told}) == 2


def test_a_wish_from_when_only_one_could_be_invited_is_booked_as_it_was(client, proposal):
    proposal.wish = {**proposal.wish, **OTHER}
    del proposal.wish["guests"]
    proposal.save()
    client.post(own_page(proposal), slot(proposal, 0))
    assert Meeting.objects.get().participants.get(role="other").name == "Siv Stöd"
