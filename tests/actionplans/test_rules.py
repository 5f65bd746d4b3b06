"""What is new between two versions, and who is asked again about it."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actionplans.rules import (
    INDIVIDUAL,
    ConditionText,
    MilestoneText,
    Party,
    PlanText,
    carried_over,
    check_done_on,
    commitments,
    differences,
    is_far_away,
    line,
    parties,
    status_tag,
)

TODAY = date(2026, 11, 24)
IFO = Party(1, "Individ- och familjeomsorgen", "IFO", "social_services")
AF = Party(2, "Arbetsförmedlingen", "AF", "employment_service")
AME = Party(3, "Arbetsmarknadsenheten", "AME", "labour_market_unit")
SFI = MilestoneText(
    1,
    "SFI kurs D",
    date(2026, 11, 1),
    date(2026, 12, 1),
    status="ongoing",
    organisation=AME,
    person="Sofia Berg",
    follow_up_how="i möte",
    follow_up_on=date(2026, 12, 8),
)
GRADES = MilestoneText(2, "Få betygen översatta", date(2026, 10, 1), date(2026, 11, 30), with_parties=(AF,))
PLAN = PlanText(
    "Amina", "Jobba som barnskötare", "work", "cooperation", IFO, date(2026, 10, 1), milestones=(SFI, GRADES)
)


def plan(*milestones, **changes):
    return replace(PLAN, milestones=milestones or PLAN.milestones, **changes)


def test_a_plan_survives_being_kept_as_json():
    condition = ConditionText("Barnomsorg", AF, date(2026, 11, 2), True, "IFO 2026-77", date(2026, 10, 2))
    kept = plan(replace(SFI, condition=condition), GRADES)
    assert PlanText.from_json(kept.as_json()) == kept


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "done", "done_on": TODAY}, "”SFI kurs D” är klart."),
        ({"status": "ended"}, "”SFI kurs D” är avslutat utan att nås."),
        ({"due_on": date(2026, 12, 20)}, "”SFI kurs D” ska nu vara klart 20 december."),
        ({"due_on": date(2027, 1, 20)}, "”SFI kurs D” ska nu vara klart 20 januari 2027."),
        ({"starts_on": date(2026, 11, 30)}, "”SFI kurs D” ska nu börja 30 november."),
        ({"text": "SFI kurs C"}, "”SFI kurs D” heter nu ”SFI kurs C”."),
        ({"organisation": None, "person": ""}, "Amina ansvarar nu för ”SFI kurs D”."),
        ({"organisation": AF, "person": "Per Ek"}, "Arbetsförmedlingen ansvarar nu för ”SFI kurs D”."),
        ({"person": "Ove Ek"}, "Ove Ek tar nu hand om ”SFI kurs D”."),
        ({"with_parties": (IFO,)}, "”SFI kurs D” görs nu tillsammans med Individ- och familjeomsorgen."),
        ({"follow_up_on": date(2026, 12, 9)}, "”SFI kurs D” följs nu upp så här: 9 december, i möte."),
        (
            {"condition": ConditionText("Barnomsorg på kvällen")},
            "Före ”SFI kurs D” måste det här vara på plats: Barnomsorg på kvällen.",
        ),
    ],
)
def test_each_change_is_one_sentence(change, sentence):
    assert differences(PLAN, plan(replace(SFI, **change), GRADES)) == [sentence]


def test_new_and_removed_milestones_and_the_goal_are_told():
    new = replace(SFI, id=9, text="Söka praktik")
    assert differences(PLAN, plan(SFI, new, own_goal="Bli undersköterska")) == [
        "Målet är nu: Bli undersköterska.",
        "Nytt delmål: Söka praktik.",
        "Borttaget delmål: Få betygen översatta.",
    ]


def test_what_comes_into_place_is_told():
    first = replace(SFI, condition=ConditionText("Barnomsorg"))
    met = replace(SFI, condition=ConditionText("Barnomsorg", met_on=TODAY))
    gone = "Det finns inte längre något som måste vara på plats före ”SFI kurs D”."
    assert differences(plan(first), plan(met)) == ["Det som behövdes före ”SFI kurs D” är nu på plats: Barnomsorg."]
    assert differences(plan(first), plan(SFI)) == [gone]


def test_nothing_changed_says_nothing():
    assert differences(PLAN, PLAN) == []
    assert differences(PLAN, plan(replace(SFI, organisation=replace(AME, phone="0157-1")), GRADES)) == []


def test_only_parties_with_something_new_are_asked_again():
    agreed = [INDIVIDUAL, IFO.id, AF.id, AME.id]
    later = plan(replace(SFI, due_on=date(2026, 12, 20)), GRADES)
    assert carried_over(PLAN, later, agreed) == {IFO.id, AF.id}
    reached = plan(replace(SFI, status="done", done_on=TODAY), GRADES)
    assert carried_over(PLAN, reached, agreed) == {INDIVIDUAL, IFO.id, AF.id}
    new_colleague = plan(replace(SFI, person="Ove Ek"), GRADES)
    assert carried_over(PLAN, new_colleague, agreed) == set(agreed)


def test_a_new_goal_is_for_the_individual_to_agree_to():
    assert carried_over(PLAN, plan(own_goal="Läsa"), [INDIVIDUAL, AF.id]) == {AF.id}


def test_who_never_agreed_is_never_carried_over():
    assert carried_over(PLAN, PLAN, [AF.id]) == {AF.id}


def test_the_lead_and_everybody_with_something_left_to_do_are_parties():
    assert parties(PLAN) == (IFO, AME, AF)
    assert parties(plan(replace(SFI, status="done"), replace(GRADES, status="ended"))) == (IFO,)
    remover = ConditionText("Plats på förskola", remover=IFO)
    assert commitments(plan(replace(SFI, condition=remover)), IFO.id)


def test_health_care_does_not_see_conditions_for_assistance():
    ordinary = replace(GRADES, condition=ConditionText("Barnomsorg"))
    legal = replace(SFI, condition=ConditionText("Enligt beslut", for_assistance=True, decision_number="7"))
    shown = plan(legal, ordinary).without_assistance_conditions()
    assert [m.condition for m in shown.milestones] == [None, ordinary.condition]


@pytest.mark.parametrize(
    ("change", "tag"),
    [
        ({}, ("neutral", "Pågår")),
        ({"status": "done"}, ("ok", "Klart")),
        ({"status": "ended"}, ("neutral", "Avslutat")),
        ({"due_on": date(2026, 11, 23)}, ("bad", "Försenat")),
        ({"status": "not_started", "starts_on": TODAY}, ("warn", "Börjar i dag")),
        ({"status": "not_started", "starts_on": date(2026, 11, 23)}, ("warn", "Skulle ha börjat")),
        ({"status": "not_started", "starts_on": date(2026, 11, 25)}, ("neutral", "Inte börjat")),
    ],
)
def test_the_tag_says_where_it_stands(change, tag):
    assert status_tag(replace(SFI, **change), TODAY) == tag


def test_the_line_says_when_and_how():
    assert line(SFI, TODAY) == "till 1 dec · följs upp 8 dec: i möte"
    assert line(replace(SFI, status="done", done_on=date(2026, 11, 2)), TODAY) == "klart 2 nov"
    later = replace(SFI, status="not_started", starts_on=date(2027, 1, 11), due_on=date(2027, 2, 7))
    assert line(later, TODAY) == "från 11 jan 2027 till 7 feb 2027 · följs upp 8 dec: i möte"
    assert line(replace(SFI, follow_up_how="", follow_up_on=None), TODAY) == "till 1 dec"


def test_three_months_is_near_and_more_is_far():
    assert not is_far_away(date(2027, 2, 24), TODAY)
    assert is_far_away(date(2027, 2, 25), TODAY)


@pytest.mark.parametrize("day", [None, date(2026, 11, 25)])
def test_done_takes_a_day_that_has_been(day):
    with pytest.raises(ValidationError):
        check_done_on(day, TODAY)
    check_done_on(TODAY, TODAY)
