"""Emergency access is off by default, explained, short, read only, seen by others, and never crosses an organisation."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from audit.months import month_of
from cases.models import Individual, Note
from cases.rules import due_on
from consent import log_review
from consent.log_review import draw
from consent.models import CaseGrant, CaseScope, EmergencyAccess, LogVisit
from consent.tasks import end_emergency_access
from notices.models import Kind, Notice
from tests.accounts.steps import later, log_in
from tests.casting import worker
from tests.scene import a_letter

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
    page = client.get(reverse(CASE, args=[cast.case.pk])).text
    assert "du läser med nödåtkomst och kan inte ändra" in page
    assert "Avsluta ärendet" not in page
    assert "Ändra eller bjud in" not in page
    assert {grant.user for grant in gate.workers(case)} == {cast.anna, cast.bo}
    assert CaseScope.objects.difference() == []


def test_a_letter_is_read_and_not_marked_as_posted(client, cast, on, let_in):
    letter = a_letter(cast)
    let_in()
    assert client.get(reverse("notices:letter", args=[letter.pk])).status_code == 200
    assert client.post(reverse("notices:posted", args=[letter.pk])).status_code == 403
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_after_two_hours_nothing_is_read_whether_or_not_the_sweep_has_been(client, cast, eva, on, let_in):
    let_in()
    grant = CaseGrant.objects.of_emergencies().get(user=eva)
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


def test_a_hand_over_from_a_later_day_does_not_make_it_an_assignment_today(client, cast, eva, on, let_in):
    let_in()
    since = cast.day + timedelta(days=5)
    CaseGrant.objects.filter(user=cast.anna).hand_over(eva, day=since, today=cast.day, reason="byte")
    assert status(client, cast) == 404
    assert CaseGrant.objects.get(user=eva).since == since
    assert CaseScope.objects.difference() == []


def test_who_begins_on_a_later_day_lets_themselves_in_as_any_colleague_and_begins_all_the_same(
    client, cast, eva, on, let_in
):
    begins = cast.day + timedelta(days=3)
    dates = {"since": begins, "until": begins + timedelta(days=30), "reason": "vikariat", "is_responsible": True}
    coming = CaseGrant.objects.engage(cast.case, eva, **dates)
    assert let_in().url == reverse(CASE, args=[cast.case.pk])
    gate = cast.gate(eva)
    assert not gate.may_write(gate.open(cast.case.pk))
    CaseGrant.objects.of_emergencies().update(ends_at=timezone.now())
    assert status(client, cast) == 404
    for name, said in dates.items():
        assert getattr(CaseGrant.objects.get(user=eva, ends_at=None), name) == said
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        client.force_login(eva)
        assert status(client, cast) == 200
        gate = cast.gate(eva)
        assert gate.may_write(gate.open(coming.content_object_id))
    assert CaseScope.objects.difference() == []


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


def test_every_reading_of_another_day_than_the_openings_is_drawn_for_review(client, cast, eva, on, let_in, monkeypatch):
    """What was read after midnight; what was read on the day itself stands in the queue already."""
    let_in()
    status(client, cast)
    monkeypatch.setattr("consent.log_review.AT_RANDOM", 0)
    monkeypatch.setattr("consent.log_review.OF_EACH_KIND", 0)
    with transaction.atomic():
        review = draw(cast.ifo.pk, cast.day, month=month_of(cast.day)[0], seed="x")
        assert not review.visits.exists()
        transaction.set_rollback(True)
    monkeypatch.setattr("consent.services.emergency.log_review.await_review", lambda opened, day: None)
    eda = worker(cast.ifo, "Eda", "case_worker")
    let_in(by=eda)
    status(client, cast)
    review = draw(cast.ifo.pk, cast.day, month=month_of(cast.day)[0], seed="x")
    assert [(visit.actor_id, visit.reasons) for visit in review.visits.all()] == [(eda.pk, ["emergency"])]


# --- the queue, the limit, the manager's list -----------------------------------------------------------------------
def queue(client, reviewer):
    client.force_login(reviewer)
    return client.get(reverse("desk:log_reviews"))


def test_it_stands_in_the_queue_of_somebody_else_at_once(client, cast, eva, on, let_in):
    eva.roles.create(role="log_reviewer", since=cast.day)
    let_in()
    [row] = queue(client, cast.lova).context["rows"]
    assert (row.who, row.number, row.why, row.tag.text) == (
        "Eva Extra", cast.case.number, "öppnat med nödåtkomst", "att granska"
    )  # fmt: skip
    assert due_on(cast.day, days=5, counts="working") == row.due_on
    page = client.get(reverse("desk:log_visit", args=[row.pk])).text
    assert WHY in page
    assert "fara för någons liv eller hälsa" in page
    assert "Amina" not in page
    assert queue(client, eva).context["rows"] == []
    assert client.get(reverse("desk:log_visit", args=[row.pk])).status_code == 404


def test_what_is_not_reviewed_in_time_is_told_to_reviewer_and_manager_and_never_to_the_opener(
    client, cast, eva, on, let_in
):
    for role in ("log_reviewer", "unit_manager"):
        eva.roles.create(role=role, since=cast.day)
    let_in()
    late = LogVisit.objects.get().review.due_on + timedelta(days=1)
    assert (log_review.tell(late - timedelta(days=1)), log_review.tell(late), log_review.tell(late)) == (0, 2, 0)
    told = Notice.objects.filter(kind=Kind.LOG_REVIEW)
    assert {n.recipient for n in told} == {cast.lova, cast.karin}
    assert {n.text for n in told} == {"En nödåtkomst skulle ha varit granskad"}
    [row] = queue(client, cast.lova).context["rows"]
    client.post(reverse("desk:log_visit", args=[row.pk]), {"verdict": "fine"})
    Notice.objects.all().delete()
    assert log_review.tell(late) == 0


def test_one_worker_does_it_so_many_times_in_a_month_and_reads_why_not_more(client, cast, eva, on, let_in, settings):
    settings.EMERGENCIES_A_MONTH = 1
    let_in()
    CaseGrant.objects.of_emergencies().delete()
    page = let_in().text
    assert "Nödåtkomst går att använda högst 1 gånger i månaden, och det har du gjort." in page
    assert WHY in page
    assert EmergencyAccess.objects.count() == 1
    assert Entry.objects.filter(action=Action.REFUSED, object_kind="emergency").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=32), tick=False):
        assert let_in().status_code == 302


def test_the_manager_sees_them_with_what_the_review_said(client, cast, eva, on, let_in):
    let_in()
    client.force_login(cast.karin)
    page = client.get(reverse("consent:access_requests")).text
    assert f"Eva Extra öppnade ärende {cast.case.number}" in page
    assert "granskas senast" in page
    assert WHY in page
    assert "Amina" not in page
    assert f'<a href="{reverse("consent:access_requests")}">Nödåtkomst till ett ärende</a>' in client.get("/").text
    [row] = queue(client, cast.lova).context["rows"]
    client.post(reverse("desk:log_visit", args=[row.pk]), {"verdict": "unexplained", "note": "Vet inte."})
    client.force_login(cast.karin)
    assert "ingen förklaring" in client.get(reverse("consent:access_requests")).text


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
