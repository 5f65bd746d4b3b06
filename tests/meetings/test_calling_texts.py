"""Calls in languages that the house does not have: written by one, approved by another, said with their own days."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.core import mail as outgoing
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.models import Entry
from cases.languages import written_day
from cases.models import Individual
from consent.forms.reviewing import blanks
from meetings.mail import addresser
from meetings.models import CallingText, Meeting, Participant, Proposal
from meetings.phrases import MODELS
from meetings.reminders import remind
from meetings.tongues import EASY, Written, tongue_of
from notices.models import MARK, Kind, OutboxMessage, PersonalLink
from notices.sending import send_due
from samverkan.demo.calling_texts import POLISH
from tests.casting import worker

KIND = CallingText.Kind
ADD = "/administration/meetings/callingtext/add/"
TEN = datetime(2026, 11, 26, 9, 15, tzinfo=UTC)
TOLD = {
    "starts_at": TEN,
    "ends_at": TEN,
    "times": [(TEN, TEN)],
    "place": "Storgatan 1",
    "by_phone": False,
    "caller": "Maria Lind",
    "phone": "060-19 10 00",
    "sender": "Flen",
    "link": MARK,
}


def approved(language, kind, words, version=1):
    return CallingText.objects.create(
        language=language, kind=kind, version=version, words=words, approved_by="Prov", approved_at=TEN
    )


@pytest.fixture
def polish(cast):
    for kind, words in POLISH.items():
        approved("pl", kind, words)
    Individual.objects.filter(pk=cast.case.individual_id).update(
        language="Polska", channel="email", email="amina@example.org", phone="+46701234567"
    )


@pytest.mark.parametrize("kind", KIND)
def test_the_practice_translation_and_its_model_have_the_same_parts_and_blanks(kind):
    assert list(POLISH[kind]) == list(MODELS[kind])
    assert [part for part in MODELS[kind] if blanks(POLISH[kind][part]) != blanks(MODELS[kind][part])] == []


@pytest.mark.parametrize("kind", KIND)
def test_every_part_can_be_said(kind):
    tongue = Written(CallingText(language="sv", kind=kind, words=MODELS[kind]))
    assert "{" not in "".join(tongue.say(part, TOLD) for part in MODELS[kind])


def test_the_person_is_called_in_their_language_with_its_own_day(polish, book):
    book()
    message = OutboxMessage.objects.get(address="amina@example.org")
    day = Meeting.objects.get().day
    assert (message.subject, message.language) == ("Zaproszenie na spotkanie", "pl")
    assert f"Termin: {written_day(day, 'pl', with_weekday=True)}, godz. 09:15–10:00\nMiejsce: Yxtaholm" in message.body
    assert MARK in message.body
    assert "Anna" in message.body
    send_due()
    mail = next(m for m in outgoing.outbox if m.to == ["amina@example.org"])
    assert message_from_bytes(mail.message().as_bytes())["Content-Language"] == "pl"
    assert mail.alternatives == []


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("fi", "torstai 26. marraskuuta 2026"),
        ("pl", "czwartek, 26 listopada 2026"),
        ("ar", "الخميس، 26 نوفمبر 2026"),
        ("en", "Thursday 26 November 2026"),
        ("so", "2026-11-26"),
        ("ckb", "2026-11-26"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code, day):
    assert written_day(TEN.date(), code, with_weekday=True) == day


def test_the_person_answers_and_is_thanked_in_their_language(client, polish, book):
    book()
    client.logout()
    link = PersonalLink.objects.get(object_key=Participant.objects.get(role="individual").key)
    page = client.get(reverse(link.route, args=[link.token])).content.decode()
    assert '<html lang="pl">' in page
    assert "Czy termin pasuje?" in page
    assert "Miejsce: Yxtaholm" in page
    assert "Proszę wybrać" in client.post(reverse(link.route, args=[link.token])).content.decode()
    page = client.post(reverse(link.route, args=[link.token]), {"reply": "coming"}, follow=True).content.decode()
    assert "Dziękujemy. Odpowiedź: przyjdę." in page


def test_reminding_and_cancelling_are_said_in_it_too(client, polish, book, cast):
    book()
    meeting = Meeting.objects.get()
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(days=30), sent_at=timezone.now())
    assert remind(meeting.starts_at - timedelta(hours=1)) == 1
    client.post(reverse("meetings:cancel", args=[cast.case.pk, meeting.pk]), {"reason": "Sjuk", "by": "other"})
    sent = OutboxMessage.objects.filter(object_key=meeting.participants.get(role="individual").message_key)
    assert [message.subject for message in sent.order_by("pk")] == [
        POLISH[kind]["subject"] for kind in (KIND.BOOKED, KIND.REMINDER, KIND.CANCELLED)
    ]


def test_many_are_called_with_the_texts_looked_up_once(polish, book, costs):
    book()
    seats = [Participant.objects.to_call().get(role="individual") for _ in range(20)]

    def address(number):
        envelope_for = addresser()
        return [envelope_for(seat.meeting, seat, KIND.BOOKED).tongue.lang for seat in seats[:number]]

    assert address(20) == ["pl"] * 20
    assert costs(lambda: address(20)) == costs(lambda: address(1))


def test_times_are_proposed_and_marked_in_it(client, polish, cast, filled_in, day):
    client.force_login(cast.anna)
    times = [f"{day}T09:00", f"{day}T13:00"]
    sent = filled_in(propose="1", proposed=times, day=None, clock=None)
    client.post(reverse("meetings:book", args=[cast.case.pk]), sent)
    proposal = Proposal.objects.get()
    message = OutboxMessage.objects.get(kind=Kind.MEETING_PROPOSED)
    own = f"{written_day(day, 'pl', with_weekday=True)}, godz. "
    assert f"{own}09:15–10:00\n{own}13:15–14:00\n\nMiejsce: Yxtaholm" in message.body
    client.logout()
    page = client.get(message.link.address).content.decode()
    assert f"{own}13:15–14:00" in page
    answered = client.post(message.link.address, {"suits": ["1"]}, follow=True).content.decode()
    assert "odpowiedź jest zapisana" in answered
    client.force_login(cast.anna)
    client.post(reverse("meetings:withdraw_proposal", args=[cast.case.pk, proposal.pk]))
    assert OutboxMessage.objects.filter(subject="Nie trzeba już wybierać terminu", language="pl").exists()


def test_what_nobody_has_translated_is_said_in_easy_swedish(cast):
    person = Individual(language="somaliska")
    approved("so", KIND.REMINDER, MODELS[KIND.REMINDER])
    assert isinstance(tongue_of(person, KIND.REMINDER), Written)
    assert tongue_of(person, KIND.BOOKED) == EASY


def test_a_translation_that_lacks_a_part_is_not_said_and_easy_swedish_is_for_those_who_read_swedish(cast):
    approved("so", KIND.BOOKED, MODELS[KIND.BOOKED])
    easy = Individual(language="somaliska", support_needs=["easy_read"])
    assert isinstance(tongue_of(easy, KIND.BOOKED), Written)
    approved("so", KIND.BOOKED, {"subject": "Kulan"}, version=2)
    assert tongue_of(easy, KIND.BOOKED) == EASY


def test_the_newest_approved_text_is_said_and_a_draft_is_not(cast):
    for version, subject in ((1, "Ett"), (2, "Två")):
        approved("so", KIND.BOOKED, MODELS[KIND.BOOKED] | {"subject": subject}, version)
    CallingText.objects.create(language="so", kind=KIND.BOOKED, version=3, words={"subject": "Tre"})
    assert tongue_of(Individual(language="somaliska"), KIND.BOOKED).say("subject", TOLD) == "Två"


def test_a_language_from_the_right_keeps_each_value_whole_and_says_its_direction(cast, book, client):
    """Invented: the Swedish model under the name of Arabic, for what is tried is the direction."""
    approved("ar", KIND.BOOKED, MODELS[KIND.BOOKED])
    approved("ar", KIND.ANSWER_PAGE, MODELS[KIND.ANSWER_PAGE])
    Individual.objects.filter(pk=cast.case.individual_id).update(
        language="arabiska", channel="email", email="amina@example.org"
    )
    book()
    message = OutboxMessage.objects.get(address="amina@example.org")
    assert "klockan \u206809:15\u2069–\u206810:00\u2069" in message.body
    assert f"\n{MARK}\n" in message.body
    send_due()
    (html, kind) = next(m for m in outgoing.outbox if m.to == ["amina@example.org"]).alternatives[0]
    assert kind == "text/html"
    assert '<html lang="ar" dir="rtl">' in html
    assert f'<a href="{message.link.address}"' in html
    page = client.get(reverse(message.link.route, args=[message.link.token])).content.decode()
    assert '<html lang="ar">' in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("act", [lambda t: t.delete(), lambda t: CallingText.objects.update(words={})])
def test_the_database_refuses_to_change_an_approved_text(cast, act):
    text = approved("so", KIND.BOOKED, MODELS[KIND.BOOKED])
    with pytest.raises(ProgrammingError), transaction.atomic():
        act(text)


@pytest.fixture
def draft(client, cast):
    """Adam begins, and is led to where he writes."""
    client.force_login(cast.adam)
    answer = client.post(ADD, {"language": "so", "kind": KIND.CANCELLED})
    text = CallingText.objects.get()
    assert answer.url == change_of(text)
    assert (text.version, text.drafted_by) == (1, cast.adam)
    return text


def change_of(text):
    return f"/administration/meetings/callingtext/{text.pk}/change/"


def write(client, text, approve=False, seen="", **changed):
    parts = {f"part_{part}": phrase for part, phrase in (MODELS[text.kind] | text.words | changed).items()}
    sent = {name: phrase.replace("\n", "\r\n") for name, phrase in parts.items()}
    answer = client.post(change_of(text), sent | {"seen": seen} | ({"approve": "on"} if approve else {}))
    text.refresh_from_db()
    return answer


def test_one_writes_and_another_approves_and_then_it_stands(client, cast, draft):
    assert "På svenska:" in client.get(change_of(draft)).content.decode()
    assert write(client, draft, subject="Kulanka").status_code == 302
    assert draft.words == MODELS[KIND.CANCELLED] | {"subject": "Kulanka"}
    assert "Någon annan än den som skrev" in write(client, draft, approve=True).content.decode()
    client.force_login(worker(cast.ame, "Agnes", Role.ADMINISTRATOR))
    assert (
        "låt någon annan"
        in write(client, draft, approve=True, sms="Annat {day} {start} {phone} {sender}").content.decode()
    )
    assert write(client, draft, approve=True).status_code == 302
    assert (draft.approved_by, draft in CallingText.objects.in_force(KIND.CANCELLED).values()) == ("Agnes Extra", True)
    assert Entry.objects.filter(object_kind="callingtext").count() == 3
    assert write(client, draft, subject="Annat").status_code == 403
    assert "Kulanka" in client.get(change_of(draft)).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"sms": "{day} {start} {phone}"}, "Behåll det som står inom klamrar, oöversatt: {day}, {phone}, {sender}"),
        ({"sms": "{day} {start} {phone} {sender} {plan}"}, "{plan} går inte att fylla i."),
        ({"sms": "{day!r:>99999999} {start} {phone} {sender}"}, "Behåll det som står inom klamrar"),
        ({"subject": "{day}"}, "{day} går inte att fylla i. Skriv inga klamrar här."),
        ({"subject": ""}, "Detta fält måste fyllas i."),
    ],
)
def test_a_blank_that_is_unknown_or_lost_is_told_at_its_field(client, cast, draft, changed, sentence):
    page = write(client, draft, **changed).content.decode()
    assert sentence in page
    assert draft.words == {}


def test_two_who_write_at_once_see_both_texts_and_neither_is_lost(client, cast, draft):
    seen = client.get(change_of(draft)).context["adminform"].form.initial["seen"]
    write(client, draft, subject="Kulan", seen=seen)
    client.force_login(worker(cast.ame, "Agnes", Role.ADMINISTRATOR))
    page = write(client, draft, subject="Shir", seen=seen)
    shown = page.content.decode()
    assert "Någon annan har sparat texten medan du skrev." in shown
    assert "Nu står här: Kulan" in shown
    assert 'value="Shir"' in shown
    assert draft.words["subject"] == "Kulan"
    again = re.search(r'name="seen" value="(\w+)"', shown)[1]
    assert write(client, draft, subject="Shir", seen=again).status_code == 302
    assert draft.words["subject"] == "Shir"


def test_the_link_stands_alone(client, cast):
    client.force_login(cast.adam)
    client.post(ADD, {"language": "so", "kind": KIND.BOOKED})
    body = MODELS[KIND.BOOKED]["body"].replace("\n{link}", " {link}")
    assert "Låt {link} stå ensamt på sin rad." in write(client, CallingText.objects.get(), body=body).content.decode()


def test_the_languages_of_the_house_are_not_offered(client, cast):
    client.force_login(cast.adam)
    page = client.post(ADD, {"language": "en", "kind": KIND.BOOKED}).content.decode()
    assert not CallingText.objects.exists()
    assert "engelska (en)" not in page
