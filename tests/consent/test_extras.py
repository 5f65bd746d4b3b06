"""Extra competence: insight and contact are two permissions for a named person, and the one access rule decides."""

import pytest
from django.urls import reverse

from cases.models import Category, Note
from consent.models import CaseGrant, CaseScope, Consent, Disclosure, Extra
from consent.services.consents import withdraw

CASE, LET_IN = "desk:case", "consent:let_in"


@pytest.fixture
def let_in(client, cast):
    """Posts the answer as Anna; None of a field leaves it out."""

    def post(by=cast.anna, **changed):
        client.force_login(by)
        said = {
            "specialist": cast.cilla.pk,
            "permissions": ["insight"],
            "categories": [Category.NOTE.value],
            "valid_until": cast.day.isoformat(),
            "informed": "on",
            "language": "svenska",
            "method": "paper",
            "given_on": cast.day.isoformat(),
            **changed,
        }
        address = reverse(LET_IN, args=[cast.case.pk])
        return client.post(address, {name: v for name, v in said.items() if v is not None}, follow=True)

    return post


@pytest.fixture
def note(cast):
    return Note.objects.create(
        case=cast.case, owner=cast.ifo, written_by=cast.anna, heading="Samtal", text="x", shared_as=Category.NOTE
    )


def knows(cast):
    gate = cast.gate(cast.cilla)
    case = gate.open(cast.case.pk)
    return {c for c in Category if gate.knows(case, c)}, list(gate.visible(Note, case))


def test_insight_lets_read_exactly_what_was_named(cast, note, let_in):
    let_in()
    assert knows(cast) == ({Category.NOTE}, [note])


def test_contact_lets_read_nothing_but_how_to_reach_the_person(cast, note, let_in):
    let_in(permissions=["contact"], categories=None)
    assert knows(cast) == ({Category.CONTACT}, [])


def test_each_permission_is_taken_back_by_itself(cast, note, let_in):
    let_in(permissions=["insight", "contact"])
    assert knows(cast)[0] == {Category.NOTE, Category.CONTACT}
    withdraw(cast.gate(cast.anna), consent=Consent.objects.get(extra__permission="insight"), how="ringde")
    assert knows(cast) == ({Category.CONTACT}, [])
    withdraw(cast.gate(cast.anna), consent=Consent.objects.get(extra__permission="contact"), how="ringde")
    assert not cast.gate(cast.cilla).cases().exists()


def test_it_ends_with_its_last_day(cast, note, let_in):
    let_in()
    assert CaseGrant.objects.get(user=cast.cilla).until == cast.day
    assert CaseScope.objects.difference() == []


def test_nobody_else_at_the_specialists_place_is_let_in(client, cast, note, let_in):
    let_in()
    client.force_login(cast.sten)
    assert client.get(reverse(CASE, args=[cast.case.pk])).status_code == 404


def test_the_page_says_who_and_for_what_and_offers_no_change(client, cast, let_in):
    page = let_in().content.decode()
    consent = Consent.objects.get(extra__isnull=False)
    assert "insyn för Cilla Ceder" in page
    change = reverse("consent:change", args=[cast.case.pk, consent.pk])
    assert change not in page
    assert client.get(change).status_code == 404


def test_only_the_lead_lets_in(client, cast, let_in):
    assert let_in(by=cast.bo).status_code == 403
    assert not Extra.objects.exists()


def test_wrong_input_says_what_is_wrong_and_saves_nothing(cast, let_in):
    before = Disclosure.objects.count()
    for wrong, sentence in (
        ({"specialist": ""}, "Välj vem som ska hjälpa till."),
        ({"specialist": cast.bo.pk}, "Välj ett giltigt alternativ"),
        ({"permissions": None}, "Välj insyn, kontakt eller båda."),
        ({"categories": None}, "Välj vad som får läsas."),
        ({"valid_until": "2999-01-01"}, "högst tolv månader"),
        ({"informed": None}, "Berätta vad samtycket betyder"),
    ):
        assert sentence in let_in(**wrong).content.decode()
    assert (Extra.objects.count(), Disclosure.objects.count()) == (0, before)


def test_without_the_consents_the_assignment_opens_nothing(cast, note, let_in):
    """The negative control: no second access rule."""
    let_in()
    Disclosure.objects.filter(recipient=cast.ame).update(agreed="empty")
    assert CaseGrant.objects.filter(user=cast.cilla).exists()
    assert not cast.gate(cast.cilla).cases().exists()
