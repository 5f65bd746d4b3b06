"""From one person's lack to an answer that reaches everybody who raised it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consent.gate import Gate
from consent.models import CaseGrant, Disclosure
from needs import services
from needs.models import NeedOccurrence, UnmetNeed
from notices.models import Kind, Notice
from tests.casting import many_cases


@pytest.fixture
def gate(cast):
    gate = Gate(cast.anna)
    cast.case = gate.open(cast.case.pk)
    return gate


@pytest.fixture
def need(gate, cast):
    return services.raise_need(gate, case=cast.case, kind="childcare", title="Barnomsorg på kvällstid")


def test_a_raised_need_waits_for_an_answer_within_thirty_days(cast, need):
    assert (need.level, need.people, need.answer_due_on) == ("unit", 1, cast.day + timedelta(days=30))
    assert NeedOccurrence.objects.get(need=need).case == cast.case
    assert need.raises.get().sent_by == cast.anna


def test_the_persons_name_stops_it(gate, cast):
    with pytest.raises(ValidationError, match="Ta bort namnet Amina"):
        services.raise_need(gate, case=cast.case, kind="childcare", title="Barnomsorg åt Amina")
    assert not UnmetNeed.objects.exists()


def test_without_consent_for_the_plan_the_partner_raises_nothing(cast):
    Disclosure.objects.filter(case=cast.case, category="plan").update(days="empty")
    partner = Gate(cast.bo)
    with pytest.raises(PermissionDenied):
        services.raise_need(partner, case=partner.open(cast.case.pk), kind="language", title="Språkstöd")


def test_one_more_person_joins_once(gate, cast, need):
    other = gate.open(many_cases(cast.anna, 1)[0].pk)
    assert services.join_need(gate, case=other, need=need, people=3).people == 4
    with pytest.raises(ValidationError, match="redan antecknat"):
        services.join_need(gate, case=other, need=need)
    assert need.occurrences.count() == 2


def test_nobody_joins_an_answered_need(gate, cast, need):
    UnmetNeed.objects.filter(pk=need.pk).update(decision="granted", decided_on=cast.day)
    other = gate.open(many_cases(cast.anna, 1)[0].pk)
    with pytest.raises(ValidationError, match="redan fått svar"):
        services.join_need(gate, case=other, need=need)


def test_it_climbs_level_by_level_with_a_new_day(gate, cast, need):
    later = Gate(cast.anna, cast.day + timedelta(days=10))
    for level in ("caseworker_group", "steering_group", "association"):
        assert services.raise_higher(later, need).level == level
    assert need.answer_due_on == later.day + timedelta(days=30)
    assert need.raises.first().level == "unit"
    assert need.raises.count() == 4
    with pytest.raises(ValidationError, match="högsta nivån"):
        services.raise_higher(later, need)


def test_two_who_raise_at_once_raise_one_level(gate, need):
    stale = UnmetNeed.objects.get(pk=need.pk)
    services.raise_higher(gate, need)
    with pytest.raises(ValidationError, match="Någon annan"):
        services.raise_higher(gate, stale)


def test_the_steering_group_and_the_project_leader_decide_once(cast, need):
    answer = {"decision": "granted", "answer": "Öppnar kvällsöppet i mars.", "on": cast.day}
    with pytest.raises(PermissionDenied):
        services.decide(Gate(cast.anna), need, **answer)
    assert services.decide(Gate(cast.sten), need, **answer).is_answered
    with pytest.raises(ValidationError, match="redan fått ett svar"):
        services.decide(Gate(cast.petra), need, **answer)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"decision": "passed_on"}, "Lyft behovet till nästa nivå"),
        ({"days": 1}, "framtiden"),
        ({"answer": "Gäller 19950106-2385"}, "personnummer"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(cast, need, words, sentence):
    kept = {"decision": "granted", "answer": "Ja.", "on": cast.day + timedelta(days=words.pop("days", 0)), **words}
    with pytest.raises(ValidationError, match=sentence):
        services.decide(Gate(cast.sten), need, **kept)
    assert not UnmetNeed.objects.get(pk=need.pk).is_answered


def test_the_answer_reaches_everybody_who_raised_it(gate, cast, need):
    CaseGrant.objects.engage(cast.case, cast.bo, since=cast.day)
    other = many_cases(cast.anna, 1)[0]
    services.join_need(gate, case=gate.open(other.pk), need=need)
    NeedOccurrence.objects.filter(case=other).update(noticed_by=cast.karin)
    with pytest.raises(ValidationError, match="inget svar"):
        services.feed_back(Gate(cast.petra), need)
    services.decide(Gate(cast.sten), need, decision="declined", answer="Ryms inte i budgeten.", on=cast.day)
    assert services.feed_back(Gate(cast.petra), need) == 2
    told = Notice.objects.filter(kind=Kind.NEED_ANSWERED)
    assert {n.recipient for n in told} == {cast.anna, cast.karin}
    assert all(n.case is None for n in told)
