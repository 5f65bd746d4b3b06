"""Reminders go at their moment, never at night, once, and not after the time or the way has changed."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as outgoing
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Individual
from meetings import reminders
from meetings.models import Meeting, Participant
from notices import sending
from notices.models import Channel, Kind, OutboxMessage
from tests import casting


@pytest.fixture
def person(cast):
    Individual.objects.filter(pk=cast.case.individual_id).update(
        channel="email", email="amina@example.org", phone="+46701234567"
    )
    return cast.case.individual


@pytest.fixture
def booked(person, book):
    """Called to 09.15. The call was written long ago."""
    assert book().status_code == 302
    return old_call(Meeting.objects.get())


def old_call(meeting):
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(days=30), sent_at=timezone.now())
    return meeting


def at(day, clock):
    return timezone.make_aware(datetime.combine(day, datetime.strptime(clock, "%H:%M").time()))


def reminded():
    return OutboxMessage.objects.filter(kind=Kind.REMINDER, cancelled_at=None)


@pytest.mark.parametrize(
    ("clock", "days_before", "moment"),
    [
        ("13:00", 2, "13:15"),
        ("13:00", 0, "10:15"),
        ("09:00", 0, "08:00"),
        ("08:00", 1, "19:00"),
        ("07:00", 2, "08:00"),
        ("07:00", 1, "19:00"),
        ("19:30", 2, "19:45"),
    ],
)
def test_a_moment_at_night_moves_to_the_morning_or_the_evening_before(person, book, day, clock, days_before, moment):
    assert book(clock=clock).status_code == 302
    old_call(Meeting.objects.get())
    expected = at(day - timedelta(days=days_before), moment)
    reminders.remind(expected - timedelta(minutes=1))
    before = reminded().count()
    reminders.remind(expected)
    assert reminded().count() == before + 1
    reminders.remind(expected + timedelta(minutes=1))
    assert reminded().count() == before + 1


def test_an_evening_is_late_enough_to_be_pushed(person, book, day, settings):
    """Called to 20.15: two days before is night, so the morning after."""
    assert book(clock="20:00").status_code == 302
    old_call(Meeting.objects.get())
    assert not reminders.remind(at(day - timedelta(days=2), "20:15"))
    assert reminders.remind(at(day - timedelta(days=1), "08:00"))


def test_the_reminder_says_when_and_where_and_never_what(booked, cast, day):
    reminders.remind(at(day, "08:00"))
    row = reminded().get()
    assert (row.channel, row.address, row.subject) == (Channel.EMAIL, "amina@example.org", "Påminnelse om möte")
    assert "Vi påminner om ditt möte." in row.body
    assert "09.15–10.00" in row.body
    for secret in ("Hassan", cast.case.number, "trepart", "plan"):
        assert secret not in row.body


def test_after_an_outage_only_the_latest_moment_is_told(booked, day):
    assert reminders.remind(at(day, "08:30")) == 1
    assert list(reminded().values_list("period", flat=True)) == ["3h"]


def test_somebody_called_after_the_moment_is_not_reminded_of_it(person, book, day):
    assert book().status_code == 302
    OutboxMessage.objects.update(created_at=at(day - timedelta(days=1), "12:00"))
    assert reminders.remind(at(day - timedelta(days=1), "13:00")) == 0
    assert reminders.remind(at(day, "08:00")) == 1


def test_nobody_is_reminded_of_what_has_begun_is_cancelled_or_answered_with_no(booked, day):
    assert reminders.remind(at(day, "09:01")) == 0
    booked.participants.filter(role="individual").update(reply="not_coming")
    assert reminders.remind(at(day, "08:00")) == 0
    booked.participants.filter(role="individual").update(reply="coming")
    Meeting.objects.update(status="cancelled")
    assert reminders.remind(at(day, "08:00")) == 0


def test_workers_have_their_calendar_and_letters_are_too_slow(booked, day):
    Individual.objects.update(channel="letter")
    assert reminders.remind(at(day, "08:00")) == 0
    Individual.objects.update(channel="email", protection=Individual.Protection.SECRECY_FLAG)
    assert reminders.remind(at(day, "08:00")) == 0


def test_a_worker_who_has_asked_for_it_is_reminded_of_all_three_phases(client, cast, booked, day):
    client.force_login(cast.bo)
    client.post(reverse("notices:remind_me"), {"remind": "on"})
    assert "checked" in client.get(reverse("desk:profile")).text
    assert reminders.remind(at(day, "08:00")) == 2
    row = reminded().get(address=cast.bo.email)
    assert "09.00–10.15" in row.body
    assert "Vi påminner om ett möte" in row.body
    for secret in ("Hassan", "Amina", cast.case.number, "trepart"):
        assert secret not in row.body
    client.post(reverse("notices:remind_me"))
    reminders.remind(at(day, "08:01"))
    assert set(reminded().values_list("address", flat=True)) == {"amina@example.org"}


def test_a_worker_who_sent_somebody_else_is_not_reminded(client, cast, booked, day):
    cast.bo.notification_choices.create(kind=Kind.REMINDER, pace="at_once")
    booked.participants.filter(user=cast.bo).update(takes_time=False)
    assert reminders.remind(at(day, "08:00")) == 1


def test_another_channel_withdraws_what_waits_and_is_reminded_instead(booked, day):
    reminders.remind(at(day, "08:00"))
    Individual.objects.update(channel="sms")
    reminders.remind(at(day, "08:01"))
    assert OutboxMessage.objects.filter(kind=Kind.REMINDER).exclude(cancelled_at=None).get().channel == Channel.EMAIL
    assert reminded().get().address == "+46701234567"


def test_one_that_has_gone_is_not_sent_again_to_another_address(booked, day):
    reminders.remind(at(day, "08:00"))
    reminded().update(sent_at=timezone.now())
    Individual.objects.update(email="ny@example.org")
    assert reminders.remind(at(day, "08:01")) == 0
    assert reminded().count() == 1


def test_a_move_and_a_no_withdraw_what_waits(client, cast, booked, filled_in, day):
    reminders.remind(at(day, "08:00"))
    client.force_login(cast.anna)
    url = reverse("meetings:move", args=[cast.case.pk, booked.pk])
    assert client.post(url, filled_in(clock="13:00", reason="Bad om det")).status_code == 302
    assert not reminded().exists()
    moved = old_call(Meeting.objects.get(replaces=booked))
    reminders.remind(at(day, "10:15"))
    seat = moved.participants.get(role="individual")
    client.post(reverse("meetings:reply", args=[cast.case.pk, moved.pk, seat.pk]), {"reply": "not_coming"})
    assert not reminded().exists()


def test_one_that_could_not_go_in_the_evening_waits_for_the_morning(booked, day):
    night = at(day - timedelta(days=1), "22:00")
    reminders.remind(at(day, "08:00"))
    OutboxMessage.objects.update(due_at=night - timedelta(days=1))
    assert not OutboxMessage.objects.waiting(night).filter(kind=Kind.REMINDER).exists()
    assert OutboxMessage.objects.waiting(at(day, "08:00")).filter(kind=Kind.REMINDER).exists()


@pytest.mark.parametrize("night", ["2027-03-28", "2026-10-25", "2028-02-29"])
def test_nights_that_are_short_or_long_and_the_leap_day_remind_once(night, cast, person):
    """Called to 09.00 the morning after the clocks were moved; the sweep runs each half hour for three days."""
    with time_machine.travel(at(datetime.fromisoformat(night).date() - timedelta(days=3), "06:00"), tick=False):
        start = at(datetime.fromisoformat(night).date(), "09:00")
        meeting = Meeting(case=cast.case, owner=cast.ifo, booked_by=cast.anna, calendar_uid=cast.case.pk)
        meeting.starts_at, meeting.ends_at = start, start + timedelta(hours=1)
        meeting.preparation_minutes, meeting.place = 0, "Biblioteket"
        meeting.save()
        seat = Participant(meeting=meeting, role="individual", during=meeting.during, takes_time=False)
        seat.save()
        called(seat, timezone.now() - timedelta(days=1))
    now = start - timedelta(days=3)
    while now < start:
        reminders.remind(now)
        now += timedelta(minutes=30)
    assert sorted(reminded().values_list("period", flat=True)) == ["3h", "48h"]


def called(seat, when):
    return OutboxMessage.objects.create(
        kind=Kind.MEETING_BOOKED,
        object_key=seat.message_key,
        channel=Channel.EMAIL,
        address=seat.email or "amina@example.org",
        organisation=seat.meeting.owner,
        case=seat.meeting.case,
        subject="Kallelse",
        body="Tid",
        created_at=when,
        sent_at=when,
    )


# --- with real commits --------------------------------------------------------------------------------------------
GUESTS, THREADS = 24, 4


class Killed(BaseException):
    """What a SIGKILL looks like from inside: nothing is cleaned up."""


@pytest.fixture
def crowd(transactional_db, settings):
    """So many guests at one meeting this afternoon, whatever the hour is now."""
    settings.QUIET_UNTIL, settings.QUIET_FROM = datetime.min.time(), datetime.max.time()
    with transaction.atomic():
        cast = casting.assemble()
        return invite(cast, GUESTS)


def invite(cast, guests):
    start = timezone.now() + timedelta(hours=2)
    meeting = Meeting(case=cast.case, owner=cast.ifo, booked_by=cast.anna, calendar_uid=cast.case.pk, place="Rådhuset")
    meeting.starts_at, meeting.ends_at, meeting.preparation_minutes = start, start + timedelta(hours=1), 0
    meeting.save()
    seats = [
        Participant(
            meeting=meeting,
            role="other",
            name=f"Gäst {number}",
            email=f"gast{number}@example.org",
            during=meeting.during,
            takes_time=False,
        )
        for number in range(guests)
    ]
    for seat in Participant.objects.bulk_create(seats):
        called(seat, timezone.now() - timedelta(days=5))
    return meeting


def test_many_senders_that_die_in_the_middle_remind_everybody_once(crowd, monkeypatch):
    sent, dead, lock = [], [], threading.Lock()

    def fragile(message):
        with lock:
            if len(dead) < 8 and message.pk % 3 == 0 and message.pk not in dead:
                dead.append(message.pk)
                raise Killed
            sent.append(message.address)

    def work():
        try:
            reminders.remind()
            sending.send_due()
        except Killed:
            pass
        finally:
            connection.close()

    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, fragile)
    for _ in range(5):
        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(dead) == 8
    assert sorted(sent) == sorted(f"gast{number}@example.org" for number in range(GUESTS))


def test_a_second_row_for_the_same_moment_is_refused_whatever_its_address(booked, day):
    """What makes a second beat harmless is the database."""
    reminders.remind(at(day, "08:00"))
    [row] = reminded()
    row.pk, row.address = None, "annan@example.org"
    OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)
    assert reminded().count() == 1
    assert outgoing.outbox == []
