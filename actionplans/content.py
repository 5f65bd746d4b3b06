"""The plan as frozen values, read through a gate: what the page, the version and the printed plan all show."""

from dataclasses import dataclass

from django.http import Http404

from accounts.models import Organisation, User
from actionplans.models import ActionPlan, Agreement, Condition, Milestone, PlanVersion
from actionplans.rules import (
    INDIVIDUAL,
    ConditionText,
    MilestoneText,
    Party,
    PlanText,
    differences,
    line,
    parties,
    status_tag,
)
from cases.models import Case, Category
from consent.gate import Gate


@dataclass(frozen=True)
class Card:
    """One delmål as the list draws it."""

    id: int
    text: MilestoneText
    tone: str
    status: str
    line: str
    can_write: bool

    @property
    def lacks_activity(self) -> bool:
        """Ended because nobody offers what was needed: to be raised as an unmet need (S70)."""
        return self.text.end_reason == Milestone.EndReason.NOT_AVAILABLE


@dataclass(frozen=True)
class Stand:
    """Where one party stands on a version. `organisation` None is the individual; `agreed_on` None: not yet."""

    organisation: Party | None
    name: str
    agreement: Agreement | None = None

    @property
    def has_agreed(self) -> bool:
        return self.agreement is not None


@dataclass(frozen=True)
class VersionText:
    """A version, what was new in it, and who has agreed to exactly that."""

    version: PlanVersion
    plan: PlanText
    stands: tuple[Stand, ...]
    changes: tuple[str, ...] = ()

    @property
    def agreed(self) -> list[Stand]:
        return [stand for stand in self.stands if stand.has_agreed]

    @property
    def waiting(self) -> list[Stand]:
        return [stand for stand in self.stands if not stand.has_agreed]


@dataclass(frozen=True)
class PlanPage:
    """`latest` None: no version yet. `changes`: what the next version will bring."""

    plan: ActionPlan
    text: PlanText
    cards: tuple[Card, ...]
    latest: VersionText | None
    changes: tuple[str, ...]
    can_write: bool

    @property
    def done(self) -> int:
        return sum(card.text.is_done for card in self.cards)


def current_plan(gate: Gate, case: Case) -> ActionPlan | None:
    """The plan that applies, else the latest ended; None: there is none, or we are not told of it."""
    plan = gate.visible(ActionPlan, case).for_page().first()
    if plan is not None:
        plan.case = case
    return plan


def active_plan(gate: Gate, case: Case) -> ActionPlan:
    plan = current_plan(gate, case)
    if plan is None or plan.ended_on is not None:
        raise Http404("Ärendet har ingen plan som gäller.")
    return plan


def milestone_of(gate: Gate, case: Case, milestone_id: int) -> Milestone:
    milestone = gate.visible(Milestone, case).for_page().select_related("plan").filter(pk=milestone_id).first()
    if milestone is None:
        raise Http404("Delmålet finns inte.")
    milestone.case = case
    return milestone


def version_of(plan: ActionPlan, version_id: int) -> PlanVersion:
    version = plan.versions.filter(pk=version_id).first()
    if version is None:
        raise Http404("Versionen finns inte.")
    version.plan = plan
    return version


def plan_page(gate: Gate, case: Case) -> PlanPage | None:
    plan = current_plan(gate, case)
    if plan is None:
        return None
    text = shown(gate, plan_text(plan))
    versions = list(plan.versions.prefetch_related("agreements__organisation", "agreements__carried_from")[:1])
    latest = version_text(gate, versions[0]) if versions else None
    can_write = plan.ended_on is None and gate.may_write(plan)
    return PlanPage(
        plan=plan,
        text=text,
        cards=cards(gate, text, can_write=can_write),
        latest=latest,
        changes=tuple(differences(latest.plan, text)) if latest else (),
        can_write=can_write,
    )


def milestone_cards(gate: Gate, case: Case) -> tuple[Card, ...]:
    """The delmål of the case's active plan, for pages that show them beside something else. Empty without a plan."""
    plan = current_plan(gate, case)
    if plan is None or plan.ended_on is not None:
        return ()
    return cards(gate, shown(gate, plan_text(plan)), can_write=gate.may_write(plan))


def cards(gate: Gate, text: PlanText, *, can_write: bool) -> tuple[Card, ...]:
    return tuple(
        Card(m.id, m, *status_tag(m, gate.day), line=line(m, gate.day), can_write=can_write) for m in text.milestones
    )


def versions(gate: Gate, plan: ActionPlan) -> list[VersionText]:
    """Newest first, each with what was new in it."""
    kept = list(plan.versions.prefetch_related("agreements__organisation", "agreements__carried_from"))
    texts = [shown(gate, PlanText.from_json(version.snapshot)) for version in kept]
    older = [*texts[1:], None]
    return [
        VersionText(version, text, stands(version, text), tuple(differences(before, text)) if before else ())
        for version, text, before in zip(kept, texts, older, strict=True)
    ]


def version_text(gate: Gate, version: PlanVersion) -> VersionText:
    text = shown(gate, PlanText.from_json(version.snapshot))
    return VersionText(version, text, stands(version, text))


def stands(version: PlanVersion, text: PlanText) -> tuple[Stand, ...]:
    """The individual first, then every party of the version."""
    agreements = {row.organisation_id: row for row in version.agreements.all()}
    individual = Stand(None, text.given_name, agreements.get(INDIVIDUAL))
    return individual, *(Stand(p, p.short_name, agreements.get(p.id)) for p in parties(text))


def shown(gate: Gate, text: PlanText) -> PlanText:
    if gate.organisation.kind == Organisation.Kind.HEALTH_CARE:
        return text.without_assistance_conditions()
    return text


def may_see_conditions(gate: Gate) -> bool:
    return gate.organisation.kind != Organisation.Kind.HEALTH_CARE


def is_told(gate: Gate, case: Case) -> bool:
    return gate.knows(case, Category.PLAN)


# --- rows to values -------------------------------------------------------------------------------------------
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
        organisation=milestone.responsible_organisation and party(milestone.responsible_organisation),
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
        remover=condition.remover and party(condition.remover),
        met_on=condition.met_on,
        for_assistance=condition.for_assistance,
        decision_number=condition.decision_number,
        decided_on=condition.decided_on,
    )


def _name(user: User | None) -> str:
    return user.full_name if user else ""
