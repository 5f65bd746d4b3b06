"""Mina tider: kept by the worker, seen by the manager of the unit, used by the search for free times."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from audit.models import Action, Entry
from meetings.content.hours import in_words
from meetings.models import Absence, Availability, OtherHours
from tests.casting import worker

HOURS = reverse("meetings:hours")
UNIT = reverse("meetings:unit_hours")


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return cast


def week(cast, seen="", since=None, **spans):
    sent = {"act": "week", "week-valid_from": (since or cast.day).isoformat(), "week-seen": seen}
    return sent | {f"week-{name}": value for name, value in spans.items()}


TUESDAY = {"1_1_starts": "09:00", "1_1_ends": "11:30", "1_2_starts": "13:00", "1_2_ends": "15:00"}


def test_a_week_is_kept_from_its_day_and_what_held_before_stays(client, anna):
    assert client.post(HOURS, week(anna, **TUESDAY)).status_code == 302
    kept = list(Availability.objects.order_by("starts"))
    assert [(a.weekday, a.starts, a.ends) for a in kept] == [(1, time(9), time(11, 30)), (1, time(13), time(15))]
    later = anna.day + timedelta(days=10)
    page = client.get(HOURS).context["page"]
    shorter = {"0_1_starts": "09:00", "0_1_ends": "10:00"}
    assert client.post(HOURS, week(anna, seen=page.seen, since=later, **shorter)).status_code == 302
    assert {a.valid_until for a in Availability.objects.filter(weekday=1)} == {later - timedelta(days=1)}
    assert Availability.objects.get(weekday=0).valid_from == later


def test_a_week_saved_in_another_tab_is_not_written_over(client, anna):
    client.post(HOURS, week(anna, **TUESDAY))
    answer = client.post(HOURS, week(anna, seen="", **{"0_1_starts": "09:00", "0_1_ends": "10:00"}))
    assert "ändrades i ett annat fönster" in answer.content.decode()
    assert Availability.objects.filter(weekday=1).count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Skriv minst en tid."),
        ({"0_1_starts": "09:00"}, "Skriv både från och till."),
        ({"0_1_starts": "10:00", "0_1_ends": "09:00"}, "Tiden kan inte sluta innan den börjar."),
        ({"0_1_starts": "nio", "0_1_ends": "10:00"}, "Skriv klockslaget så här"),
        (TUESDAY | {"1_2_starts": "11:00"}, "Den andra tiden börjar innan den första är slut."),
        (TUESDAY | {"valid_from": "2020-01-01"}, "Dagen har redan varit."),
    ],
)
def test_a_wrong_week_says_so_and_saves_nothing(client, anna, sent, words):
    answer = client.post(HOURS, week(anna, **sent))
    assert words in answer.content.decode()
    assert not Availability.objects.exists()


def test_one_day_may_be_different_and_is_taken_away_again(client, anna):
    day = anna.day + timedelta(days=3)
    sent = {"act": "other", "other-day": day.isoformat()}
    assert client.post(HOURS, sent).status_code == 302
    assert client.post(HOURS, sent | {"other-starts": "10:00", "other-ends": "12:00"}).status_code == 302
    other = OtherHours.objects.get()
    assert (other.day, other.starts) == (day, time(10))
    client.force_login(anna.bo)
    assert client.post(reverse("meetings:drop_other_hours", args=[other.pk])).status_code == 404
    client.force_login(anna.anna)
    client.post(reverse("meetings:drop_other_hours", args=[other.pk]))
    assert not OtherHours.objects.exists()


def test_an_absence_says_how_many_meetings_it_touches(client, anna, book, day):
    book()
    sent = {"act": "absence", "absence-first": day.isoformat(), "absence-last": day.isoformat()}
    answer = client.post(HOURS, sent | {"absence-substitute": anna.karin.pk}, follow=True)
    assert "1 möte är bokat då" in answer.content.decode()
    absence = Absence.objects.get()
    assert (absence.last_day, absence.substitute) == (day, anna.karin)
    assert absence.ends_at - absence.starts_at == timedelta(days=1)


def test_an_absence_in_the_wrong_order_is_refused(client, anna, day):
    sent = {"act": "absence", "absence-first": day.isoformat(), "absence-last": (day - timedelta(1)).isoformat()}
    assert "Frånvaron kan inte sluta" in client.post(HOURS, sent).content.decode()


def test_a_manager_sees_the_unit_and_notes_an_absence_that_is_logged(client, cast):
    Availability.objects.create(user=cast.anna, weekday=0, starts="08:30", ends="16:30", valid_from=cast.day)
    client.force_login(cast.karin)
    shown = client.get(UNIT).content.decode()
    assert "mån 08.30–16.30" in shown
    assert "Bo Berg" not in shown
    day = cast.day.isoformat()
    sent = {"worker": cast.anna.pk, "first": day, "last": day, "substitute": cast.anna.pk}
    assert "Ingen kan ersätta sig själv." in client.post(UNIT, sent).content.decode()
    assert client.post(UNIT, sent | {"substitute": ""}).status_code == 302
    assert Entry.objects.filter(action=Action.CHANGED, object_kind="absence", actor_id=cast.karin.pk).exists()
    assert client.post(UNIT, sent | {"worker": cast.bo.pk}).status_code == 200
    absence = Absence.objects.get()
    client.post(reverse("meetings:drop_absence", args=[absence.pk]), {"unit": "1"})
    assert not Absence.objects.exists()


def test_a_manager_of_another_unit_is_nobody(client, cast):
    other = Unit.objects.create(organisation=cast.ifo, name="En annan enhet")
    cast.karin.roles.update(unit=other)
    absence = Absence.objects.create(
        user=cast.anna, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=1)
    )
    client.force_login(cast.karin)
    assert "Anna Ask" not in client.get(UNIT).context["page"].workers
    assert client.post(reverse("meetings:drop_absence", args=[absence.pk])).status_code == 404


def test_the_units_page_costs_the_same_however_many_work_there(client, cast, costs):
    client.force_login(cast.karin)
    client.get(UNIT)
    short = costs(lambda: client.get(UNIT))
    for name in ("Dag", "Eva", "Ulf"):
        colleague = worker(cast.ifo, name)
        Absence.objects.create(
            user=colleague, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=1), substitute=cast.anna
        )
    assert costs(lambda: client.get(UNIT)) == short


def test_hours_read_like_speech():
    def hours(*rows):
        return [Availability(weekday=d, starts=time(s), ends=time(e)) for d, s, e in rows]

    assert in_words([]) == "kontorstid, 08.00–16.30"
    assert in_words(hours((0, 8, 12), (1, 8, 12), (2, 8, 12))) == "mån–ons 08.00–12.00"
    assert in_words(hours((0, 8, 12), (0, 13, 16), (4, 9, 10))) == "mån 08.00–12.00, 13.00–16.00 · fre 09.00–10.00"
