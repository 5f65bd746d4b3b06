"""Rows to values: the plan as it stands now."""

from accounts.models import Organisation, User
from actionplans.models import ActionPlan, Condition, Milestone
from actionplans.rules import ConditionText, MilestoneText, Party, PlanText


def plan_text(plan: ActionPlan) -> PlanText:
    return PlanText(
        given_name=plan.individual.given_name,
        own_goal=plan.own_goal,
        goal_type=plan.goal_type,
        kind=plan.kind,
        lead=party(plan.owner),
        started_on=plan.started_on,
        coordinator=_name(plan.coordinator),
        competence=plan.competence,
        opportunities=plan.opportunities,
        obstacles=plan.obstacles,
        own_view=plan.own_view,
        others_measures=plan.others_measures,
        milestones=tuple(milestone_text(m) for m in plan.milestones.for_page()),
    )


def milestone_text(milestone: Milestone) -> MilestoneText:
    return MilestoneText(
        id=milestone.pk,
        text=milestone.text,
        starts_on=milestone.starts_on,
        due_on=milestone.due_on,
        status=milestone.status,
        organisation=party(milestone.responsible_organisation) if milestone.responsible_organisation else None,
        person=_name(milestone.responsible_user),
        with_individual=milestone.with_individual,
        with_parties=tuple(party(p) for p in milestone.with_organisations.all()),
        with_others=milestone.with_others,
        follow_up_how=milestone.follow_up_how,
        follow_up_on=milestone.follow_up_on,
        done_on=milestone.done_on,
        end_reason=milestone.end_reason,
        condition=_condition(getattr(milestone, "condition", None)),
    )


def party(organisation: Organisation) -> Party:
    return Party(organisation.pk, organisation.name, organisation.short_name, organisation.kind, organisation.phone)


def _condition(condition: Condition | None) -> ConditionText | None:
    if condition is None:
        return None
    return ConditionText(
        text=condition.text,
        remover=party(condition.remover) if condition.remover else None,
        met_on=condition.met_on,
        for_assistance=condition.for_assistance,
        decision_number=condition.decision_number,
        decided_on=condition.decided_on,
    )


def _name(user: User | None) -> str:
    return user.full_name if user else ""
