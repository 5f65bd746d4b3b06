"""The first page of a case: what stands in the way of the next step, and who is around the person."""

from dataclasses import dataclass

from django.utils import timezone

from actionplans.models import Milestone
from audit.prepared import prepared
from cases.clocks import TONES
from cases.models import Category, Deadline, Household, Note, SupportNeed, TargetGroupMembership
from cases.rules import DeadlineState
from cases.templatetags.wording import clock, days_left_text, joined, near_date, near_instant, short_date
from consent.models import CaseGrant
from desk.content.events import Event, build_events
from desk.content.facts import look_at
from desk.content.links import Link, address, link, links
from desk.content.rows import Tag
from meetings.models import Meeting
from needs.content import RAISERS

LATEST = 5


@dataclass(frozen=True)
class Clock:
    """`days_left` None: nothing left to count. `obstacles`: what stands in the way, each with where to go."""

    tag: Tag
    sentence: str
    days_left: int | None
    length: int
    obstacles: tuple[Link, ...]
    explain: Link | None


@dataclass(frozen=True)
class NextMeeting:
    when: str
    kind: str
    place: str
    url: str

    @property
    def what(self):
        return " · ".join(filter(None, [self.kind, self.place]))


@dataclass(frozen=True)
class PlanInShort:
    goal: str
    done: int
    total: int
    next_milestone: str
    version: str
    url: str


@dataclass(frozen=True)
class Overview:
    clock: Clock | None
    meeting: NextMeeting | None
    plan: PlanInShort | None
    facts: list[tuple[str, str]]
    close_link: Link | None
    promises_link: Link
    contact: list[tuple[str, str]]
    contact_link: Link | None
    knows_plan: bool
    need_link: Link | None
    groups: list[str]
    workers: list[CaseGrant]
    others: list
    workers_link: Link | None
    events: list[Event]
    notes: list[Note]
    notes_link: Link


@prepared()
def build_overview(gate, case) -> Overview:
    facts = look_at(gate, case)
    workers = sorted(gate.workers(case), key=lambda grant: grant.user.organisation_id != case.organisation_id)
    return Overview(
        clock=_clock(facts) if facts.deadline else None,
        meeting=_next_meeting(facts),
        plan=_plan(facts) if facts.plan else None,
        facts=_case_facts(facts),
        close_link=_close_link(gate, case),
        promises_link=link("Remisser, AF och uppföljning", "cases:promises", case.pk),
        contact=_contact(facts),
        contact_link=(gate.may_write(case, Category.CONTACT) and link("Ändra", "cases:individual", case.pk)) or None,
        knows_plan=facts.knows(Category.PLAN),
        need_link=_need_link(gate, case),
        groups=_groups(facts),
        workers=workers,
        others=_other_parties(facts, workers),
        workers_link=None if case.sight.emergency else link("Ändra eller bjud in", "consent:workers", case.pk),
        events=build_events(facts)[:LATEST],
        notes=facts.notes[:3],
        notes_link=link("Alla anteckningar", "cases:notes", case.pk),
    )


def meetings_ahead(gate, case) -> list[Meeting]:
    """What is called off if the case ends now."""
    return list(gate.visible(Meeting, case).ahead(timezone.now()).order_by("starts_at", "pk"))


def _close_link(gate, case):
    """The organisation that leads the case closes it."""
    return link("Avsluta ärendet", "desk:close", case.pk) if gate.may_lead(case) else None


def _need_link(gate, case):
    """For those who may raise a need; None otherwise."""
    may = gate.has_role(*RAISERS) and gate.may_write(case, Category.PLAN)
    return link("Lyft något som saknas", "needs:raise_need", case.pk) if may else None


def _clock(facts) -> Clock:
    deadline, day = facts.deadline, facts.day
    state, days = deadline.state_on(day), deadline.days_left(day)
    running = facts.case.is_open and (state == DeadlineState.RUNNING or state.is_missed)
    explain = (
        running and facts.gate.may_write(facts.case) and link("Förklara en försening", "cases:hold", facts.case.pk)
    )
    return Clock(
        tag=Tag(state.label, TONES[state]),
        sentence=_sentence(facts, state, days),
        days_left=days if running else None,
        length=(deadline.due_on - deadline.starts_on).days,
        obstacles=_obstacles(facts) if running else (),
        explain=explain or None,
    )


