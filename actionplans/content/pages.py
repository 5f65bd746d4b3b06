"""What the pages of the plan show, read through a gate."""

from dataclasses import dataclass
from typing import cast

from django.http import Http404

from accounts.models import Organisation
from actionplans.content.values import plan_text
from actionplans.content.versions import VersionText, shown, version_text
from actionplans.models import ActionPlan, ActionPlanQuerySet, Milestone, MilestoneQuerySet
from actionplans.rules import INDIVIDUAL, SECTIONS, MilestoneText, PlanText, differences, genitive, line, status_tag
from cases.models import Case, Category
from consent.gate import Gate


@dataclass(frozen=True)
class Card:
    """One delmål as the list draws it."""

    id: int
    text: MilestoneText
    given_name: str
    tone: str
    status: str
    line: str

    @property
    def first_name(self) -> str:
        """Of the worker who answers for it, for the chip."""
        return self.text.person.split(" ")[0]

    @property
    def individual(self) -> str:
        return self.given_name if self.text.by_individual or self.text.with_individual else ""

    @property
    def lacks_activity(self) -> bool:
        """Ended because nobody offers what was needed: to be raised as an unmet need (S70)."""
        return self.text.end_reason == Milestone.EndReason.NOT_AVAILABLE


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
    def whose(self) -> str:
        return genitive(self.text.given_name)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        written = ((title, getattr(self.text, name)) for name, title in SECTIONS.items())
        return tuple((title, words) for title, words in written if words)

    @property
    def done(self) -> int:
        return sum(card.text.is_done for card in self.cards)


@dataclass(frozen=True)
class Around:
    """One worker around the person and what they answer for just now (S189)."""

    name: str
    organisation: Organisation
    is_responsible: bool
    coordinates: bool
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class AgreementPage:
    """`own`: what the reader's organisation has promised. The individual and the own organisation may still agree."""

    latest: VersionText | None
    changes: tuple[str, ...]
    own: tuple[MilestoneText, ...]
    individual_waits: bool
    own_waits: bool
    can_write: bool


def current_plan(gate: Gate, case: Case) -> ActionPlan | None:
    """The plan that applies, else the latest ended; None: there is none, or we are not told of it."""
    plan = cast(ActionPlanQuerySet, gate.visible(ActionPlan, case)).for_page().first()
    if plan is not None:
        plan.case = case
    return plan


def earlier_plans(gate: Gate, case: Case, current: ActionPlan | None = None) -> ActionPlanQuerySet:
    """The ended ones that we are told of, the latest first; without `current`."""
    rows = cast(ActionPlanQuerySet, gate.visible(ActionPlan, case)).for_page().exclude(ended_on=None)
    return rows.exclude(pk=current.pk) if current else rows


def active_plan(gate: Gate, case: Case) -> ActionPlan:
    plan = current_plan(gate, case)
    if plan is None or plan.ended_on is not None:
        raise Http404("Ärendet har ingen plan som gäller.")
    return plan


def milestone_of(gate: Gate, case: Case, milestone_id: int) -> Milestone:
    milestone = (
        cast(MilestoneQuerySet, gate.visible(Milestone, case))
        .for_page()
        .select_related("plan")
        .filter(pk=milestone_id, plan__ended_on=None)
        .first()
    )
    if milestone is None:
        raise Http404("Delmålet finns inte.")
    milestone.case = case
    return milestone


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
        cards=cards(gate, text),
        latest=latest,
        changes=tuple(differences(latest.plan, text)) if latest else (),
        can_write=can_write,
    )


def around(gate: Gate, case: Case, page: PlanPage | None) -> tuple[Around, ...]:
    milestones = [m for m in page.text.milestones if m.is_open] if page else []
    coordinator = page.text.coordinator if page else ""
    return tuple(
        Around(
            name=grant.user.full_name,
            organisation=grant.user.organisation,
            is_responsible=grant.is_responsible,
            coordinates=grant.user.full_name == coordinator,
            tasks=tuple(m.text for m in milestones if m.person == grant.user.full_name),
        )
        for grant in gate.workers(case)
    )


def agreement_page(gate: Gate, case: Case) -> AgreementPage:
    page = plan_page(gate, case)
    if page is None:
        raise Http404("Ärendet har ingen plan.")
    waiting = {stand.organisation and stand.organisation.id for stand in page.latest.waiting} if page.latest else set()
    promised = page.latest.plan.milestones if page.latest else ()
    own_id = gate.organisation.pk
    return AgreementPage(
        latest=page.latest,
        changes=page.changes,
        own=tuple(m for m in promised if m.is_open and own_id in {party.id for party in m.involved}),
        individual_waits=INDIVIDUAL in waiting,
        own_waits=own_id in waiting,
        can_write=page.can_write,
    )


def milestone_cards(gate: Gate, case: Case) -> tuple[Card, ...]:
    """The delmål of the case's active plan, for pages that show them beside something else. Empty without a plan."""
    plan = current_plan(gate, case)
    if plan is None or plan.ended_on is not None:
        return ()
    return cards(gate, shown(gate, plan_text(plan)))


def cards(gate: Gate, text: PlanText) -> tuple[Card, ...]:
    day, name = gate.day, text.given_name
    return tuple(Card(m.id, m, name, *status_tag(m, day), line=line(m, day)) for m in text.milestones)


def is_told(gate: Gate, case: Case) -> bool:
    return gate.knows(case, Category.PLAN)
