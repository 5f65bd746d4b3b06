"""A delay is explained, never moved; a case ends, is looked back at, and may begin again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cases.clocks import promised_clocks, write_clocks
from cases.models import AfterFollowUp, CaseExit, Deadline, DeadlineHold, DeadlineRule
from cases.rules import DeadlineState, months_after
from consent.gate import Gate
from desk.content.counts import count
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
    clock = Deadline.objects.with_state(cast.day).get()
    assert clock.state_on(cast.day) == clock.state == DeadlineState.MISSED_EXPLAINED
    assert clock.explained
    assert clock.moved_days == 0
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


def test_a_rest_with_an_end_moves_the_last_day_and_the_next_day_of_the_case_by_as_many_days(anna, cast, clock):
    promised = clock.due_on
    anna.post(address(cast, "hold"), explained(clock, until=str(cast.day + timedelta(days=4))))
    clock.refresh_from_db()
    cast.case.refresh_from_db()
    assert (clock.due_on, clock.moved_days, clock.promised_on) == (promised + timedelta(days=5), 5, promised)
    assert cast.case.next_on == clock.due_on
    assert "flyttat 5 dagar medan klockan vilade" in anna.get(address(cast, "hold")).text


def test_a_rest_without_end_moves_the_day_when_the_clock_goes_on(anna, cast, clock):
    promised = clock.due_on
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        anna.force_login(cast.anna)
        anna.post(address(cast, "hold"), explained(clock))
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        anna.force_login(cast.anna)
        clock.refresh_from_db()
        assert clock.due_on == promised
        assert "Låt klockan gå igen" in anna.get(address(cast, "hold")).text
        anna.post(reverse("cases:end_hold", args=[cast.case.pk, clock.holds.get().pk]))
        clock.refresh_from_db()
        assert clock.moved_days == 29
        assert clock.state_on(cast.day + timedelta(days=1)) == DeadlineState.RUNNING
        again = anna.post(reverse("cases:end_hold", args=[cast.case.pk, clock.holds.get().pk]), follow=True)
        assert "Klockan går redan." in again.text
        assert "Låt klockan gå igen" not in again.text


def test_a_rest_that_ends_sooner_never_takes_days_back(anna, cast, clock):
    anna.post(address(cast, "hold"), explained(clock, until=str(cast.day + timedelta(days=20))))
    moved = Deadline.objects.get().due_on
    anna.post(reverse("cases:end_hold", args=[cast.case.pk, clock.holds.get().pk]))
    assert DeadlineHold.objects.get().until == cast.day
    assert Deadline.objects.get().due_on == moved


def test_a_rest_of_more_than_half_a_year_is_a_mistake(anna, cast, clock):
    answer = anna.post(address(cast, "hold"), explained(clock, until="2099-01-01"))
    assert "Klockan kan vila högst ett halvår i taget." in answer.text


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda clock: Deadline.objects.update(due_on=F("due_on") - 1),
        lambda clock: Deadline.objects.update(moved_days=3),
        lambda clock: Deadline.objects.update(rule=DeadlineRule.objects.exclude(pk=clock.rule_id).first()),
        lambda clock: DeadlineRule.objects.filter(pk=clock.rule_id).update(days=30),
        lambda clock: clock.rule.rungs.all().delete(),
        lambda clock: clock.rule.rungs.create(day=1, role="intake"),
        lambda clock: DeadlineHold.objects.update(text="Något annat."),
        lambda clock: DeadlineHold.objects.update(until=None),
        lambda clock: clock.events.all().delete(),
        lambda clock: clock.events.update(due_on=clock.due_on),
    ],
)
def test_the_database_keeps_what_was_promised_and_written(cast, clock, rewrite):
    DeadlineRule.objects.create(code="first_meeting", days=30, valid_from=date(2026, 1, 1))
    DeadlineHold.objects.create(
        deadline=clock, reason="ill", text="x", since=cast.day, until=cast.day, set_by=cast.anna
    )
    with pytest.raises(DatabaseError, match=r"kept|permission denied"), transaction.atomic():
        rewrite(clock)


def test_what_happened_to_a_clock_stands_in_its_history(anna, cast, clock):
    anna.post(address(cast, "hold"), explained(clock, until=str(cast.day + timedelta(days=4))))
    Deadline.objects.meet(on=cast.day, by="meeting:17")
    rows = [(event.moved_days, event.met_by) for event in clock.events.order_by("pgh_id")]
    assert rows == [(0, ""), (5, ""), (5, "meeting:17")]


def test_a_rule_in_use_is_ended_and_replaced_and_the_clock_keeps_its_own(cast, clock):
    new = clock.rule.replace(on=cast.day + timedelta(days=1))
    DeadlineRule.objects.filter(pk=new.pk).update(days=10)
    clock.refresh_from_db()
    assert (clock.rule.days, clock.rule.valid_until) == (14, cast.day)
    assert [(r.day, r.role) for r in new.rungs.all()] == [(r.day, r.role) for r in clock.rule.rungs.all()]
    assert [c.rule.days for c in promised_clocks(cast.day, None, "0482")] == [14]
    assert [c.rule.days for c in promised_clocks(cast.day + timedelta(days=1), None, "0482")] == [10]


def test_two_promises_at_once_start_by_the_same_application_and_are_met_by_the_same_meeting(cast, clock):
    DeadlineRule.objects.create(code="first_meeting", days=30, valid_from=date(2026, 1, 1))
    clocks = promised_clocks(cast.day, None, "0482")
    assert [(c.rule.days, c.due_on) for c in clocks] == [
        (14, cast.day + timedelta(days=14)),
        (30, cast.day + timedelta(days=30)),
    ]
    write_clocks(cast.case, clocks)
    assert Deadline.objects.filter(case=cast.case).meet(on=cast.day + timedelta(days=20), by="meeting:1") == 3
    late = Deadline.objects.with_state(cast.day + timedelta(days=40)).order_by("due_on")
    assert [d.state for d in late] == ["met_late", "met_late", "met"]


def test_a_meeting_before_the_clock_started_meets_nothing(clock):
    assert Deadline.objects.meet(on=clock.starts_on - timedelta(days=1), by="meeting:1") == 0


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
    assert count(Gate(cast.anna)).cases == 0


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


def test_somebody_who_comes_back_has_a_new_clock_and_the_old_one_stays_as_it_ended(anna, cast, clock):
    anna.post(address(cast, "close"), ended(cast))
    anna.post(address(cast, "reopen"), {"received_on": str(cast.day), "pes_registered_on": ""})
    old, new = Deadline.objects.order_by("starts_on")
    assert (old.pk, old.state_on(cast.day)) == (clock.pk, DeadlineState.NOT_APPLICABLE)
    assert (new.starts_on, new.due_on, new.state_on(cast.day)) == (
        cast.day,
        cast.day + timedelta(days=14),
        DeadlineState.RUNNING,
    )
    cast.case.refresh_from_db()
    assert cast.case.next_on == new.due_on


@pytest.mark.parametrize(
    ("field", "day", "sentence"),
    [
        ("received_on", "2099-01-01", "Dagen kan inte ligga i framtiden."),
        ("pes_registered_on", "2020-01-01", "Dagen ligger före avslutet"),
    ],
)
def test_a_wrong_day_of_coming_back_is_told(anna, cast, field, day, sentence):
    anna.post(address(cast, "close"), ended(cast))
    answer = anna.post(address(cast, "reopen"), {field: day})
    assert sentence in answer.text
    cast.case.refresh_from_db()
    assert not cast.case.is_open


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
