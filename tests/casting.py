"""The people all tests share. Names are invented; identity numbers come from Skatteverket's published test series."""

import pickle
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

import actionplans.services as plans
from accounts.models import ConductPromise, Municipality, Organisation, Role, RoleAssignment, Unit, User
from cases.identity import IdentityKind, parse
from cases.models import (
    Application,
    Case,
    CaseParty,
    CaseSeries,
    Category,
    Deadline,
    DeadlineRule,
    Household,
    Individual,
)
from cases.rules import due_on
from consent.gate import Gate
from consent.models import CaseGrant, Consent, ConsentStep, Disclosure

PASSWORD = "ett-långt-lösenord"
NUMBERS = ["199501062385", "198412132394", "197712099311", "200112262399", "196411182394"]
_emails = count(1)
_standing = {}


@dataclass
class Cast:
    """`case` is Anna's, led by IFO; Bo (AF) is assigned and told the ordinary categories; Cilla (AME) is nobody."""

    ifo: Organisation
    af: Organisation
    ame: Organisation
    anna: User
    bo: User
    cilla: User
    ingrid: User
    karin: User
    petra: User
    sten: User
    lova: User
    adam: User
    case: Case
    consent: Consent

    @property
    def day(self):
        return timezone.localdate()

    def gate(self, user):
        return Gate(user)


def take_the_stage():
    """Written once for all tests of a database that roll back."""
    with transaction.atomic():
        _standing.update(day=timezone.localdate(), cast=pickle.dumps(_write()))


def assemble():
    """The people as they stand in the database, new objects each time. On another day they are written for that day,
    and those who stand there make way."""
    if _standing["day"] == timezone.localdate():
        return pickle.loads(_standing["cast"])
    Organisation.objects.update(name=Concat("name", Value(" förr")))
    return _write()


def _write():
    flen = Municipality.objects.get(code="0482")
    ifo, af, ame = (_organisation(flen, *words) for words in ORGANISATIONS)
    people = {
        "anna": _worker(ifo, "Anna", "Ask", Role.CASE_WORKER),
        "bo": _worker(af, "Bo", "Berg", Role.CASE_WORKER),
        "cilla": _worker(ame, "Cilla", "Ceder", Role.CASE_WORKER),
        "ingrid": _worker(ifo, "Ingrid", "Is", Role.INTAKE),
        "karin": _worker(ifo, "Karin", "Kvist", Role.UNIT_MANAGER),
        "petra": _worker(ifo, "Petra", "Pil", Role.PROJECT_LEAD, municipality=flen),
        "sten": _worker(ame, "Sten", "Sten", Role.STEERING_MEMBER, municipality=flen),
        "lova": _worker(ifo, "Lova", "Lind", Role.LOG_REVIEWER),
        "adam": _worker(ifo, "Adam", "Al", Role.ADMINISTRATOR),
    }
    case = open_case(people["anna"])
    CaseParty.objects.create(case=case, organisation=af, since=case.opened_on)
    CaseGrant.objects.engage(case, people["bo"], since=case.opened_on, is_responsible=True)
    consent = give_consent(case, people["anna"], [af])
    ConductPromise.objects.given_by(people.values())
    return Cast(ifo=ifo, af=af, ame=ame, case=case, consent=consent, **people)


ORGANISATIONS = [
    (Organisation.Kind.SOCIAL_SERVICES, "Socialförvaltningen, försörjningsstöd", "IFO"),
    (Organisation.Kind.EMPLOYMENT_SERVICE, "Arbetsförmedlingen", "AF"),
    (Organisation.Kind.LABOUR_MARKET_UNIT, "Arbetsmarknadsenheten", "AME"),
]


def _organisation(municipality, kind, name, short_name):
    organisation = Organisation.objects.create(
        kind=kind, name=name, short_name=short_name, municipality=municipality, phone="0157-00 00 00"
    )
    organisation.serves.add(municipality)
    Unit.objects.create(organisation=organisation, name=f"Enhet {short_name}")
    return organisation


def _worker(organisation, given_name, family_name, *roles, municipality=None):
    user = User.objects.create_user(
        f"{given_name.lower()}.{next(_emails)}@example.org",
        PASSWORD,
        given_name=given_name,
        family_name=family_name,
        organisation=organisation,
        unit=organisation.units.get(),
    )
    for role in roles:
        RoleAssignment.objects.create(
            user=user, role=role, municipality=municipality, since=timezone.localdate() - timedelta(days=400)
        )
    return user


def worker(organisation, given_name, *roles, **kwargs):
    """One more colleague."""
    user = _worker(organisation, given_name, "Extra", *roles, **kwargs)
    ConductPromise.objects.given_by([user])
    return user


def individual(organisation, given_name="Amina", family_name="Hassan", number=NUMBERS[0], **fields):
    person = Individual(
        organisation=organisation, given_name=given_name, family_name=family_name, sex="woman", **fields
    )
    person.identity = parse(number, today=timezone.localdate(), kind=_kind(number))
    person.household = Household.objects.create(kind=Household.Kind.SINGLE_WITH_CHILDREN, children=2)
    person.save()
    return person


def _kind(number):
    return IdentityKind.LOCAL_TEMPORARY if number.startswith("T") else None


def open_case(user, person=None, received_days_ago=3, responsible=True):
    """A case led by the user's organisation, with its first-meeting clock running."""
    received = timezone.localdate() - timedelta(days=received_days_ago)
    person = person or individual(user.organisation)
    application = Application.objects.create(
        organisation=user.organisation, household=person.household, received_on=received, registered_by=user
    )
    rule = DeadlineRule.objects.get(code=DeadlineRule.Code.FIRST_MEETING, municipality=None)
    due = due_on(received, days=rule.days)
    municipality = user.organisation.municipality
    case = Case.objects.create(
        number=CaseSeries.draw(municipality, received.year),
        individual=person,
        application=application,
        organisation=user.organisation,
        unit=user.unit,
        municipality=municipality,
        priority=1,
        priority_computed=1,
        next_on=due,
        opened_on=received,
    )
    Deadline.objects.create(case=case, owner=user.organisation, rule=rule, starts_on=received, due_on=due)
    if responsible:
        CaseGrant.objects.engage(case, user, since=received, is_responsible=True)
    return case


def many_cases(user, number, start=0):
    """So many more cases for the user, each with a person of its own."""
    return [
        open_case(user, individual(user.organisation, "Test", f"Person{i}", f"T{start + i:07d}")) for i in range(number)
    ]


def give_consent(case, user, receivers, categories=None, days=365):
    """The person lets the user's organisation tell the receivers these categories from today."""
    today = timezone.localdate()
    categories = categories or Category.ordinary()
    consent = Consent.objects.create(
        case=case,
        discloser=user.organisation,
        categories=[str(c) for c in categories],
        purpose="Samverka kring vägen till egen försörjning",
        answer=Consent.Answer.GIVEN,
        valid_from=today,
        valid_until=today + timedelta(days=days - 1),
        registered_by=user,
        informed=True,
    )
    consent.receivers.set(receivers)
    ConsentStep.objects.create(consent=consent, what=ConsentStep.What.GIVEN, by=user)
    Disclosure.objects.let_tell(consent, receivers)
    return consent


def add_milestone(gate, plan, text="SFI kurs D", who=None, **words):
    words = {"due_on": gate.day + timedelta(days=30), "follow_up_how": "i nästa möte", **words}
    return plans.add_milestone(gate, plan=plan, text=text, responsible_user=who, **words)
