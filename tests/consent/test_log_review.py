"""The monthly review: drawn from a seed, reviewed by somebody else, told when late, and never changed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from cases.models import Case, Individual
from consent import log_review, log_watch, tasks
from consent.gate import Gate
from consent.models import LogFinding, LogReview, LogVisit
from notices.models import Kind, Notice, Pulse
from tests.casting import individual, many_cases, open_case, worker

PAGE = reverse("desk:log_reviews")


def this_month(cast):
    return cast.day.replace(day=1)


def draw(cast, seed="frö"):
    review = log_review.draw(cast.ifo.pk, cast.day, month=this_month(cast), seed=seed)
    return {(v.actor_id, v.case_id): set(v.reasons) for v in review.visits.all()}


def read(user, *cases):
    for case in cases:
        Gate(user).open(case.pk)


@pytest.fixture
def drawn(cast):
    read(cast.anna, cast.case)
    log_review.draw(cast.ifo.pk, cast.day, month=this_month(cast), seed="frö")
    return LogVisit.objects.get()


def test_a_visit_is_one_workers_reading_of_one_case_on_one_day(cast):
    read(cast.anna, cast.case, cast.case)
    read(cast.bo, cast.case)
    found = draw(cast)
    assert list(found) == [(cast.anna.pk, cast.case.pk)], "AF granskar sina egna"
    assert LogVisit.objects.get().reads == 2


def test_what_deserves_a_second_look_is_drawn_and_says_why(cast, monkeypatch):
    monkeypatch.setattr(log_review, "AT_RANDOM", 0)
    worker(cast.ifo, "Rut")
    people = {
        "same_name": individual(cast.ifo, "Ola", "Ask", "T0000001"),
        "colleague": individual(cast.ifo, "Rut", "Extra", "T0000002"),
        "protected": individual(cast.ifo, "Eva", "Ek", "T0000003", protection=Individual.Protection.SECRECY_FLAG),
        "same_contact": individual(cast.ifo, "Per", "Al", "T0000004", email=cast.anna.email),
        "closed": individual(cast.ifo, "Bo", "Lid", "T0000005"),
        "no_action": individual(cast.ifo, "Liv", "Rot", "T0000006"),
    }
    cases = {kind: open_case(cast.anna, person) for kind, person in people.items()}
    read(cast.anna, *cases.values())
    Case.objects.filter(pk=cases["closed"].pk).update(closed_on=cast.day - timedelta(days=1))
    for case in cases.values():
        if case != cases["no_action"]:
            Gate(cast.anna).log(Action.CHANGED, case)
    assert draw(cast) == {(cast.anna.pk, case.pk): {kind} for kind, case in cases.items()}


def test_the_same_seed_draws_the_same_and_another_seed_others(cast, monkeypatch):
    monkeypatch.setattr(log_review, "AT_RANDOM", 3)
    monkeypatch.setattr(log_review, "OF_EACH_KIND", 0)
    read(cast.anna, *many_cases(cast.anna, 12))

    def drawn_with(seed):
        with transaction.atomic():
            found = set(draw(cast, seed))
            transaction.set_rollback(True)
        return found

    first = drawn_with("ett frö")
    assert len(first) == 3
    assert drawn_with("ett frö") == first
    assert drawn_with("ett annat") != first


def test_last_month_is_drawn_once_for_each_organisation_and_its_reviewers_are_told(cast):
    read(cast.anna, cast.case)
    next_month = (this_month(cast) + timedelta(days=40)).replace(day=1)
    for _ in range(2):
        log_review.draw_due(next_month)
    review = LogReview.objects.get()
    assert (review.organisation, review.month, len(review.seed)) == (cast.ifo, this_month(cast), 32)
    assert log_review.tell(next_month) == 1
    assert Notice.objects.get(kind=Kind.LOG_REVIEW).recipient == cast.lova


def test_a_late_review_is_told_to_the_manager_too(cast, drawn):
    late = drawn.review.due_on + timedelta(days=1)
    assert log_review.tell(cast.day) == 1
    assert log_review.tell(late) == 2
    assert log_review.tell(late) == 0
    told = Notice.objects.filter(period="late")
    assert {n.recipient for n in told} == {cast.lova, cast.karin}


def test_a_finished_review_is_never_late(client, cast, drawn):
    client.force_login(cast.lova)
    client.post(reverse("desk:log_visit", args=[drawn.pk]), {"verdict": "fine"})
    assert log_review.tell(drawn.review.due_on + timedelta(days=1)) == 0


def test_the_reviewer_sees_the_rows_and_writes_what_came_out(client, cast, drawn):
    client.force_login(cast.lova)
    assert cast.case.number in client.get(PAGE).content.decode()
    page = client.get(reverse("desk:log_visit", args=[drawn.pk]))
    assert [line.what for line in page.context["visit"].lines] == ["läste ärendet"]
    assert "Amina" not in page.content.decode()
    assert Entry.objects.filter(action=Action.LOG_READ, object_kind=f"log_visit-{drawn.pk}").count() == 1
    answer = {"verdict": "explained", "note": "Anna vikarierade för en kollega."}
    assert client.post(reverse("desk:log_visit", args=[drawn.pk]), answer)["Location"] == PAGE
    finding = LogFinding.objects.get()
    assert (finding.by, finding.note) == (cast.lova, answer["note"])
    assert Entry.objects.filter(action=Action.LOG_REVIEWED, actor_id=cast.lova.pk).count() == 1
    assert client.get(PAGE).context["rows"] == []
    assert "efter att jag har frågat" in client.get(PAGE, {"granskade": ""}).content.decode()


def test_a_finding_without_words_is_kept_and_asked_about(client, cast, drawn):
    client.force_login(cast.lova)
    page = client.post(reverse("desk:log_visit", args=[drawn.pk]), {"verdict": "unexplained", "note": ""})
    assert "Skriv vad som kom fram." in page.content.decode()
    assert not LogFinding.objects.exists()


def test_what_cannot_be_explained_is_told_to_the_manager(client, cast, drawn):
    client.force_login(cast.lova)
    client.post(reverse("desk:log_visit", args=[drawn.pk]), {"verdict": "unexplained", "note": "Vet inte varför."})
    assert Notice.objects.get(kind=Kind.LOG_REVIEW).recipient == cast.karin


def test_a_visit_is_reviewed_once(client, cast, drawn):
    client.force_login(cast.lova)
    for _ in range(2):
        page = client.post(reverse("desk:log_visit", args=[drawn.pk]), {"verdict": "fine"})
    assert "Någon annan har redan granskat läsningen." in page.content.decode()
    assert LogFinding.objects.count() == 1


def test_nobody_reviews_themselves(client, cast):
    case = open_case(cast.lova, individual(cast.ifo, "Siv", "Ros", "T0000007"))
    read(cast.lova, case)
    log_review.draw(cast.ifo.pk, cast.day, month=this_month(cast), seed="frö")
    visit = LogVisit.objects.get(actor_id=cast.lova.pk)
    client.force_login(cast.lova)
    assert case.number not in client.get(PAGE).content.decode()
    assert client.get(reverse("desk:log_visit", args=[visit.pk])).status_code == 404


@pytest.mark.parametrize("model", [LogReview, LogVisit, LogFinding])
def test_what_is_drawn_and_found_cannot_be_changed(client, cast, drawn, model):
    client.force_login(cast.lova)
    client.post(reverse("desk:log_visit", args=[drawn.pk]), {"verdict": "fine"})
    for change in (lambda rows: rows.update(id=4711), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(model.objects.all())


# --- the nightly verification ---------------------------------------------------------------------------------
def test_a_whole_log_leaves_a_pulse(cast):
    tasks.verify_log()
    assert Pulse.objects.filter(name="log").exists()
    assert not Notice.objects.filter(kind=Kind.LOG_BROKEN).exists()


def test_a_broken_log_is_told_to_reviewers_and_administrators(cast, settings, tmp_path):
    settings.LOG_ANCHORS = tmp_path / "anchors.jsonl"
    settings.LOG_ANCHORS.write_text('{"sequence": 900000, "hash": "00", "at": "2026-01-01T00:00:00+00:00"}\n')
    assert "avklippt" in str(log_watch.verify(timezone.now()))
    told = Notice.objects.filter(kind=Kind.LOG_BROKEN)
    assert {notice.recipient for notice in told} == {cast.lova, cast.adam}
    assert not Pulse.objects.filter(name="log").exists()


def test_a_month_ends_at_local_midnight():
    first, since, until = log_review.month_of(date(2026, 10, 17))
    assert (first, since.isoformat(), until.isoformat()) == (
        date(2026, 10, 1),
        "2026-10-01T00:00:00+02:00",
        "2026-11-01T00:00:00+01:00",
    )
