"""Seeing a case takes assignment and right; seeing a row takes ownership or a consent in force."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import Category, Deadline, Note
from consent.gate import Gate
from consent.models import CaseGrant, CaseScope, Disclosure
from desk.content.counts import count
from tests.casting import give_consent, many_cases


def test_the_assigned_worker_of_the_own_organisation_opens_the_case(cast):
    assert Gate(cast.anna).open(cast.case.pk) == cast.case


def test_the_partner_with_assignment_and_consent_opens_it(cast):
    assert Gate(cast.bo).open(cast.case.pk) == cast.case


@pytest.mark.parametrize("name", ["cilla", "ingrid", "karin", "petra", "sten", "lova", "adam"])
def test_no_role_opens_a_case(cast, name):
    with pytest.raises(Http404):
        Gate(getattr(cast, name)).open(cast.case.pk)


def test_assignment_without_consent_opens_nothing(cast):
    CaseGrant.objects.engage(cast.case, cast.cilla, since=cast.day)
    with pytest.raises(Http404):
        Gate(cast.cilla).open(cast.case.pk)


def test_consent_without_assignment_opens_nothing(cast):
    give_consent(cast.case, cast.anna, [cast.ame])
    with pytest.raises(Http404):
        Gate(cast.cilla).open(cast.case.pk)


def test_a_gap_between_two_consents_is_closed(cast):
    Disclosure.objects.filter(case=cast.case).delete()
    first = give_consent(cast.case, cast.anna, [cast.af], days=10)
    second = give_consent(cast.case, cast.anna, [cast.af], days=30)
    Disclosure.objects.filter(consent=second).update(
        days=f"[{cast.day + timedelta(days=20)},{cast.day + timedelta(days=30)})"
    )
    assert first.is_in_force(cast.day)
    sees = [Gate(cast.bo, cast.day + timedelta(days=n)).cases().exists() for n in (9, 10, 19, 20, 29, 30)]
    assert sees == [True, False, False, True, True, False]


def test_withdrawal_closes_the_case_from_the_next_question(cast):
    Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    with pytest.raises(Http404):
        Gate(cast.bo).open(cast.case.pk)


def test_a_partner_sees_only_the_told_categories(cast):
    Note.objects.create(case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="egen", text="x")
    shared = Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="delad", text="x", shared_as=Category.NOTE
    )
    Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="hälsa", text="x", shared_as=Category.HEALTH
    )
    gate = Gate(cast.bo)
    case = gate.open(cast.case.pk)
    assert list(gate.visible(Note, case)) == [shared]
    assert gate.visible(Deadline, case).count() == 1
    assert Gate(cast.anna).visible(Note, case).count() == 3


def test_without_consent_a_party_with_its_own_matter_sees_only_its_own_rows(cast):
    Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    cast.case.parties.filter(organisation=cast.af).update(own_matter=True)
    own = Note.objects.create(case=cast.case, owner=cast.af, written_by=cast.bo, heading="AF:s egen", text="x")
    Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="delad", text="x", shared_as="note"
    )
    gate = Gate(cast.bo)
    case = gate.open(cast.case.pk)
    assert list(gate.visible(Note, case)) == [own]
    assert not gate.visible(Deadline, case).exists()
    assert [g.user for g in gate.workers(case)] == [cast.bo]


def test_an_organisation_knows_the_workers_it_may_tell(cast):
    assert {g.user for g in Gate(cast.anna).workers(cast.case)} == {cast.anna, cast.bo}
    Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    assert {g.user for g in Gate(cast.anna).workers(cast.case)} == {cast.anna}


def test_lists_and_opened_cases_follow_the_same_rule(cast):
    for user in (cast.anna, cast.bo, cast.cilla):
        gate = Gate(user)
        listed = set(gate.across(Deadline))
        seen = {d for case in gate.cases() for d in gate.visible(Deadline, case)}
        assert listed == seen


def test_a_partner_may_not_change_the_lead_organisations_own_rows(cast):
    note = Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="d", text="x", shared_as="note"
    )
    gate = Gate(cast.bo)
    with pytest.raises(PermissionDenied):
        gate.require_write(note)
    gate.write_refusals()
    assert Entry.objects.filter(action=Action.REFUSED, actor_id=cast.bo.pk, object_kind="note").count() == 1


def test_every_opening_leaves_one_row_that_says_why(cast):
    Gate(cast.bo, request_id="r1").open(cast.case.pk)
    row = Entry.objects.get(action=Action.READ)
    assert (row.actor_name, row.organisation_name, row.case_number, row.request_id) == (
        "Bo Berg",
        "Arbetsförmedlingen",
        cast.case.number,
        "r1",
    )
    assert row.ground == f"tilldelning, samtycke {cast.consent.pk}"


def test_an_ended_assignment_opens_nothing(cast):
    CaseGrant.objects.filter(user=cast.anna).end(on=cast.day)
    assert not Gate(cast.anna).cases().exists()


def test_the_application_role_cannot_touch_the_projection_or_the_log(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("samverkan_app",)
    for statement in ("INSERT", "UPDATE", "DELETE"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('consent_casescope', %s)", [statement])
            assert cursor.fetchone() == (False,)


def test_pages_of_the_list_meet_without_gap_or_repeat(cast):
    many_cases(cast.anna, 7)
    gate, seen, after = Gate(cast.anna), [], None
    while page := list(gate.next_cases(after=after, size=3)):
        seen += [c.pk for c in page]
        after = page[-1].pk
    assert len(seen) == len(set(seen)) == 8 == count(gate).cases


def test_the_projection_agrees_with_its_definition(cast):
    assert CaseScope.objects.difference() == []


def test_a_page_that_says_no_by_itself_leaves_the_refusal_in_the_log(client, cast):
    Disclosure.objects.filter(category="contact").delete()
    client.force_login(cast.bo)
    assert client.get(reverse("cases:individual", args=[cast.case.pk])).status_code == 403
    refused = Entry.objects.get(action=Action.REFUSED, actor_id=cast.bo.pk)
    assert (refused.case_id, refused.ground) == (cast.case.pk, "sidan nekad")


def test_a_refusal_that_the_gate_has_noted_is_not_written_twice(client, cast):
    client.force_login(cast.bo)
    assert client.get(reverse("desk:log")).status_code == 403
    assert Entry.objects.filter(action=Action.REFUSED, actor_id=cast.bo.pk).count() == 1
