"""Emergency access is off by default, explained, short, read only, seen by others, and never crosses an organisation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from audit.months import month_of
from cases.models import Individual, Note
from consent.log_review import draw
from consent.models import CaseGrant, CaseScope, EmergencyAccess, LogVisit
from consent.tasks import end_emergency_access
from notices.models import Kind, Notice
from tests.accounts.steps import later, log_in
from tests.casting import worker

PAGE, CASE = "/atkomst/nod/", "desk:case"
WHY = "Ringer nu, har ingenstans att sova i natt"


@pytest.fixture
def on(settings):
    settings.EMERGENCY_ACCESS = True


@pytest.fixture
def eva(cast):
    """A colleague of Anna's who is not assigned."""
    return worker(cast.ifo, "Eva", "case_worker")


@pytest.fixture
def let_in(client, cast, eva):
    def post(by=eva, **changed):
        client.force_login(by)
        return client.post(PAGE, {"number": cast.case.number, "ground": "danger", "reason": WHY, **changed})

    return post


def status(client, cast):
    return client.get(reverse(CASE, args=[cast.case.pk])).status_code


def test_it_is_off_unless_the_setting_says_otherwise(client, cast, eva, let_in):
    assert let_in().status_code == 404
    assert status(client, cast) == 404


def test_it_opens_the_case_for_reading_and_for_nothing_else(client, cast, eva, on, let_in):
    assert let_in().url == reverse(CASE, args=[cast.case.pk])
    assert status(client, cast) == 200
    gate = cast.gate(eva)
    case = gate.open(cast.case.pk)
    note = Note.objects.create(case=case, owner=cast.ifo, written_by=cast.anna, heading="x", text="x")
    assert (gate.may_write(case), gate.may_write(note), gate.may_lead(case)) == (False, False, False)
    assert [row.writable for row in gate.visible(Note, case)] == [False]
    for name in ("consent:add_worker", "consent:invite", "consent:withhold"):
        address = reverse(name, args=[cast.case.pk])
        said = {"worker": eva.pk, "since": cast.day, "reason": WHY, "recipients": [cast.af.pk], "kinds": ["note"]}
        assert client.post(address, said).status_code == 403, name
    assert CaseScope.objects.difference() == []


def test_after_two_hours_nothing_is_read_whether_or_not_the_sweep_has_been(client, cast, eva, on, let_in):
    let_in()
    grant = CaseGrant.objects.get(user=eva)
    assert timedelta(minutes=119) < grant.ends_at - timezone.now() <= timedelta(hours=2)
    CaseGrant.objects.filter(pk=grant.pk).update(ends_at=timezone.now())
    assert status(client, cast) == 404
    assert not cast.gate(eva).cases().exists()
    assert CaseScope.objects.difference() == []


def test_without_the_question_at_the_gate_it_would_still_be_open(client, cast, eva, on, let_in, monkeypatch):
    """The negative control: the dates alone last to the end of the day."""
    let_in()
    CaseGrant.objects.filter(user=eva).update(ends_at=timezone.now())
    monkeypatch.setattr("consent.emergency.end_due", lambda user=None: None)
    assert status(client, cast) == 200


def test_the_sweep_ends_it_too_and_ends_all_when_it_is_switched_off(cast, eva, on, let_in, settings):
    let_in()
    end_emergency_access()
    assert CaseGrant.objects.filter(user=eva).exists()
    settings.EMERGENCY_ACCESS = False
    end_emergency_access()
    assert not CaseGrant.objects.filter(user=eva).exists()


def test_it_never_crosses_the_organisation(client, cast, on, let_in):
    """Cilla's organisation does not know of the case; an unknown number gets the same answer."""
    pages = [let_in(by=cast.cilla, number=number).content.decode() for number in (cast.case.number, "2026-99999")]
    assert all("Inget ärende med det numret kan öppnas så här." in page for page in pages)
    assert not EmergencyAccess.objects.exists()
    assert Entry.objects.filter(action=Action.REFUSED, object_kind="emergency").count() == 2


@pytest.mark.parametrize("protection", Individual.Protection.values[1:])
def test_protected_identity_is_not_opened(client, cast, on, let_in, protection):
    Individual.objects.update(protection=protection)
    assert "kan öppnas så här" in let_in().content.decode()
    assert not CaseGrant.objects.of_emergencies().exists()


def test_it_ends_when_the_person_becomes_protected(client, cast, eva, on, let_in):
    let_in()
    Individual.objects.update(protection=Individual.Protection.FICTITIOUS)
    assert status(client, cast) == 404


def test_the_manager_and_the_reviewer_are_told_at_once_and_the_reader_is_not(cast, eva, on, let_in):
    let_in()
    told = Notice.objects.filter(kind=Kind.EMERGENCY)
    assert {notice.recipient for notice in told} == {cast.karin, cast.lova}
    assert {(notice.case, notice.text) for notice in told} == {(None, f"Eva Extra öppnade ärende {cast.case.number}")}


def test_the_log_says_so_with_the_ground_of_every_read(client, cast, eva, on, let_in):
    let_in()
    status(client, cast)
    rows = Entry.objects.filter(actor_id=eva.pk, case_id=cast.case.pk)
    assert rows.get(action=Action.EMERGENCY_OPENED).ground == "nödåtkomst: fara för någons liv eller hälsa"
    assert rows.filter(action=Action.READ).first().ground == "nödåtkomst, egen organisation"


def test_every_reading_by_it_is_drawn_for_review(client, cast, eva, on, let_in, monkeypatch):
    let_in()
    status(client, cast)
    monkeypatch.setattr("consent.log_review.AT_RANDOM", 0)
    monkeypatch.setattr("consent.log_review.OF_EACH_KIND", 0)
    draw(cast.ifo.pk, cast.day, month=month_of(cast.day.replace(day=1))[0], seed="x")
    assert [visit.actor_id for visit in LogVisit.objects.filter(reasons__contains=["emergency"])] == [eva.pk]


def test_it_asks_again_who_it_is(client, cast, eva, on):
    log_in(client, eva)
    later(client, began=301)
    assert "/konto/reauthenticate/" in client.get(PAGE).url


def test_a_short_reason_or_no_ground_opens_nothing(client, cast, on, let_in):
    for wrong, sentence in (
        ({"reason": "bråttom"}, "Skriv minst 20 tecken"),
        ({"ground": ""}, "Välj vad som inte kan vänta."),
        ({"number": "x"}, "Skriv ärendenumret så här"),
    ):
        page = let_in(**wrong).content.decode()
        assert sentence in page
        assert wrong.get("reason", WHY) in page
    assert not CaseGrant.objects.of_emergencies().exists()


def test_an_assignment_in_the_meantime_lasts(cast, eva, on, let_in):
    let_in()
    CaseGrant.objects.engage(cast.case, eva, since=cast.day)
    assert CaseGrant.objects.get(user=eva).ends_at is None
    gate = cast.gate(eva)
    assert gate.may_write(gate.open(cast.case.pk))


def test_it_is_not_handed_over(client, cast, eva, on, let_in):
    let_in()
    CaseGrant.objects.filter(user=eva).hand_over(cast.anna, day=cast.day, today=cast.day, reason="x")
    assert CaseGrant.objects.of_emergencies().get().user == eva
