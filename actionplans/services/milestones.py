"""Add, change and go through delmål. The meeting page uses the same doors as the plan page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from accounts.models import Organisation, User
from actionplans.models import ActionPlan, Condition, Milestone
from actionplans.rules import EditedMeanwhile, check_done_on
from audit.models import Action
from consent.gate import Gate

Status = Milestone.Status


@transaction.atomic
def add_milestone(
    gate: Gate,
    *,
    plan: ActionPlan,
    responsible_user: User | None,
    with_organisations: Iterable[Organisation] = (),
    condition: dict[str, Any] | None = None,
    **words: Any,
) -> Milestone:
    """`responsible_user` None: the individual does it. `condition`: fields of Condition; without text there is none."""
    gate.require_write(plan, action=Action.REGISTERED)
    if plan.ended_on is not None:
        raise ValidationError("Planen är avslutad. Börja en ny plan.")
    last = plan.milestones.aggregate(last=Max("position"))["last"]
    milestone = Milestone(
        case=plan.case,
        owner=plan.owner,
        plan=plan,
        position=0 if last is None else last + 1,
        **_responsible(responsible_user),
        **{"starts_on": gate.day, **words},
    )
    milestone.full_clean()
    milestone.save()
    milestone.with_organisations.set(with_organisations)
    _keep_condition(milestone, condition)
    return milestone


@transaction.atomic
def edit_milestone(
    gate: Gate,
    milestone: Milestone,
    *,
    version: int,
    responsible_user: User | None,
    with_organisations: Iterable[Organisation] = (),
    condition: dict[str, Any] | None = None,
    **words: Any,
) -> Milestone:
    """What, who, when, how. `condition` None leaves it as it is. EditedMeanwhile if somebody saved after `version`."""
    gate.require_write(milestone)
    _save_if_same(milestone, version, {**words, **_responsible(responsible_user)})
    milestone.with_organisations.set(with_organisations)
    _keep_condition(milestone, condition)
    return milestone


@transaction.atomic
def review_milestone(
    gate: Gate,
    milestone: Milestone,
    *,
    status: str,
    on: date,
    done_on: date | None = None,
    end_reason: str = "",
    version: int | None = None,
) -> Milestone:
    """Gone through `on` that day (S64). Done takes a day (`on` unless another is said), ended takes a coded reason.

    `version` None: whatever is saved now is what was gone through, as in a meeting where all see the same screen.
    """
    gate.require_write(milestone)
    if status == Status.DONE:
        done_on = done_on or on
        check_done_on(done_on, gate.day)
    words = {
        "status": status,
        "done_on": done_on if status == Status.DONE else None,
        "end_reason": end_reason if status == Status.ENDED else "",
        "reviewed_on": on,
    }
    _save_if_same(milestone, milestone.version if version is None else version, words)
    return milestone


def _responsible(user: User | None) -> dict[str, Any]:
    return {
        "by_individual": user is None,
        "responsible_user": user,
        "responsible_organisation": user and user.organisation,
    }


def _save_if_same(milestone: Milestone, version: int, words: dict[str, Any]) -> None:
    for name, value in words.items():
        setattr(milestone, name, value)
    milestone.full_clean()
    same = Milestone.objects.filter(pk=milestone.pk, version=version)
    if not same.update(**words, version=F("version") + 1):
        raise EditedMeanwhile(Milestone.objects.for_page().get(pk=milestone.pk))
    milestone.refresh_from_db(fields=["version"])


def _keep_condition(milestone: Milestone, words: dict[str, Any] | None) -> None:
    """None: not asked about. An empty text takes the condition away."""
    if words is None:
        return
    if not words.get("text"):
        Condition.objects.filter(milestone=milestone).delete()
        return
    condition = Condition.objects.filter(milestone=milestone).first() or Condition(milestone=milestone)
    for name, value in words.items():
        setattr(condition, name, value)
    condition.full_clean()
    condition.save()