def _sentence(facts, state, days):
    deadline: Deadline = facts.deadline
    due = near_date(deadline.due_on)
    if deadline.met_on:
        return f"Hölls {near_date(deadline.met_on)}. Lovad dag var {short_date(deadline.promised_on)}."
    if state == DeadlineState.ON_HOLD:
        reasons = joined(dict.fromkeys(facts.why(h) for h in deadline.holds.all()))
        return f"Klockan står still: {reasons}. Senaste dag är {due}."
    if state.is_missed:
        return f"Skulle ha hållits senast {due}, {days_left_text(days)}."
    return f"Senast {due}, {days_left_text(days)}." if state == DeadlineState.RUNNING else deadline.closed_reason


def _obstacles(facts):
    """What is not in place yet for the first meeting, in the order it is usually done."""
    case, meeting, person = facts.case, facts.first_meeting, facts.case.individual
    consent = any(c.is_in_force(facts.day) for c in facts.consents)
    return links(
        None if consent else _step("Samtycke saknas", "consent:give", case),
        None if facts.assessed_on else _step("Kartläggningen är inte klar", "cases:assessment", case),
        None if meeting else _step("Inget möte är bokat", "meetings:book", case),
        meeting
        and facts.knows(Category.CONTACT)
        and person.interpreter_language
        and meeting.interpreter_id is None
        and _step(f"Tolk i {person.interpreter_language} är inte bokad", "meetings:meeting", case, meeting.pk),
    )


def _step(label, name, case, *args):
    return link(label, name, case.pk, *args)


def _next_meeting(facts):
    ahead = [m for m in facts.meetings if m.is_booked]
    if not ahead:
        return None
    meeting: Meeting = ahead[0]
    meeting.case = facts.case
    return NextMeeting(
        when=f"{near_instant(meeting.starts_at)}–{clock(meeting.ends_at)}",
        kind=meeting.get_kind_display(),
        place=meeting.where,
        url=address("meetings:meeting", facts.case.pk, meeting.pk),
    )


def _plan(facts):
    milestones = list(facts.gate.visible(Milestone, facts.case).filter(plan=facts.plan).order_by("due_on"))
    ahead = [m for m in milestones if m.is_open]
    version = facts.plan_version
    return PlanInShort(
        goal=facts.plan.own_goal,
        done=sum(m.status == Milestone.Status.DONE for m in milestones),
        total=len(milestones),
        next_milestone=f"{ahead[0].text}, {near_date(ahead[0].due_on)}" if ahead else "",
        version=f"Version {version.number}, {short_date(version.made_on)}" if version else "Ännu ingen version",
        url=address("actionplans:plan", facts.case.pk),
    )


def _case_facts(facts):
    """Pairs of word and value; nothing that we are not told."""
    case, household = facts.case, facts.case.individual.household
    rows = [("Ärendet leds av", f"{case.organisation.short_name}, {case.unit}")]
    if facts.knows(Category.APPLICATION):
        rows += [
            ("Ansökan kom in", case.application.received_on.isoformat()),
            ("Prioritet", case.get_priority_display() or "ingen, söker inte arbete nu"),
            ("Nytt eller känt", case.get_origin_display()),
            ("Hushåll", describe_household(household)),
        ]
    if facts.knows(Category.ECONOMY) and case.assistance_since:
        rows.append(("Försörjningsstöd sedan", case.assistance_since.isoformat()))
    return rows


def describe_household(household: Household | None):
    if household is None:
        return "uppgift saknas"
    ages = ", ".join(Household.ChildAge(age).label for age in household.child_ages)
    children = f", {household.children} barn" if household.has_children else ""
    return f"{household.get_kind_display()}{children}{f' ({ages})' if ages else ''}"


def _contact(facts):
    """Empty without the category; under protected identity language and support only."""
    person = facts.case.individual
    if not facts.knows(Category.CONTACT):
        return []
    needs = ", ".join(SupportNeed(n).label for n in person.support_needs)
    spoken = [("Språk", person.language), ("Tolk", person.interpreter_language), ("Stöd", needs)]
    reached = [
        ("Vill ha besked genom", "" if person.is_protected else person.get_channel_display()),
        ("Telefon", person.contact.phone),
        ("E-post", person.contact.email),
        ("Adress", person.contact.address_line),
    ]
    return [(word, value) for word, value in spoken + reached if value]


def _groups(facts):
    rows = facts.gate.visible(TargetGroupMembership, facts.case).filter(until=None)
    return [row.get_group_display() for row in rows]


def _other_parties(facts, workers):
    """As lead: parties of the case none of whose workers is shown."""
    if facts.case.organisation_id != facts.gate.organisation.pk:
        return []
    seen = {grant.user.organisation_id for grant in workers}
    parties = facts.case.parties.select_related("organisation").order_by("since", "pk")
    return [
        p.organisation for p in parties if p.organisation_id not in seen and (p.until is None or p.until >= facts.day)
    ]
