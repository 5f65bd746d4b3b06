"""All of a colleague's cases to another, in one act: shown first, protected identities left out."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role, Unit
from audit.models import Action, Entry
from cases.models import CaseParty, Individual
from consent.gate import Gate
from consent.models import CaseGrant
from notices.models import Kind, Notice
from tests import casting

PAGE = reverse("meetings:hand_over")


@pytest.fixture
def ally(cast):
    return casting.worker(cast.ifo, "Ally", Role.CASE_WORKER)


@pytest.fixture
def cases(cast):
    """Three of Anna's besides the cast's; the last is of a person with protected identity."""
    cases = casting.many_cases(cast.anna, 3)
    Individual.objects.filter(pk=cases[-1].individual_id).update(
        protection=Individual.Protection.PROTECTED_REGISTRATION
    )
    return [cast.case, *cases]


@pytest.fixture
def karin(client, cast):
    client.force_login(cast.karin)
    return client


def words(cast, ally, **changed):
    return {"giver": cast.anna.pk, "worker": ally.pk, "since": str(cast.day), "reason": "ny tjänst"} | changed


def shown(client, facts):
    """The second page, and what it would send."""
    text = client.post(PAGE, facts).text
    found = re.search(r'name="mark" value="(\w+)"', text)
    return text, facts | {"mark": found[1] if found else ""}


def held(user, day, **only):
    grants = CaseGrant.objects.in_force(day).filter(user=user, **only)
    return set(grants.values_list("content_object__number", flat=True))


def test_all_at_once_and_shown_before(karin, cast, ally, cases):
    free, protected = {case.number for case in cases[:3]}, cases[3].number
    text, confirmed = shown(karin, words(cast, ally))
    assert "3 ärenden lämnas över" in text
    assert all(number in text.split("Lämnas inte över här")[0] for number in free)
    assert protected in text.split("Lämnas inte över här")[1]
    assert "Hassan" not in text
    assert not held(ally, cast.day)
    answer = karin.post(PAGE, confirmed, follow=True)
    assert "3 ärenden är överlämnade till Ally Extra." in answer.text
    assert held(ally, cast.day) == held(ally, cast.day, is_responsible=True) == free
    assert held(cast.anna, cast.day) == {protected}
    assert set(Gate(ally).cases().values_list("number", flat=True)) == free
    assert set(Gate(cast.anna).cases().values_list("number", flat=True)) == {protected}


def test_one_row_in_the_log_per_case_and_one_notice(karin, cast, ally, cases):
    karin.post(PAGE, shown(karin, words(cast, ally))[1])
    rows = Entry.objects.filter(action=Action.ASSIGNED)
    assert {row.case_id for row in rows} == {case.pk for case in cases[:3]}
    assert rows.count() == 3
    assert {(row.object_kind, row.ground) for row in rows} == {
        ("handläggare: Ally Extra efter Anna Ask", "roll, enhetschef")
    }
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.case) == (Kind.HANDED_OVER, ally, None)
    assert notice.text == f"3 ärenden efter Anna Ask, från {cast.day}"


def test_from_a_later_day_the_giver_keeps_the_cases_until_then(karin, cast, ally, cases):
    day = cast.day + timedelta(days=10)
    karin.post(PAGE, shown(karin, words(cast, ally, since=str(day)))[1])
    free = {case.number for case in cases[:3]}
    before = day - timedelta(days=1)
    assert held(cast.anna, before, is_responsible=True) >= free
    assert not held(ally, before)
    assert held(ally, day, is_responsible=True) == free
    assert not held(cast.anna, day) & free
    assert not Gate(cast.karin).unassigned().exists()
    assert not Gate(cast.karin, day).unassigned().exists()


def test_a_dated_assignment_keeps_its_last_day_and_one_that_ends_before_is_let_be(karin, cast, ally, cases):
    day = cast.day + timedelta(days=10)
    ends, gone = cases[1], cases[2]
    CaseGrant.objects.filter(content_object=ends).update(until=day + timedelta(days=5))
    CaseGrant.objects.filter(content_object=gone).update(until=day - timedelta(days=1))
    text, confirmed = shown(karin, words(cast, ally, since=str(day)))
    assert "2 ärenden lämnas över" in text
    karin.post(PAGE, confirmed)
    assert CaseGrant.objects.get(content_object=ends, user=ally).until == day + timedelta(days=5)
    assert not CaseGrant.objects.filter(content_object=gone, user=ally).exists()


def test_who_works_on_the_case_already_keeps_it_and_is_responsible(karin, cast, ally, cases):
    CaseGrant.objects.engage(cast.case, ally, since=cast.day - timedelta(days=3), until=cast.day + timedelta(days=1))
    CaseGrant.objects.engage(cases[1], ally, since=cast.day - timedelta(days=9), until=cast.day - timedelta(days=5))
    day = cast.day + timedelta(days=4)
    karin.post(PAGE, shown(karin, words(cast, ally, since=str(day)))[1])
    works = CaseGrant.objects.get(content_object=cast.case, user=ally)
    assert (works.since, works.until, works.is_responsible) == (cast.day - timedelta(days=3), None, True)
    assert not CaseGrant.objects.get(content_object=cast.case, user=cast.anna).is_responsible
    again = CaseGrant.objects.get(content_object=cases[1], user=ally)
    assert (again.since, again.until) == (day, None)


def test_what_has_changed_since_it_was_shown_is_not_moved(karin, cast, ally, cases):
    confirmed = shown(karin, words(cast, ally))[1]
    CaseGrant.objects.filter(content_object=cases[1]).end(on=cast.day)
    assert "Ärendena har ändrats sedan du såg listan." in karin.post(PAGE, confirmed).text
    assert not held(ally, cast.day)
    assert not Entry.objects.filter(action=Action.ASSIGNED).exists()


def test_an_invitation_goes_over_without_its_number(client, cast):
    hidden = casting.open_case(cast.cilla, casting.individual(cast.ame, "Eva", "Yl", casting.NUMBERS[2]))
    CaseParty.objects.create(case=hidden, organisation=cast.af, since=cast.day)
    CaseGrant.objects.engage(hidden, cast.bo, since=cast.day)
    bea = casting.worker(cast.af, "Bea", Role.CASE_WORKER)
    client.force_login(casting.worker(cast.af, "Mia", Role.UNIT_MANAGER))
    text, confirmed = shown(client, words(cast, bea, giver=cast.bo.pk))
    assert "2 ärenden lämnas över" in text
    assert "1 av dem ser Bo Berg inte än" in text
    assert cast.case.number in text
    assert hidden.number == cast.case.number or hidden.number not in text
    client.post(PAGE, confirmed)
    assert CaseGrant.objects.filter(user=bea).count() == 2
    assert Gate(bea).cases().get() == cast.case


def test_a_colleague_hands_over_only_their_own(client, cast, ally, cases):
    client.force_login(ally)
    text = client.get(PAGE).text
    givers = text.split('name="giver"')[1].split("</select>")[0]
    assert "Ally Extra" in givers
    assert "Anna Ask" not in givers
    client.post(PAGE, words(cast, ally, worker=cast.anna.pk) | {"mark": "x"})
    assert held(cast.anna, cast.day) == {case.number for case in cases}
    client.force_login(cast.anna)
    client.post(PAGE, shown(client, words(cast, ally))[1])
    assert held(ally, cast.day) == {case.number for case in cases[:3]}
    assert Entry.objects.filter(action=Action.ASSIGNED, ground="egen överlämning").count() == 3


def test_the_manager_of_another_unit_or_organisation_does_not(client, cast, ally, cases):
    unit = Unit.objects.create(organisation=cast.ifo, name="Annan enhet")
    cast.lova.roles.create(role=Role.UNIT_MANAGER, unit=unit, since=cast.day)
    for manager in (cast.lova, casting.worker(cast.af, "Mia", Role.UNIT_MANAGER)):
        client.force_login(manager)
        assert "Anna Ask" not in client.get(PAGE).text.split('name="giver"')[1].split("</select>")[0]
        client.post(PAGE, words(cast, ally) | {"mark": "x"})
        assert not held(ally, cast.day)


def test_the_cases_of_somebody_who_has_left_go_over_too(karin, cast, ally, cases):
    cast.anna.is_active = False
    cast.anna.save()
    assert "Anna Ask, Enhet IFO, har slutat" in karin.get(PAGE).text
    karin.post(PAGE, shown(karin, words(cast, ally))[1])
    assert len(held(ally, cast.day)) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"giver": ""}, "Välj vems ärenden som lämnas över."),
        ({"worker": ""}, "Välj vem som tar över."),
        ({"since": "2020-01-01"}, "Överlämningen kan ske tidigast i dag."),
        ({"since": "snart"}, "Skriv ett datum som finns"),
        ({"reason": ""}, "Skriv varför."),
        ({"worker": "anna"}, "Välj någon annan än den som lämnar över."),
    ],
)
def test_wrong_input_is_told_kept_and_nothing_moved(karin, cast, ally, typed, sentence):
    typed = {name: cast.anna.pk if text == "anna" else text for name, text in typed.items()}
    answer = karin.post(PAGE, words(cast, ally) | typed)
    assert sentence in answer.text
    assert "reason" in typed or 'value="ny tjänst"' in answer.text
    assert not held(ally, cast.day)


def test_only_protected_cases_are_named_and_nobody_without_cases_hands_over(karin, cast, ally, cases):
    CaseGrant.objects.filter(content_object__in=cases[:3]).delete()
    text, confirmed = shown(karin, words(cast, ally))
    assert cases[3].number in text
    assert confirmed["mark"] == ""
    CaseGrant.objects.filter(user=cast.anna).update(until=cast.day)
    later = words(cast, ally, since=str(cast.day + timedelta(days=1)))
    assert "Anna Ask har inga öppna ärenden som kan lämnas över den dagen." in karin.post(PAGE, later).text


def test_the_projection_is_refreshed_once_however_many_cases(karin, cast, ally, cases, django_assert_max_num_queries):
    """Only the log is written case by case."""
    confirmed = shown(karin, words(cast, ally))[1]
    with django_assert_max_num_queries(60) as three:
        karin.post(PAGE, confirmed)
    others = casting.many_cases(cast.anna, 10, start=50)
    confirmed = shown(karin, words(cast, ally))[1]
    with django_assert_max_num_queries(80) as ten:
        karin.post(PAGE, confirmed)
    assert len(ten) - len(three) == len(others) - 3
