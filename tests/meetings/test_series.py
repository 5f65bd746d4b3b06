"""A series: each its own meeting, a clash in one offers other times for that one, and the rest may be called off."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cases.models import Deadline
from meetings.models import Absence, Meeting
from notices.models import Kind, OutboxMessage

TUESDAY = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(TUESDAY - timedelta(days=4), tick=False):
        yield


@pytest.fixture
def book_series(book):
    def post(**changes):
        sent = {"kind": "follow_up", "every": 2, "times": 3, "day": "2026-11-24", "room": "", "place": "Torget"}
        return book(**sent | changes)

    return post


def starts():
    return [timezone.localtime(m.starts_at).strftime("%m-%d %H:%M") for m in Meeting.objects.order_by("starts_at")]


def test_every_other_week_so_many_times_each_its_own_meeting(cast, book_series):
    assert book_series().status_code == 302
    assert starts() == ["11-24 09:00", "12-08 09:00", "12-22 09:00"]
    rows = Meeting.objects.all()
    assert len({m.series for m in rows}) == 1
    assert len({m.calendar_uid for m in rows}) == 3
    assert OutboxMessage.objects.filter(kind=Kind.MEETING_BOOKED, address=cast.bo.email).count() == 3


def test_each_meeting_names_the_others_of_its_series(client, cast, book_series):
    book_series()
    first, second, *_ = Meeting.objects.order_by("starts_at")
    shown = client.get(reverse("meetings:meeting", args=[cast.case.pk, first.pk])).content.decode()
    assert f'<a href="{reverse("meetings:meeting", args=[cast.case.pk, second.pk])}">' in shown
    Meeting.objects.exclude(pk=first.pk).update(status="cancelled")
    assert "Serie" not in client.get(reverse("meetings:meeting", args=[cast.case.pk, first.pk])).content.decode()


def test_a_clash_offers_other_times_for_that_one_and_nothing_is_booked_before_it_is_chosen(cast, book_series):
    day = TUESDAY + timedelta(weeks=2)
    Absence.objects.create(user=cast.bo, starts_at=day - timedelta(hours=3), ends_at=day + timedelta(hours=3))
    answer = book_series()
    assert answer.status_code == 200
    (clash,) = answer.context["series"].clashes
    assert (clash.number, clash.clash) == (2, "Bo Berg är upptagen.")
    assert clash.offers[0] == day + timedelta(hours=3)
    assert not Meeting.objects.exists()
    assert book_series(**{"tid-2": f"{clash.offers[1]:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert starts()[1] == clash.offers[1].strftime("%m-%d %H:%M")
    assert Meeting.objects.count() == 3


def test_one_of_the_series_may_be_left_out(cast, book_series):
    assert book_series(**{"tid-2": "hoppa"}).status_code == 302
    assert starts() == ["11-24 09:00", "12-22 09:00"]


def test_a_holiday_in_the_row_is_a_clash(cast, book_series):
    answer = book_series(day="2026-12-03", every=1, times=5)
    clashes = answer.context["series"].clashes
    assert [(each.number, each.clash) for each in clashes] == [(n, "Det är helg den dagen.") for n in (4, 5)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "first"}, "Ett första möte upprepas inte."),
        ({"times": ""}, "Skriv hur många gånger."),
        ({"times": "99"}, "12"),
        ({"every": "3"}, "giltigt"),
    ],
)
def test_what_is_wrong_with_a_series_is_said(book_series, changes, words):
    assert words in book_series(**changes).content.decode()
    assert not Meeting.objects.exists()


def test_one_or_the_rest_of_a_series_is_called_off(client, cast, book_series):
    book_series()
    first, second, _third = Meeting.objects.order_by("starts_at")
    page = reverse("meetings:cancel", args=[cast.case.pk, second.pk])
    assert "resten av serien" in client.get(page).content.decode()
    client.post(page, {"by": "other", "reason": "Flyttat", "rest": "on"})
    assert list(Meeting.objects.booked()) == [first]
    last = reverse("meetings:cancel", args=[cast.case.pk, first.pk])
    assert "resten av serien" not in client.get(last).content.decode()


def test_a_first_meeting_called_off_inside_the_time_offers_new_times_at_once(client, cast, book):
    book()
    meeting = Meeting.objects.get()
    sent = {"by": "person", "reason": "Sjukt barn"}
    answer = client.post(reverse("meetings:cancel", args=[cast.case.pk, meeting.pk]), sent, follow=True)
    due = Deadline.objects.get(case=cast.case).due_on
    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/moten/boka/?ersatter={meeting.pk}")
    assert answer.context["offer"].due_on == due
    assert "dagar kvar till sista dagen" in shown
    assert "Sjukt barn" in shown
    assert f"ersatter={meeting.pk}&amp;start=" in shown or f"ersatter={meeting.pk}&start=" in shown
