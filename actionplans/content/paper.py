"""The plan the person takes home: plain words, addressed to "du", the same on screen and in the PDF.

Covers the four fields of a SIP (SoL 10:9): what is to be done, who answers for what, what others do, and who answers
for the whole. Never anything that the cooperation only wrote for itself.
"""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from actionplans.content.pages import current_plan
from actionplans.content.values import plan_text
from actionplans.content.versions import Stand, shown, stands
from actionplans.models import ActionPlan
from actionplans.rules import MilestoneText, Party, PlanText
from cases.models import Case, SupportNeed
from consent.context import gate_for
from consent.gate import Gate

DRAFT = 0
TITLES: dict[str, str] = {ActionPlan.Kind.SIP: "Din samordnade individuella plan (SIP)"}
GOALS: dict[str, str] = {
    ActionPlan.GoalType.WORK: "arbete",
    ActionPlan.GoalType.STUDIES: "studier",
    ActionPlan.GoalType.OWN_BUSINESS: "eget företag",
    ActionPlan.GoalType.PRACTICE: "praktik",
    ActionPlan.GoalType.PROGRAMME: "en insats eller ett program",
}


@dataclass(frozen=True)
class Answers:
    """What one organisation answers for; `people` are the workers named in the plan."""

    organisation: Party
    people: str
    tasks: tuple[str, ...]
    answers_for_the_whole: bool


@dataclass(frozen=True)
class PlanPaper:
    """`number` None: a draft that nobody has agreed to."""

    title: str
    name: str
    case_number: str
    plan: PlanText
    goal_word: str
    to_do: tuple[MilestoneText, ...]
    reached: tuple[MilestoneText, ...]
    answers: tuple[Answers, ...]
    own_tasks: tuple[str, ...]
    stands: tuple[Stand, ...]
    number: int | None
    made_on: date
    large_print: bool

    @property
    def asks_signature(self) -> bool:
        """The individual has not taken a stand on the version yet, and may do so on paper."""
        return any(stand.organisation is None and not stand.has_agreed for stand in self.stands)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        words = (
            ("Det här kan du", self.plan.competence),
            ("Dina möjligheter", self.plan.opportunities),
            ("Det här kan vara i vägen", self.plan.obstacles),
            ("Så ser du på saken", self.plan.own_view),
        )
        return tuple((title, text) for title, text in words if text)


def build_plan(document):
    """For the worker that draws the PDF: acts for the one who asked, and decides again."""
    gate = gate_for(document.requested_by)
    case = gate.open(document.case_id)
    wanted = document.options
    paper = plan_paper(gate, case, number=wanted.get("version"), large_print=wanted.get("large_print", False))
    return "actionplans/plan_pdf.html", {"paper": paper}


def plan_paper(gate: Gate, case: Case, *, number: int | None = None, large_print: bool = False) -> PlanPaper:
    """`number` None: the latest version, or the draft if there is none; DRAFT: the plan as it is being written."""
    plan = current_plan(gate, case)
    if plan is None:
        raise Http404("Ärendet har ingen plan.")
    version = None if number == DRAFT else _version(plan, number)
    text = shown(gate, plan_text(plan) if version is None else PlanText.from_json(version.snapshot))
    return PlanPaper(
        title=TITLES.get(text.kind, "Din plan"),
        name=case.individual.full_name,
        case_number=case.number,
        plan=text,
        goal_word=GOALS.get(text.goal_type, ""),
        to_do=tuple(m for m in text.milestones if m.is_open),
        reached=tuple(m for m in text.milestones if m.is_done),
        answers=_answers(text),
        own_tasks=tuple(m.text for m in text.milestones if m.is_open and (m.by_individual or m.with_individual)),
        stands=stands(version, text) if version else (),
        number=version.number if version else None,
        made_on=version.made_on if version else gate.day,
        large_print=large_print,
    )


def printable_versions(gate: Gate, case: Case) -> list[tuple[int, str]]:
    """(number, words) to choose among, newest first; the draft last."""
    plan = current_plan(gate, case)
    if plan is None:
        raise Http404("Ärendet har ingen plan.")
    kept = plan.versions.values_list("number", "made_on")
    return [
        *((number, f"Version {number}, {made_on}") for number, made_on in kept),
        (DRAFT, "Utkast, som planen är nu"),
    ]


def prefers_large_print(case: Case) -> bool:
    return SupportNeed.LARGE_PRINT in case.individual.support_needs


def _version(plan: ActionPlan, number: int | None):
    if number is None:
        return plan.versions.first()
    version = plan.versions.filter(number=number).first()
    if version is None:
        raise Http404("Versionen finns inte.")
    return version


def _answers(text: PlanText) -> tuple[Answers, ...]:
    involved: dict[int, Party] = {text.lead.id: text.lead}
    tasks: dict[int, list[str]] = {text.lead.id: []}
    people: dict[int, list[str]] = {text.lead.id: [text.coordinator] if text.coordinator else []}
    for milestone in text.milestones:
        for party in milestone.involved if milestone.is_open else ():
            involved.setdefault(party.id, party)
            tasks.setdefault(party.id, []).append(_task(milestone, party))
            people.setdefault(party.id, [])
        if milestone.is_open and milestone.organisation and milestone.person:
            people[milestone.organisation.id].append(milestone.person)
    return tuple(
        Answers(party, ", ".join(dict.fromkeys(people[pk])), tuple(dict.fromkeys(tasks[pk])), pk == text.lead.id)
        for pk, party in involved.items()
    )


def _task(milestone: MilestoneText, party: Party) -> str:
    """What this organisation does about a delmål: answers for it, joins in, or puts something in place first."""
    if party == milestone.organisation:
        return milestone.text
    if party in milestone.with_parties:
        return f"{milestone.text} (är med)"
    return f"{milestone.condition.text} (ordnar det som behövs först)" if milestone.condition else milestone.text
