"""An application comes in: the person, the case, its number, and the clocks that start."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from audit.models import Action
from cases.clocks import promised_clocks, write_clocks
from cases.models import (
    Application,
    Case,
    CaseSeries,
    Category,
    Household,
    Individual,
    PesRegistration,
    TargetGroup,
    TargetGroupMembership,
)

SEEN_BY_REGISTRAR_DAYS = 14
ONE_PERSON_CONSTRAINTS = {"one_open_case_per_individual", "individual_registered_once"}
ALREADY_OPEN = _("Personen har redan ett öppet ärende hos er. Det kan ha registrerats nyss. Sök på numret igen.")


@dataclass(frozen=True)
class Found:
    """What our own organisation knows of a number. `openable`: the open case, if the asker works on it."""

    person: Individual | None
    has_open_case: bool = False
    openable: Case | None = None


def look_up(gate, *, number):
    """Search before create. Somebody else's case is only said to exist, never by whom."""
    gate.require_register()
    person = gate.find_person(number)
    if person is None:
        return Found(None)
    with beyond("registration"):
        has_open_case = Case.objects.open().filter(individual=person).exists()
    return Found(
        person=person,
        has_open_case=has_open_case,
        openable=gate.cases().open().filter(individual=person).first(),
    )


def foresee_clocks(gate, *, received_on, pes_registered_on, municipality_id):
    """The clocks an application starts: the municipality's own rules in force that day before the common ones."""
    gate.require_register()
    return promised_clocks(received_on, pes_registered_on, municipality_id)


def register_application(gate, *, number, shared_case=None, **registration):
    """The whole registration or nothing; gives the case and its clocks, the nearest first.

    A second click, or a colleague who was faster, gives one clear sentence.
    """
    gate.require_register()
    if shared_case is not None and not gate.may_lead(shared_case):
        raise PermissionDenied("Bara organisationen som leder ärendet kan lägga till en medsökande.")
    try:
        with transaction.atomic():
            return _register(gate, number, shared_case, **registration)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name not in ONE_PERSON_CONSTRAINTS:
            raise
        raise ValidationError(ALREADY_OPEN, code="already_open") from error


@beyond("registration")
def _register(gate, number, shared_case, *, person, household, dates, place, case, groups, is_mine):
    application = shared_case.application if shared_case else _write_application(gate, household, dates)
    individual = _write_person(gate, number, application.household, person)
    clocks = foresee_clocks(gate, municipality_id=place["municipality_id"], **dates)
    opened = _open_case(gate, individual, application, clocks, place, case)
    _write_records(gate, opened, clocks, groups, dates["pes_registered_on"])
    until = None if is_mine else gate.day + timedelta(days=SEEN_BY_REGISTRAR_DAYS)
    gate.take_in(opened, until=until, reason="registrerade ansökan")
    gate.log(Action.REGISTERED, opened, ground="registrerade ansökan")
    return opened, clocks


def _write_application(gate, household, dates):
    return Application.objects.create(
        organisation=gate.organisation,
        household=Household.objects.create(**household),
        registered_by=gate.user,
        **dates,
    )


def _write_person(gate, number, household, facts):
    known = Individual.objects.select_for_update(of=("self",), no_key=True).filter(organisation=gate.organisation)
    individual = known.with_number(number).first() or Individual(organisation=gate.organisation)
    if individual._state.adding:
        individual.identity = number
    individual.household = household
    for name, value in facts.items():
        setattr(individual, name, value)
    individual.full_clean(exclude=["identity_kind"])
    individual.save()
    return individual


def _open_case(gate, individual, application, clocks, place, facts):
    municipality = _municipality(gate, place["municipality_id"])
    case = Case(
        number=CaseSeries.draw(municipality, application.received_on.year),
        individual=individual,
        application=application,
        organisation=gate.organisation,
        unit=gate.organisation.units.get(pk=place["unit_id"]),
        municipality=municipality,
        next_on=clocks[0].due_on if clocks else application.received_on,
        opened_on=application.received_on,
        **facts,
    )
    case.full_clean()
    case.save()
    return case


def _municipality(gate, code):
    return gate.organisation.serves.filter(pk=code).first() or gate.organisation.municipality


def _write_records(gate, case, clocks, groups, pes_registered_on):
    common = {"case": case, "owner": gate.organisation}
    write_clocks(case, clocks)
    TargetGroupMembership.objects.bulk_create(
        TargetGroupMembership(
            group=group,
            since=case.opened_on,
            shared_as=Category.HEALTH if group in TargetGroup.sensitive() else Category.APPLICATION,
            **common,
        )
        for group in sorted(groups)
    )
    if pes_registered_on:
        PesRegistration.objects.create(since=pes_registered_on, **common)
