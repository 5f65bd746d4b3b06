"""The meetings of a case and one's own week."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.models import ActionPlan, PlanVersion
from cases.models import Individual
from consent.models import Disclosure
from meetings.models import Absence, Meeting, Participant, Room


def made(cast, number, day, kind="follow_up", start=0):
    for n in range(start, start + number):
        starts_at = timezone.make_aware(datetime.combine(day, time(8))) + timedelta(minutes=20 * n)
        meeting = Meeting.objects.create(
            case=cast.case,
            owner=cast.ifo,
            kind=kind,
            place="Biblioteket",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=20),
            calendar_uid=uuid.uuid4(),
            booked_by=cast.anna,
        )
        for user in (cast.anna, cast.bo):
            Participant.objects.create(
                meeting=meeting,
                role="case_worker",
                user=user,
                organisation=user.organisation,
                name=user.full_name,
                during=meeting.during,
            )


def test_the_list_costs_the_same_however_long_it_is(client, cast, costs):
    client.force_login(cast.anna)
    url = reverse("meetings:meetings", args=[cast.case.pk])
    made(cast, 1, cast.day)
    client.get(url)
    short = costs(lambda: client.get(url))
    made(cast, 30, cast.day, start=1)
    made(cast, 19, cast.day + timedelta(days=1))
    assert costs(lambda: client.get(url)) == short


def test_the_week_costs_the_same_however_full_it_is(client, cast, costs):
    client.force_login(cast.anna)
    url = reverse("meetings:calendar")
    made(cast, 1, cast.day)
    client.get(url)
    short = costs(lambda: client.get(url))
    made(cast, 40, cast.day, start=1)
    assert costs(lambda: client.get(url)) == short


def test_the_empty_list_says_what_to_do_first(client, cast):
    client.force_login(cast.anna)
    assert "Inga möten ännu" in client.get(reverse("meetings:meetings", args=[cast.case.pk])).content.decode()


def test_ones_week_shows_ones_own_meetings_with_the_iso_week(client, cast):
    made(cast, 1, cast.day)
    client.force_login(cast.bo)
    shown = client.get(reverse("meetings:calendar")).content.decode()
    assert "Amina H." in shown
    assert f"Vecka {cast.day.isocalendar().week}" in shown


def test_after_a_withdrawal_the_time_is_only_busy(client, cast):
    made(cast, 1, cast.day)
    Disclosure.objects.update(days="empty")
    client.force_login(cast.bo)
    shown = client.get(reverse("meetings:calendar")).content.decode()
    assert "Upptagen" in shown
    assert "Amina" not in shown


def test_the_units_week_shows_colleagues_and_only_busy_what_the_gate_does_not_show(client, cast):
    made(cast, 1, cast.day)
    Absence.objects.create(user=cast.karin, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=7))
    client.force_login(cast.anna)
    shown = client.get(reverse("meetings:calendar"), {"vy": "enhet"}).content.decode()
    assert "Amina H." in shown
    assert "Bo Berg" not in shown
    client.force_login(cast.karin)
    shown = client.get(reverse("meetings:calendar"), {"vy": "enhet"}).content.decode()
    assert "Anna Ask" in shown
    assert "Upptagen" in shown
    assert "Amina" not in shown


@pytest.mark.parametrize(
    ("away", "words"),
    [
        ((time(0), time(23)), "Borta hela dagen"),
        ((time(8), time(12)), "Borta till 12.00"),
        ((time(13), time(17)), "Borta från 13.00"),
        ((time(10), time(11, 30)), "Borta 10.00–11.30"),
    ],
)
def test_the_units_week_says_who_is_away_which_part_of_the_day_and_who_comes_instead(client, cast, away, words):
    monday = cast.day - timedelta(days=cast.day.weekday())
    starts_at, ends_at = (timezone.make_aware(datetime.combine(monday, clock)) for clock in away)
    absence = Absence.objects.create(user=cast.anna, starts_at=starts_at, ends_at=ends_at, substitute=cast.karin)
    client.force_login(cast.karin)
    shown = client.get(reverse("meetings:calendar"), {"vy": "enhet"}).content.decode()
    assert shown.count(words) == 1
    assert f"Ersätts av {cast.karin.full_name}" in shown
    Absence.objects.filter(pk=absence.pk).update(substitute=None)
    assert "Ingen ersättare" in client.get(reverse("meetings:calendar"), {"vy": "enhet"}).content.decode()


def test_a_room_says_who_meets_there_to_those_who_know_but_never_of_the_protected(client, cast):
    made(cast, 1, cast.day)
    room = Room.objects.create(
        organisation=cast.ifo, municipality=cast.ifo.municipality, name="Yxtaholm", address="Gatan", hearing_loop=True
    )
    Meeting.objects.update(room=room)
    client.force_login(cast.anna)
    rooms = reverse("meetings:calendar") + "?vy=rum"
    assert "Amina H." in client.get(rooms).content.decode()
    assert "hörslinga" in client.get(rooms).content.decode()
    Individual.objects.update(protection=Individual.Protection.SECRECY_FLAG)
    shown = client.get(rooms).content.decode()
    assert "Amina" not in shown
    assert "Upptagen" in shown


@pytest.mark.parametrize("view", ["enhet", "rum"])
def test_a_week_of_many_costs_the_same_however_full_it_is(client, cast, costs, view):
    room = Room.objects.create(
        organisation=cast.ifo, municipality=cast.ifo.municipality, name="Yxtaholm", address="Gatan"
    )
    url = reverse("meetings:calendar") + f"?vy={view}"
    client.force_login(cast.anna)
    made(cast, 1, cast.day)
    Meeting.objects.update(room=room)
    client.get(url)
    short = costs(lambda: client.get(url))
    made(cast, 20, cast.day, start=1)
    Meeting.objects.update(room=room)
    assert costs(lambda: client.get(url)) == short


def test_those_who_work_without_cases_have_no_units_week(client, cast):
    client.force_login(cast.sten)
    assert client.get(reverse("meetings:calendar"), {"vy": "enhet"}).status_code == 403
    assert client.get(reverse("meetings:calendar")).status_code == 200


def test_others_do_not_see_it_at_all(client, cast):
    made(cast, 1, cast.day)
    client.force_login(cast.cilla)
    shown = client.get(reverse("meetings:calendar")).content.decode()
    assert "Inga möten den här veckan" in shown


def test_a_week_that_does_not_exist_is_this_week(client, cast):
    client.force_login(cast.anna)
    response = client.get(reverse("meetings:calendar"), {"dag": "banan"})
    assert response.context["week"].days[0].day <= cast.day


def test_new_year_lies_in_week_53(client, cast):
    client.force_login(cast.anna)
    shown = client.get(reverse("meetings:calendar"), {"dag": "2027-01-01"}).content.decode()
    assert "Vecka 53, 2026" in shown


def test_that_the_plan_was_kept_is_told_only_to_those_who_know_of_the_plan(client, cast):
    made(cast, 1, cast.day)
    plan = ActionPlan.objects.create(case=cast.case, owner=cast.ifo, individual=cast.case.individual, own_goal="Jobb")
    kept = PlanVersion.objects.create(plan=plan, number=7, made_by=cast.anna, snapshot={})
    Meeting.objects.update(plan_version=kept)
    url = reverse("meetings:meeting", args=[cast.case.pk, Meeting.objects.get().pk])
    client.force_login(cast.bo)
    assert "sparad som version 7" in client.get(url).content.decode()
    Disclosure.objects.filter(category="plan").delete()
    assert "sparad som version 7" not in client.get(url).content.decode()
