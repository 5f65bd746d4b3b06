"""What a law lets tell without consent: exactly the facts it names, between those it names, with its ground in the log."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from audit.models import Action, Entry
from cases.models import CaseParty
from consent.content.shared import build_shared
from consent.models import Disclosure, Statute, Telling
from consent.services.telling import tell_by_law
from notices.models import Kind, Notice
from tests.casting import give_consent


@pytest.fixture
def law(cast):
    return Statute.objects.get(code="sol-15-11")


@pytest.fixture
def tell(client, cast, law):
    def post(by=cast.bo, **said):
        client.force_login(by)
        said = {"recipient": cast.ifo.pk, "told_on": cast.day.isoformat(), "deregistered_on": "2026-11-02", **said}
        address = reverse("consent:tell_by_law", args=[cast.case.pk, law.pk])
        return client.post(address, {k: v for k, v in said.items() if v is not None}, follow=True)

    return post


def test_what_the_law_names_is_told_and_stands_on_both_sides_pages(client, cast, law, tell):
    tell(category="arbetssökande med förhinder")
    telling = Telling.objects.get()
    assert [fact["value"] for fact in telling.facts] == ["2026-11-02", "arbetssökande med förhinder"]
    for person in (cast.anna, cast.bo):
        client.force_login(person)
        page = client.get(reverse("consent:consents", args=[cast.case.pk])).content.decode()
        assert "Lämnat med stöd av lag" in page
        assert "arbetssökande med förhinder" in page
        assert law.name in page


def test_it_needs_no_consent(cast, law, tell):
    CaseParty.objects.filter(organisation=cast.af).update(own_matter=True)
    Disclosure.objects.all().update(days="empty")
    tell()
    assert Telling.objects.count() == 1


def test_the_form_offers_exactly_the_facts_of_the_law(client, cast, law):
    client.force_login(cast.bo)
    page = client.get(reverse("consent:tell_by_law", args=[cast.case.pk, law.pk]))
    offered = set(page.context["form"].fields) - {"recipient", "on_request", "told_on"}
    assert offered == {fact["code"] for fact in law.facts}


def test_something_else_can_not_be_told(cast, law):
    gate = cast.gate(cast.bo)
    said = {"case": gate.open(cast.case.pk), "statute": law, "on_request": False, "told_on": cast.day}
    for facts in ([{"label": "Kom inte till mötet", "value": "ja"}], []):
        with pytest.raises(ValidationError, match="räknar upp"):
            tell_by_law(gate, recipient=cast.ifo, facts=facts, **said)
    with pytest.raises(ValidationError, match="gäller inte mellan"):
        tell_by_law(gate, recipient=cast.ame, facts=[{"label": law.facts[0]["label"], "value": "ja"}], **said)
    assert not Telling.objects.exists()


def test_the_social_services_have_no_such_law_towards_the_employment_service(client, cast, law):
    client.force_login(cast.anna)
    assert client.get(reverse("consent:tell_by_law", args=[cast.case.pk, law.pk])).status_code == 404


def test_the_log_names_the_law_and_not_the_facts(cast, law, tell):
    tell()
    entry = Entry.objects.get(action=Action.TOLD_BY_LAW)
    assert (entry.ground, entry.object_kind, entry.organisation_id) == (law.name, "telling", cast.af.pk)


def test_who_answers_there_is_told_that_and_not_what(cast, tell):
    tell()
    notice = Notice.objects.get(kind=Kind.TOLD_BY_LAW)
    assert (notice.recipient, notice.case, notice.text) == (cast.anna, cast.case, "")


def test_it_stands_under_what_has_been_shared(cast, law, tell):
    consent = give_consent(cast.case, cast.bo, [cast.ifo])
    tell()
    gate = cast.gate(cast.bo)
    case = gate.open(cast.case.pk)
    shared = build_shared(gate, case, [gate.consents(case).for_page().get(pk=consent.pk)])[consent.pk][0]
    assert [law.name in paper for _, paper in shared.papers] == [True]


def test_a_third_organisation_sees_nothing_of_it(client, cast, law, tell):
    give_consent(cast.case, cast.anna, [cast.ame])
    tell()
    case = cast.gate(cast.anna).open(cast.case.pk)
    from_ame = cast.gate(cast.cilla)
    from_ame._sights[case.pk] = case.sight
    assert not from_ame.tellings(case).exists()


def test_nothing_to_tell_and_wrong_days_are_said_in_words(cast, tell):
    assert "Fyll i minst en uppgift." in tell(deregistered_on="").content.decode()
    assert "Skriv ett datum som finns" in tell(deregistered_on="igår").content.decode()
    assert "Dagen har inte varit än." in tell(told_on="2999-01-01").content.decode()
    assert not Telling.objects.exists()


def test_what_was_told_stays_told(cast, tell):
    tell()
    for act in (Telling.objects.all().delete, lambda: Telling.objects.update(on_request=True)):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            act()
