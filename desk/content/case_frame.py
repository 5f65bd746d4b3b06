"""What stands around every page of a case: who it is, how far it has come, what may be shared, and the tabs."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format

from actionplans.models import ActionPlan, PlanVersion
from cases.models import Assessment, Case, CaseExit, Category, Deadline
from consent.models import Consent
from desk.content.banner import Banner, build_banner
from desk.content.links import Link, address, link, links
from desk.content.steps import Step, build_steps
from meetings.models import Meeting

FEW = ("inga", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass(frozen=True)
class CaseFrame:
    name: str
    first_name: str
    number: str
    age: int | None
    identity_number: str
    reveal_url: str | None
    detail: str
    protected: bool
    steps: tuple[Step, ...]
    banner: Banner
    tabs: tuple[Link, ...]
    actions: tuple[Link, ...]


class Facts:
    """The rows of one case that several parts of the frame look at, each read once."""

    def __init__(self, gate, case):
        self.gate, self.case, self.day = gate, case, gate.day

    def knows(self, category):
        return self.gate.knows(self.case, category)

    @cached_property
    def consents(self) -> list[Consent]:
        return list(self.gate.consents(self.case).for_page())

    @cached_property
    def deadline(self) -> Deadline | None:
        rows = self.gate.visible(Deadline, self.case).first_meeting().select_related("rule").prefetch_related("holds")
        return rows.order_by("-starts_on").first()

    @cached_property
    def meetings(self) -> list[Meeting]:
        return list(self.gate.visible(Meeting, self.case).order_by("starts_at", "pk"))

    @cached_property
    def assessed_on(self):
        rows = self.gate.visible(Assessment, self.case).exclude(completed_on=None)
        return rows.order_by("completed_on").values_list("completed_on", flat=True).first()

    @cached_property
    def plan(self) -> ActionPlan | None:
        return self.gate.visible(ActionPlan, self.case).order_by("-started_on", "-pk").first()

    @cached_property
    def plan_version(self) -> PlanVersion | None:
        return self.plan and PlanVersion.objects.filter(plan=self.plan).defer("snapshot").order_by("-number").first()

    @cached_property
    def exit(self) -> CaseExit | None:
        """None while the case is open."""
        return None if self.case.is_open else self.gate.visible(CaseExit, self.case).filter(reopened_on=None).first()

    @cached_property
    def first_meeting(self) -> Meeting | None:
        """The held one, else the one on its way."""
        first = [m for m in self.meetings if m.kind == Meeting.Kind.FIRST]
        return next((m for m in first if m.is_held), None) or next((m for m in first if m.is_booked), None)


def build_case_frame(gate, case, match) -> CaseFrame:
    facts, person = Facts(gate, case), case.individual
    knows_contact = facts.knows(Category.CONTACT)
    return CaseFrame(
        name=person.full_name,
        first_name=person.given_name,
        number=case.number,
        age=person.age if knows_contact else None,
        identity_number=person.identity.masked if knows_contact else "",
        reveal_url=address("cases:reveal", case.pk) if knows_contact else None,
        detail=describe(facts),
        protected=person.is_protected,
        steps=build_steps(facts),
        banner=build_banner(facts),
        tabs=build_tabs(facts, match),
        actions=build_actions(facts),
    )


def describe(facts) -> str:
    """ "arbetslös sedan mars 2026, två barn, tolk somaliska": only what we may know."""
    case, person = facts.case, facts.case.individual
    words = []
    if facts.knows(Category.APPLICATION) and case.unemployed_since:
        words.append(f"arbetslös sedan {month(case.unemployed_since)}")
    if facts.knows(Category.ECONOMY) and case.on_assistance and case.assistance_since:
        words.append(f"försörjningsstöd sedan {month(case.assistance_since)}")
    if facts.knows(Category.APPLICATION) and person.household and person.household.has_children:
        children = person.household.children
        words.append(f"{FEW[children] if children < len(FEW) else children} barn")
    if facts.knows(Category.CONTACT) and person.interpreter_language:
        words.append(f"tolk {person.interpreter_language}")
    return " · ".join(words)


def month(day):
    return date_format(day, "F Y").lower()


def build_tabs(facts, match):
    """The page's own name, or the start of it, makes a tab the current one."""
    tabs = [
        ("Översikt", "desk:case", ()),
        ("Handlingsplan", "actionplans:plan", ("actionplans:",)),
        ("Möten", "meetings:meetings", ("meetings:",)),
        ("Kartläggning", "cases:assessment", ("cases:assessment",)),
        ("Samtycke", "consent:consents", ("consent:consent", "consent:give", "consent:withdraw")),
        ("Anteckningar", "cases:notes", ("cases:note",)),
        ("Händelser", "desk:events", ()),
        ("Vem har läst?", "desk:readers", ()),
    ]
    here, counts = match.view_name if match else "", {"meetings:meetings": len(facts.meetings) or None}
    return links(
        *(
            link(label, name, facts.case.pk, count=counts.get(name), current=here == name or here.startswith(starts))
            for label, name, starts in tabs
        )
    )


def build_actions(facts):
    """At most two, the one that moves the case on is the primary."""
    case: Case = facts.case
    if not case.is_open:
        return ()
    return links(
        facts.plan_version and link("Skriv ut plan", "actionplans:print_plan", case.pk),
        facts.gate.may_write(case, Category.MEETING) and link("Boka möte", "meetings:book", case.pk, primary=True),
    )
