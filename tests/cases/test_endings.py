"""A delay is explained, never moved; a case ends, is looked back at, and may begin again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import AfterFollowUp, CaseExit, Deadline, DeadlineHold
from cases.rules import DeadlineState, months_after
from consent.gate import Gate
from tests import casting


def address(cast, name):
    return reverse(f"{'desk' if name == 'close' else 'cases'}:{name}", args=[cast.case.pk])


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


@pytest.fixture
def clock(cast):
    return cast.case.deadlines.get()


def explained(clock, **changed):
    return {"deadline": clock.pk, "reason": "ill", "text": "Bad om en senare tid.", "until": ""} | changed


def ended(cast, **changed):
    return {"reason": "work", "closed_on": str(cast.day), "text": "Började på förskolan.", "confirmed": "on"} | changed


def test_a_reason_before_the_last_day_lets_the_clock_rest(anna, cast, clock):
    assert anna.post(address(cast, "hold"), explained(clock)).url == address(cast, "hold")
    clock.refresh_from_db()
    assert clock.state_on(cast.day) == DeadlineState.ON_HOLD
    assert clock.due_on == cast.day + timedelta(days=11)
    assert "Bad om en senare tid." in anna.get(address(cast, "hold")).text


def test_a_reason_after_the_last_day_explains_but_moves_nothing(anna, cast, clock):
    Deadline.objects.update(starts_on=cast.day - timedelta(days=20), due_on=cast.day - timedelta(days=6))
    anna.post(address(cast, "hold"), explained(clock))
    clock = Deadline.objects.with_explained().get()
    assert clock.state_on(cast.day) == DeadlineState.MISSED
    assert clock.explained
    assert clock.due_on == cast.day - timedelta(days=6)
    assert "skrivet efter sista dagen" in anna.get(address(cast, "hold")).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Välj orsaken."),
        ({"text": ""}, "Förklara med några ord vad som hände."),
        ({"text": "x" * 301}, "300"),
        ({"deadline": "0"}, "0"),
        ({"until": "2020-01-01"}, "Dagen har redan passerat."),
        ({"until": "snart"}, "Skriv ett datum som finns"),
    ],
)
def test_a_wrong_reason_is_told_and_not_saved(anna, cast, clock, changed, sentence):
    answer = anna.post(address(cast, "hold"), explained(clock) | changed)
    assert sentence in answer.text
    assert "text" in changed or "Bad om en senare tid." in answer.text
    assert not DeadlineHold.objects.exists()


def test_a_partner_reads_the_clock_but_explains_nothing(client, cast, clock):
    client.force_login(cast.bo)
    page = client.get(address(cast, "hold")).text
    assert "Första personliga mötet" in page
    assert "Förklara en försening" not in page
    client.post(address(cast, "hold"), explained(clock))
    assert not DeadlineHold.objects.exists()


def test_a_case_ends_only_after_it_is_confirmed(anna, cast):
    answer = anna.post(address(cast, "close"), ended(cast, confirmed=""))
    assert "Uppföljningar läggs upp efter 3, 6, 12 och 24 månader." in answer.text
    assert 'value="Började på förskolan."' in answer.text
    assert not CaseExit.objects.exists()
    assert anna.post(address(cast, "close"), ended(cast)).url == reverse("desk:case", args=[cast.case.pk])
    cast.case.refresh_from_db()
    assert cast.case.closed_on == cast.day
    ending = CaseExit.objects.get()
    assert (ending.reason, ending.owner, ending.closed_by) == ("work", cast.ifo, cast.anna)
    assert [(f.months, f.due_on) for f in AfterFollowUp.objects.all()] == [
        (months, months_after(cast.day, months)) for months in (3, 6, 12, 24)
    ]
    assert cast.case.deadlines.get().state_on(cast.day) == DeadlineState.NOT_APPLICABLE
    assert Gate(cast.anna).countable().count() == 0


def test_nobody_is_looked_up_after_a_death(anna, cast):
    anna.post(address(cast, "close"), ended(cast, reason="deceased"))
    assert CaseExit.objects.exists()
    assert not AfterFollowUp.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Välj vart personen går vidare."),
        ({"closed_on": ""}, "Skriv vilken dag ärendet avslutas."),
        ({"closed_on": "2099-01-01"}, "Ärendet kan inte avslutas i framtiden."),
        ({"closed_on": "2020-01-01"}, "Ärendet kan inte avslutas innan det öppnades"),
    ],
)
def test_a_wrong_ending_is_told_and_nothing_ends(anna, cast, changed, sentence):
    answer = anna.post(address(cast, "close"), ended(cast) | changed)
    assert sentence in answer.text
    assert "Började på förskolan." in answer.text
    cast.case.refresh_from_db()
    assert cast.case.is_open
    assert not CaseExit.objects.exists()


def test_a_second_press_ends_nothing_twice(anna, cast):
    anna.post(address(cast, "close"), ended(cast))
    assert anna.post(address(cast, "close"), ended(cast)).status_code == 403
    assert CaseExit.objects.count() == 1


def test_a_reopened_case_keeps_its_exit_in_the_history_and_its_clock_runs_on_unmoved(anna, cast, clock):
    anna.post(address(cast, "close"), ended(cast))
    assert "öppnas igen" in anna.get(address(cast, "reopen")).text
    anna.post(address(cast, "reopen"))
    cast.case.refresh_from_db()
    assert cast.case.is_open
    assert CaseExit.objects.get().reopened_on == cast.day
    assert not AfterFollowUp.objects.exists()
    again = cast.case.deadlines.get()
    assert (again.due_on, again.state_on(cast.day)) == (clock.due_on, DeadlineState.RUNNING)
    anna.post(address(cast, "close"), ended(cast, reason="studies"))
    assert CaseExit.objects.filter(reopened_on=None).get().reason == "studies"


def test_a_case_is_not_reopened_beside_another_open_one(anna, cast):
    anna.post(address(cast, "close"), ended(cast))
    casting.open_case(cast.anna, cast.case.individual)
    answer = anna.post(address(cast, "reopen"), follow=True)
    assert "Personen har redan ett annat öppet ärende hos er." in answer.text
    cast.case.refresh_from_db()
    assert not cast.case.is_open


def test_only_the_lead_ends_and_reopens(client, cast):
    client.force_login(cast.bo)
    assert client.post(address(cast, "close"), ended(cast)).status_code == 403
    assert client.post(address(cast, "reopen")).status_code == 403
    client.force_login(cast.cilla)
    for name in ("hold", "close", "reopen"):
        assert client.get(address(cast, name)).status_code == 404


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, then):
    assert months_after(day, months) == then


def test_the_clock_page_costs_the_same_however_many_reasons_there_are(anna, cast, clock, costs):
    anna.post(address(cast, "hold"), explained(clock), follow=True)
    one = costs(lambda: anna.get(address(cast, "hold")))
    for _ in range(6):
        DeadlineHold.objects.create(deadline=clock, reason="ill", text="x", since=cast.day, set_by=cast.anna)
    assert costs(lambda: anna.get(address(cast, "hold"))) == one


def test_a_partner_reads_why_a_clock_rests_only_when_told_about_health(client, cast, clock):
    DeadlineHold.objects.create(
        deadline=clock, reason="ill", text="Inlagd på sjukhus.", since=cast.day, set_by=cast.anna
    )
    client.force_login(cast.bo)
    pages = [
        address(cast, "hold"),
        reverse("desk:case", args=[cast.case.pk]),
        reverse("desk:events", args=[cast.case.pk]),
    ]
    for page in pages:
        told = client.get(page).text
        assert "sjuk" not in told
        assert "örklarad försening" in told
    casting.give_consent(cast.case, cast.anna, [cast.af], categories=["health"])
    assert "Inlagd på sjukhus." in client.get(pages[0]).text
    assert all("personen var sjuk" in client.get(page).text.lower() for page in pages)
