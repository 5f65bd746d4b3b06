"""The same case in many worlds: how the people are related to it, and what the person has answered. Each world is made
twice, as rows in the database and as the plain facts of tests/oracle.py, from one declaration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import Role, RoleAssignment, Unit
from cases.models import CaseParty, Category
from consent.gate import Gate
from consent.models import CaseGrant, CaseUnitGrant
from consent.services.consents import register_answer, withdraw
from tests import casting, oracle
from tests.oracle import ALWAYS, Assignment, Period

LEAD, PARTNER, THIRD, FOURTH = "ifo", "af", "ame", "fk"
PEOPLE = {
    person.name: person
    for person in (
        oracle.Person("anna", LEAD),
        oracle.Person("asta", LEAD, (oracle.Role("Enhet IFO"),)),
        oracle.Person("ulf", LEAD, (oracle.Role("Enhet 2"),)),
        oracle.Person("bo", PARTNER, (oracle.Role("Enhet AF"),)),
        oracle.Person("cilla", THIRD),
        oracle.Person("ingrid", LEAD),
        oracle.Person("karin", LEAD),
        oracle.Person("petra", LEAD),
        oracle.Person("sten", THIRD),
        oracle.Person("lova", LEAD),
        oracle.Person("adam", LEAD),
    )
}
UNITS = {"Enhet IFO": LEAD, "Enhet 2": LEAD, "Enhet AF": PARTNER, "Enhet AME": THIRD}
GIVEN_UNITS = ("Enhet IFO", "Enhet AF", "Enhet AME")
ORDINARY = frozenset(map(str, Category.ordinary()))
WITHHELD = (oracle.Withholding(LEAD, THIRD, "work"),)

NOW = timezone.localtime()
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO, MUCH_LATER = TODAY - timedelta(days=60), TODAY + timedelta(days=200)
THESE_DAYS = Period(LONG_AGO, MUCH_LATER)


@dataclass(frozen=True)
class Relation:
    """What everybody is to the case. `by_name`, `by_unit`: when, or None for never. `let_in_until`: by an emergency."""

    by_name: Period | None = None
    by_unit: Period | None = None
    own_matter: Period | None = None
    let_in_until: datetime | None = None


RELATIONS = {
    "none": Relation(),
    "assigned": Relation(by_name=ALWAYS),
    "unit": Relation(by_unit=ALWAYS),
    "own_matter": Relation(by_name=ALWAYS, own_matter=ALWAYS),
    "former": Relation(by_name=Period(None, YESTERDAY), own_matter=ALWAYS),
    "coming": Relation(by_name=Period(TOMORROW, None)),
    "party": Relation(own_matter=ALWAYS),
    "former_party": Relation(by_name=ALWAYS, own_matter=Period(None, YESTERDAY)),
    "emergency": Relation(own_matter=ALWAYS, let_in_until=NOW + timedelta(days=1)),
    "emergency_over": Relation(own_matter=ALWAYS, let_in_until=NOW - timedelta(minutes=1)),
}


@dataclass(frozen=True)
class Answer:
    """What the person answered to the lead's question, if it was asked at all."""

    answer: str
    receivers: tuple[str, ...] = (PARTNER, THIRD)
    categories: frozenset[str] = ORDINARY
    period: Period = THESE_DAYS
    is_withdrawn: bool = False


ANSWERS = {
    "none": None,
    "asked": Answer("asked"),
    "valid": Answer("given"),
    "other_organisation": Answer("given", receivers=(FOURTH,)),
    "other_category": Answer("given", categories=frozenset({"economy"})),
    "future": Answer("given", period=Period(TOMORROW, MUCH_LATER)),
    "expired": Answer("given", period=Period(LONG_AGO, YESTERDAY)),
    "withdrawn": Answer("given", is_withdrawn=True),
    "declined": Answer("declined"),
}


