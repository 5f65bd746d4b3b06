"""The outbox shows our own messages and no case that is closed to us; a bevakning is ticked off by its owner."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from cases.models import Individual
from notices.models import Channel, Kind, Notice, OutboxMessage
from tests.notices.test_sending import ICS, write


def listing(client, user):
    client.force_login(user)
    return client.get(reverse("notices:outbox")).content.decode()


def test_a_worker_reads_messages_of_the_own_organisation_about_open_cases(client, cast):
    write(cast, 1, subject="Om inget ärende")
    write(cast, 2, subject="Om Annas ärende", case=cast.case)
    write(cast, 3, subject="Från AF", organisation=cast.af, case=cast.case)
    page = listing(client, cast.anna)
    assert "Om inget ärende" in page
    assert "Om Annas ärende" in page
    assert "Från AF" not in page


def test_a_colleague_without_the_case_does_not_see_its_messages(client, cast):
    message = write(cast, case=cast.case, calendar=ICS, recipient_name="Amina Hassan")
    assert "Amina" not in listing(client, cast.ingrid)
    assert client.get(reverse("notices:calendar", args=[message.pk])).status_code == 404


def test_the_invitation_is_fetched_as_a_calendar_file(client, cast):
    message = write(cast, case=cast.case, calendar=ICS)
    client.force_login(cast.anna)
    answer = client.get(reverse("notices:calendar", args=[message.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.decode() == ICS


def test_a_letter_waits_to_be_printed_and_is_marked_when_posted(client, cast):
    letter = write(cast, channel=Channel.LETTER, address="Storgatan 1\n642 30 Flen", case=cast.case)
    assert "att skriva ut" in listing(client, cast.anna)
    assert "Storgatan 1" in client.get(reverse("notices:letter", args=[letter.pk])).content.decode()
    assert Entry.objects.filter(action=Action.PRINTED, object_kind="letter", case_id=cast.case.pk).exists()
    client.post(reverse("notices:posted", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.standing == ("ok", "postat")


def test_a_mail_is_no_letter(client, cast):
    mail = write(cast)
    client.force_login(cast.anna)
    assert client.get(reverse("notices:letter", args=[mail.pk])).status_code == 404
    assert client.post(reverse("notices:posted", args=[mail.pk])).status_code == 404


def test_the_list_costs_the_same_with_one_and_with_many(client, cast, costs):
    client.force_login(cast.anna)
    write(cast, 0, case=cast.case)
    short = costs(lambda: client.get(reverse("notices:outbox")))
    for number in range(1, 20):
        write(cast, number, case=cast.case)
    assert costs(lambda: client.get(reverse("notices:outbox"))) == short


# --- bevakningar ------------------------------------------------------------------------------------------------
def test_telling_twice_tells_once(cast):
    for _ in range(2):
        Notice.objects.tell(Kind.OWN, [cast.anna, cast.bo], object_key="x:1", case=cast.case)
    assert Notice.objects.count() == 2
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x:1", period="2")
    assert cast.anna.notices.count() == 2


@pytest.mark.parametrize(("back", "lands"), [("/arenden/", "/arenden/"), ("https://ond.example/", "/"), ("", "/")])
def test_it_is_ticked_off_and_leads_back_inside_the_house(client, cast, back, lands):
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x:1")
    client.force_login(cast.anna)
    answer = client.post(reverse("notices:done", args=[cast.anna.notices.get().pk]), {"next": back})
    assert answer["Location"] == lands
    assert cast.anna.notices.get().done_at


def test_nobody_ticks_off_for_somebody_else(client, cast):
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x:1")
    client.force_login(cast.bo)
    assert client.post(reverse("notices:done", args=[cast.anna.notices.get().pk])).status_code == 404
    assert cast.anna.notices.get().done_at is None


def test_a_tick_is_kept_from_the_first_time(cast):
    Notice.objects.tell(Kind.OWN, [cast.anna], object_key="x:1")
    first = timezone.now()
    assert cast.anna.notices.filter().finish(first) == 1
    assert cast.anna.notices.filter().finish(timezone.now()) == 0


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.LETTER])
def test_what_was_written_before_the_person_was_protected_is_neither_shown_nor_sent(client, cast, channel):
    person = cast.case.individual
    old = write(cast, 1, channel=channel, address="Storgatan 1", recipient_name=person.full_name, case=cast.case)
    write(cast, 2, address="tolk@example.org", recipient_name="Tolk 4711", case=cast.case)
    write(cast, 3, channel=Channel.LETTER, recipient_name=f"Deltagaren i ärende {cast.case.number}", case=cast.case)
    assert "Storgatan 1" in listing(client, cast.anna) or channel == Channel.LETTER
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    page = listing(client, cast.anna)
    assert "Storgatan 1" not in page
    assert person.full_name not in page
    assert "Tolk 4711" in page
    assert f"Deltagaren i ärende {cast.case.number}" in page
    assert client.get(reverse("notices:letter", args=[old.pk])).status_code == 404
    assert old not in OutboxMessage.objects.waiting(timezone.now())
