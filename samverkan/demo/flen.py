"""The test period of trepartssamtal in Flen, March 2007 to January 2008 (S121–S134): figures from the final report,
invented people, numbers that belong to nobody."""

import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Unit, User
from cases.identity import parse
from cases.models import (
    Application,
    Case,
    CaseExit,
    CaseParty,
    CaseSeries,
    ExitReason,
    Household,
    Individual,
    SusRegistration,
)
from meetings.models import Meeting, Participant
from projects.models import BudgetLine, Group, Membership, Project, ProjectCase, ProjectPhase, SurveyResult, SurveyRound

STARTS, ENDS = date(2007, 3, 1), date(2008, 1, 31)
NUMBERS = Path(__file__).parent / "personnummer.txt"
NOT_IN_SUS = "Mycket lite av arbetet var individinriktat."

OUTCOMES = {
    ExitReason.WORK: 2,
    ExitReason.PES_PROGRAMME: 1,
    ExitReason.STUDIES: 1,
    ExitReason.SUPPORT_TO_COMPLETE_STUDIES: 1,
    ExitReason.SUPPORT_TO_START_STUDIES: 1,
    ExitReason.REFERRED_TO_PROJECT: 2,
    ExitReason.LONG_TERM_SUPPORT: 6,
}
MEETINGS_EACH = (1, 1, 2, 1, 1, 1, 3, 1, 1, 2, 1, 1, 2, 1)
PEOPLE = (
    *(("Agda", "Alvik"), ("Bengt", "Bäckmo"), ("Cecilia", "Dalvik"), ("Dan", "Enmark"), ("Elsa", "Fallås")),
    *(("Folke", "Grimsta"), ("Gun", "Hallmyr"), ("Hassan", "Idås"), ("Inga", "Jonsmo"), ("Jan", "Kallvik")),
    *(("Karin", "Lillås"), ("Lars", "Mossvik"), ("Mona", "Nymark"), ("Nils", "Orrmo")),
)
PES_WORKERS = (("Agneta", "Norrås"), ("Bertil", "Sundmo"))
ASSISTANCE_WORKERS = (("Christina", "Vikmark"), ("Disa", "Älvmo"), ("Eivor", "Åsmark"), ("Fredrik", "Ödvik"))
GUESTS = {4: 2, 8: 3, 12: 3, 16: 3}
STAFF_ROUNDS = {1: (date(2007, 6, 12), 100), 2: (date(2007, 8, 31), 100), 3: (date(2007, 11, 29), 100)}
DAY = timedelta(days=1)


def load_flen(place):
    """`place` has `.flen` (municipality), `.ifo` and `.af` (organisations), and may have `.rar`, the project's owner.

    Everything ended long ago: no clock runs, nobody is assigned, and today's figures are the same with it.
    """
    workers = _workers(place)
    project = _project(place, workers)
    people = [_case(place, project, workers, number, reason) for number, reason in enumerate(_reasons())]
    _meetings(people, workers)
    return project


def _reasons():
    return [reason for reason, count in OUTCOMES.items() for _person in range(count)]


def _workers(place):
    """Two at AF and four at försörjningsstöd; none of them can log in."""
    return {
        "af": [_worker(place.af, *name) for name in PES_WORKERS],
        "fs": [_worker(place.ifo, *name) for name in ASSISTANCE_WORKERS],
    }


def _worker(organisation, given_name, family_name):
    return User.objects.create(
        email=f"flen2007.{uuid.uuid5(uuid.NAMESPACE_URL, family_name).hex[:8]}@example.org",
        password=make_password(None),
        given_name=given_name,
        family_name=family_name,
        organisation=organisation,
        unit=Unit.objects.filter(organisation=organisation).first(),
        is_active=False,
    )


def _project(place, workers):
    project = Project.objects.create(
        name="Trepartssamtal i Flen, testperiod",
        owner=getattr(place, "rar", place.ifo),
        purpose="Pröva samtal där den enskilde, försörjningsstöd och Arbetsförmedlingen möts samtidigt kring en plan.",
        shared_goal="En gemensam plan som den enskilde äger, och ett och samma besked från alla.",
        starts_on=STARTS,
        ends_on=ENDS,
        lead_share=75,
    )
    project.municipalities.add(place.flen)
    project.partners.add(place.ifo, place.af)
    ProjectPhase.objects.create(project=project, name="Test av trepartssamtal", starts_on=STARTS, ends_on=ENDS)
    BudgetLine.objects.bulk_create(BudgetLine(project=project, row=row, year=2007) for row in BudgetLine.Row)
    _group(project, Group.Kind.LOCAL, [workers["fs"][0], workers["af"][0]], adjunct=None)
    _group(project, Group.Kind.CASEWORKER, [*workers["fs"][:2], workers["af"][0]], adjunct=workers["af"][1])
    _surveys(project)
    return project


