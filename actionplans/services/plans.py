"""Start the one plan, keep its goal and sections, and end it."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from actionplans.models import ActionPlan, Milestone, PlanTemplate
from actionplans.rules import EditedMeanwhile
from actionplans.services.milestones import add_milestone
from audit.context import beyond
from audit.models import Action
from cases.models import Case, Category
from consent.gate import Gate


@transaction.atomic
def start(gate: Gate, *, case: Case, template: PlanTemplate | None = None, **words: Any) -> ActionPlan:
    """One active plan per person. A plan left behind by an earlier, closed case ends here.

    `words`: goal, sections, kind and coordinator. `template` brings its milestones along.
    """
    gate.require_write(case, Category.PLAN, action=Action.REGISTERED)
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    _end_plans_of_closed_cases(gate, case)
    plan = ActionPlan(case=case, owner=case.organisation, individual=case.individual, started_on=gate.day, **words)
    plan.full_clean()
    plan.save()
    if template is not None:
        _add_from_template(gate, plan, template)
    return plan


@transaction.atomic
def edit_plan(gate: Gate, plan: ActionPlan, *, version: int, **words: Any) -> ActionPlan:
    """Goal and sections; EditedMeanwhile if somebody saved after `version` was shown."""
    gate.require_write(plan)
    for name, value in words.items():
        setattr(plan, name, value)
    plan.full_clean()
    same = ActionPlan.objects.filter(pk=plan.pk, version=version)
    if not same.update(**words, version=F("version") + 1):
        raise EditedMeanwhile(ActionPlan.objects.for_page().get(pk=plan.pk))
    plan.refresh_from_db(fields=["version"])
    return plan


@transaction.atomic
def end_plan(gate: Gate, plan: ActionPlan, *, ended_on: date, reason: str) -> None:
    """What is still open in it ends with it; versions and agreements stay. EditedMeanwhile if it has ended already."""
    gate.require_write(plan)
    plan.ended_on, plan.end_reason = ended_on, reason
    plan.full_clean()
    active = ActionPlan.objects.active().filter(pk=plan.pk)
    if not active.update(ended_on=ended_on, end_reason=reason, version=F("version") + 1):
        raise EditedMeanwhile(ActionPlan.objects.for_page().get(pk=plan.pk))
    same = Milestone.EndReason(reason) if reason in Milestone.EndReason.values else Milestone.EndReason.OTHER
    Milestone.objects.open().filter(plan=plan).update(
        status=Milestone.Status.ENDED, end_reason=same, version=F("version") + 1
    )


@beyond("side_effect")
def _end_plans_of_closed_cases(gate: Gate, case: Case) -> None:
    left = ActionPlan.objects.active().filter(individual=case.individual).exclude(case__closed_on=None)
    left.update(ended_on=gate.day)


def _add_from_template(gate: Gate, plan: ActionPlan, template: PlanTemplate) -> None:
    responsible = {grant.user.organisation.kind: grant.user for grant in reversed(gate.workers(plan.case))}
    for row in template.milestones:
        worker: User | None = None if row["kind"] == "individual" else responsible.get(row["kind"], gate.user)
        add_milestone(
            gate,
            plan=plan,
            text=row["text"],
            responsible_user=worker,
            due_on=gate.day + timedelta(days=row["days"]),
            follow_up_how=row.get("follow_up", "i nästa möte"),
        )
