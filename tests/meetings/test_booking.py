"""Booking: the happy path, what is refused and in which words, and who is told what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from audit.models import Action, Entry
from cases.models import Deadline, Individual
from consent.models import CaseGrant, Disclosure
from meetings.models import Absence, Meeting, Participant, Preparation, Responsibility
from notices.models import Kind, Notice, OutboxMessage
from tests.casting import individual, open_case, worker


@pytest.fixture
def booked(book):
    response = book()
    assert response.status_code == 302, response.context["form"].errors
    return Meeting.objects.get()


def page(name, *args):
    return reverse(f"meetings:{name}", args=args)


def says(response):
    return response.content.decode()


def test_a_meeting_is_booked_for_the_joint_case(cast, booked, day):
    assert booked.owner == cast.ifo
    assert booked.kind == Meeting.Kind.FIRST
    assert timezone.localtime(booked.starts_at).hour == 9
    assert booked.ends_at - booked.starts_at == timedelta(minutes=75)
    assert booked.rule.code == "first_meeting"
    assert {(p.role, p.name) for p in booked.participants.all()} == {
        ("case_worker", "Anna Ask"),
        ("case_worker", "Bo Berg"),
        ("individual", "Amina Hassan"),
    }
    assert Entry.objects.filter(action=Action.REGISTERED, object_kind="case", case_id=cast.case.pk).exists()


def test_a_partner_who_is_told_about_meetings_may_book(cast, book):
    assert book(user=cast.bo).status_code == 302
    assert Meeting.objects.get().owner == cast.ifo


def test_a_partner_who_is_not_told_about_meetings_may_not(cast, book):
    Disclosure.objects.filter(category="meeting").update(days="empty")
    assert book(user=cast.bo).status_code == 403
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", ["meetings", "book"])
def test_an_outsider_finds_nothing(client, cast, name):
    client.force_login(cast.cilla)
    assert client.get(page(name, cast.case.pk)).status_code == 404


def test_an_outsider_finds_no_meeting_either(client, cast, booked):
    client.force_login(cast.cilla)
    for name in ("meeting", "move", "cancel"):
        assert client.get(page(name, cast.case.pk, booked.pk)).status_code == 404


def test_a_meeting_of_another_case_is_not_found_through_ones_own(client, cast, booked):
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000099"))
    client.force_login(cast.anna)
    assert client.get(page("meeting", other.pk, booked.pk)).status_code == 404


def test_the_page_suggests_what_fits_the_person(client, cast, room, interpreter):
    Individual.objects.filter(pk=cast.case.individual_id).update(
        interpreter_language="somaliska", support_needs=["step_free", "hearing_loop"]
    )
    client.force_login(cast.anna)
    response = client.get(page("book", cast.case.pk))
    form = response.context["form"]
    assert form["kind"].value() == "first"
    assert form["interpreter"].value() == interpreter.pk
    assert form["room"].value() is None
    assert "saknar hörslinga" in says(response)
    assert set(form["workers"].value()) == {cast.anna.pk, cast.bo.pk}


def test_after_the_first_meeting_a_follow_up_is_suggested(client, cast):
    Deadline.objects.update(met_on=cast.day)
    client.force_login(cast.anna)
    assert client.get(page("book", cast.case.pk)).context["form"]["kind"].value() == "follow_up"


WRONG = [
    ({"day": ""}, "Välj en dag."),
    ({"day": "i morgon"}, "Skriv dagen så här"),
    ({"day": "2020-01-02"}, "Tiden har redan varit"),
    ({"day": "2099-01-02"}, "mer än ett år bort"),
    ({"clock": ""}, "Välj ett klockslag."),
    ({"clock": "25:00"}, "Skriv klockslaget så här"),
    ({"clock": "02:30"}, "mellan 07.00 och 20.00"),
    ({"workers": None}, "Välj minst en handläggare."),
    ({"workers": [999999]}, "999999"),
    ({"room": ""}, "Välj ett rum eller skriv en annan plats."),
    ({"talk_minutes": 0}, "5"),
    ({"talk_minutes": "kort"}, "heltal"),
    ({"with_individual": None}, "Det första mötet är alltid med personen."),
    ({"video_link": "inte en länk"}, "giltig URL"),
    ({"other_email": "stod@example.org"}, "Skriv vem e-postadressen hör till."),
    ({"other_name": "x" * 121}, "120"),
    ({"other_3_email": "stod@example.org"}, "Skriv vem e-postadressen hör till."),
    ({"other_name": "Siv", "other_4_name": "Siv"}, "Namnet finns redan. Skriv till exempel var personen arbetar."),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_what_is_wrong_is_said_in_words_and_nothing_is_saved(book, changes, sentence):
    response = book(**{"place": "" if "room" in changes else "Biblioteket"} | changes)
    assert response.status_code == 200
    assert sentence in says(response)
    assert not Meeting.objects.exists()
    assert not OutboxMessage.objects.exists()
    if "room" not in changes:
        assert "Biblioteket" in says(response)


def test_a_colleague_outside_the_case_cannot_be_called(cast, book):
    assert "giltigt" in says(book(workers=[cast.cilla.pk]))
    assert not Meeting.objects.exists()


def test_nobody_and_no_room_is_booked_twice_and_the_refusal_names_them_only(cast, book, booked, interpreter):
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000098"))
    response = book(case=other, workers=[cast.anna.pk], clock="09:30")
    assert response.status_code == 200
    assert "Anna Ask och Yxtaholm är upptagna" in says(response)
    assert "Amina" not in says(response)
    assert cast.case.number not in says(response)
    free = response.context["offer"].slots
    assert len(free) == 10
    assert all(not booked.starts_at < slot + timedelta(minutes=75) <= booked.ends_at for slot in free)
    assert min(free) <= booked.starts_at + timedelta(minutes=90)
    assert Meeting.objects.count() == 1


def test_a_chosen_free_time_is_booked_at_once(cast, book, booked):
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000098"))
    free = book(case=other, workers=[cast.anna.pk]).context["offer"].slots
    assert book(case=other, workers=[cast.anna.pk], slot=f"{free[0]:%Y-%m-%dT%H:%M}").status_code == 302
    assert Meeting.objects.get(case=other).starts_at == free[0]


def test_meetings_may_touch(cast, book, booked):
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000098"))
    assert book(case=other, workers=[cast.anna.pk], clock="10:15").status_code == 302


def test_the_interpreter_is_booked_once(cast, book, interpreter):
    assert book(interpreter=interpreter.pk).status_code == 302
    cecilia = worker(cast.ifo, "Cecilia")
    other = open_case(cecilia, individual(cast.ifo, "Test", "Annan", "T0000098"))
    sent = {"workers": [cecilia.pk], "room": "", "place": "Biblioteket", "interpreter": interpreter.pk}
    assert "Tolken Tolk 4711 är upptagen" in says(book(case=other, user=cecilia, **sent))


def test_somebody_who_is_away_cannot_be_called(cast, book, day):
    start = timezone.now()
    Absence.objects.create(user=cast.bo, starts_at=start, ends_at=start + timedelta(days=30), substitute=cast.cilla)
    response = book()
    assert "Bo Berg är upptagen" in says(response)
    assert "ersätts av Cilla Ceder" in says(response)
    offer = response.context["offer"]
    assert offer.slots == []
    assert offer.later[0] >= start + timedelta(days=29)


def test_a_time_after_the_last_day_is_allowed_and_said(cast, book, client):
    late = cast.day + timedelta(days=20)
    response = book(day=late.isoformat(), clock="12:00")
    assert response.status_code == 302
    assert "ligger efter sista dagen" in says(client.get(response.url))


def test_free_times_can_be_asked_for_without_booking_and_without_a_time(book):
    response = book(find="1", day="", clock="")
    assert response.context["form"].errors == {}
    assert len(response.context["offer"].slots) == 10
    assert not Meeting.objects.exists()


def test_booking_the_first_meeting_quiets_the_ladder(cast, book):
    clock = Deadline.objects.get()
    Notice.objects.create(
        kind=Kind.FIRST_MEETING, recipient=cast.anna, object_key=f"deadline:{clock.pk}", period="5", case=cast.case
    )
    book()
    assert not Notice.objects.undone().exists()


# --- calls --------------------------------------------------------------------------------------------------
def test_each_role_is_called_in_its_own_words_without_case_content(cast, book, interpreter):
    Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
    book(interpreter=interpreter.pk, other_name="Stina Stöd", other_email="stina@example.org")
    sent = {m.address: m for m in OutboxMessage.objects.all()}
    assert set(sent) == {cast.anna.email, cast.bo.email, "amina@example.org", "tolk@example.org", "stina@example.org"}
    assert "Du är välkommen till ett möte" in sent["amina@example.org"].body
    assert "09.15–10.00" in sent["amina@example.org"].body
    assert "09.00–10.15" in sent[cast.bo.email].body
    assert "somaliska" in sent["tolk@example.org"].body
    for address, message in sent.items():
        assert message.subject == "Kallelse till möte"
        for secret in ("Hassan", cast.case.number, "försörjning", "trepart", "plan"):
            assert secret not in message.body + message.subject
        assert ("Amina" in message.body) == (address == "amina@example.org")


def test_everybody_without_an_account_is_called_and_goes_along_when_it_is_moved(client, cast, book, filled_in):
    book(other_name="Stina Stöd", other_email="stina@example.org", other_2_name="Vården", other_2_email="v@example.org")
    meeting = Meeting.objects.get()
    initial = client.get(page("move", cast.case.pk, meeting.pk)).context["form"].initial
    assert (initial["other_name"], initial["other_2_email"]) == ("Stina Stöd", "v@example.org")
    assert OutboxMessage.objects.filter(address__in=["stina@example.org", "v@example.org"]).count() == 2


def test_the_calendar_file_reads_back_with_swedish_time_and_neutral_words(cast, book):
    Individual.objects.filter(pk=cast.case.individual_id).update(channel="email", email="amina@example.org")
    book()
    meeting = Meeting.objects.get()
    for address, start in [("amina@example.org", meeting.talk_starts_at), (cast.bo.email, meeting.starts_at)]:
        calendar = Calendar.from_ical(OutboxMessage.objects.get(address=address).calendar)
        event = calendar.walk("VEVENT")[0]
        assert calendar["METHOD"] == "REQUEST"
        assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Stockholm"
        assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
        assert event.start == start
        assert event["SUMMARY"] == "Möte"
        assert event["UID"] == f"{meeting.calendar_uid}@samverkan"
        assert event["SEQUENCE"] == 0
        assert "Yxtaholm" in event["LOCATION"]
        assert "DESCRIPTION" not in event


@pytest.mark.parametrize(
    ("fields", "channel", "address"),
    [
        ({"channel": "sms", "phone": "+46701234567"}, "sms", "+46701234567"),
        ({"channel": "email", "email": ""}, "letter", "lämna kallelsen för hand"),
        ({"street": "Gatan 1", "postcode": "642 30", "city": "Flen"}, "letter", "Gatan 1, 642 30 Flen"),
        (
            {"channel": "sms", "phone": "+46701234567", "protection": "secrecy_flag", "street": "Hemligt 1"},
            "letter",
            "Skatteverkets förmedling",
        ),
    ],
)
def test_the_person_is_called_as_they_chose_and_with_protection_only_by_letter(cast, book, fields, channel, address):
    Individual.objects.filter(pk=cast.case.individual_id).update(**fields)
    book()
    (message,) = OutboxMessage.objects.exclude(address__in=[cast.anna.email, cast.bo.email])
    assert message.channel == channel
    assert address in message.address
    assert not message.calendar
    if "protection" in fields:
        assert "Amina" not in message.body + message.recipient_name


# --- move and cancel ----------------------------------------------------------------------------------------
def test_a_moved_meeting_is_the_same_event_and_its_old_time_is_history(client, cast, booked, filled_in, day):
    anna = booked.participants.get(user=cast.anna)
    Preparation.objects.create(meeting=booked, situation="Söker jobb")
    Responsibility.objects.create(participant=anna, text="Försörjningen")
    client.force_login(cast.anna)
    sent = filled_in(clock="09:30", reason="Deltagaren bad om det", workers=[cast.anna.pk])
    assert client.post(page("move", cast.case.pk, booked.pk), sent).status_code == 302
    old, new = Meeting.objects.order_by("pk")
    assert (old.status, old.cancelled_reason) == ("cancelled", "Deltagaren bad om det")
    assert (new.replaces, new.calendar_uid, new.calendar_sequence) == (old, old.calendar_uid, 1)
    assert new.preparation.situation == "Söker jobb"
    assert new.participants.get(user=cast.anna).responsibility.text == "Försörjningen"
    changed = OutboxMessage.objects.get(kind=Kind.MEETING_CHANGED, address=cast.anna.email)
    event = Calendar.from_ical(changed.calendar).walk("VEVENT")[0]
    assert (event["UID"], event["SEQUENCE"]) == (f"{old.calendar_uid}@samverkan", 1)
    left_out = OutboxMessage.objects.get(kind=Kind.MEETING_CANCELLED)
    assert left_out.address == cast.bo.email
    assert Calendar.from_ical(left_out.calendar)["METHOD"] == "CANCEL"


def test_a_move_that_is_refused_leaves_the_old_time(client, cast, booked, filled_in, book):
    other = open_case(cast.anna, individual(cast.ifo, "Test", "Annan", "T0000098"))
    book(case=other, workers=[cast.anna.pk], clock="13:00")
    sent = filled_in(clock="13:00", reason="Deltagaren bad om det")
    assert "är upptagna" in says(client.post(page("move", cast.case.pk, booked.pk), sent))
    booked.refresh_from_db()
    assert booked.status == "planned"
    assert booked.participants.filter(takes_time=True).count() == 2


def test_a_move_says_why(client, cast, booked, filled_in):
    client.force_login(cast.anna)
    response = client.post(page("move", cast.case.pk, booked.pk), filled_in(clock="13:00"))
    assert "Skriv varför mötet flyttas." in says(response)


def test_a_cancelled_meeting_frees_the_time_and_everybody_is_told(client, cast, booked, book):
    client.force_login(cast.anna)
    sent = {"by": "person", "reason": "Sjuk"}
    assert client.post(page("cancel", cast.case.pk, booked.pk), sent).status_code == 302
    booked.refresh_from_db()
    assert (booked.status, booked.outcome) == ("cancelled", "cancelled_by_person")
    told = OutboxMessage.objects.filter(kind=Kind.MEETING_CANCELLED)
    assert told.count() == 3
    event = Calendar.from_ical(told.get(address=cast.bo.email).calendar).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, f"{booked.calendar_uid}@samverkan")
    assert "Sjuk" not in told.get(address=cast.bo.email).body
    assert book().status_code == 302


def test_a_call_that_has_not_gone_stays_when_the_meeting_is_cancelled(client, cast, booked):
    client.post(page("cancel", cast.case.pk, booked.pk), {"by": "other", "reason": "Sjuk"})
    calls = OutboxMessage.objects.filter(kind=Kind.MEETING_BOOKED)
    assert calls.exists()
    assert not calls.unsent().exists()
    assert OutboxMessage.objects.unsent().filter(kind=Kind.MEETING_CANCELLED).count() == calls.count()


def test_a_cancelled_meeting_cannot_be_cancelled_or_moved_again(client, cast, booked, filled_in):
    client.force_login(cast.anna)
    sent = {"by": "person", "reason": "Sjuk"}
    client.post(page("cancel", cast.case.pk, booked.pk), sent)
    assert client.post(page("cancel", cast.case.pk, booked.pk), sent).status_code == 403
    assert client.post(page("move", cast.case.pk, booked.pk), filled_in()).status_code == 403


def test_cancelling_says_who_and_why(client, cast, booked):
    client.force_login(cast.anna)
    response = client.post(page("cancel", cast.case.pk, booked.pk), {"reason": ""})
    assert "Välj vem som ställer in mötet." in says(response)
    assert "Skriv varför mötet ställs in." in says(response)


def test_a_reply_is_noted(client, cast, booked):
    bo = booked.participants.get(user=cast.bo)
    client.force_login(cast.anna)
    client.post(page("reply", cast.case.pk, booked.pk, bo.pk), {"reply": "new_time"})
    bo.refresh_from_db()
    assert bo.reply == Participant.Reply.NEW_TIME
    assert client.post(page("reply", cast.case.pk, booked.pk, 999999), {"reply": "coming"}).status_code == 404
    client.post(page("reply", cast.case.pk, booked.pk, bo.pk), {"reply": "kanske"})
    bo.refresh_from_db()
    assert bo.reply == Participant.Reply.NEW_TIME


# --- substitutes --------------------------------------------------------------------------------------------
def test_a_colleague_comes_in_somebodys_place(client, cast, booked):
    bibi = worker(cast.af, "Bibi")
    CaseGrant.objects.engage(cast.case, bibi, since=cast.day)
    Meeting.objects.update(leader=cast.bo)
    bo = booked.participants.get(user=cast.bo)
    client.force_login(cast.anna)
    url = page("substitute", cast.case.pk, booked.pk, bo.pk)
    for nobody in ("", "kanske", cast.cilla.pk, cast.anna.pk):
        client.post(url, {"worker": nobody})
    assert booked.participants.count() == 3
    assert "Bibi Extra är kallad i stället för Bo Berg." in says(client.post(url, {"worker": bibi.pk}, follow=True))
    bo.refresh_from_db()
    assert (bo.reply, bo.takes_time, bo.reply_noted_by) == ("not_coming", False, cast.anna)
    assert booked.participants.get(user=bibi).substitute_for == bo
    booked.refresh_from_db()
    assert booked.leader == bibi
    assert OutboxMessage.objects.filter(address=bibi.email, kind=Kind.MEETING_BOOKED).count() == 1


def test_a_substitute_who_is_busy_is_refused_and_nothing_has_changed(client, cast, booked, book):
    bibi = worker(cast.ifo, "Bibi")
    CaseGrant.objects.engage(cast.case, bibi, since=cast.day)
    other = open_case(bibi, individual(cast.ifo, "Test", "Annan", "T0000098"))
    assert book(case=other, user=bibi, workers=[bibi.pk], room=None, place="Torget").status_code == 302
    anna = booked.participants.get(user=cast.anna)
    client.force_login(cast.anna)
    answer = client.post(page("substitute", cast.case.pk, booked.pk, anna.pk), {"worker": bibi.pk}, follow=True)
    assert "Bibi Extra är upptagen den tiden." in says(answer)
    anna.refresh_from_db()
    assert (anna.reply, anna.takes_time) == ("none", True)
