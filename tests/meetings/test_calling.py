"""Calls in each tongue, as a letter for those without digital contact, and kept on the meeting's page."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Individual
from meetings.mail import MISSING_ADDRESS
from meetings.models import Meeting
from meetings.tasks import render_letter
from meetings.tongues import EASY, ENGLISH, PAGES, SWEDISH, tongue_of
from notices.models import MARK, Channel, Document, Kind, OutboxMessage, PersonalLink

FOLDER = Path(settings.BASE_DIR) / "templates/meetings/calling"
TO_THE_PERSON = {"subject.txt", "individual.txt", "sms.txt", "answer.html"}


def test_a_tongue_is_a_folder_with_all_that_the_person_reads():
    for tongue in PAGES:
        assert {path.name for path in (FOLDER / tongue).iterdir()} >= TO_THE_PERSON
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize(
    ("fields", "tongue"),
    [
        ({}, SWEDISH),
        ({"language": "Engelska"}, ENGLISH),
        ({"language": "dari"}, EASY),
        ({"support_needs": ["easy_read"]}, EASY),
        ({"language": "engelska", "support_needs": ["easy_read"]}, EASY),
    ],
)
def test_the_person_is_called_in_their_own_tongue_or_easy_swedish(cast, fields, tongue):
    assert tongue_of(Individual(**fields), Kind.MEETING_BOOKED) == tongue


@pytest.mark.parametrize(
    ("fields", "channel", "subject", "words"),
    [
        (
            {"language": "engelska", "channel": "email"},
            "email",
            "Invitation to a meeting",
            "You are welcome to a meeting",
        ),
        ({"language": "engelska", "channel": "sms"}, "sms", "Invitation to a meeting", "Reply: "),
        ({"language": "dari", "channel": "email"}, "email", "Kallelse till möte", "Du ska komma på ett möte."),
        ({"channel": "sms"}, "sms", "Kallelse till möte", "Plats: Yxtaholm, Storgatan 1. Svara: "),
    ],
)
def test_each_tongue_and_channel_has_its_words(cast, book, fields, channel, subject, words):
    Individual.objects.update(email="amina@example.org", phone="+46701234567", **fields)
    book()
    message = OutboxMessage.objects.get(address__in=["amina@example.org", "+46701234567"])
    assert (message.channel, message.subject) == (channel, subject)
    assert words in message.body
    assert MARK in message.body
    for secret in ("Hassan", cast.case.number, "trepart", "försörjning", "Arbetsförmedlingen"):
        assert secret not in message.body


@pytest.fixture
def letter(cast, book):
    Individual.objects.update(street="Gatan 1", postcode="642 30", city="Flen", support_needs=["large_print"])
    book()
    return OutboxMessage.objects.get(channel=Channel.LETTER)


def ask(client, letter):
    return client.post(reverse("notices:letter_pdf", args=[letter.pk]))


def test_a_letter_is_a_tagged_pdf_with_the_address_and_the_link(client, cast, letter):
    client.force_login(cast.anna)
    assert ask(client, letter).status_code == 302
    document = Document.objects.get(kind=Document.Kind.LETTER)
    render_letter(document.pk)
    document.refresh_from_db()
    pdf = PdfReader(BytesIO(bytes(document.content)))
    root, text = pdf.trailer["/Root"], pdf.pages[0].extract_text()
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title == "Kallelse till möte"
    for words in ("Amina Hassan", "Gatan 1", "642 30 Flen", "Yxtaholm"):
        assert words in text
    assert PersonalLink.objects.get(pk=letter.link_id).token in text.replace("\n", "")
    assert document.file_name == f"brev-{document.pk}.pdf"


def test_nobody_else_asks_for_it_and_what_has_been_closed_is_not_made(client, cast, letter):
    for person in (cast.bo, cast.cilla, cast.ingrid):
        client.force_login(person)
        assert ask(client, letter).status_code == 404
    client.force_login(cast.anna)
    ask(client, letter)
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    document = Document.objects.get()
    render_letter(document.pk)
    document.refresh_from_db()
    assert (document.state, document.content) == (Document.State.FAILED, None)


def test_without_an_address_it_is_handed_over(cast, book):
    book()
    assert OutboxMessage.objects.get(channel=Channel.LETTER).address == MISSING_ADDRESS


def test_what_was_sent_stands_on_the_meetings_page_for_those_who_sent_it(client, cast, letter):
    url = reverse("meetings:meeting", args=[cast.case.pk, Meeting.objects.get().pk])
    client.force_login(cast.anna)
    page = client.get(url).content.decode()
    assert "Skickat" in page
    assert "Brevet som PDF" in page
    assert letter.link.token not in page
    client.force_login(cast.bo)
    assert "Skickat" not in client.get(url).content.decode()


def test_the_page_costs_the_same_however_much_was_sent(client, cast, letter, costs):
    url = reverse("meetings:meeting", args=[cast.case.pk, Meeting.objects.get().pk])
    client.force_login(cast.anna)
    client.get(url)
    short = costs(lambda: client.get(url))
    for number in range(20):
        letter.pk, letter.period, letter.kind = None, str(number), Kind.MEETING_CHANGED
        letter.save()
    assert costs(lambda: client.get(url)) == short
