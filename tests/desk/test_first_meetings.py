"""Who waits for the first meeting: four tabs, what stands in the way, and the unit's clocks without names."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Deadline, DeadlineHold
from consent.models import Consent
from meetings.models import Meeting
from tests.casting import individual, many_cases, open_case

URL = "/forsta-motet/"


def tab(client, code, whose="mina"):
    return client.get(URL, {"visa": code, "vems": whose}).text


def book(cast, days):
    starts_at = timezone.now() + timedelta(days=days)
    return Meeting.objects.create(
        case=cast.case, owner=cast.ifo, kind="first", place="Rum 1", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1), calendar_uid=uuid.uuid4(), booked_by=cast.anna,
    )  # fmt: skip


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


def age(days):
    today = timezone.localdate()
    Deadline.objects.update(
        starts_on=today - timedelta(days=days), due_on=today - timedelta(days=days) + timedelta(days=14)
    )


def test_a_running_clock_is_to_book_with_its_days_and_the_way_to_book(anna, cast):
    page = anna.get(URL).text
    assert "Att boka 1" in page
    assert "Amina H" in page
    assert "11 dagar kvar · inget möte bokat" in page
    assert reverse("meetings:book", args=[cast.case.pk]) in page
    assert 'href="/forsta-motet/"' in anna.get("/").text


def test_a_booked_one_is_booked_and_says_when_it_is_too_late(anna, cast):
    book(cast, 4)
    assert "Amina H" not in tab(anna, "att-boka")
    assert "Amina H" in tab(anna, "bokade")
    Meeting.objects.update(starts_at=timezone.now() + timedelta(days=20), ends_at=timezone.now() + timedelta(days=21))
    assert "Bokat efter sista dagen" in tab(anna, "bokade")
    age(30)
    assert "Amina H" in tab(anna, "forsenade")


def test_a_meeting_that_has_been_asks_for_its_outcome(anna, cast):
    book(cast, -1)
    assert "Mötet har varit men saknar resultat" in tab(anna, "bokade")


def test_a_passed_day_is_late_and_a_resting_clock_rests_with_its_reason(anna, cast):
    age(20)
    assert "6 dagar för sent" in tab(anna, "forsenade")
    age(3)
    DeadlineHold.objects.create(
        deadline=Deadline.objects.get(), reason="no_free_slot", text="x", since=cast.day, set_by=cast.anna
    )
    page = tab(anna, "vilande")
    assert "Vilar: ingen ledig tid hos parterna" in page
    assert "Amina H" not in tab(anna, "att-boka")


def test_an_explained_delay_is_never_counted_as_an_unexplained_one(anna, cast):
    age(20)
    assert "0 med förklaring · 1 utan" in tab(anna, "forsenade")
    DeadlineHold.objects.create(
        deadline=Deadline.objects.get(), reason="ill", text="Bad om en senare tid.", since=cast.day, set_by=cast.anna
    )
    shown = tab(anna, "forsenade")
    assert "1 med förklaring · 0 utan" in shown
    assert "förklarat · inget möte bokat" in shown


def test_what_stands_in_the_way_is_said_with_a_way_there(anna, cast):
    assert "Samtycke är inte frågat" not in tab(anna, "att-boka")
    Consent.objects.update(answer=Consent.Answer.ASKED)
    assert "Väntar på svar om samtycke" in tab(anna, "att-boka")
    case = open_case(cast.anna, individual(cast.ifo, "Rut", "Ros", "T0000009"))
    case.grants.update(is_responsible=False)
    page = tab(anna, "att-boka")
    assert "Samtycke är inte frågat" in page
    assert reverse("consent:give", args=[case.pk]) in page
    assert "Ingen är ansvarig" in page


def test_a_partner_sees_the_clock_but_not_why_it_rests(client, cast):
    DeadlineHold.objects.create(
        deadline=Deadline.objects.get(), reason="ill", text="x", since=cast.day, set_by=cast.anna
    )
    client.force_login(cast.bo)
    page = tab(client, "vilande")
    assert "Amina H" in page
    assert "orsak antecknad" in page
    assert "sjuk" not in page


@pytest.mark.parametrize("name", ["karin", "ingrid"])
def test_those_who_distribute_see_the_units_clocks_by_number_only(client, cast, name):
    client.force_login(getattr(cast, name))
    page = client.get(URL).text
    assert f"Ärende {cast.case.number}" in page
    assert "Amina" not in page
    assert reverse("desk:case", args=[cast.case.pk]) not in page
    case = open_case(cast.anna, individual(cast.ifo, "Rut", "Ros", "T0000009"), responsible=False)
    page = client.get(URL).text
    assert f"Ärende {case.number}" in page
    assert "Ingen är ansvarig" in page
    assert reverse("consent:unassigned") in page


@pytest.mark.parametrize("name", ["cilla", "petra", "sten"])
def test_nobody_else_sees_any_clock_whatever_they_ask_for(client, cast, name):
    client.force_login(getattr(cast, name))
    for whose in ("mina", "enheten"):
        page = tab(client, "att-boka", whose)
        assert "Amina" not in page
        assert cast.case.number not in page


def test_a_unit_of_another_organisation_is_not_overseen(client, cast):
    cast.karin.organisation, cast.karin.unit = cast.ame, cast.ame.units.get()
    cast.karin.save()
    client.force_login(cast.karin)
    assert cast.case.number not in tab(client, "att-boka", "enheten")


def test_two_promises_of_one_case_are_one_row_by_the_nearest(anna, cast):
    clock = Deadline.objects.get()
    clock.rule.pk = None
    clock.rule.days = 30
    clock.rule.save()
    Deadline.objects.create(
        case=cast.case, owner=cast.ifo, rule=clock.rule, starts_on=clock.starts_on,
        due_on=clock.starts_on + timedelta(days=30),
    )  # fmt: skip
    page = anna.get(URL).text
    assert "Att boka 1" in page
    assert page.count("11 dagar kvar") == 1


def test_the_list_costs_the_same_however_long_it_is(anna, cast, costs):
    anna.get(URL)
    one = costs(lambda: anna.get(URL))
    many_cases(cast.anna, 30)
    page = anna.get(URL, {"page": 2}).text
    assert "26–31 av 31" in page
    assert costs(lambda: anna.get(URL)) == one
