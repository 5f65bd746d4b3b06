from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, ExitReason, Individual
from meetings.models import Meeting, Participant
from projects.models import ContextFigure, Project, ProjectCase, SurveyRound
from reports.statistics import count_month, first_day
from reports.statistics.cohort import cohort_outcomes, count_cohort_of, meetings_each
from reports.suppression import CellState
from samverkan.demo.flen import load_flen
from samverkan.demo.solvesborg import load_solvesborg

REPORTED = {
    ExitReason.WORK: 2,
    ExitReason.PES_PROGRAMME: 1,
    ExitReason.STUDIES: 1,
    ExitReason.SUPPORT_TO_COMPLETE_STUDIES: 1,
    ExitReason.SUPPORT_TO_START_STUDIES: 1,
    ExitReason.REFERRED_TO_PROJECT: 2,
    ExitReason.LONG_TERM_SUPPORT: 6,
}


@pytest.fixture
def place(cast):
    return SimpleNamespace(flen=cast.case.municipality, ifo=cast.ifo, af=cast.af, petra=cast.petra, sten=cast.sten)


@pytest.fixture
def flen(place):
    return load_flen(place)


def test_the_outcomes_of_flen_are_those_of_its_final_report_and_sum_to_fourteen(flen):
    counted = cohort_outcomes(flen)
    assert counted == REPORTED
    assert sum(counted.values()) == 14 == flen.cohort.count()
    outcomes = count_cohort_of(flen).outcomes
    assert outcomes.table.total[-1].value == 14
    assert outcomes.row("Långsiktigt stöd")[-1].value == 6


def test_nineteen_meetings_were_held_most_met_once_and_some_two_or_three_times(flen):
    each = meetings_each(flen)
    assert sum(times * people for times, people in each.items()) == 19
    assert set(each) == {1, 2, 3}
    assert each[1] > each[2] > each[3]
    assert count_cohort_of(flen).held == 19


def test_two_from_af_and_four_from_forsorjningsstod_took_part(flen, cast):
    staff = {each.short_name: (each.workers, each.meetings) for each in count_cohort_of(flen).staff}
    assert staff == {"AF": (2, 19), "IFO": (4, 19)}
    present = Participant.objects.filter(user__organisation=cast.ifo)
    occasions = sorted(present.filter(user=user).count() for user in {p.user for p in present})
    assert occasions[:2] == [1, 3]
    assert sum(occasions) == 19


def test_half_were_new_and_half_known_and_none_is_in_sus_for_a_reason(flen):
    cohort = count_cohort_of(flen)
    assert [cells[0].value for _label, cells in cohort.origins.table.rows] == [7, 7]
    assert cohort.registrations.row("Inte registrerad")[0].value == 14
    for member in flen.cohort.all():
        assert member.case.susregistrations.get().reason


def test_what_flen_did_not_collect_is_said_and_not_zero(flen):
    assert count_cohort_of(flen).planned is None
    skipped = SurveyRound.objects.filter(project=flen, carried_out=False)
    assert {survey.audience for survey in skipped} == {"staff", "clients"}
    assert all(survey.reason for survey in skipped)


def test_flen_does_not_disturb_the_figures_of_today(place, cast):
    month = first_day(cast.day)
    before = count_month(place.flen, month, cast.day)
    load_flen(place)
    assert count_month(place.flen, month, cast.day) == before
    assert Case.objects.open().count() == 1


def test_flen_uses_test_numbers_that_nobody_else_has(flen):
    people = Individual.objects.filter(cases__in=flen.cohort.values("case"))
    assert people.count() == 14
    assert all(p.sex == ("man" if p.identity.digits[10] in "13579" else "woman") for p in people)


def test_nobody_can_open_the_people_of_flen(client, flen, cast):
    for user in (cast.anna, cast.petra):
        client.force_login(user)
        assert client.get(reverse("desk:case", args=[flen.cohort.first().case_id])).status_code == 404


def test_the_page_of_results_shows_totals_and_hides_small_groups(client, flen, cast):
    client.force_login(cast.sten)
    page = client.get(reverse("reports:project_outcomes", args=[flen.pk])).content.decode()
    assert "ej insamlat" in page
    assert "ej genomförd" in page
    assert "färre än 5" in page
    for name in ("Agda", "Alvik", "2007-0001"):
        assert name not in page
    small = {str(n) for n in range(1, 5)}
    cohort = count_cohort_of(flen)
    for split in (cohort.outcomes, cohort.sexes, cohort.meetings_each, cohort.origins, cohort.registrations):
        assert not {cell.text for _label, cells in split.table.rows for cell in cells} & small


def test_a_case_that_is_open_or_never_met_is_counted_too(flen, cast):
    ProjectCase.objects.create(project=flen, case=cast.case, joined_on=cast.day)
    assert cohort_outcomes(flen)[None] == 1
    assert meetings_each(flen)[0] == 1
    assert count_cohort_of(flen).outcomes.table.total[-1].value == 15


def test_a_meeting_after_the_project_is_not_the_projects(flen):
    meeting = Meeting.objects.first()
    meeting.starts_at, meeting.ends_at = timezone.now(), timezone.now() + timedelta(hours=1)
    meeting.save()
    assert count_cohort_of(flen).held == 18


def test_without_a_registration_anywhere_sus_is_not_collected(cast):
    project = Project.objects.create(name="Nytt", owner=cast.ifo, starts_on=cast.day, ends_on=cast.day)
    ProjectCase.objects.create(project=project, case=cast.case, joined_on=cast.day)
    rows = count_cohort_of(project).registrations.table.rows
    assert {cells[0].state for _label, cells in rows} == {CellState.NOT_COLLECTED}


def test_the_assistance_of_solvesborg_is_drawn_year_by_year(client, place, cast):
    project = load_solvesborg(place)
    years = ContextFigure.objects.yearly_assistance(project.municipalities.get())
    assert [int(f.value) for f in years] == [7_400_000, 8_327_000, 10_308_000, 12_300_000]
    client.force_login(cast.sten)
    page = client.get(reverse("reports:project_outcomes", args=[project.pk])).content.decode()
    for written in ("2007", "7,4", "8,3", "10,3", "12,3", "Utbetalt ekonomiskt bistånd per år"):
        assert written in page


@pytest.mark.parametrize("who", ["anna", "bo", "cilla", "ingrid", "karin", "lova", "adam"])
def test_results_are_for_those_who_lead_or_steer(client, flen, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("reports:project_outcomes", args=[flen.pk])).status_code == 403


def test_that_one_person_was_never_met_cannot_be_subtracted_from_those_who_were(flen, cast):
    assert count_cohort_of(flen).met.value == 14
    ProjectCase.objects.create(project=flen, case=cast.case, joined_on=cast.day)
    cohort = count_cohort_of(flen)
    assert (cohort.size.value, cohort.met.state) == (15, CellState.HIDDEN)


def test_the_number_of_held_meetings_does_not_solve_how_many_were_met_twice_or_thrice(flen):
    """With those met once shown, the rest of 14 people share the rest of 19 meetings in one way only."""
    states = {cells[0].state for _label, cells in count_cohort_of(flen).meetings_each.table.rows}
    assert states == {CellState.HIDDEN}
