"""The program does what the law says (tests/oracle.py), however people, cases, consents and days change: the gate, the
rows it shows, the database asked without the gate, the page and the list answer the same as the oracle after every step."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import Role, RoleAssignment, Unit
from cases.models import Case, Individual, Note
from consent.content.withholding import Piece
from consent.context import acting_as
from consent.gate import Gate
from consent.models import CaseGrant, CaseScope, CaseUnitGrant
from consent.services.assignments import end_invitation, invite
from consent.services.consents import change, register_answer, withdraw
from consent.services.emergency import open_in_emergency
from consent.services.withholding import lift, withhold
from desk.content.counts import count
from tests import casting, oracle
from tests.conftest import DEEP
from tests.oracle import Assignment, Consent, Party, Period, Withholding

pytestmark = pytest.mark.django_db

ORGANISATIONS = ("ifo", "af", "ame")
NAMES = ("anna", "asta", "bo", "cilla")
# Few enough that they meet, and one of those that must be chosen one by one.
WORDS = ("plan", "note", "health")

someone = st.sampled_from(NAMES)
organisations = st.sampled_from(ORGANISATIONS)
receivers = st.sets(organisations, min_size=1)
words = st.sets(st.sampled_from(WORDS), min_size=1)
days = st.integers(0, 40)
answers = st.sampled_from(["given", "given", "given", "asked", "declined"])


class Life(RuleBasedStateMachine):
    """`people` and `case` are the oracle's facts; every rule does the same to them and to the rows."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.moved = self.clock.start()
        self.cast = casting.assemble()
        self.row = self.cast.case
        self.cast.asta = casting.worker(self.cast.ifo, "Asta", Role.CASE_WORKER)
        withdraw(Gate(self.cast.anna), consent=self.cast.consent, how="Ringde")
        CaseGrant.objects.filter(user=self.cast.bo).delete()
        self._write_notes()
        self.people = {name: oracle.Person(name, self._organisation_of(name)) for name in NAMES}
        self.units = {f"Enhet {name.upper()}": name for name in ORGANISATIONS}
        self.case = oracle.Case("ifo", named=(Assignment("anna"),), parties=(Party("af"),))
        self.given = []  # the rows of case.consents, in the same order
        self.kept = []  # and of case.withheld
        self.client = Client()

    def teardown(self):
        difference = CaseScope.objects.difference()
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        assert difference == []

    def _write_notes(self):
        """One of each organisation and category, and one that nobody else may see."""
        self.notes = {}
        for name in ORGANISATIONS:
            for word in (*WORDS, ""):
                owner = getattr(self.cast, name)
                note = Note.objects.create(
                    case=self.row, owner=owner, written_by=self.cast.anna, heading="Rad", text="x", shared_as=word
                )
                self.notes[note.pk] = oracle.Record(name, word or None, name=str(note.pk))

    def _organisation_of(self, name):
        return next(o for o in ORGANISATIONS if getattr(self.cast, o).pk == getattr(self.cast, name).organisation_id)

    @property
    def today(self):
        return timezone.localdate()

    @property
    def law(self):
        return oracle.Law(timezone.localtime(), self.units)

    def gate(self, name):
        user = type(self.cast.anna).objects.with_workplace().get(pk=getattr(self.cast, name).pk)
        return Gate(user)

    def readers(self):
        return [name for name, person in self.people.items() if self.law.may_open(person, self.case)]

    def allowed(self, organisation):
        """Those of it who can act in the case now."""
        there = {name for name, person in self.people.items() if person.organisation == organisation}
        return [n for n in self.readers() if n in there and not self.law.in_emergency(self.people[n], self.case)]

    def rows(self, names):
        return [getattr(self.cast, name) for name in sorted(names)]

    def know(self, **changed):
        self.case = replace(self.case, **changed)

    # --- the person's answers -----------------------------------------------------------------------------------
    @rule(discloser=organisations, to=receivers, about=words, begins=days, lasts=days, answer=answers)
    def answer(self, discloser, to, about, begins, lasts, answer):
        to = to - {discloser}
        if not to or not self.allowed(discloser) or not self.case.is_open:
            return
        period = Period(self.today + timedelta(begins % 4 and begins), self.today + timedelta(begins + lasts))
        row = register_answer(
            self.gate(self.allowed(discloser)[0]),
            case=self.row,
            answer=answer,
            receivers=self.rows(to),
            categories=sorted(about),
            purpose="Samverka",
            valid_from=period.since,
            valid_until=period.until,
            informed=True,
        )
        self.given.append(row)
        consent = Consent(discloser, frozenset(to), frozenset(about), period, is_yes=answer == "given")
        self.know(consents=(*self.case.consents, consent))
        if answer == "given":
            self._make_parties(to)

    def _make_parties(self, to):
        """A yes makes the receivers parties; a matter of their own it does not give them."""
        held = {p.organisation for p in self.case.parties if self.today in p.period}
        others = tuple(p for p in self.case.parties if p.organisation in held)
        self.know(parties=others + tuple(Party(o) for o in sorted(to - held - {self.case.lead})))

    def _standing(self, number):
        """One of the consents that hold today, by place."""
        places = [n for n, consent in enumerate(self.case.consents) if consent.is_in_force(self.today)]
        return places[number % len(places)] if places else None

    def _end(self, place):
        consents = list(self.case.consents)
        consents[place] = replace(consents[place], ended_on=self.today)
        self.know(consents=tuple(consents))

    @rule(number=days)
    def take_back(self, number):
        place = self._standing(number)
        if place is None or not self.readers():
            return
        withdraw(self.gate(self.readers()[number % len(self.readers())]), consent=self.given[place], how="Ringde")
        self._end(place)

    @rule(number=days, to=receivers, about=words, lasts=days)
    def narrow_or_extend(self, number, to, about, lasts):
        place = self._standing(number)
        if place is None:
            return
        held = self.case.consents[place]
        to, until = to - {held.discloser}, self.today + timedelta(lasts)
        by = self.allowed(held.discloser)
        if not to or not by or not self.case.is_open:
            return
        row = change(
            self.gate(by[0]),
            consent=self.given[place],
            receivers=self.rows(to),
            categories=sorted(about),
            valid_until=until,
            how="Ringde",
        )
        self._end(place)
        self.given.append(row)
        changed = Consent(held.discloser, frozenset(to), frozenset(about), Period(self.today, until))
        self.know(consents=(*self.case.consents, changed))
        self._make_parties(to)

    # --- what is withheld -----------------------------------------------------------------------------------------
    @rule(
        owner=organisations,
        recipient=organisations,
        word=st.sampled_from(WORDS),
        one_row=st.booleans(),
        begins=days,
        lasts=days,
    )
    def withhold(self, owner, recipient, word, one_row, begins, lasts):
        period = Period(self.today + timedelta(begins % 4), self.today + timedelta(begins % 4 + lasts))
        pk = next(pk for pk, note in self.notes.items() if (note.owner, note.category) == (owner, word))
        what = str(pk) if one_row else word
        held = [w for w in self.case.withheld if not self._is_over(w)]
        if (
            owner == recipient
            or not self.allowed(owner)
            or (owner, recipient, what) in {(w.owner, w.recipient, w.what) for w in held}
        ):
            return
        (row,) = withhold(
            self.gate(self.allowed(owner)[0]),
            case=self.row,
            recipients=self.rows([recipient]),
            pieces=[Piece(word, "", "note", pk) if one_row else Piece(word, "")],
            reason="Personen bad om det",
            since=period.since,
            until=period.until,
        )
        self.kept.append(row)
        self.know(withheld=(*self.case.withheld, Withholding(owner, recipient, what, period)))

    @rule(number=days)
    def lift(self, number):
        places = [n for n, w in enumerate(self.case.withheld) if not self._is_over(w) and self.allowed(w.owner)]
        if not places:
            return
        place = places[number % len(places)]
        withheld = list(self.case.withheld)
        lift(self.gate(self.allowed(withheld[place].owner)[0]), withholding=self.kept[place], reason="Behövs inte")
        withheld[place] = self._ended(withheld[place])
        self.know(withheld=tuple(withheld))

    # --- time -----------------------------------------------------------------------------------------------------
    @rule(number=st.sampled_from([1, 1, 2, 7, 30]))
    def time_passes(self, number):
        self.moved.shift(timedelta(days=number))

    @rule(minutes=st.sampled_from([1, 119, 120]))
    def hours_pass(self, minutes):
        self.moved.shift(timedelta(minutes=minutes))

    # --- who works on the case ------------------------------------------------------------------------------------
    @rule(name=someone, begins=st.integers(0, 5), lasts=st.none() | st.integers(0, 20))
    def assign(self, name, begins, lasts):
        since = self.today + timedelta(begins)
        period = Period(since, None if lasts is None else since + timedelta(lasts))
        CaseGrant.objects.engage(self.row, getattr(self.cast, name), since=period.since, until=period.until)
        self.know(named=(*(a for a in self.case.named if a.holder != name), Assignment(name, period)))
        self._no_emergency_of({name})

    @rule(name=someone)
    def end_assignment(self, name):
        CaseGrant.objects.filter(user=getattr(self.cast, name)).end(on=self.today)
        self.know(named=tuple(self._ended(a) if a.holder == name else a for a in self.case.named))
        self._no_emergency_of({name})

    def _no_emergency_of(self, names):
        """What somebody let themselves in to ends with every other decision about their part."""
        self.know(emergencies={n: ends_at for n, ends_at in self.case.emergencies.items() if n not in names})

    @rule(name=someone)
    def let_oneself_in(self, name):
        """Whether the law lets them or not."""
        gate = self.gate(name)
        lawful = self.law.may_let_in(self.people[name], self.case)
        with nullcontext() if lawful else pytest.raises(ValidationError):
            opened = open_in_emergency(gate, number=self.row.number, ground="danger", reason="Har ingen bostad i natt")
            self.know(emergencies=self.case.emergencies | {name: opened.ends_at})

    def _ended(self, held):
        yesterday = self.today - timedelta(1)
        return replace(held, period=Period(held.period.since, yesterday))

    @rule(giver=someone, receiver=someone, begins=st.integers(0, 5))
    def hand_over(self, giver, receiver, begins):
        """The giver's days from then on are the receiver's, beside those the receiver has already."""
        same = self.people[giver].organisation == self.people[receiver].organisation
        moved = [a for a in self.case.named if a.holder == giver and not self._is_over(a)]
        if giver == receiver or not same or len(moved) != 1:
            return
        since = self.today + timedelta(begins)
        rows = CaseGrant.objects.filter(user=getattr(self.cast, giver))
        if moved[0].period.until is not None and moved[0].period.until < since:
            return
        rows.hand_over(getattr(self.cast, receiver), day=since, today=self.today, reason="byte")
        left = moved[0].period
        got = Period(max(since, left.since or since), left.until)
        kept = [a for a in self.case.named if a.holder != giver]
        before = replace(moved[0], period=Period(left.since, since - timedelta(1)))
        self.know(named=(*kept, before, Assignment(receiver, got)))
        self._no_emergency_of({receiver})

    def _is_over(self, assignment):
        return assignment.period.until is not None and assignment.period.until < self.today

    @rule(
        organisation=organisations, begins=st.integers(0, 3), lasts=st.none() | st.integers(0, 20), ends=st.booleans()
    )
    def give_to_the_unit(self, organisation, begins, lasts, ends):
        unit = Unit.objects.get(name=f"Enhet {organisation.upper()}")
        others = tuple(a for a in self.case.units if a.holder != unit.name)
        if ends:
            CaseUnitGrant.objects.filter(group=unit.group).end(on=self.today)
            self.know(units=others + tuple(self._ended(a) for a in self.case.units if a.holder == unit.name))
        else:
            since = self.today + timedelta(begins)
            period = Period(since, None if lasts is None else since + timedelta(lasts))
            CaseUnitGrant.objects.engage(self.row, unit.group, since=period.since, until=period.until)
            self.know(units=(*others, Assignment(unit.name, period)))

    # --- people ---------------------------------------------------------------------------------------------------
    @rule(name=someone, organisation=organisations, lasts=days)
    def share_the_work_of_a_unit(self, name, organisation, lasts):
        period = Period(self.today, self.today + timedelta(lasts))
        unit = Unit.objects.get(name=f"Enhet {organisation.upper()}")
        RoleAssignment.objects.create(
            user=getattr(self.cast, name), role=Role.UNIT_WORKER, unit=unit, since=period.since, until=period.until
        )
        roles = (*self.people[name].roles, oracle.Role(unit.name, period))
        self.people[name] = replace(self.people[name], roles=roles)

    @rule(name=someone, organisation=organisations)
    def move(self, name, organisation):
        home = getattr(self.cast, organisation)
        user = getattr(self.cast, name)
        type(user).objects.filter(pk=user.pk).update(organisation=home, unit=home.units.get())
        self.people[name] = replace(self.people[name], organisation=organisation)

    @rule(name=someone)
    def leave_or_come_back(self, name):
        person = self.people[name]
        self.people[name] = replace(person, active=not person.active)
        type(self.cast.anna).objects.filter(pk=getattr(self.cast, name).pk).update(is_active=not person.active)

    # --- the case -------------------------------------------------------------------------------------------------
    @rule(organisation=organisations, own_matter=st.booleans(), ends=st.booleans())
    def take_part(self, organisation, own_matter, ends):
        """Through the lead: invited with or without a matter of its own, or the invitation is ended."""
        guest = next((n for n, p in self.people.items() if p.organisation == organisation and p.active), None)
        by = self.allowed(self.case.lead)
        if organisation == self.case.lead or guest is None or not by or not self.case.is_open:
            return
        held = next((p for p in self.case.parties if p.organisation == organisation), None)
        others = tuple(p for p in self.case.parties if p.organisation != organisation)
        if ends:
            if held is None or self.today not in held.period:
                return
            end_invitation(self.gate(by[0]), case=self.row, organisation_id=getattr(self.cast, organisation).pk)
            theirs = {n for n, p in self.people.items() if p.organisation == organisation}
            named = [self._ended(a) if a.holder in theirs else a for a in self.case.named]
            self.know(parties=others, named=tuple(named))
            self._no_emergency_of(theirs)
            return
        if any(a.holder == guest and not self._is_over(a) for a in self.case.named):
            return
        asked = {"since": self.today, "until": None, "reason": "", "own_matter": own_matter}
        invite(self.gate(by[0]), case=self.row, worker=getattr(self.cast, guest).pk, **asked)
        still = held is not None and self.today in held.period and held.own_matter
        self.know(
            parties=(*others, Party(organisation, own_matter or still)),
            named=(*(a for a in self.case.named if a.holder != guest), Assignment(guest, Period(self.today))),
        )
        self._no_emergency_of({guest})

    @rule(organisation=organisations)
    def transfer(self, organisation):
        home = getattr(self.cast, organisation)
        Case.objects.filter(pk=self.row.pk).update(organisation=home, unit=home.units.get())
        self.row.refresh_from_db()
        self.know(lead=organisation)

    @rule()
    def protect_or_not(self):
        level = Individual.Protection.NONE if self.case.is_protected else Individual.Protection.SECRECY_FLAG
        Individual.objects.filter(pk=self.row.individual_id).update(protection=level)
        self.know(is_protected=not self.case.is_protected, emergencies={})

    @rule()
    def close_or_open_again(self):
        Case.objects.filter(pk=self.row.pk).update(closed_on=self.today if self.case.is_open else None)
        self.row.refresh_from_db()
        self.know(is_open=not self.case.is_open)

    # --- the same answer everywhere -------------------------------------------------------------------------------
    @invariant()
    def the_program_does_what_the_law_says(self):
        for name, person in self.people.items():
            at_work = replace(person, active=True)
            opens = self.law.may_open(at_work, self.case)
            gate = self.gate(name)
            assert gate.cases().filter(pk=self.row.pk).exists() is opens, name
            assert (count(gate).cases == 1) is (opens and self.case.is_open), name
            lawful = self._lawful(at_work)
            assert set(gate.across(Note).values_list("pk", flat=True)) == set(lawful), name
            with acting_as(gate):
                assert Case.objects.filter(pk=self.row.pk).exists() is opens, name
                assert set(Note.objects.filter(case=self.row).values_list("pk", flat=True)) == set(lawful), name
            if opens:
                assert gate.may_lead(self.row, open_only=False) is self.law.may_lead(at_work, self.case), name
                seen = gate.visible(Note, gate.open(self.row.pk))
                assert dict(seen.values_list("pk", "writable")) == lawful, name
        self._ask_the_pages()

    def _lawful(self, person):
        """{number of the note: may it be changed} of those that may be read."""
        readable = {pk: note for pk, note in self.notes.items() if self.law.may_read(person, self.case, note)}
        return {pk: self.law.may_write(person, self.case, note) for pk, note in readable.items()}

    def _ask_the_pages(self):
        """Everybody in turn; all of them in the deep run."""
        self.turn = getattr(self, "turn", -1) + 1
        for name in NAMES if DEEP else (NAMES[self.turn % len(NAMES)],):
            may_open = self.law.may_open(self.people[name], self.case)
            self.client.force_login(getattr(self.cast, name))
            page = self.client.get(reverse("desk:case", args=[self.row.pk]))
            otherwise = 404 if self.people[name].active else 302
            assert page.status_code == (200 if may_open else otherwise), name
            listed = self.row.number in self.client.get(reverse("desk:cases")).content.decode()
            assert listed is (may_open and self.case.is_open), name


@pytest.fixture(autouse=True)
def emergencies(settings):
    settings.EMERGENCY_ACCESS, settings.EMERGENCIES_A_MONTH = True, 1000


def live(machine, examples, steps):
    """The same lives in every ordinary run; new ones in each deep run."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not DEEP,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_the_program_does_what_the_law_says(reference):
    live(Life, *((40, 30) if DEEP else (8, 12)))


class LifeWithoutEndings(Life):
    """The control: a program that does not hear a withdrawal."""

    def _end(self, place):
        pass


def test_the_control_a_law_that_hears_no_withdrawal_is_found_to_differ(reference):
    life = LifeWithoutEndings()
    life.assign("bo", begins=0, lasts=None)
    life.answer("ifo", {"af"}, {"note"}, begins=0, lasts=30, answer="given")
    life.the_program_does_what_the_law_says()
    life.take_back(0)
    with pytest.raises(AssertionError, match="bo"):
        life.the_program_does_what_the_law_says()
    life.teardown()
