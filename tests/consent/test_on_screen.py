"""The person answers on the screen: a drawn or typed name bound to what was shown; a forged picture and a stale page."""

from base64 import b64encode
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageDraw

from audit.models import Action, Entry
from cases.models import Category
from consent import signatures
from consent.content.papers import build_paper
from consent.content.signing import build_question
from consent.models import CaseGrant, Consent, ConsentProof, ConsentText, Disclosure
from notices import pdf
from tests.consent.test_consents import address, answer


def as_url(content, kind="png"):
    return f"data:image/{kind};base64," + b64encode(content).decode()


def drawn(kind="PNG", size=(900, 300), line=((50, 200), (400, 60), (850, 220)), colour="black", ground="white"):
    image = Image.new("RGB", size, ground)
    ImageDraw.Draw(image).line(line, fill=colour, width=5)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


NAME = as_url(drawn())


@pytest.fixture
def asked(client, cast, bare, asta):
    """Asta has put the question in English and hands the screen over."""
    client.force_login(asta)
    english = ConsentText.objects.get(language="en")
    response = client.post(address("give", bare), answer(cast, answer="drawn", text=english.pk, informed=""))
    consent = bare.consents.get()
    assert response["Location"] == address("sign", bare, consent.pk)
    return consent


def sign(client, consent, **said):
    terms = build_question(Consent.objects.for_page().get(pk=consent.pk)).terms
    return client.post(address("sign", consent.case, consent.pk), {"terms": terms, "answer": "given"} | said)


def test_the_question_waits_and_lets_nobody_tell_anything(asked):
    assert (asked.answer, asked.method) == (Consent.Answer.ASKED, Consent.Method.DRAWN)
    assert not Disclosure.objects.filter(case=asked.case).exists()


def test_the_page_is_in_the_persons_language_and_holds_nothing_but_the_question(client, asked):
    page = client.get(address("sign", asked.case, asked.pk)).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    for words in ("May Socialförvaltningen", "Yes, you may", "No, you may not", "Draw your name", asked.text.title):
        assert words in page
    assert 'role="search"' not in page
    assert "<nav" not in page


def test_a_drawn_name_is_a_yes_bound_to_exactly_what_was_shown(client, cast, asked):
    page = sign(client, asked, drawing=NAME)
    assert page["Location"] == address("consents", asked.case)
    asked.refresh_from_db()
    proof = asked.proofs.get()
    assert (asked.answer, asked.method, asked.informed) == ("given", "drawn", True)
    assert (proof.kind, proof.signer, proof.is_intact) == ("drawn", "Ali Omar", True)
    assert proof.statement["text"][:3] == ["en", False, 1]
    assert proof.statement["categories"] == sorted(asked.categories)
    assert proof.statement["receivers"] == [cast.af.pk]
    assert asked.disclosures.count() == len(Category.ordinary())
    assert Entry.objects.filter(action=Action.CONSENT_GIVEN, case_id=asked.case_id).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.consent.categories.append("health"),
        lambda p: setattr(p, "content", drawn(line=((0, 0), (899, 299)))),
        lambda p: p.statement.update(at="2020-01-01"),
        lambda p: setattr(p.consent, "text", ConsentText.objects.get(language="sv", easy_read=True)),
    ],
)
def test_any_change_afterwards_shows(client, asked, change):
    sign(client, asked, drawing=NAME)
    proof = ConsentProof.objects.select_related("consent__text").get()
    assert proof.is_intact
    change(proof)
    assert not proof.is_intact


def test_a_typed_and_confirmed_name_does_as_well(client, asked):
    page = sign(client, asked, name="Ali Omar")
    assert page.context["form"].errors["confirm"] == ["Kryssa för att namnet är ditt och svaret ditt eget."]
    sign(client, asked, name="Ali Omar", confirm="on")
    assert (asked.proofs.get().kind, asked.proofs.get().signer) == ("typed", "Ali Omar")


def test_a_no_takes_no_name_and_opens_nothing(client, asked):
    sign(client, asked, answer="declined")
    asked.refresh_from_db()
    assert (asked.answer, asked.proofs.count()) == ("declined", 0)
    assert not Disclosure.objects.filter(case=asked.case).exists()


