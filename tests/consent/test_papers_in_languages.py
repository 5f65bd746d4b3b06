"""Form and receipt in the person's language: every word of the paper, tagged and titled, and what is not translated."""

import re
from io import BytesIO
from string import Formatter

import pypdf
import pytest

from audit.models import Entry
from consent.content.papers import build_paper
from consent.content.wording import SWEDISH_WORDING, wording_for
from consent.models import Consent, ConsentText
from consent.phrases import EASY_SWEDISH, ENGLISH, HOUSE, SWEDISH
from consent.services.consents import withdraw
from notices import pdf
from tests.casting import NUMBERS

VARIETIES = [("sv", False), ("sv", True), ("en", False)]


def fields(phrase):
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("words", HOUSE.values(), ids=["sv", "lättläst", "en"])
def test_every_language_of_the_house_has_every_phrase_with_the_same_blanks(words):
    assert set(words) == set(SWEDISH)
    assert {key for key in SWEDISH if fields(words[key]) != fields(SWEDISH[key])} == set()


def test_english_shares_no_phrase_with_swedish():
    assert [key for key in SWEDISH if ENGLISH[key] == SWEDISH[key] and key != "information"] == []
    assert len([key for key in SWEDISH if EASY_SWEDISH[key] != SWEDISH[key]]) > 30


def told(cast, language, *, easy_read, **facts):
    text = ConsentText.objects.get(language=language, easy_read=easy_read)
    Consent.objects.filter(pk=cast.consent.pk).update(text=text, language="svenska", **facts)
    return Consent.objects.for_page().get(pk=cast.consent.pk)


def drawn(paper):
    content, pages = pdf.render("consent/paper_pdf.html", {"paper": paper})
    reader = pypdf.PdfReader(BytesIO(content))
    return reader, pages, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("variety", "answer", "title", "words"),
    [
        (("sv", True), "asked", "Får vi berätta för varandra?", ("Ditt svar", "Skriv ditt namn här")),
        (
            ("en", False),
            "asked",
            "Consent to authorities sharing",
            ("Your answer", "Yes, you may.", "how to reach you"),
        ),
        (
            ("en", False),
            "given",
            "Receipt for your answer",
            ("You have said yes", "given in Swedish", "signed on paper"),
        ),
    ],
)
def test_the_whole_paper_speaks_the_language_of_the_text(cast, variety, answer, title, words):
    reader, pages, text = drawn(build_paper(told(cast, variety[0], easy_read=variety[1], answer=answer)))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], pages) == (variety[0], True, 2 if variety[1] else 1)
    assert reader.metadata.title.startswith(title)
    assert [word for word in words if word not in text] == []


def test_an_english_paper_holds_no_swedish_but_names(cast):
    paper = build_paper(told(cast, "en", easy_read=False))
    assert paper.purpose.parts == ("To work together so that you can support yourself",)
    words = set(re.findall(r"\w+", f"{paper.period} {paper.headline} {paper.what} {paper.next_step} {paper.facts}"))
    assert words & {"och", "till", "från", "Samtycket", "Svar", "svenska"} == set()


def test_what_a_worker_has_written_is_marked_as_swedish(cast):
    paper = build_paper(told(cast, "en", easy_read=False, purpose="Planera praktik"))
    assert (paper.purpose.parts, paper.purpose.lang) == (("Planera praktik",), "sv")
    html = pdf.write("consent/paper_pdf.html", {"paper": paper})
    assert '<span lang="sv">Planera praktik.</span>' in html


def test_a_language_without_words_of_its_own_has_its_text_in_a_swedish_paper(cast):
    text = ConsentText.objects.create(
        version=1, language="ar", title="x", body="مرحبا", approved_by="Prov", valid_from=cast.day
    )
    assert wording_for(text) == SWEDISH_WORDING
    cast.consent.text = text
    html = pdf.write("consent/paper_pdf.html", {"paper": build_paper(cast.consent)})
    assert '<html lang="sv">' in html
    assert '<div lang="ar" dir="rtl"><p class="keep-lines">مرحبا</p></div>' in html


def test_with_words_of_its_own_the_whole_paper_is_in_that_language(cast):
    words = {key: f"<{key}> {phrase}" for key, phrase in SWEDISH.items()}
    text = ConsentText.objects.create(version=1, language="so", title="x", body="x", valid_from=cast.day, words=words)
    cast.consent.text = text
    paper = build_paper(cast.consent)
    assert (paper.wording.lang, paper.headline) == ("so", "<given_heading> Du har sagt ja")
    assert str(cast.consent.valid_until) in paper.period


@pytest.mark.parametrize("variety", VARIETIES)
def test_the_receipt_of_a_withdrawn_consent_says_so_in_the_persons_language(cast, variety):
    withdraw(cast.gate(cast.anna), consent=cast.consent, how="Ringde")
    consent = told(cast, variety[0], easy_read=variety[1])
    paper = build_paper(consent)
    words = HOUSE[variety]
    assert (paper.headline, paper.next_heading) == (words["withdrawn_heading"], words["later_heading"])
    assert Entry.objects.filter(case_id=cast.case.pk, ground__contains=NUMBERS[0]).count() == 0


def test_somebody_who_needs_large_print_gets_it(cast):
    cast.case.individual.support_needs = ["large_print"]
    cast.case.individual.save()
    html = pdf.write("consent/paper_pdf.html", {"paper": build_paper(Consent.objects.get(pk=cast.consent.pk))})
    assert '<body class="large-print">' in html
