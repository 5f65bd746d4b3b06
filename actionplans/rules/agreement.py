"""Who has promised what in a version, and who need not be asked again about the next one.

A party is asked again only when the new version promises something of it that the old one did not. What is
reached, ended or put in place asks nobody. The individual owns the plan, so anything newly written in it is theirs.
"""

from collections.abc import Iterable

from actionplans.rules.values import MilestoneText, Party, PlanText

INDIVIDUAL = None


def parties(plan: PlanText) -> tuple[Party, ...]:
    """The organisations that must agree: the lead, and those with a part in something that is still to do."""
    involved = {plan.lead.id: plan.lead}
    for milestone in plan.milestones:
        if milestone.is_open:
            involved |= {party.id: party for party in milestone.involved if party.id not in involved}
    return tuple(involved.values())


def commitments(plan: PlanText, party: int | None) -> frozenset:
    """What is promised, as comparable values; `party` None is the individual."""
    open_ones = [m for m in plan.milestones if m.is_open]
    if party is not INDIVIDUAL:
        return frozenset(_promise(m) for m in open_ones if party in {p.id for p in m.involved})
    words = (plan.own_goal, plan.goal_type, plan.competence, plan.opportunities, plan.obstacles, plan.own_view)
    return frozenset({*map(_promise, open_ones), ("words", *words, plan.others_measures)})


def carried_over(old: PlanText, new: PlanText, agreed: Iterable[int | None]) -> set[int | None]:
    """Those who agreed to the old version and are asked nothing new by the new one."""
    asked = {INDIVIDUAL, *(party.id for party in parties(new))}
    return {p for p in agreed if p in asked and commitments(new, p) <= commitments(old, p)}


def _promise(milestone: MilestoneText) -> tuple:
    """Ids, not names: a new phone number or a new colleague is no new promise."""
    condition = milestone.condition
    first = None if condition is None else (condition.text, condition.remover and condition.remover.id)
    decision = None if condition is None else (condition.for_assistance, condition.decision_number)
    return (
        milestone.id,
        milestone.text,
        milestone.organisation and milestone.organisation.id,
        milestone.with_individual,
        frozenset(party.id for party in milestone.with_parties),
        milestone.with_others,
        milestone.starts_on,
        milestone.due_on,
        milestone.follow_up_how,
        milestone.follow_up_on,
        first,
        decision,
    )
