from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import Municipality, Role
from projects.content import budget_table, kronor
from projects.models import (
    BudgetLine,
    ContextFigure,
    GroupMeeting,
    Membership,
    Project,
    SurveyResult,
    SurveyRound,
    Swot,
)
from samverkan.demo.flen import load_flen
from tests.casting import worker

SWOT = {
    "made_on": "2026-11-02",
    "strengths": "Vi möts",
    "weaknesses": "Tiden",
    "opportunities": "Fler parter",
    "threats": "Personalbyten",
    "gender_equality": "Fler män än kvinnor får praktik.",
}
FIGURE = {
    "municipality": "0482",
    "code": "paid_assistance",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
    "value": "12 300 000",
    "source": "Bokslutet",
}


@pytest.fixture
def project(cast):
    return load_flen(SimpleNamespace(flen=cast.case.municipality, ifo=cast.ifo, af=cast.af))


@pytest.fixture
def petra(client, cast):
    client.force_login(cast.petra)
    return client


def at(name, project):
    return reverse(f"projects:{name}", args=[project.pk])


def test_the_project_shows_its_groups_surveys_and_economy(petra, project):
    assert project.name in petra.get(reverse("projects:projects")).content.decode()
    page = petra.get(at("project", project)).content.decode()
    for written in ("adjungerad", "ej genomförd", "prioriterades inte", "Personal", "Lokal", "Övrigt", "Totalt"):
        assert written in page
    assert "Agda" not in page


def test_a_swot_is_saved_with_its_view_of_gender_equality(petra, project):
    assert petra.post(at("add_swot", project), SWOT).status_code == 302
    assert Swot.objects.get().gender_equality == SWOT["gender_equality"]
    assert "Fler män än kvinnor får praktik." in petra.get(at("project", project)).content.decode()


@pytest.mark.parametrize("field", SWOT)
def test_a_swot_without_one_of_its_parts_is_not_saved_and_the_rest_is_kept(petra, project, field):
    answer = petra.post(at("add_swot", project), SWOT | {field: "  "})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    kept = next(text for name, text in SWOT.items() if name not in (field, "made_on"))
    assert kept in answer.content.decode()
    assert Swot.objects.count() == 0


def test_a_context_figure_is_saved_once_for_its_period(petra, project):
    assert petra.post(at("add_context_figure", project), FIGURE).status_code == 302
    assert int(ContextFigure.objects.get().value) == 12_300_000
    answer = petra.post(at("add_context_figure", project), FIGURE)
    assert answer.context["form"].non_field_errors()
    assert ContextFigure.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", "mycket"),
        ("value", "-1"),
        ("period_end", "2024-12-31"),
        ("period_start", "i fjol"),
        ("municipality", "1083"),
        ("source", ""),
    ],
)
def test_a_wrong_context_figure_is_answered_at_its_field(petra, project, field, typed):
    answer = petra.post(at("add_context_figure", project), FIGURE | {field: typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert ContextFigure.objects.count() == 0


def test_the_steering_group_reads_and_does_not_write(client, cast, project):
    client.force_login(cast.sten)
    assert client.get(at("project", project)).status_code == 200
    for name in ("add_swot", "add_context_figure"):
        assert client.get(at(name, project)).status_code == 403
        assert client.post(at(name, project), SWOT).status_code == 403


@pytest.mark.parametrize("who", ["anna", "bo", "cilla", "ingrid", "karin", "lova", "adam"])
def test_others_are_refused(client, cast, project, who):
    client.force_login(getattr(cast, who))
    for url in (reverse("projects:projects"), at("project", project), at("add_swot", project)):
        assert client.get(url).status_code == 403


def test_a_project_of_another_municipality_is_not_there(client, cast, project):
    stranger = worker(cast.ifo, "Stina", Role.PROJECT_LEAD, municipality=Municipality.objects.get(code="1083"))
    client.force_login(stranger)
    assert project.name not in client.get(reverse("projects:projects")).content.decode()
    for name in ("project", "add_swot", "add_context_figure"):
        assert client.get(at(name, project)).status_code == 404
    assert client.post(at("add_swot", project), SWOT).status_code == 404


def test_the_pages_cost_the_same_however_much_there_is(petra, cast, project, costs):
    urls = [
        reverse("projects:projects"),
        at("project", project),
        reverse("reports:project_outcomes", args=[project.pk]),
    ]

    def add(number):
        Membership.objects.create(group=project.groups.first(), user=cast.bo, since=cast.day)
        GroupMeeting.objects.create(group=project.groups.first(), held_on=cast.day).items.create(text="Punkt")
        survey = SurveyRound.objects.create(project=project, audience="staff", number=10 + number, made_on=cast.day)
        survey.results.create(item="attityd", share=80, organisation=cast.af)
        Swot.objects.create(project=project, **SWOT)
        another = Project.objects.create(name="Ett till", owner=cast.ifo, starts_on=cast.day, ends_on=cast.day)
        another.municipalities.add("0482")

    add(0)
    few = [costs(lambda url=url: petra.get(url)) for url in urls]
    for number in range(1, 11):
        add(number)
    assert [costs(lambda url=url: petra.get(url)) for url in urls] == few


def test_the_budget_has_exactly_its_rows_and_missing_figures_are_not_zero():
    lines = [
        BudgetLine(row="staff", year=2007, budget=400_000, actual=380_000),
        BudgetLine(row="other", year=2007, budget=100_000),
        BudgetLine(row="staff", year=2008, budget=0),
    ]
    table = budget_table(lines)
    assert table.headings == ("Kronor", "Budget 2007", "Utfall 2007", "Budget 2008", "Utfall 2008")
    assert [row[0] for row in table.rows] == ["Personal", "Lokal", "Övrigt"]
    assert table.rows[1][1:] == ("ej insamlat",) * 4
    assert table.total == ("Totalt", kronor(500_000), kronor(380_000), "0", "ej insamlat")
    assert budget_table([]) is None


def test_what_two_people_answered_is_not_shown_as_a_share(petra, project, cast):
    survey = SurveyRound.objects.filter(project=project).first()
    for answers, share in ((2, 51), (12, 67)):
        SurveyResult.objects.create(survey_round=survey, item=f"Mått {answers}", answers=answers, share=share)
    page = petra.get(at("project", project)).content.decode()
    assert "67 % positiva" in page
    assert "51 % positiva" not in page
    assert "färre än 5 svar" in page
