"""The board of unmet needs: process data without persons, for those who raise them and those who decide."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Role
from cases.models import Case, Category
from consent.gate import Gate
from needs.models import NeedRaise, UnmetNeed
from needs.rules import next_level

RAISERS = (Role.CASE_WORKER, Role.UNIT_WORKER, Role.COORDINATOR, Role.UNIT_MANAGER, Role.PROJECT_LEAD)
DECIDERS = (Role.STEERING_MEMBER, Role.PROJECT_LEAD)
READERS = (*RAISERS, Role.STEERING_MEMBER)


@dataclass(frozen=True)
class NeedRow:
    """`days`: how long it has waited for an answer, or waited before it came; `late`: the answer is overdue."""

    need: UnmetNeed
    days: int
    late: bool


@dataclass(frozen=True)
class NeedPage:
    need: UnmetNeed
    raises: tuple[NeedRaise, ...]
    days: int
    late: bool
    next_level: str | None
    can_raise: bool
    can_decide: bool
    can_feed_back: bool


def board(gate: Gate, *, kind: str = "", level: str = "", answered: bool = False) -> QuerySet[UnmetNeed]:
    """The needs of the municipalities I work in."""
    gate.require_role(*READERS)
    needs = UnmetNeed.objects.within(municipalities(gate)).for_page()
    needs = needs.answered() if answered else needs.unanswered()
    chosen = {name: value for name, value in (("kind", kind), ("level", level)) if value}
    return needs.filter(**chosen)


def rows(gate: Gate, needs) -> list[NeedRow]:
    return [NeedRow(need, waited(need, gate.day), is_late(need, gate.day)) for need in needs]


def need_of(gate: Gate, need_id: int) -> UnmetNeed:
    gate.require_role(*READERS)
    need = UnmetNeed.objects.within(municipalities(gate)).for_page().filter(pk=need_id).first()
    if need is None:
        raise Http404("Behovet finns inte.")
    return need


def need_page(gate: Gate, need: UnmetNeed) -> NeedPage:
    higher = next_level(need.level)
    return NeedPage(
        need=need,
        raises=tuple(need.raises.select_related("sent_by__organisation").reverse()),
        days=waited(need, gate.day),
        late=is_late(need, gate.day),
        next_level=UnmetNeed.Level(higher).label if higher else None,
        can_raise=not need.is_answered and higher is not None and gate.has_role(*RAISERS),
        can_decide=not need.is_answered and gate.has_role(*DECIDERS),
        can_feed_back=need.is_answered and need.fed_back_on is None,
    )


def waiting_here(case: Case) -> QuerySet[UnmetNeed]:
    """Unanswered needs of the case's municipality that this case is not yet among."""
    waiting = UnmetNeed.objects.unanswered().within([case.municipality_id]).for_page()
    return waiting.exclude(occurrences__case=case)


def may_raise(gate: Gate, case: Case) -> bool:
    return gate.may_write(case, Category.PLAN)


def municipalities(gate: Gate) -> set[str]:
    """Where my organisation works and where my roles reach."""
    own = {gate.organisation.municipality_id, *(held.municipality_id for held in gate.roles)}
    return {code for code in own if code} | set(gate.organisation.serves.values_list("pk", flat=True))


def waited(need: UnmetNeed, day) -> int:
    return ((need.decided_on or day) - need.sent_on).days


def is_late(need: UnmetNeed, day) -> bool:
    return not need.is_answered and need.answer_due_on < day
