"""A consent in force is narrowed or extended: what closes and opens, for whom, and what stays in the record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Action, Entry
from cases.models import Category, Note
from consent.models import CaseGrant, Consent, ConsentStep, Disclosure
from consent.rules import last_day
from consent.tasks import warn_expiring
from notices.models import Channel, Document, Kind, Notice, OutboxMessage
from tests.casting import give_consent

ORDINARY = [c.value for c in Category.ordinary()]


@pytest.fixture
def held(cast):
    """Since ten days, to both partners, for half a year."""
    Consent.objects.filter(pk=cast.consent.pk).update(withdrawn_at=timezone.now(), withdrawn_by=cast.anna)
    Disclosure.objects.filter(consent=cast.consent).end(on=cast.day)
    consent = give_consent(cast.case, cast.anna, [cast.af, cast.ame], [*Category.ordinary(), Category.HEALTH], days=180)
    since = cast.day - timedelta(days=10)
    Consent.objects.filter(pk=consent.pk).update(valid_from=since, given_on=since)
    Disclosure.objects.filter(consent=consent).update(days=f"[{since},{consent.valid_until}]")
    CaseGrant.objects.engage(cast.case, cast.cilla, since=since)
    consent.refresh_from_db()
    return consent


@pytest.fixture
def change(client, cast, held):
    """Posts the change; None of a field leaves it out."""

    def post(by=cast.anna, step="confirm", **changed):
        client.force_login(by)
        said = {
            "step": step,
            "receivers": [cast.af.pk, cast.ame.pk],
            "categories": held.categories,
            "valid_until": held.valid_until.isoformat(),
            "how": "Ringde i dag",
            "language": "svenska",
            "method": "paper",
            "given_on": cast.day.isoformat(),
            "informed": "on",
            **changed,
        }
        return client.post(
            reverse("consent:change", args=[cast.case.pk, held.pk]),
            {name: value for name, value in said.items() if value is not None},
            follow=True,
        )

    return post


def in_force(cast):
    return cast.case.consents.in_force(cast.day).get()


def told(cast):
    rows = Disclosure.objects.in_force(cast.day).filter(case=cast.case)
    return set(rows.values_list("recipient", "category"))


# --- less -------------------------------------------------------------------------------------------------------
def test_a_receiver_that_is_taken_away_is_shut_out_at_once_and_the_other_stays(client, cast, held, change):
    change(receivers=[cast.af.pk])
    assert told(cast) == {(cast.af.pk, c) for c in held.categories}
    for person, status in ((cast.bo, 200), (cast.cilla, 404)):
        client.force_login(person)
        assert client.get(reverse("desk:case", args=[cast.case.pk])).status_code == status


def test_a_category_that_is_taken_away_is_shut_at_once(cast, held, change):
    Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="x", text="x", shared_as=Category.HEALTH
    )
    gate = cast.gate(cast.bo)
    assert gate.visible(Note, gate.open(cast.case.pk)).exists()
    change(categories=ORDINARY)
    gate = cast.gate(cast.bo)
    assert not gate.visible(Note, gate.open(cast.case.pk)).exists()


def test_a_narrowed_consent_is_a_row_of_its_own_and_the_old_keeps_what_was_said(cast, held, change):
    change(receivers=[cast.af.pk])
    now, before = in_force(cast), Consent.objects.get(pk=held.pk)
    assert (now.replaces, now.valid_from, now.given_on, now.informed) == (held, cast.day, held.given_on, True)
    assert (before.replaced_at is None, before.is_in_force(cast.day)) == (False, False)
    assert (set(before.receivers.all()), before.valid_until) == ({cast.af, cast.ame}, held.valid_until)
    assert [(s.what, s.note) for s in now.steps.all()] == [(ConsentStep.What.NARROWED, "Ringde i dag")]
    been = {(d.recipient_id, d.category, d.days[0].lower, d.days[0].upper) for d in before.disclosures.all()}
    since = cast.day - timedelta(days=10)
    assert been == {(o.pk, c, since, cast.day) for o in (cast.af, cast.ame) for c in held.categories}


def test_an_earlier_last_day_shuts_nobody_out_before_it_comes(cast, held, change):
    soon = cast.day + timedelta(days=5)
    before = told(cast)
    change(valid_until=soon.isoformat())
    assert told(cast) == before
    assert in_force(cast).valid_until == soon
    assert {d.days[0].upper for d in in_force(cast).disclosures.all()} == {soon + timedelta(days=1)}
    assert not Notice.objects.filter(kind=Kind.CONSENT_ENDED).exists()


def test_only_those_who_are_told_less_are_stopped_and_told(cast, held, change):
    fields = {"kind": Kind.MEETING_BOOKED, "channel": Channel.EMAIL, "case": cast.case, "subject": "K", "body": "x"}
    calls = [
        OutboxMessage.objects.create(object_key="m:1", address=p.email, organisation=cast.ifo, **fields)
        for p in (cast.bo, cast.cilla)
    ]
    papers = [
        Document.objects.ask(kind="plan", title="Plan", requested_by=p, case=cast.case) for p in (cast.bo, cast.cilla)
    ]
    change(receivers=[cast.af.pk])
    for row in (*calls, *papers):
        row.refresh_from_db()
    assert [bool(call.cancelled_at) for call in calls] == [False, True]
    assert [paper.state for paper in papers] == ["waiting", "failed"]
    assert {n.recipient for n in Notice.objects.filter(kind=Kind.CONSENT_ENDED)} == {cast.cilla}


def test_calls_go_on_to_those_who_may_still_know_of_meetings(cast, held, change):
    call = OutboxMessage.objects.create(
        object_key="m:1",
        address=cast.bo.email,
        organisation=cast.ifo,
        kind=Kind.MEETING_BOOKED,
        channel=Channel.EMAIL,
        case=cast.case,
        subject="K",
        body="x",
    )
    paper = Document.objects.ask(kind="plan", title="Plan", requested_by=cast.bo, case=cast.case)
    change(categories=ORDINARY)
    call.refresh_from_db()
    paper.refresh_from_db()
    assert (call.cancelled_at, paper.state) == (None, "failed")


def test_it_is_shown_what_closes_for_whom_before_anything_is_changed(cast, held, change):
    page = change(step="", receivers=[cast.af.pk]).content.decode()
    assert "Bekräfta ändringen" in page
    assert "får inte längre veta något nytt om" in page
    assert "Cilla Ceder" in page
    assert "Bo Berg" not in page.split("Det här stängs direkt")[1].split("</form>")[0]
    assert in_force(cast) == held


def test_the_log_says_that_it_holds_less(cast, held, change):
    change(receivers=[cast.af.pk])
    acts = Entry.objects.filter(case_id=cast.case.pk, actor_id=cast.anna.pk, object_kind="consent")
    assert list(acts.values_list("action", flat=True)) == [Action.CONSENT_NARROWED]


# --- more -------------------------------------------------------------------------------------------------------
def test_a_later_last_day_demands_a_new_answer(cast, held, change):
    later = last_day(cast.day)
    page = change(valid_until=later.isoformat(), informed=None).content.decode()
    assert "Berätta vad samtycket betyder" in page
    assert in_force(cast) == held
    change(valid_until=later.isoformat(), method="oral", witness="Tolken", oral_reason="Kan inte skriva i dag")
    now = in_force(cast)
    assert (now.valid_until, now.given_on, now.method, now.witness) == (later, cast.day, "oral", "Tolken")
    assert [s.what for s in now.steps.all()] == [ConsentStep.What.EXTENDED]
    assert Entry.objects.filter(action=Action.CONSENT_GIVEN, case_id=cast.case.pk).count() == 1
    assert not Notice.objects.filter(kind=Kind.CONSENT_ENDED).exists()


def test_one_more_category_opens_only_that(cast, held, change):
    before = told(cast)
    change(categories=[*held.categories, "economy"])
    assert told(cast) - before == {(cast.af.pk, "economy"), (cast.ame.pk, "economy")}
    assert before < told(cast)


def test_one_more_receiver_becomes_a_party(client, cast, held, change):
    change(receivers=[cast.af.pk])
    narrowed = in_force(cast)
    client.post(
        reverse("consent:change", args=[cast.case.pk, narrowed.pk]),
        {
            "step": "confirm",
            "receivers": [cast.af.pk, cast.ame.pk],
            "categories": narrowed.categories,
            "valid_until": narrowed.valid_until.isoformat(),
            "informed": "on",
            "language": "svenska",
            "method": "paper",
            "given_on": cast.day.isoformat(),
        },
    )
    assert in_force(cast).replaces == narrowed
    assert cast.case.parties.filter(organisation=cast.ame).exists()
    client.force_login(cast.cilla)
    assert client.get(reverse("desk:case", args=[cast.case.pk])).status_code == 200


def test_more_and_less_at_once_is_a_new_answer_that_also_closes(cast, held, change):
    change(receivers=[cast.af.pk], categories=[*held.categories, "economy"])
    assert told(cast) == {(cast.af.pk, c) for c in [*held.categories, "economy"]}
    acts = Entry.objects.filter(case_id=cast.case.pk, object_kind="consent").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == [Action.CONSENT_NARROWED]
    assert Entry.objects.filter(case_id=cast.case.pk, action=Action.CONSENT_GIVEN).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Ändra något av det"),
        ({"receivers": None}, "Välj minst en mottagare."),
        ({"valid_until": "2020-01-01"}, "Slutdatum har redan varit."),
        ({"valid_until": "2099-01-01"}, "högst tolv månader"),
        ({"valid_until": "snart"}, "Skriv ett datum"),
        ({"categories": ORDINARY, "how": ""}, "Skriv hur personen sade det."),
        ({"categories": [*ORDINARY, "health", "economy"], "method": ""}, "Välj hur svaret lämnades."),
        ({"categories": [*ORDINARY, "health", "economy"], "method": "oral"}, "Skriv vem som var med"),
        ({"categories": [*ORDINARY, "health", "economy"], "given_on": "2099-01-01"}, "i framtiden"),
        ({"categories": [*ORDINARY, "health", "economy"], "given_on": "2020-01-01"}, "Det nya svaret är yngre."),
    ],
)
def test_wrong_input_says_what_is_wrong_and_changes_nothing(cast, held, change, changed, sentence):
    assert sentence in change(**changed).content.decode()
    assert in_force(cast) == held


# --- the chain --------------------------------------------------------------------------------------------------
def test_what_is_withdrawn_is_the_row_that_holds(client, cast, held, change):
    change(receivers=[cast.af.pk])
    refused = client.get(reverse("consent:withdraw", args=[cast.case.pk, held.pk])).content.decode()
    assert "inget att återkalla" in refused
    client.post(reverse("consent:withdraw", args=[cast.case.pk, in_force(cast).pk]), {"how": "Ringde"})
    assert told(cast) == set()
    assert not cast.case.consents.in_force(cast.day).exists()


def test_what_no_longer_holds_cannot_be_changed(cast, held, change):
    change(receivers=[cast.af.pk])
    now = in_force(cast)
    assert "inget att ändra" in change(receivers=[cast.ame.pk]).content.decode()
    assert in_force(cast) == now


def test_nobody_changes_the_consent_of_another_organisation(client, cast, held, change):
    assert change(by=cast.bo, receivers=[cast.af.pk]).status_code == 404
    assert in_force(cast) == held


def test_the_receipt_of_the_old_answer_says_that_there_is_a_newer_one(client, cast, held, change):
    change(receivers=[cast.af.pk])
    old, new = (
        client.get(reverse("consent:paper_text", args=[cast.case.pk, pk])).text for pk in (held.pk, in_force(cast).pk)
    )
    assert "tills du lämnade ett nyare svar" in old
    assert "nyare svar" not in new


def test_the_page_and_the_lists_show_the_row_that_holds(client, cast, held, change):
    page = change(receivers=[cast.af.pk]).content.decode()
    assert page.index("Gäller nu") < page.index("Minskat") < page.index("ersatt")
    assert "Samtycke gäller" in client.get(reverse("desk:case", args=[cast.case.pk])).content.decode()
    assert "Samtycke minskat" in client.get(reverse("desk:events", args=[cast.case.pk])).content.decode()
    assert client.get(reverse("desk:cases")).status_code == 200


def test_the_reminder_leads_to_where_it_is_extended_and_is_done_when_it_is(client, cast, held, change):
    until = cast.day + timedelta(days=6)
    Consent.objects.filter(pk=held.pk).update(valid_until=until)
    Disclosure.objects.filter(consent=held).update(days=f"[{held.valid_from},{until}]")
    Consent.objects.filter(pk=held.pk).update(valid_from=cast.day - timedelta(days=90))
    warn_expiring()
    client.force_login(cast.anna)
    address = reverse("consent:change", args=[cast.case.pk, held.pk])
    assert address in client.get(reverse("desk:my_day")).content.decode()
    change(valid_until=last_day(cast.day).isoformat())
    assert not Notice.objects.undone().filter(kind=Kind.CONSENT_EXPIRES).exists()
    warn_expiring()
    assert not Notice.objects.undone().filter(kind=Kind.CONSENT_EXPIRES).exists()


# --- no to more -------------------------------------------------------------------------------------------------
def test_a_no_to_more_is_a_step_of_its_own_and_changes_nothing_else(client, cast, held):
    before = told(cast)
    client.force_login(cast.anna)
    address = reverse("consent:decline_more", args=[cast.case.pk, held.pk])
    assert "Skriv hur personen sade det." in client.post(address, {"how": ""}).content.decode()
    page = client.post(address, {"how": "Vid mötet i dag"}, follow=True).content.decode()
    assert "Nej till att dela mer eller längre" in page
    assert [(s.what, s.note) for s in held.steps.all()][-1] == (ConsentStep.What.KEPT, "Vid mötet i dag")
    assert (told(cast), in_force(cast)) == (before, held)
    assert Entry.objects.filter(action=Action.CONSENT_DECLINED).count() == 1
