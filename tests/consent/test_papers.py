"""The form to sign and the receipt: same words on screen and paper, made for who asked, found by its code."""

from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from audit.models import Action, Entry
from consent.models import Consent, ConsentStep, Disclosure
from consent.services.consents import withdraw
from consent.tasks import render_consent_form, render_consent_receipt
from notices.models import Document
from tests.consent.test_consents import address, answer


@pytest.fixture
def asked(client, cast, bare, asta):
    """Asta has printed a form for the other case."""
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, answer="asked", informed=""))
    return bare.consents.get()


def text_of(document):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(bytes(document.content))).pages)


def test_a_printed_form_lets_nobody_tell_anything(asked):
    assert asked.answer == Consent.Answer.ASKED
    assert not Disclosure.objects.filter(consent=asked).exists()
    assert asked.case.parties.count() == 0
    assert Document.objects.get().kind == Document.Kind.CONSENT_FORM


def test_the_form_is_a_tagged_swedish_sheet_with_everything_filled_in(asked):
    document = Document.objects.get()
    render_consent_form(document.pk)
    document.refresh_from_db()
    reader = pypdf.PdfReader(BytesIO(bytes(document.content)))
    assert document.pages == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    assert reader.metadata.title == asked.text.title
    for words in ("Ali Omar", "Arbetsförmedlingen", "handlingsplan", "Planera tillsammans", "Din underskrift"):
        assert words in text_of(document)
    assert asked.reference in text_of(document)


def test_the_text_page_says_the_same_as_the_pdf(client, asked):
    page = client.get(address("paper_text", asked.case, asked.pk)).content.decode()
    for words in ("Ali Omar", "Arbetsförmedlingen", "handlingsplan", "Planera tillsammans", asked.reference):
        assert words in page


def test_asking_for_the_paper_is_one_read(client, asked, asta):
    before = list(Entry.objects.filter(actor_id=asta.pk).values_list("pk", flat=True))
    client.post(address("paper", asked.case, asked.pk))
    rows = Entry.objects.filter(actor_id=asta.pk).exclude(pk__in=before)
    assert [row.action for row in rows] == [Action.READ]


def test_the_qr_code_holds_the_code_and_nothing_about_the_person(client, asked, settings):
    found = client.get(reverse("consent:reference", args=[asked.reference.lower()]))
    assert found["Location"] == f"{address('give', asked.case)}?blankett={asked.reference}"
    assert reverse("consent:reference", args=[asked.reference]) == f"/samtycke/{asked.reference}/"


def test_the_code_opens_nothing_for_others(client, cast, asked):
    client.force_login(cast.anna)
    assert client.get(reverse("consent:reference", args=[asked.reference])).status_code == 404
    assert client.get(reverse("consent:reference", args=["FINNSINT"])).status_code == 404


def test_the_answer_is_registered_on_the_same_row_with_the_forms_words(client, cast, asked):
    where = f"{address('give', asked.case)}?blankett={asked.reference}"
    assert client.get(where).context["form"]["purpose"].value() == "Planera tillsammans"
    client.post(where, answer(cast))
    asked.refresh_from_db()
    assert asked.answer == Consent.Answer.GIVEN
    assert [s.what for s in asked.steps.all()] == [ConsentStep.What.ASKED, ConsentStep.What.GIVEN]
    assert asked.disclosures.exists()


def test_a_form_is_answered_once(client, cast, asked):
    where = f"{address('give', asked.case)}?blankett={asked.reference}"
    client.post(where, answer(cast, answer="declined"))
    assert client.post(where, answer(cast)).status_code == 404
    assert not asked.case.disclosures.exists()


def receipt(client, cast, user):
    client.force_login(user)
    client.post(address("paper", cast.case, cast.consent.pk))
    return Document.objects.get()


def test_the_receipt_tells_what_was_agreed_and_how_to_take_it_back(client, cast):
    document = receipt(client, cast, cast.anna)
    render_consent_receipt(document.pk)
    document.refresh_from_db()
    assert "Du har sagt ja" in text_of(document)
    assert "Om du ångrar dig" in text_of(document)
    assert Entry.objects.filter(action=Action.READ, actor_id=cast.anna.pk, case_id=cast.case.pk).exists()


def test_a_receipt_in_the_queue_is_not_made_after_the_withdrawal(client, cast):
    document = receipt(client, cast, cast.bo)
    withdraw(cast.gate(cast.anna), consent=cast.consent, how="Ringde")
    render_consent_receipt(document.pk)
    document.refresh_from_db()
    assert (document.state, document.content) == (Document.State.FAILED, None)


def test_the_worker_decides_again_even_if_nobody_stopped_the_document(client, cast):
    document = receipt(client, cast, cast.bo)
    Disclosure.objects.filter(consent=cast.consent).end(on=cast.day)
    render_consent_receipt(document.pk)
    document.refresh_from_db()
    assert document.state == Document.State.FAILED
    assert document.content is None


def test_nothing_is_made_for_somebody_who_can_no_longer_log_in(client, cast):
    document = receipt(client, cast, cast.anna)
    cast.anna.is_active = False
    cast.anna.save()
    render_consent_receipt(document.pk)
    document.refresh_from_db()
    assert document.state == Document.State.FAILED


def test_the_receipt_of_a_withdrawn_consent_says_so(client, cast):
    withdraw(cast.gate(cast.anna), consent=cast.consent, how="Ringde")
    client.force_login(cast.anna)
    page = client.get(address("paper_text", cast.case, cast.consent.pk)).content.decode()
    assert "Du har tagit tillbaka ditt ja" in page
    assert "Om du ångrar dig" not in page
