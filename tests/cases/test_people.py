"""The person's facts and number: who reads, who changes, and what is written in the log."""

import pytest
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import Category, Individual
from consent.models import Disclosure
from tests import casting

DIGITS = "19950106-2385"


def address(cast, name="individual"):
    return reverse(f"cases:{name}", args=[cast.case.pk])


def facts(**changed):
    return {
        "given_name": "Amina",
        "family_name": "Hassan",
        "sex": "woman",
        "protection": "none",
        "language": "somaliska",
        "interpreter_language": "somaliska",
        "support_needs": ["step_free", "easy_read"],
        "channel": "letter",
        "street": "Exempelgatan 7",
        "postcode": "64237",
        "city": "Flen",
        "version": "1",
    } | changed


def test_the_lead_changes_the_facts_and_the_log_says_so(anna, cast):
    assert anna.post(address(cast), facts()).url == address(cast)
    person = Individual.objects.get()
    assert (person.language, person.support_needs) == ("somaliska", ["step_free", "easy_read"])
    assert (person.postcode, person.version) == ("642 37", 2)
    assert Entry.objects.filter(action=Action.CHANGED, case_id=cast.case.pk).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given_name": ""}, "Skriv förnamnet."),
        ({"postcode": "1"}, "Ett postnummer har fem siffror"),
        ({"phone": "abc"}, "Skriv telefonnumret med riktnummer"),
        ({"channel": "sms"}, "Skriv telefonnumret."),
        ({"support_needs": ["x"]}, "x"),
    ],
)
def test_wrong_input_is_told_kept_and_nothing_is_saved(anna, cast, changed, sentence):
    answer = anna.post(address(cast), facts(**changed))
    assert sentence in answer.text
    assert 'value="Exempelgatan 7"' in answer.text
    assert Individual.objects.get().version == 1


def test_the_second_of_two_editors_gets_both_texts_and_overwrites_nothing(anna, cast):
    anna.post(address(cast), facts(city="Malmköping"))
    answer = anna.post(address(cast), facts(city="Hälleforsnäs"))
    assert answer.status_code == 409
    assert "Ort: Hälleforsnäs" in answer.text
    assert "Ort: Malmköping" in answer.text
    assert Individual.objects.get().city == "Malmköping"


def test_protecting_a_person_takes_away_what_leads_there(anna, cast):
    anna.post(address(cast), facts())
    anna.post(address(cast), facts(protection="secrecy_flag", version="2"))
    person = Individual.objects.get()
    assert (person.street, person.postcode, person.city) == ("", "", "")


def test_a_partner_reads_the_facts_under_consent_and_changes_nothing(client, cast):
    client.force_login(cast.bo)
    page = client.get(address(cast)).text
    assert "Bara IFO, som leder ärendet, ändrar uppgifterna." in page
    assert client.post(address(cast), facts()).status_code == 403
    assert Individual.objects.get().version == 1


def test_without_the_contact_category_a_partner_neither_reads_nor_reveals(client, cast):
    Disclosure.objects.filter(category=Category.CONTACT).update(days="empty")
    client.force_login(cast.bo)
    assert client.get(address(cast)).status_code == 403
    assert client.post(address(cast, "reveal")).status_code == 403


def test_an_outsider_gets_404(client, cast):
    client.force_login(cast.cilla)
    assert client.get(address(cast)).status_code == 404
    assert client.post(address(cast, "reveal")).status_code == 404


def test_the_number_is_masked_until_it_is_asked_for_and_each_time_is_logged(anna, cast):
    assert DIGITS not in anna.get(address(cast)).text
    assert DIGITS in anna.post(address(cast, "reveal")).text
    swapped = anna.post(address(cast, "reveal"), headers={"HX-Request": "true"}).text
    assert DIGITS in swapped
    assert "<html" not in swapped
    assert Entry.objects.filter(action=Action.REVEALED, actor_id=cast.anna.pk, case_id=cast.case.pk).count() == 2
    assert anna.get(address(cast, "reveal")).status_code == 405


def test_the_page_costs_the_same_however_many_cases_there_are(anna, cast, costs):
    few = costs(lambda: anna.get(address(cast)))
    casting.many_cases(cast.anna, 5)
    assert costs(lambda: anna.get(address(cast))) == few
