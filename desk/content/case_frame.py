"""What stands around every page of a case: who it is, how far it has come, what may be shared, and the tabs."""

from dataclasses import dataclass

from django.utils.formats import date_format

from audit.prepared import prepared
from cases.models import Case, Category
from desk.content.banner import Banner, build_banner
from desk.content.facts import look_at
from desk.content.links import Link, address, link, links
from desk.content.steps import Step, build_steps

ABOUT_CONSENT = tuple(
    f"consent:{page}"
    for page in ("consent", "give", "change", "with", "decline", "let_in", "lift", "tell", "add_scan", "e_sign")
)
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


@prepared()
def build_case_frame(gate, case, match) -> CaseFrame:
    facts, person = look_at(gate, case), case.individual
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
    words = ["du läser med nödåtkomst och kan inte ändra"] if case.sight.emergency else []
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
        ("Samtycke", "consent:consents", ABOUT_CONSENT),
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
        return links(facts.gate.may_lead(case, open_only=False) and link("Uppföljning", "cases:promises", case.pk))
    return links(
        facts.plan_version and link("Skriv ut plan", "actionplans:print_plan", case.pk),
        facts.gate.may_write(case, Category.MEETING) and link("Boka möte", "meetings:book", case.pk, primary=True),
    )
