"""The access rule in plain words over plain facts, written from docs/consent.md and docs/adr and from no code.

The facts first, then the paragraphs. The tests ask it what the program should have answered."""

from dataclasses import dataclass, field
from datetime import date, datetime

# --- the facts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """Both days included; None: from the beginning, or until further notice."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Period()


@dataclass(frozen=True)
class Role:
    """To work with all that a unit has been given. Other roles open no case."""

    unit: str
    period: Period = ALWAYS


@dataclass(frozen=True)
class Person:
    """Somebody who works at an organisation. `active`: may log in."""

    name: str
    organisation: str
    roles: tuple[Role, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class Assignment:
    """That a person, or a unit, works on the case."""

    holder: str
    period: Period = ALWAYS


@dataclass(frozen=True)
class Party:
    """An organisation that takes part. `own_matter`: it handles the person in its own right."""

    organisation: str
    own_matter: bool = False
    period: Period = ALWAYS


@dataclass(frozen=True)
class Consent:
    """The person's answer: may the discloser tell these receivers this? `ended_on`: the day it was taken back, or
    another answer took its place. A yes only counts; a form handed out and a no open nothing."""

    discloser: str
    receivers: frozenset[str]
    categories: frozenset[str]
    period: Period
    is_yes: bool = True
    ended_on: date | None = None

    def is_in_force(self, day: date) -> bool:
        ended = self.ended_on is not None and self.ended_on <= day
        return self.is_yes and not ended and day in self.period


@dataclass(frozen=True)
class Withholding:
    """What an organisation keeps from another whatever has been agreed: a category, or one row by its name."""

    owner: str
    recipient: str
    what: str
    period: Period = ALWAYS


@dataclass(frozen=True)
class Case:
    """`emergencies`: who has let themselves in, and when that ends."""

    lead: str
    named: tuple[Assignment, ...] = ()
    units: tuple[Assignment, ...] = ()
    parties: tuple[Party, ...] = ()
    consents: tuple[Consent, ...] = ()
    withheld: tuple[Withholding, ...] = ()
    is_protected: bool = False
    is_open: bool = True
    emergencies: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A row inside a case. `joint`: it belongs to the cooperation, such as the plan and the meetings."""

    owner: str
    category: str | None
    joint: bool = False
    name: str = ""


@dataclass(frozen=True)
class Law:
    """The rule at one moment. `units` says which organisation each unit belongs to."""

    now: datetime
    units: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.now.date()

    # 1 § A case may be opened by the one who is assigned to it and whose organisation has a right to it.
    def may_open(self, person: Person, case: Case) -> bool:
        return person.active and self.is_assigned(person, case) and self.has_right(person.organisation, case)

    # 2 § Assigned is the one who is named today, who works with all that the own unit has been given today, or who has
    #     let themselves in. What a unit has been given counts neither in another organisation nor when the person is
    #     protected.
    def is_assigned(self, person: Person, case: Case) -> bool:
        by_name = any(a.holder == person.name and self.day in a.period for a in case.named)
        through_unit = any(a.holder in self.shares(person) and self.day in a.period for a in case.units)
        return by_name or (through_unit and not case.is_protected) or self.in_emergency(person, case)

    def shares(self, person: Person) -> set[str]:
        held = {role.unit for role in person.roles if self.day in role.period}
        return {unit for unit in held if self.units[unit] == person.organisation}

    # 3 § A right to the case has the organisation that leads it, the one that handles the person in its own right,
    #     and the one that somebody may tell something today.
    def has_right(self, organisation: str, case: Case) -> bool:
        return self.is_their_own(organisation, case) or bool(self.told(organisation, case))

    def is_their_own(self, organisation: str, case: Case) -> bool:
        own_matter = any(p.organisation == organisation and p.own_matter and self.day in p.period for p in case.parties)
        return organisation == case.lead or own_matter

    # 4 § What an organisation is told: by whom, and of which category, under a consent in force today, unless it is
    #     withheld. What is withheld today is told neither under this consent nor under another.
    def told(self, organisation: str, case: Case) -> set[tuple[str, str]]:
        standing = [c for c in case.consents if c.is_in_force(self.day) and organisation in c.receivers]
        agreed = {(c.discloser, category) for c in standing for category in c.categories if c.discloser != organisation}
        return {
            (teller, category)
            for teller, category in agreed
            if not self.withholds(teller, organisation, category, case)
        }

    def withholds(self, owner: str, recipient: str, what: str, case: Case) -> bool:
        return any(
            (w.owner, w.recipient, w.what) == (owner, recipient, what) and self.day in w.period for w in case.withheld
        )

    # 5 § A row is read by the one who may open the case, if the row is the own organisation's or its owner may tell
    #     that category and does not withhold that row. A row without a category is nobody else's.
    def may_read(self, person: Person, case: Case, record: Record) -> bool:
        here = person.organisation
        told = (record.owner, record.category) in self.told(here, case)
        kept = self.withholds(record.owner, here, record.name, case)
        return self.may_open(person, case) and (record.owner == here or (told and not kept))

    # 6 § A row is changed by the one who may read it, while the case is open, if the row is the own organisation's or
    #     belongs to the cooperation. Whoever has let themselves in only reads.
    def may_write(self, person: Person, case: Case, record: Record) -> bool:
        ours_to_change = record.owner == person.organisation or record.joint
        changeable = case.is_open and ours_to_change and not self.in_emergency(person, case)
        return changeable and self.may_read(person, case, record)

    # 7 § The facts about the person are kept, and the case closed and opened again, by those who lead it.
    def may_lead(self, person: Person, case: Case) -> bool:
        works_there = person.organisation == case.lead and not self.in_emergency(person, case)
        return works_there and self.may_open(person, case)

    # 8 § Whose part in the case an organisation may know of: its own, and that of those who tell it something.
    def knows_of(self, organisation: str, other: str, case: Case) -> bool:
        return organisation == other or any(teller == other for teller, _ in self.told(organisation, case))

    # 9 § A consent is seen by the one who discloses, those who receive, and the lead.
    def may_see_consent(self, person: Person, case: Case, consent: Consent) -> bool:
        concerned = {consent.discloser, case.lead, *consent.receivers}
        return self.may_open(person, case) and person.organisation in concerned

    # 10 § In an emergency one may let oneself in to a case that is the own organisation's and that one may not open,
    #      until the hours are up, but never to that of somebody protected.
    def may_let_in(self, person: Person, case: Case) -> bool:
        theirs = self.is_their_own(person.organisation, case) and not case.is_protected
        return person.active and theirs and not self.may_open(person, case)

    def in_emergency(self, person: Person, case: Case) -> bool:
        return self.now < case.emergencies.get(person.name, self.now) and not case.is_protected