def _group(project, kind, members, adjunct):
    group = Group.objects.create(project=project, kind=kind)
    for user in members:
        Membership.objects.create(group=group, user=user, since=STARTS, until=ENDS)
    if adjunct:
        terms = {"since": date(2007, 9, 1), "until": ENDS, "decided_by": "LSG"}
        Membership.objects.create(group=group, user=adjunct, kind=Membership.Kind.ADJUNCT, **terms)


def _surveys(project):
    for number, (day, positive) in STAFF_ROUNDS.items():
        staff = SurveyRound.objects.create(project=project, audience="staff", number=number, made_on=day)
        SurveyResult.objects.create(survey_round=staff, item="Positiv till samverkan", share=positive)
        SurveyResult.objects.create(survey_round=staff, item="Ser möjlighet till större nätverk", share=None)
    for audience, number, reason in (
        ("staff", 4, "Ingen enkät till personalen gjordes när projektet slutade."),
        ("clients", 1, "En enkät till deltagarna prioriterades inte."),
    ):
        SurveyRound.objects.create(
            project=project, audience=audience, number=number, made_on=ENDS, carried_out=False, reason=reason
        )


def _case(place, project, workers, number, reason):
    """Every other new to the parties, every other known before (S107)."""
    opened_on = STARTS + timedelta(days=10 * number)
    registrar = workers["fs"][number % 2]
    person = _person(place, number)
    application = Application.objects.create(
        organisation=place.ifo, household=person.household, received_on=opened_on, registered_by=registrar
    )
    case = Case.objects.create(
        number=CaseSeries.draw(place.flen, 2007),
        individual=person,
        application=application,
        organisation=place.ifo,
        unit=registrar.unit,
        municipality=place.flen,
        origin=Application.Origin.KNOWN if number % 2 else Application.Origin.NEW,
        next_on=ENDS,
        opened_on=opened_on,
        closed_on=ENDS,
    )
    CaseParty.objects.create(case=case, organisation=place.af, since=opened_on, until=ENDS)
    CaseExit.objects.create(case=case, owner=place.ifo, reason=reason, closed_on=ENDS, closed_by=registrar)
    SusRegistration.objects.create(case=case, owner=place.ifo, since=opened_on, reason=NOT_IN_SUS)
    ProjectCase.objects.create(project=project, case=case, joined_on=opened_on)
    return case


def _person(place, number):
    given_name, family_name = PEOPLE[number]
    person = Individual(
        organisation=place.ifo,
        given_name=given_name,
        family_name=family_name,
        sex="man" if number % 2 else "woman",
        household=Household.objects.create(),
    )
    person.identity = _unused_number(place.ifo, is_man=bool(number % 2))
    person.save()
    return person


def _unused_number(organisation, *, is_man):
    """The oldest of the published test numbers that nobody in the demo has; the ninth of ten digits tells the sex."""
    for line in NUMBERS.read_text().split():
        number = parse(line, today=timezone.localdate())
        taken = Individual.objects.with_number(number).filter(organisation=organisation)
        if int(line[10]) % 2 == is_man and not taken.exists():
            return number
    raise LookupError("Alla testnummer är använda.")


def _meetings(cases, workers):
    """19 held meetings: each with one of AF's two, and one of FS's two but for the guests' four occasions."""
    held = 0
    for case, count in zip(cases, MEETINGS_EACH, strict=True):
        for again in range(count):
            day = case.opened_on + timedelta(days=12 + 45 * again)
            colleague = workers["fs"][GUESTS.get(held, held % 2)]
            _meeting(case, _working_day(day), again, [workers["af"][held % 2], colleague])
            held += 1


def _working_day(day):
    while day.weekday() > 4:
        day += DAY
    return day


def _meeting(case, day, again, workers):
    starts_at = timezone.make_aware(datetime.combine(day, time(9 + 2 * again)))
    meeting = Meeting.objects.create(
        case=case,
        owner=case.organisation,
        kind=Meeting.Kind.FOLLOW_UP if again else Meeting.Kind.FIRST,
        status=Meeting.Status.CLOSED,
        outcome=Meeting.Outcome.HELD,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=75),
        calendar_uid=uuid.uuid5(uuid.NAMESPACE_URL, f"flen-{case.number}-{again}"),
        booked_by=workers[1],
        ended_on=day,
    )
    during = (meeting.starts_at, meeting.ends_at)
    Participant.objects.create(meeting=meeting, role=Participant.Role.INDIVIDUAL, during=during, attended=True)
    for worker in workers:
        Participant.objects.create(
            meeting=meeting,
            role=Participant.Role.CASE_WORKER,
            user=worker,
            organisation=worker.organisation,
            during=during,
            attended=True,
        )
