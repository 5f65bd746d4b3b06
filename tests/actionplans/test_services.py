"""The plan is started once, edited by one at a time, frozen whole, and agreed to by those it concerns."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from actionplans import services
from actionplans.content import plan_text
from actionplans.models import ActionPlan, Milestone, PlanTemplate
from actionplans.rules import EditedMeanwhile, PlanText
from audit.models import Action, Entry
from consent.gate import Gate
from consent.models import Disclosure
from notices.models import Kind, Notice
from tests.casting import add_milestone, open_case


def test_a_person_has_one_plan(gate, cast, plan):
    with pytest.raises(ValidationError, match="Personen har redan en plan som gäller"):
        services.start(gate, case=cast.case, own_goal="Något annat")


def test_a_plan_left_by_a_closed_case_gives_way(gate, cast, plan):
    type(cast.case).objects.filter(pk=cast.case.pk).update(closed_on=cast.day)
    again = open_case(cast.anna, cast.case.individual)
    fresh = Gate(cast.anna)
    services.start(fresh, case=fresh.open(again.pk), own_goal="Studera")
    assert ActionPlan.objects.get(pk=plan.pk).ended_on == cast.day


def test_a_template_brings_its_milestones_to_the_right_people(gate, cast):
    template = PlanTemplate.objects.create(
        name="Mall",
        milestones=[
            {"text": "Skriva CV", "days": 14, "kind": "individual"},
            {"text": "Möte om jobb", "days": 20, "kind": "employment_service"},
            {"text": "Praktik", "days": 60, "kind": "labour_market_unit"},
        ],
    )
    plan = services.start(gate, case=cast.case, own_goal="Jobba", template=template)
    assert list(plan.milestones.order_by("position").values_list("text", "responsible_user")) == [
        ("Skriva CV", None),
        ("Möte om jobb", cast.bo.pk),
        ("Praktik", cast.anna.pk),
    ]


def test_the_partner_adds_a_milestone_that_the_lead_owns(gate, cast, plan):
    partner = Gate(cast.bo)
    plan.case = partner.open(cast.case.pk)
    milestone = add_milestone(partner, plan, who=cast.bo)
    assert (milestone.owner, milestone.responsible_organisation) == (cast.ifo, cast.af)
    assert Entry.objects.filter(action=Action.REGISTERED, actor_id=cast.bo.pk, case_id=cast.case.pk).exists()


def test_without_consent_for_the_plan_the_partner_writes_nothing(gate, cast, plan):
    Disclosure.objects.filter(case=cast.case, category="plan").update(days="empty")
    partner = Gate(cast.bo)
    plan.case = partner.open(cast.case.pk)
    with pytest.raises(PermissionDenied):
        add_milestone(partner, plan, who=cast.bo)


def test_a_milestone_cannot_be_due_before_it_starts(gate, plan):
    with pytest.raises(ValidationError, match="innan det börjar"):
        add_milestone(gate, plan, due_on=gate.day - timedelta(days=1))


def test_a_condition_for_assistance_points_to_the_boards_decision(gate, plan):
    with pytest.raises(ValidationError, match="beslutsnummer"):
        add_milestone(gate, plan, condition={"text": "Delta i praktik", "for_assistance": True})
    kept = {"text": "Delta", "for_assistance": True, "decision_number": "IFO 77", "decided_on": gate.day}
    milestone = add_milestone(gate, plan, condition=kept)
    edited = {"version": 1, "responsible_user": None, "text": "SFI"}
    services.edit_milestone(gate, milestone, **edited)
    assert Milestone.objects.get(pk=milestone.pk).condition.decision_number == "IFO 77"
    services.edit_milestone(gate, milestone, **{**edited, "version": 2}, condition={"text": ""})
    assert not hasattr(Milestone.objects.get(pk=milestone.pk), "condition")


def test_the_second_editor_overwrites_nothing(gate, cast, plan):
    milestone = add_milestone(gate, plan)
    services.edit_milestone(gate, milestone, version=1, responsible_user=None, text="Min text")
    with pytest.raises(EditedMeanwhile) as lost:
        services.edit_milestone(gate, milestone, version=1, responsible_user=cast.anna, text="Din text")
    assert lost.value.theirs.text == Milestone.objects.get(pk=milestone.pk).text == "Min text"
    services.edit_plan(gate, plan, version=1, own_goal="Läsa")
    with pytest.raises(EditedMeanwhile):
        services.edit_plan(gate, plan, version=1, own_goal="Jobba")


def test_going_through_a_milestone_keeps_the_day_and_the_reason(gate, plan):
    milestone = add_milestone(gate, plan)
    services.review_milestone(gate, milestone, status="done", on=gate.day)
    assert (milestone.done_on, milestone.reviewed_on) == (gate.day, gate.day)
    with pytest.raises(ValidationError, match="varför delmålet avslutades"):
        services.review_milestone(gate, milestone, status="ended", on=gate.day)
    services.review_milestone(gate, milestone, status="ended", on=gate.day, end_reason="not_available")
    services.review_milestone(gate, milestone, status="ongoing", on=gate.day)
    kept = Milestone.objects.get(pk=milestone.pk)
    assert (kept.status, kept.done_on, kept.end_reason, kept.version) == ("ongoing", None, "", 4)


def test_a_version_is_the_whole_plan_and_never_changes(gate, cast, plan):
    add_milestone(gate, plan, who=cast.bo, condition={"text": "Barnomsorg", "remover": cast.ifo})
    version = services.snapshot_version(gate, plan=plan)
    assert version.number == 1
    assert PlanText.from_json(version.snapshot) == plan_text(plan)
    version.number = 7
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_version_is_made_only_when_something_is_new(gate, plan):
    first = services.snapshot_version(gate, plan=plan)
    assert services.snapshot_version(gate, plan=plan) == first
    add_milestone(gate, plan)
    assert services.snapshot_version(gate, plan=plan).number == 2


def test_the_others_are_asked_once_and_their_answer_settles_it(gate, cast, plan):
    add_milestone(gate, plan, who=cast.bo)
    version = services.snapshot_version(gate, plan=plan)
    asked = Notice.objects.undone().filter(kind=Kind.AGREEMENT_ASKED)
    assert [n.recipient for n in asked] == [cast.bo]
    partner = Gate(cast.bo)
    version.plan.case = partner.open(cast.case.pk)
    services.agree(partner, version=version, organisation=cast.af, how="in_samverkan")
    assert not asked.all().exists()


def test_agreement_is_bound_to_the_version_at_hand(gate, cast, plan):
    old = services.snapshot_version(gate, plan=plan)
    add_milestone(gate, plan)
    services.snapshot_version(gate, plan=plan)
    with pytest.raises(EditedMeanwhile) as lost:
        services.agree(gate, version=old, how="at_meeting")
    assert lost.value.theirs.number == 2


def test_nobody_agrees_for_another_organisation(gate, cast, plan):
    add_milestone(gate, plan, who=cast.bo)
    version = services.snapshot_version(gate, plan=plan)
    with pytest.raises(PermissionDenied):
        services.agree(gate, version=version, organisation=cast.af, how="at_meeting")


def test_who_has_promised_nothing_is_not_a_party(gate, cast, plan):
    version = services.snapshot_version(gate, plan=plan)
    partner = Gate(cast.bo)
    version.plan.case = partner.open(cast.case.pk)
    with pytest.raises(ValidationError, match="AF har inga åtaganden"):
        services.agree(partner, version=version, organisation=cast.af, how="at_meeting")


def test_only_those_with_something_new_are_asked_about_the_next_version(gate, cast, plan):
    add_milestone(gate, plan, who=cast.bo)
    first = services.snapshot_version(gate, plan=plan)
    services.agree(gate, version=first, how="at_meeting")
    services.agree(gate, version=first, organisation=cast.ifo, how="at_meeting")
    partner = Gate(cast.bo)
    first.plan.case = partner.open(cast.case.pk)
    services.agree(partner, version=first, organisation=cast.af, how="in_samverkan")
    first.plan.case = cast.case
    add_milestone(gate, plan, "Skriva CV", who=cast.anna)
    second = services.snapshot_version(gate, plan=plan)
    kept = second.agreements.get()
    assert (kept.organisation, kept.carried_from, kept.how) == (cast.af, first, "in_samverkan")
    with pytest.raises(ValidationError, match="Det är redan antecknat"):
        services.agree(gate, version=second, how="at_meeting") and services.agree(gate, version=second, how="on_paper")