# --- as rows ------------------------------------------------------------------------------------------------------
def gather(cast):
    """Adds those whom the cast lacks and takes everybody off the case: Vera of the lead stays, so that somebody
    always works on it, as does an organisation that is told nothing, and the consent that the cast was given is taken back."""
    cast.fk = casting._organisation(cast.ifo.municipality, "social_insurance_agency", "Försäkringskassan", "FK")
    cast.vera, cast.asta, cast.ulf = (
        casting.worker(cast.ifo, name, Role.CASE_WORKER) for name in ("Vera", "Asta", "Ulf")
    )
    cast.ulf.unit = Unit.objects.create(organisation=cast.ifo, name="Enhet 2")
    cast.ulf.save()
    for user in (cast.asta, cast.ulf, cast.bo):
        RoleAssignment.objects.create(user=user, role=Role.UNIT_WORKER, unit=user.unit, since=LONG_AGO)
    cast.guest = casting._organisation(cast.ifo.municipality, "health_care", "Vårdcentralen", "VC")
    CaseParty.objects.create(case=cast.case, organisation=cast.guest, since=LONG_AGO)
    withdraw(Gate(cast.anna), consent=cast.consent, how="Ringde")
    CaseGrant.objects.filter(content_object=cast.case).delete()
    CaseGrant.objects.engage(cast.case, cast.vera, since=LONG_AGO, is_responsible=True)


def relate(cast, relation):
    rights = {right.codename: right for right in Permission.objects.filter(content_type__app_label="cases")}
    asked = {"content_object": cast.case, "permission": rights["view_case"]}
    users = [getattr(cast, name) for name in PEOPLE]
    if relation.by_name:
        CaseGrant.objects.bulk_create(CaseGrant(user=user, **asked, **dates(relation.by_name)) for user in users)
    if ends_at := relation.let_in_until:
        opened = asked | {"permission": rights["read_case_in_emergency"], "since": YESTERDAY, "ends_at": ends_at}
        CaseGrant.objects.bulk_create(CaseGrant(user=user, **opened, until=ends_at.date()) for user in users)
    if relation.by_unit:
        units = Unit.objects.filter(name__in=GIVEN_UNITS)
        CaseUnitGrant.objects.bulk_create(
            CaseUnitGrant(group=unit.group, **asked, **dates(relation.by_unit)) for unit in units
        )
    CaseParty.objects.filter(case=cast.case).exclude(organisation=cast.guest).delete()
    matter = relation.own_matter
    CaseParty.objects.bulk_create(
        CaseParty(case=cast.case, organisation=getattr(cast, name), own_matter=bool(matter), **dates(matter or ALWAYS))
        for name in (PARTNER, THIRD)
    )


def dates(period):
    return {"since": period.since or LONG_AGO, "until": period.until}


def ask(cast, answer):
    """The consent that the address names, or None."""
    if answer is None:
        return None
    gate = Gate(cast.vera)
    consent = register_answer(
        gate,
        case=cast.case,
        answer=answer.answer,
        receivers=[getattr(cast, name) for name in answer.receivers],
        categories=sorted(answer.categories),
        purpose="Samverka",
        valid_from=answer.period.since,
        valid_until=answer.period.until,
        informed=True,
    )
    if answer.is_withdrawn:
        withdraw(gate, consent=consent, how="Ringde")
    return consent


# --- as facts -----------------------------------------------------------------------------------------------------
def facts(relation, answer):
    named = [Assignment(name, relation.by_name) for name in PEOPLE if relation.by_name]
    units = [Assignment(unit, relation.by_unit) for unit in GIVEN_UNITS if relation.by_unit]
    matter = relation.own_matter
    parties = [oracle.Party(name, bool(matter), matter or ALWAYS) for name in (PARTNER, THIRD)]
    let_in = dict.fromkeys(PEOPLE, relation.let_in_until) if relation.let_in_until else {}
    return oracle.Case(LEAD, tuple(named), tuple(units), tuple(parties), consents(answer), WITHHELD, emergencies=let_in)


def consents(answer):
    """The consent taken back before everything began opens nothing, and is not the one that the address names."""
    if answer is None:
        return ()
    consent = oracle.Consent(
        LEAD,
        frozenset(answer.receivers),
        answer.categories,
        answer.period,
        is_yes=answer.answer == "given",
        ended_on=TODAY if answer.is_withdrawn else None,
    )
    return (consent,)
