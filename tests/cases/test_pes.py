"""Registered at AF inside an open case: which clock starts, which stands, and which takes another's place."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import Case, Deadline, DeadlineRule, PesRegistration
from cases.rules import DeadlineState


def address(cast, name, *args):
    return reverse(f"cases:{name}", args=[cast.case.pk, *args])


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


@pytest.fixture
def clock(cast):
    """Runs since three days."""
    return cast.case.deadlines.get()


def register(client, cast, since, **changed):
    sent = {"since": str(since), "status": "open_unemployed", "confirmed": "on"} | changed
    return client.post(address(cast, "register_at_pes"), sent)


def was_registered(cast, since, until):
    return PesRegistration.objects.create(case=cast.case, owner=cast.ifo, since=since, until=until)


def starts(cast):
    return list(cast.case.deadlines.order_by("starts_on").values_list("starts_on", "met_on", "closed_on"))


def test_a_first_registration_after_the_application_starts_nothing(anna, cast, clock):
    assert register(anna, cast, cast.day, confirmed="").url == address(cast, "promises")
    assert starts(cast) == [(clock.starts_on, None, None)]
    assert PesRegistration.objects.get().owner == cast.ifo


def test_a_registration_before_the_application_begins_the_clock_earlier_by_a_new_one(anna, cast, clock):
    earlier = clock.starts_on - timedelta(days=2)
    assert "En klocka börjar" in register(anna, cast, earlier, confirmed="").text
    assert not PesRegistration.objects.exists()
    register(anna, cast, earlier)
    assert starts(cast) == [(earlier, None, None), (clock.starts_on, None, cast.day)]
    old, new = Deadline.objects.order_by("-starts_on")
    assert (old.state_on(cast.day), new.state_on(cast.day)) == (DeadlineState.NOT_APPLICABLE, DeadlineState.RUNNING)
    cast.case.refresh_from_db()
    assert cast.case.next_on == new.due_on == earlier + timedelta(days=14)


def test_a_clock_that_is_late_stays_late_and_is_not_doubled(anna, cast, clock):
    Deadline.objects.update(starts_on=cast.day - timedelta(days=20), due_on=cast.day - timedelta(days=6))
    register(anna, cast, cast.day - timedelta(days=25))
    assert [row.state_on(cast.day) for row in cast.case.deadlines.all()] == [DeadlineState.MISSED]


def test_coming_back_to_af_starts_a_new_clock_once_the_first_meeting_was_held(anna, cast, clock):
    was_registered(cast, cast.day - timedelta(days=40), cast.day - timedelta(days=2))
    Deadline.objects.update(met_on=cast.day - timedelta(days=2), met_by="meeting:1")
    assert "Personen har kommit tillbaka till AF." in register(anna, cast, cast.day, confirmed="").text
    register(anna, cast, cast.day)
    assert starts(cast) == [(clock.starts_on, cast.day - timedelta(days=2), None), (cast.day, None, None)]
    page = anna.get(reverse("desk:case", args=[cast.case.pk])).text
    assert "Inget möte är bokat" in page
    assert "Började om" in anna.get(reverse("desk:my_day")).text


def test_coming_back_while_a_clock_waits_starts_none(anna, cast, clock):
    was_registered(cast, cast.day - timedelta(days=40), cast.day - timedelta(days=1))
    register(anna, cast, cast.day)
    assert starts(cast) == [(clock.starts_on, None, None)]


def test_a_return_that_a_first_meeting_already_followed_starts_none(anna, cast, clock):
    was_registered(cast, cast.day - timedelta(days=40), cast.day - timedelta(days=3))
    Deadline.objects.update(met_on=cast.day, met_by="meeting:1")
    register(anna, cast, cast.day - timedelta(days=1))
    assert len(starts(cast)) == 1


def test_a_promise_counted_from_af_alone_starts_with_the_registration(anna, cast, clock):
    """Never by a rule that counts from the application."""
    rule = clock.rule
    Deadline.objects.all().delete()
    DeadlineRule.objects.filter(pk=rule.pk).update(anchor="received")
    register(anna, cast, cast.day)
    assert starts(cast) == []
    PesRegistration.objects.all().delete()
    DeadlineRule.objects.filter(pk=rule.pk).update(anchor="pes_registered")
    register(anna, cast, cast.day)
    assert starts(cast) == [(cast.day, None, None)]


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("", "Skriv vilken dag personen anmälde sig."),
        ("2099-01-01", "Dagen kan inte ligga i framtiden."),
        ("2026-02-30", "Skriv ett datum som finns"),
        ("2020-01-01", "Personen var redan inskriven den dagen."),
    ],
)
def test_a_wrong_registration_is_told_and_not_saved(anna, cast, clock, since, sentence):
    Deadline.objects.update(met_on=cast.day, met_by="meeting:1")
    was_registered(cast, date(2019, 1, 1), cast.day)
    assert sentence in register(anna, cast, since).text
    assert PesRegistration.objects.count() == 1


def test_one_registration_at_a_time_and_the_end_leaves_the_clock_alone(anna, cast, clock):
    row = was_registered(cast, cast.day - timedelta(days=9), None)
    assert "Personen är redan inskriven." in register(anna, cast, cast.day).text
    end = address(cast, "end_registration", row.pk)
    assert "Inskrivningen kan inte sluta innan den började." in anna.post(end, {"until": "2020-01-01"}).text
    assert anna.post(end, {"until": str(cast.day)}).status_code == 302
    assert anna.post(end, {"until": str(cast.day)}).status_code == 403
    assert starts(cast) == [(clock.starts_on, None, None)]
    assert "Avaktualiserad på Arbetsförmedlingen" in anna.get(reverse("desk:events", args=[cast.case.pk])).text


def test_only_the_lead_registers_and_another_party_reads_it_under_consent(client, cast):
    was_registered(cast, cast.day, None)
    client.force_login(cast.bo)
    assert register(client, cast, cast.day).status_code == 403
    assert "inskriven nu" in client.get(address(cast, "promises")).text


def test_who_comes_back_after_an_ending_is_registered_too(anna, cast):
    Case.objects.update(closed_on=cast.day)
    anna.post(address(cast, "reopen"), {"received_on": "", "pes_registered_on": str(cast.day)})
    assert PesRegistration.objects.get().since == cast.day
    assert starts(cast)[-1][0] == cast.day
