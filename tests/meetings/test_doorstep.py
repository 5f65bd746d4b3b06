"""A personal link opens one person's call, shows the least, and takes their answer; looking changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from cases.models import Individual
from consent.models import Disclosure
from meetings.mail import ANSWER
from meetings.models import Meeting, Participant
from notices.models import MARK, Kind, Notice, OutboxMessage, PersonalLink

REPLY = Participant.Reply


@pytest.fixture
def booked(cast, book, interpreter):
    Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
    assert book(interpreter=interpreter.pk).status_code == 302
    return Meeting.objects.get()


def link_of(participant):
    return PersonalLink.objects.get(route=ANSWER, object_key=participant.key)


def page_of(participant):
    return reverse(ANSWER, args=[link_of(participant).token])


@pytest.fixture
def person(booked):
    return booked.participants.get(role="individual")


@pytest.fixture
def outside():
    """Somebody with a browser and no log-in."""
    return Client(enforce_csrf_checks=False)


def says(answer):
    return answer.content.decode()


def test_the_mail_holds_the_link_and_the_kept_copy_does_not(person):
    message = OutboxMessage.objects.get(address="amina@example.org")
    link = link_of(person)
    assert link.address in message.text
    assert link.token not in message.body
    assert MARK in message.body
    kept = [str(row) for model in (OutboxMessage, PersonalLink) for row in model.objects.values()]
    assert not any(link.token in row for row in kept)


def test_the_page_says_when_where_and_from_whom_and_nothing_else(cast, outside, person):
    text = says(outside.get(page_of(person)))
    assert "09.15–10.00" in text
    assert "Yxtaholm" in text
    assert "Flens kommun" in text
    for secret in ("Amina", "Hassan", "Anna", "Berg", "Tolk", "Socialförvaltningen", cast.case.number, "trepart"):
        assert secret not in text


def test_an_answer_is_kept_and_whoever_booked_is_told_of_a_no(cast, outside, person):
    answer = outside.post(page_of(person), {"reply": "new_time"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.reply, person.reply_noted_by) == (REPLY.NEW_TIME, None)
    assert person.replied_at
    notice = Notice.objects.get(kind=Kind.REPLY)
    assert notice.recipient == cast.anna
    assert notice.text.startswith("Deltagare: behöver ny tid. Mötet ")
    assert Entry.objects.filter(action=Action.CHANGED, object_kind="participant", ground="personlig länk").exists()
    assert "Du har svarat att du behöver en ny tid" in says(outside.get(page_of(person)))


def test_a_changed_mind_settles_the_notice_and_the_same_answer_tells_nobody_again(outside, person):
    for reply in ("not_coming", "not_coming", "coming"):
        outside.post(page_of(person), {"reply": reply})
    assert Notice.objects.filter(kind=Kind.REPLY).count() == 1
    assert not Notice.objects.undone().filter(kind=Kind.REPLY).exists()


def test_looking_changes_nothing(outside, person):
    before = Entry.objects.count()
    for _ in range(3):
        assert outside.get(page_of(person)).status_code == 200
    person.refresh_from_db()
    assert person.reply == REPLY.NONE
    assert Entry.objects.count() == before


def test_an_answer_must_be_one_of_the_three(outside, person):
    for wrong in ({}, {"reply": "none"}, {"reply": "kanske"}):
        answer = outside.post(page_of(person), wrong)
        assert answer.status_code == 200
        assert "Välj ett av svaren." in says(answer)
    person.refresh_from_db()
    assert person.reply == REPLY.NONE


def test_a_link_answers_for_its_own_participant_whatever_is_sent_along(outside, booked, person):
    outside.post(page_of(person), {"reply": "coming", "participant": "1", "meeting": "1", "participant_id": "2"})
    assert dict(booked.participants.values_list("role", "reply"))["individual"] == REPLY.COMING
    others = booked.participants.exclude(pk=person.pk)
    assert set(others.values_list("reply", flat=True)) == {REPLY.NONE}


def test_without_the_link_nobody_comes_in(outside, person):
    token = link_of(person).token
    for wrong in (token[:-1], token[::-1], f"{token}A", str(person.pk), link_of(person).pk.hex, "x"):
        answer = outside.get(reverse(ANSWER, args=[wrong]))
        assert answer.status_code == 404
        assert "Länken gäller inte" in says(answer)
        assert outside.post(reverse(ANSWER, args=[wrong]), {"reply": "coming"}).status_code == 404
    person.refresh_from_db()
    assert person.reply == REPLY.NONE


def test_a_link_to_something_else_opens_no_meeting(outside, person):
    other = PersonalLink.objects.lay("other:door", {person.key: timezone.now() + timedelta(days=1)})[person.key]
    assert outside.get(reverse(ANSWER, args=[other.token])).status_code == 404


def test_the_link_ends_with_the_meeting_and_when_it_is_ended(outside, booked, person):
    url = page_of(person)
    with time_machine.travel(booked.ends_at + timedelta(seconds=1), tick=False):
        assert outside.get(url).status_code == 404
        assert outside.post(url, {"reply": "coming"}).status_code == 404
    assert outside.get(url).status_code == 200
    PersonalLink.objects.filter(object_key=person.key).end(timezone.now())
    assert outside.get(url).status_code == 404


def test_a_protected_person_reads_when_but_never_where(outside, cast, person):
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    text = says(outside.get(page_of(person)))
    assert "09.15–10.00" in text
    assert "Yxtaholm" not in text
    assert "Storgatan" not in text
    assert "Visas inte här" in text


@pytest.mark.parametrize(
    ("fields", "lang", "word"),
    [
        ({"language": "engelska"}, "en", "Are you coming?"),
        ({"support_needs": ["easy_read"]}, "sv", "Jag behöver en annan tid"),
        ({"language": "somaliska"}, "sv", "Jag behöver en annan tid"),
    ],
)
def test_it_speaks_the_persons_tongue(outside, person, fields, lang, word):
    Individual.objects.update(**fields)
    text = says(outside.get(page_of(person)))
    assert f'<html lang="{lang}">' in text
    assert word in text


def test_the_link_of_a_moved_meeting_tells_the_new_time_and_takes_no_answer(
    client, cast, outside, booked, person, filled_in
):
    url = page_of(person)
    client.force_login(cast.anna)
    moved = reverse("meetings:move", args=[cast.case.pk, booked.pk])
    assert client.post(moved, filled_in(clock="13:00", by="person", reason="Tandläkare")).status_code == 302
    text = says(outside.get(url))
    assert "Mötet har fått en ny tid" in text
    assert "13.15" in text
    assert "Tandläkare" not in text
    outside.post(url, {"reply": "coming"})
    assert set(Participant.objects.values_list("reply", flat=True)) == {REPLY.NONE}
    interpreter = booked.participants.get(role="interpreter")
    assert "är inställt" in says(outside.get(page_of(interpreter))), "Den som inte längre är kallad får ingen ny tid."


def test_a_workers_link_closes_with_the_consent_and_the_persons_stays(cast, outside, booked, person):
    bo = booked.participants.get(user=cast.bo)
    assert outside.get(page_of(bo)).status_code == 200
    Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    assert outside.get(page_of(bo)).status_code == 404
    assert outside.post(page_of(bo), {"reply": "coming"}).status_code == 404
    assert outside.get(page_of(person)).status_code == 200


def test_a_workers_link_closes_when_they_have_left(cast, outside, booked):
    bo = booked.participants.get(user=cast.bo)
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(is_active=False)
    assert outside.get(page_of(bo)).status_code == 404


def test_the_link_of_a_cancelled_meeting_says_so(client, cast, outside, booked, person):
    client.force_login(cast.anna)
    client.post(reverse("meetings:cancel", args=[cast.case.pk, booked.pk]), {"by": "other", "reason": "Sjuk"})
    text = says(outside.get(page_of(person)))
    assert "är inställt" in text
    assert "Sjuk" not in text
    assert "<button" not in text


def test_answering_again_and_again_must_wait(outside, person):
    codes = [outside.post(page_of(person), {"reply": r}).status_code for r in ["coming", "new_time"] * 4]
    assert codes[:5] == [302] * 5
    assert codes[5:] == [429] * 3


def test_the_token_is_in_no_log(outside, person, caplog):
    outside.get(page_of(person))
    outside.post(page_of(person), {"reply": "coming"})
    assert link_of(person).token not in caplog.text
    assert not any(link_of(person).token in str(row) for row in Entry.objects.values())


def test_without_the_fingerprint_any_token_would_open_it(outside, person, monkeypatch):
    """The negative control: it is the token that opens the page."""
    monkeypatch.setattr("notices.models.links.fingerprint", lambda token: link_of(person).fingerprint)
    assert outside.get(reverse(ANSWER, args=["vad-som-helst"])).status_code == 200


def test_the_page_costs_the_same_however_many_are_called(outside, booked, person, costs):
    url = page_of(person)
    short = costs(lambda: outside.get(url))
    for number in range(20):
        Participant.objects.create(
            meeting=booked, role="other", name=f"Gäst {number}", during=booked.during, takes_time=False
        )
    assert costs(lambda: outside.get(url)) == short
