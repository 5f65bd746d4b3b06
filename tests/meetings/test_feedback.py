"""The looking back: each for themselves, the observer apart, the person on screen, by link and on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from audit.models import Entry
from meetings import voice
from meetings.models import Feedback, Meeting, MeetingPhase, Participant, PersonFeedback, ProcessFeedback, VoiceSlip
from meetings.tasks import render_voice_slip
from notices.models import Document, OutboxMessage

FIGURES = {"cooperation": 4, "reached": 5, "roles_held": 4, "person_heard": 5}


@pytest.fixture
def held(on_the_day):
    """Both professionals were there; the phase of looking back runs."""
    Meeting.objects.filter(pk=on_the_day.pk).update(status="held", outcome="held")
    on_the_day.participants.update(attended=True)
    MeetingPhase.objects.create(meeting=on_the_day, phase="feedback", started_at=on_the_day.starts_at)
    on_the_day.refresh_from_db()
    return on_the_day


def says(response):
    return response.content.decode()


def test_each_professional_looks_back_for_themselves_and_sees_only_their_own(cast, held, post, look):
    post("feedback", held, **FIGURES, next_time="Annas hemliga rad")
    post("feedback", held, user=cast.bo, **FIGURES | {"cooperation": 2})
    held.refresh_from_db()
    assert held.status == "feedback_done"
    assert held.phases.get().ended_at is not None
    assert set(Feedback.objects.values_list("given_by", "cooperation")) == {(cast.anna.pk, 4), (cast.bo.pk, 2)}
    assert "Annas hemliga rad" in says(look("feedback", held))
    for name in ("feedback", "meeting"):
        assert "Annas hemliga rad" not in says(look(name, held, user=cast.bo))
    post("feedback", held, **FIGURES | {"cooperation": 5})
    assert Feedback.objects.get(given_by=cast.anna).cooperation == 5


def test_it_waits_until_the_meeting_is_held(booked, post):
    assert post("feedback", booked, **FIGURES).status_code == 403
    assert post("person_feedback", booked, listened_to=3).status_code == 403


def test_every_item_is_answered_and_words_are_kept(held, post):
    response = says(post("feedback", held, cooperation=6, next_time="Behåll mig"))
    assert "Behåll mig" in response
    assert "Välj ett värde från 1 till 5." in response
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(("name", "field"), [("feedback", "next_time"), ("process_feedback", "line")])
def test_no_line_names_the_person(cast, held, post, name, field):
    Participant.objects.filter(user=cast.bo).update(role="observer")
    figures = FIGURES | {"method": 4, "attitude": 5}
    assert "Ta bort namnet Amina" in says(post(name, held, user=cast.bo, **figures, **{field: "Låt Amina börja"}))
    assert "personnummer" in says(post(name, held, user=cast.bo, **figures, **{field: "19950106-2385"}))
    assert not Feedback.objects.exists()
    assert not ProcessFeedback.objects.exists()


def test_only_the_observer_speaks_of_the_method_and_nobody_reads_it_in_the_case(cast, held, post, look):
    words = {"method": 4, "attitude": 5, "line": "Lugnt och tydligt"}
    assert post("process_feedback", held, **words).status_code == 403
    Participant.objects.filter(user=cast.bo).update(role="observer")
    post("process_feedback", held, user=cast.bo, **words)
    assert ProcessFeedback.objects.get().line == "Lugnt och tydligt"
    assert "Lugnt och tydligt" not in says(look("meeting", held))


def test_an_observer_is_invited_when_the_meeting_is_booked_and_stays_one_when_it_moves(client, cast, book, filled_in):
    assert "Någon måste hålla mötet" in says(book(workers=[cast.bo.pk], observers=[cast.bo.pk]))
    assert book(workers=[cast.anna.pk], observers=[cast.bo.pk]).status_code == 302
    booked = Meeting.objects.get()
    assert dict(booked.participants.values_list("name", "role"))[cast.bo.full_name] == "observer"
    call = OutboxMessage.objects.get(kind="meeting_booked", address=cast.bo.email)
    assert "Du är kallad till ett möte som observatör." in call.body
    page = reverse("meetings:move", args=[cast.case.pk, booked.pk])
    shown = client.get(page).context["form"].initial
    assert (shown["workers"], shown["observers"]) == ([cast.anna.pk], [cast.bo.pk])
    client.post(page, filled_in(workers=[cast.anna.pk], observers=[cast.bo.pk], clock="13:00", by="person", reason="x"))
    moved = Meeting.objects.get(replaces=booked)
    assert moved.participants.get(user=cast.bo).role == "observer"
    assert "observatör" in says(client.get(reverse("meetings:meeting", args=[cast.case.pk, moved.pk])))


def test_the_person_answers_on_a_screen_without_the_frame_or_skips(held, post, look):
    shown = says(look("person_feedback", held))
    assert "Sök namn" not in shown
    assert "Blev du lyssnad på?" in shown
    assert "Tack!" in says(post("person_feedback", held, listened_to=3, line="Bra fika"))
    answer = PersonFeedback.objects.get()
    assert (answer.listened_to, answer.know_next, answer.line) == (3, None, "Bra fika")
    assert "Bra fika" not in says(look("person_feedback", held))
    assert "giltigt" in says(post("person_feedback", held, listened_to=9))


def test_the_paper_has_a_code_and_names_nobody(cast, held, post, look, client):
    assert look("voice_slip", held).status_code == 404
    post("print_voice_slip", held)
    post("print_voice_slip", held)
    code = VoiceSlip.objects.get().code
    shown = says(look("voice_slip", held))
    assert code in shown
    assert "<svg" in shown
    for name in ("Amina", "Hassan", held.case.number):
        assert name not in shown
    client.force_login(cast.cilla)
    register = reverse("meetings:register_voice")
    assert "finns inte bland dina" in says(client.post(register, {"code": code, "listened_to": 2}))
    client.force_login(cast.anna)
    assert client.post(register, {"code": code.lower(), "listened_to": 2, "know_next": 1}).status_code == 302
    assert PersonFeedback.objects.get().know_next == 1


def test_the_paper_is_a_tagged_pdf_that_names_nobody(cast, held, post):
    post("print_voice_slip", held)
    assert post("voice_slip_pdf", held).status_code == 302
    document = Document.objects.get()
    render_voice_slip(document.pk)
    document.refresh_from_db()
    pdf = PdfReader(BytesIO(bytes(document.content)))
    text = pdf.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert (pdf.metadata.title, document.pages, document.file_name) == (
        "Två frågor till dig",
        1,
        f"tva-fragor-{document.pk}.pdf",
    )
    assert VoiceSlip.objects.get().code in text
    assert text.count("Delvis") == 2
    assert not any(name in text for name in ("Amina", "Hassan", held.case.number))


def test_the_link_on_the_paper_opens_the_two_questions_and_nothing_else(held, post, client):
    post("print_voice_slip", held)
    client.logout()
    address = reverse("meetings:voice", args=[voice.link_of(held).token])
    shown = says(client.get(address))
    assert "Vet du vad som händer nu?" in shown
    assert "Amina" not in shown
    before = Entry.objects.count()
    assert "Tack!" in says(client.post(address, {"listened_to": 1}))
    assert PersonFeedback.objects.get().listened_to == 1
    assert (Entry.objects.count() - before, Entry.objects.latest("pk").case_id) == (1, None)
    assert client.get(reverse("meetings:voice", args=["okand"])).status_code == 404
    with time_machine.travel(held.ends_at + timedelta(days=31), tick=False):
        assert client.get(address).status_code == 404
