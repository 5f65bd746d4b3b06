"""An application comes in: the number first, then the rest, all or nothing."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import (
    Application,
    Case,
    CaseExit,
    Category,
    Deadline,
    DeadlineRule,
    Household,
    Individual,
    PesRegistration,
    TargetGroup,
)
from consent.gate import Gate
from consent.models import CaseGrant, CaseUnitGrant
from tests import casting

NUMBER_PAGE, DETAILS_PAGE = reverse("cases:register"), reverse("cases:register_details")
CASES = json.loads((Path(__file__).resolve().parents[1] / "data/identity-number-cases.json").read_text())
FREE = "198412132394"


def details(cast, **changed):
    facts = {
        "given_name": "Farah",
        "family_name": "Ibrahim",
        "sex": "woman",
        "protection": "none",
        "received_on": str(cast.day - timedelta(days=2)),
        "municipality": "0482",
        "unit": str(cast.ifo.units.get().pk),
        "origin": "new",
        "household_kind": "single_with_children",
        "children": "2",
        "child_ages": ["0-5"],
        "language": "arabiska",
        "interpreter_language": "arabiska",
        "support_needs": ["step_free"],
        "channel": "sms",
        "phone": "070-174 06 05",
        "seeks_work": "on",
        "on_assistance": "on",
        "unemployed_since": str(cast.day - timedelta(days=300)),
        "groups": ["foreign_born"],
    }
    return {name: value for name, value in (facts | changed).items() if value is not None}


@pytest.fixture
def ingrid(client, cast):
    client.force_login(cast.ingrid)
    return client


def begin(client, number=FREE, kind="national"):
    return client.post(NUMBER_PAGE, {"number": number, "kind": kind})


def counts():
    models = (Individual, Household, Application, Case, Deadline, CaseGrant, CaseUnitGrant)
    return [model.objects.count() for model in models]


def test_a_whole_application_becomes_a_case_with_its_clock(ingrid, cast):
    assert begin(ingrid).url == DETAILS_PAGE
    answer = ingrid.post(DETAILS_PAGE, details(cast), follow=True)
    case = Case.objects.get(individual__given_name="Farah")
    assert answer.redirect_chain == [(reverse("desk:case", args=[case.pk]), 302)]
    assert f"Ärende {case.number} är registrerat. Klockan startade" in answer.text
    assert (case.individual.identity.digits, case.individual.phone) == (FREE, "+46701740605")
    assert (case.individual.sex, case.individual.support_needs) == ("woman", ["step_free"])
    assert (case.individual.household.children, case.application.household) == (2, case.individual.household)
    assert (case.organisation, case.unit.name, case.municipality.name) == (cast.ifo, "Enhet IFO", "Flen")
    assert (case.priority, case.priority_computed, case.priority_reason) == (1, 1, "")
    clock = case.deadlines.get()
    assert clock.starts_on == case.application.received_on == cast.day - timedelta(days=2)
    assert clock.due_on == case.next_on == cast.day + timedelta(days=12)
    assert clock.owner == cast.ifo


def test_the_groups_that_follow_from_the_facts_are_added_and_the_sensitive_one_is_kept_apart(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast))
    case = Case.objects.get(individual__given_name="Farah")
    assert dict(case.targetgroupmemberships.values_list("group", "shared_as")) == {
        TargetGroup.FOREIGN_BORN: Category.HEALTH,
        TargetGroup.UNEMPLOYED_WITH_ASSISTANCE: Category.APPLICATION,
        TargetGroup.LONG_TERM_UNEMPLOYED: Category.APPLICATION,
        TargetGroup.FAMILY_WITH_CHILDREN: Category.APPLICATION,
    }


def test_the_registrar_sees_the_case_for_fourteen_days_and_the_unit_has_it(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast))
    case = Case.objects.get(individual__given_name="Farah")
    mine = case.grants.get()
    assert (mine.user, mine.until, mine.is_responsible) == (cast.ingrid, cast.day + timedelta(days=14), False)
    assert case.unit_grants.get().group == case.unit.group
    assert Gate(cast.ingrid, cast.day + timedelta(days=14)).cases().filter(pk=case.pk).exists()
    assert not Gate(cast.ingrid, cast.day + timedelta(days=15)).cases().filter(pk=case.pk).exists()
    assert case.pk in {row["pk"] for row in Gate(cast.karin).unassigned()}


def test_a_caseworker_who_keeps_the_case_is_responsible_until_further_notice(client, cast):
    client.force_login(cast.anna)
    begin(client)
    client.post(DETAILS_PAGE, details(cast, is_mine="on"))
    mine = Case.objects.get(individual__given_name="Farah").grants.get()
    assert (mine.user, mine.until, mine.is_responsible) == (cast.anna, None, True)


def test_registering_leaves_its_trace(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast))
    case = Case.objects.get(individual__given_name="Farah")
    entry = Entry.objects.get(action=Action.REGISTERED)
    assert (entry.actor_id, entry.case_id, entry.case_number) == (cast.ingrid.pk, case.pk, case.number)
    assert Entry.objects.filter(action=Action.SEARCHED, actor_id=cast.ingrid.pk).exists()
    assert not [e for e in Entry.objects.values_list() if FREE in str(e)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["separated_long"])
@pytest.mark.parametrize("form", ["long_format", "separated_format", "separated_long", "short_format"])
def test_every_published_way_of_writing_a_number_is_taken_or_refused_in_words(ingrid, case, form):
    answer = begin(ingrid, case[form])
    if case["valid"]:
        assert answer.url == DETAILS_PAGE
    else:
        assert answer.status_code == 200
        assert "field-error" in answer.text
        assert case[form] in answer.text
        assert "new_case_number" not in ingrid.session


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Skriv personnumret, till exempel 19920311-2391."),
        ("19920311 2391", "Ta bort mellanrummet inne i numret."),
        ("19880209T050", "Har personen ett nummer med bokstäver, välj tillfälligt nummer."),
        ("1992-03-11-2391", "Bindestrecket eller plustecknet ska stå före de fyra sista siffrorna."),
        ("19920311-239", "Numret ska ha 10 eller 12 siffror. Du skrev 11."),
        ("19920230-2391", "Datumet 1992-02-30 finns inte."),
        ("20990101-2391", "ligger i framtiden"),
        ("18900101-9802", "ålder över 120 år"),
        ("19920311-0001", "De tre siffrorna efter datumet kan inte vara 000."),
        ("19920311-2392", "Den sista siffran stämmer inte med de andra."),
    ],
)
def test_a_malformed_number_is_told_in_its_own_words_and_stays_in_the_field(ingrid, number, sentence):
    answer = begin(ingrid, number)
    assert sentence in answer.text
    assert "Det finns ett problem" in answer.text
    assert f'value="{number}"' in answer.text or not number


def test_a_temporary_number_is_taken_only_when_it_is_chosen(ingrid, cast):
    assert "tillfälligt nummer" in begin(ingrid, "T-4711").text
    assert begin(ingrid, "T-4711", kind="local_temporary").url == DETAILS_PAGE
    ingrid.post(DETAILS_PAGE, details(cast))
    assert Individual.objects.get(given_name="Farah").identity.digits == "T-4711"


def test_the_number_is_in_no_address_and_in_the_session_only_under_seal(ingrid):
    assert FREE not in begin(ingrid).url
    assert FREE not in str(dict(ingrid.session))
    assert "19841213-••••" in ingrid.get(DETAILS_PAGE).text


def test_the_number_is_dropped_once_the_case_is_registered(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast))
    assert "new_case_number" not in ingrid.session
    assert ingrid.get(DETAILS_PAGE).url == NUMBER_PAGE


def test_somebody_else_cannot_take_over_a_begun_registration(client, cast):
    client.force_login(cast.ingrid)
    begin(client)
    kept = client.session["new_case_number"]
    client.force_login(cast.anna)
    session = client.session
    session["new_case_number"] = kept
    session.save()
    assert client.get(DETAILS_PAGE).url == NUMBER_PAGE


def test_an_open_case_is_offered_to_the_one_who_works_on_it(client, cast):
    client.force_login(cast.anna)
    answer = begin(client, casting.NUMBERS[0])
    assert reverse("desk:case", args=[cast.case.pk]) in answer.text
    assert cast.case.number in answer.text


def test_an_open_case_of_a_colleague_is_said_to_exist_without_naming_anybody(ingrid, cast):
    answer = begin(ingrid, casting.NUMBERS[0])
    assert "Fråga enhetschefen" in answer.text
    for secret in (cast.case.number, "Anna", "Amina", str(cast.case.pk)):
        assert secret not in answer.text.replace(str(cast.ingrid), "")


def test_another_organisation_learns_nothing(client, cast):
    client.force_login(cast.cilla)
    assert begin(client, casting.NUMBERS[0]).url == DETAILS_PAGE
    assert "tidigare känd" not in client.get(DETAILS_PAGE).text


def test_a_person_known_from_a_closed_case_is_reused(ingrid, cast):
    cast.case.closed_on = cast.day
    cast.case.save()
    begin(ingrid, casting.NUMBERS[0])
    page = ingrid.get(DETAILS_PAGE).text
    assert "Personen är tidigare känd hos er" in page
    assert 'value="Hassan"' in page
    ingrid.post(DETAILS_PAGE, details(cast, given_name="Amina", family_name="Hassan", origin="known"))
    person = Individual.objects.get(given_name="Amina")
    assert person.cases.count() == 2
    assert person.cases.open().get().origin == "known"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given_name": ""}, "Skriv förnamnet."),
        ({"family_name": ""}, "Skriv efternamnet."),
        ({"sex": None}, "Välj kön, eller att uppgiften saknas."),
        ({"sex": "x"}, "x"),
        ({"received_on": ""}, "Skriv datumet då ansökan kom in, till exempel 2026-11-11."),
        ({"received_on": "2026-02-30"}, "Skriv ett datum som finns, till exempel 2026-11-11."),
        ({"received_on": "+1"}, "Datumet ligger i framtiden."),
        ({"received_on": "-61"}, "Datumet är mer än 60 dagar tillbaka."),
        ({"received_on": "1926-11-11"}, "Kontrollera året."),
        ({"pes_registered_on": "+1"}, "Datumet ligger i framtiden."),
        ({"unemployed_since": "+1"}, "Datumet ligger i framtiden."),
        ({"unemployed_since": "1970-01-01"}, "Datumet ligger före personens födelsedag."),
        ({"assistance_since": "-30", "on_assistance": None}, "kryssa i att personen har försörjningsstöd"),
        ({"municipality": "1083"}, "1083"),
        ({"unit": ""}, "Enhet"),
        ({"children": "-1"}, "0"),
        ({"children": "många"}, "heltal"),
        ({"children": "0"}, "Skriv hur många barn som bor i hushållet."),
        ({"household_kind": "single"}, "Välj ett hushåll med barn."),
        ({"household_kind": "unknown", "children": "0"}, "Skriv hur många barn åldrarna gäller."),
        ({"phone": "112"}, "Skriv telefonnumret med riktnummer"),
        ({"phone": ""}, "Skriv telefonnumret."),
        ({"channel": "email"}, "Skriv e-postadressen som besked ska gå till."),
        ({"email": "farah@"}, "Skriv en hel e-postadress"),
        ({"postcode": "64 23"}, "Ett postnummer har fem siffror"),
        ({"language": ""}, "Skriv personens språk."),
        ({"priority": "3"}, "Skriv varför prioriteten ska vara en annan än den beräknade."),
        ({"priority": "9"}, "9"),
        ({"groups": ["youth_20_24"]}, "youth_20_24"),
    ],
)
def test_wrong_input_is_told_the_rest_is_kept_and_nothing_is_saved(ingrid, cast, changed, sentence):
    begin(ingrid)
    before = counts()
    answer = ingrid.post(DETAILS_PAGE, details(cast, street="Exempelgatan 7", **dated(cast, changed)))
    assert answer.status_code == 200
    assert "Det finns ett problem" in answer.text
    assert sentence in answer.text
    assert 'value="Exempelgatan 7"' in answer.text
    assert "<title>Fel: " in answer.text
    assert counts() == before


def test_what_is_seldom_asked_is_folded_until_it_is_filled_in_or_wrong(ingrid, cast):
    begin(ingrid)
    assert ingrid.get(DETAILS_PAGE).text.count('<details class="form-more">') == 3
    plain = {"given_name": None, "support_needs": None, "groups": None}
    assert '<details class="form-more" open>' not in ingrid.post(DETAILS_PAGE, details(cast, **plain)).text
    filled = ingrid.post(DETAILS_PAGE, details(cast, **plain | {"support_needs": ["step_free"]}))
    wrong = ingrid.post(DETAILS_PAGE, details(cast, **plain | {"groups": ["youth_20_24"]}))
    for answer in (filled, wrong):
        assert answer.text.count('<details class="form-more" open>') == 1


def dated(cast, changed):
    """+1 and -61 as days from today."""
    days = {
        name: value for name, value in changed.items() if name.endswith(("_on", "_since")) and value[:1] in ("+", "-")
    }
    return changed | {name: str(cast.day + timedelta(days=int(value))) for name, value in days.items()}


def test_an_old_date_is_taken_once_it_is_said_to_be_right(ingrid, cast):
    begin(ingrid)
    old = str(cast.day - timedelta(days=90))
    assert 'type="checkbox" name="old_date_is_right"' in ingrid.post(DETAILS_PAGE, details(cast, received_on=old)).text
    ingrid.post(DETAILS_PAGE, details(cast, received_on=old, old_date_is_right="on"))
    assert str(Case.objects.get(individual__given_name="Farah").opened_on) == old


def test_another_priority_is_kept_with_its_reason(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast, priority="2", priority_reason="Enligt beslut 12 november"))
    case = Case.objects.get(individual__given_name="Farah")
    assert (case.priority, case.priority_computed, case.priority_reason) == (2, 1, "Enligt beslut 12 november")


def test_somebody_who_does_not_seek_work_has_no_priority(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast, seeks_work=None))
    case = Case.objects.get(individual__given_name="Farah")
    assert (case.priority, case.priority_computed) == (None, None)


def test_nothing_that_leads_to_a_protected_person_is_kept(ingrid, cast):
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast, protection="protected_registration", street="Exempelgatan 7"))
    person = Individual.objects.get(given_name="Farah")
    assert (person.phone, person.street, person.channel) == ("", "", "letter")


@pytest.mark.parametrize(
    ("received", "registered", "started"),
    [
        ("2026-12-11", None, "2026-12-11"),
        ("2026-12-18", "2026-12-14", "2026-12-14"),
        ("2026-11-02", "2026-11-09", "2026-11-02"),
    ],
)
def test_the_clock_starts_on_the_earliest_anchor(ingrid, cast, time_machine, received, registered, started):
    time_machine.move_to("2026-12-20 10:00", tick=False)
    ingrid.force_login(cast.ingrid)
    begin(ingrid)
    ingrid.post(
        DETAILS_PAGE, details(cast, received_on=received, pes_registered_on=registered or "", unemployed_since="")
    )
    case = Case.objects.get(individual__given_name="Farah")
    clock = case.deadlines.get()
    assert str(clock.starts_on) == started
    assert clock.due_on == date.fromisoformat(started) + timedelta(days=14)
    assert [str(day) for day in case.pesregistrations.values_list("since", flat=True)] == [registered] * bool(
        registered
    )


def test_every_rule_in_force_starts_a_clock_and_own_rules_go_before_common_ones(ingrid, cast):
    flen = cast.ifo.municipality
    own = [
        DeadlineRule.objects.create(code="first_meeting", municipality=flen, days=days, valid_from=date(2020, 1, 1))
        for days in (10, 30)
    ]
    DeadlineRule.objects.create(
        code="first_meeting", municipality=flen, days=5, valid_from=date(2020, 1, 1), valid_until=date(2020, 2, 1)
    )
    DeadlineRule.objects.create(code="referral_answer", days=21, valid_from=date(2020, 1, 1))
    begin(ingrid)
    ingrid.post(DETAILS_PAGE, details(cast))
    case = Case.objects.get(individual__given_name="Farah")
    assert [d.rule for d in case.deadlines.order_by("due_on")] == own
    assert case.next_on == cast.day + timedelta(days=8)


def test_the_preview_tells_priority_groups_and_clock_before_anything_is_saved(ingrid, cast):
    begin(ingrid)
    before = counts()
    answer = ingrid.post(reverse("cases:register_preview"), details(cast, given_name=""))
    assert "Söker arbete och har försörjningsstöd." in answer.text
    assert "barnfamilj" in answer.text
    assert "Senast" in answer.text
    assert counts() == before


def test_a_co_applicant_shares_application_and_household_but_has_a_case_of_its_own(client, cast):
    client.force_login(cast.anna)
    address = reverse("cases:co_applicant", args=[cast.case.pk])
    assert client.get(address).status_code == 200
    assert client.post(address).url == NUMBER_PAGE
    assert f"samma ansökan som ärende {cast.case.number}" in client.get(NUMBER_PAGE).text
    begin(client)
    assert 'name="received_on"' not in client.get(DETAILS_PAGE).text
    client.post(DETAILS_PAGE, details(cast, received_on=None, household_kind=None, children=None))
    case = Case.objects.get(individual__given_name="Farah")
    assert case.application == cast.case.application
    assert case.individual.household == cast.case.individual.household
    assert case.number != cast.case.number
    assert "new_case_shared" not in client.session


def test_a_shared_application_can_be_let_go(client, cast):
    client.force_login(cast.anna)
    client.post(reverse("cases:co_applicant", args=[cast.case.pk]))
    client.post(NUMBER_PAGE, {"drop": "1"})
    assert "samma ansökan" not in client.get(NUMBER_PAGE).text


def test_only_the_lead_adds_a_co_applicant(client, cast):
    client.force_login(cast.bo)
    assert client.post(reverse("cases:co_applicant", args=[cast.case.pk])).status_code == 403
    client.force_login(cast.cilla)
    assert client.get(reverse("cases:co_applicant", args=[cast.case.pk])).status_code == 404


@pytest.mark.parametrize("name", ["petra", "sten", "lova", "adam", "karin"])
@pytest.mark.parametrize("address", [NUMBER_PAGE, DETAILS_PAGE])
def test_who_neither_takes_in_nor_handles_cases_cannot_register(client, cast, name, address):
    client.force_login(getattr(cast, name))
    assert client.get(address).status_code == 403
    assert client.post(address, {"number": FREE, "kind": "national"}).status_code == 403


def test_a_second_click_gives_one_sentence_and_no_second_case(ingrid, cast):
    begin(ingrid)
    kept = ingrid.session["new_case_number"]
    ingrid.post(DETAILS_PAGE, details(cast))
    session = ingrid.session
    session["new_case_number"] = kept
    session.save()
    answer = ingrid.post(DETAILS_PAGE, details(cast))
    assert "Personen har redan ett öppet ärende hos er." in answer.text
    assert Case.objects.filter(individual__given_name="Farah").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_register_the_same_person_at_the_same_moment_make_one_case(cast):
    clients = []
    for user in (cast.ingrid, cast.anna):
        clients.append(Client())
        clients[-1].force_login(user)
        begin(clients[-1])
    together, facts = Barrier(2), details(cast)

    def post(client):
        together.wait()
        try:
            return client.post(DETAILS_PAGE, facts)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(post, clients))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert "redan ett öppet ärende" in next(a for a in answers if a.status_code == 200).text
    assert Case.objects.filter(individual__given_name="Farah").count() == 1
    assert Application.objects.count() == 2
    assert not CaseExit.objects.exists()
    assert not PesRegistration.objects.exists()


def test_the_details_page_costs_the_same_however_many_cases_there_are(ingrid, cast, costs):
    begin(ingrid)
    few = costs(lambda: ingrid.get(DETAILS_PAGE))
    casting.many_cases(cast.anna, 9)
    assert costs(lambda: ingrid.get(DETAILS_PAGE)) == few