FORGED = {
    "nothing but white": as_url(drawn(colour="white")),
    "one dot": as_url(drawn(line=((100, 100), (103, 100)))),
    "a few letters": "data:image/png;base64,AAAA",
    "another size": as_url(drawn(size=(9000, 3000))),
    "a jpeg": as_url(drawn("JPEG"), "jpeg"),
    "a jpeg that calls itself png": as_url(drawn("JPEG")),
    "an svg": "data:image/svg+xml;base64," + b64encode(b"<svg onload='x()'/>").decode(),
    "html": as_url(b"<script>alert(1)</script>"),
    "an address": "https://example.org/namn.png",
    "no base64": "data:image/png;base64,%%%",
    "a picture with something behind it": as_url(drawn() + b"<script>1</script>"),
    "half a picture": as_url(drawn()[:200]),
    "too long": as_url(drawn()) + "A" * signatures.MAX_CHARACTERS,
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_picture_is_no_name(name):
    with pytest.raises(ValidationError):
        signatures.read_drawing(FORGED[name])


def test_a_forged_picture_is_told_on_the_page_and_nothing_is_saved(client, asked):
    page = sign(client, asked, drawing=FORGED["html"], name="Kvar i fältet")
    assert page.context["form"].errors["drawing"] == [signatures.UNREADABLE]
    assert "Kvar i fältet" in page.content.decode()
    asked.refresh_from_db()
    assert (asked.answer, asked.proofs.count()) == ("asked", 0)


def test_only_black_and_white_is_kept():
    kept = signatures.read_drawing(as_url(drawn(colour="#112233")))
    assert Image.open(BytesIO(kept)).mode == "1"


def test_the_outline_is_the_drawing():
    kept = signatures.read_drawing(as_url(drawn(line=((100, 150), (300, 150)))))
    rows = signatures.outline(kept).split("M")[1:]
    assert len(rows) == 5
    assert all(row.startswith("100 ") for row in rows)


def test_a_question_changed_under_the_hand_is_asked_again(client, asked):
    Consent.objects.filter(pk=asked.pk).update(purpose="Något annat")
    page = client.post(
        address("sign", asked.case, asked.pk), {"terms": "0" * 64, "answer": "given", "drawing": NAME}
    ).content.decode()
    assert "Frågan har ändrats" in page
    asked.refresh_from_db()
    assert asked.answer == "asked"


def test_it_is_answered_once(client, asked):
    sign(client, asked, drawing=NAME)
    assert sign(client, asked, answer="declined")["Location"] == address("consents", asked.case)
    asked.refresh_from_db()
    assert (asked.answer, asked.proofs.count()) == ("given", 1)


def test_neither_yes_nor_no_is_no_answer(client, asked):
    assert "Välj ja eller nej." in sign(client, asked, answer="").content.decode()


def test_others_cannot_have_it_answered(client, cast, asked):
    client.force_login(cast.cilla)
    assert sign(client, asked, drawing=NAME).status_code == 404


def test_the_receipt_shows_the_name_when_and_its_digest(client, asked):
    sign(client, asked, drawing=NAME)
    paper = build_paper(Consent.objects.for_page().get(pk=asked.pk))
    content, _ = pdf.render("consent/paper_pdf.html", {"paper": paper})
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text().replace("\n", "")
    assert "signed on a screen" in text
    assert asked.proofs.get().digest in text
    html = pdf.write("consent/paper_pdf.html", {"paper": paper})
    assert f'<path d="{paper.signature.path[:40]}' in html
    assert "<title>Signature: Ali Omar</title>" in html


def test_the_receivers_copy_says_who_and_when_and_keeps_the_drawing_with_the_discloser(client, cast, asked):
    sign(client, asked, drawing=NAME)
    CaseGrant.objects.engage(asked.case, cast.bo, since=cast.day)
    client.force_login(cast.bo)
    page = client.get(address("paper_text", asked.case, asked.pk)).text
    assert '<p class="small">Ali Omar</p>' in page
    assert "Signed 20" in page
    assert "signature-kept" not in page
    assert asked.proofs.get().digest not in page
