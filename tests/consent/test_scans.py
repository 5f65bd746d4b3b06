"""A scanned form: what is taken in, what is refused with which words, who may fetch it and how."""

import re
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from PIL import Image, PngImagePlugin

from audit.models import Action, Entry
from consent import scans
from consent.models import Consent, ConsentProof
from notices import pdf
from tests.casting import give_consent
from tests.consent.test_consents import address, answer

CANARY = b"KANARIE-HEMLIGT"


def picture(kind="PNG", size=(40, 30), **options):
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


def a_pdf():
    page = '<!doctype html><html lang="sv"><head><title>x</title></head><body><p>Blankett</p></body></html>'
    return pdf.draw(page)[0]


def pdf_with(words, *, packed=False):
    """A PDF that holds an object of these words, in clear or in a stream of objects."""
    if packed:
        words = b"<</Type/#4fbjStm>>stream\n" + zlib.compress(words) + b"\nendstream"
    return b"%PDF-1.7\n1 0 obj\n" + words + b"\nendobj\n%%EOF\n"


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.html", "<script>1</script>")
        archive.comment = b"%%EOF"
    return out.getvalue()


def with_comment():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY.decode())
    return picture(pnginfo=notes)


def upload(content, name="blankett.pdf", kind="application/pdf"):
    return SimpleUploadedFile(name, content, kind)


def read(content, **words):
    return scans.read_scan(upload(content, **words))


GOOD = {
    "pdf": (a_pdf, "application/pdf"),
    "pdf with packed objects": (lambda: pdf_with(b"<</Type/Page>>", packed=True), "application/pdf"),
    "png": (picture, "image/png"),
    "grey png": (lambda: picture("PNG", bits=8), "image/png"),
    "jpeg": (lambda: picture("JPEG"), "image/jpeg"),
    "a name and a type that say something else": (lambda: picture("JPEG"), "image/jpeg"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_a_paper_is_taken_in_whatever_it_is_called(name):
    make, kind = GOOD[name]
    assert read(make(), name="x.exe", kind="text/html").content_type == kind


BAD = {
    "nothing": (lambda: b"", scans.EMPTY),
    "html": (lambda: b"<!doctype html><script>1</script>", scans.WRONG_KIND),
    "html that calls itself pdf": (lambda: b"%PDF-1.7\n<script>1</script>\n%%EOF", scans.WRONG_KIND),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', scans.WRONG_KIND),
    "gif": (lambda: picture("GIF"), scans.WRONG_KIND),
    "tiff": (lambda: picture("TIFF"), scans.WRONG_KIND),
    "zip": (a_zip, scans.WRONG_KIND),
    "pdf and zip at once": (lambda: b"%PDF-1.7\n" + a_zip(), scans.WRONG_KIND),
    "pdf with something after it": (lambda: a_pdf() + b"MZ\x90\x00", scans.WRONG_KIND),
    "script": (lambda: pdf_with(b"<</S/JavaScript/JS(app.alert(1))>>"), scans.ACTIVE),
    "script in other letters": (lambda: pdf_with(b"<</S/J#61va#53cript>>"), scans.ACTIVE),
    "packed script": (lambda: pdf_with(b"<</S/JavaScript/JS(1)>>", packed=True), scans.ACTIVE),
    "packed beyond measure": (lambda: pdf_with(b" " * (scans.MAX_INFLATED + 1), packed=True), scans.TOO_LARGE),
    "launch": (lambda: pdf_with(b"<</S/Launch/F(cmd.exe)>>"), scans.ACTIVE),
    "attachment": (lambda: pdf_with(b"<</EmbeddedFiles 2 0 R>>"), scans.ACTIVE),
    "password": (lambda: pdf_with(b"<</Encrypt 3 0 R>>"), scans.ACTIVE),
    "half a picture": (lambda: picture("JPEG", size=(400, 400))[:300], scans.WRONG_KIND),
    "a picture of 60 million dots": (lambda: picture(size=(10_000, 6_000)), scans.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_paper_is_refused_in_words(name):
    make, sentence = BAD[name]
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        read(make())


def test_more_than_ten_megabytes_is_refused():
    with pytest.raises(ValidationError, match="större än 10 MB"):
        read(b"%PDF-" + b"x" * scans.MAX_BYTES)


def test_a_picture_goes_on_as_a_picture_only():
    """What was hidden behind or inside it is gone; the control: it was there."""
    for content in (picture() + CANARY, with_comment(), picture("JPEG", comment=CANARY)):
        assert CANARY in content
        assert CANARY not in read(content).content


@pytest.fixture
def scanned(client, cast):
    client.force_login(cast.anna)
    client.post(address("add_scan", cast.case, cast.consent.pk), {"scan": upload(a_pdf())})
    return cast.consent.proofs.get()


def test_a_scan_is_kept_as_a_row_bound_to_what_was_agreed(cast, scanned):
    assert (scanned.kind, scanned.content_type, scanned.by) == ("scan", "application/pdf", cast.anna)
    assert scanned.is_intact
    scanned.consent.purpose = "Något annat"
    assert not scanned.is_intact


@pytest.mark.parametrize(
    "act", [lambda: ConsentProof.objects.all().delete(), lambda: ConsentProof.objects.update(signer="x")]
)
def test_the_database_refuses_to_change_it(scanned, act):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        act()


def fetch(client, user, proof):
    client.force_login(user)
    return client.get(address("proof", proof.consent.case, proof.consent_id, proof.pk))


def test_it_is_fetched_as_a_file_in_which_nothing_runs_and_the_log_says_so(client, cast, scanned):
    found = fetch(client, cast.anna, scanned)
    assert found.content == bytes(scanned.content)
    assert found["Content-Disposition"] == f'attachment; filename="underlag-{scanned.pk}.pdf"'
    assert (found["X-Content-Type-Options"], found["Cache-Control"]) == ("nosniff", "no-store")
    assert found["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Entry.objects.filter(action=Action.EXPORTED, case_id=cast.case.pk, object_kind="consentproof").count() == 1


def test_receivers_and_outsiders_find_no_such_file(client, cast, scanned):
    assert fetch(client, cast.bo, scanned).status_code == 404
    assert fetch(client, cast.cilla, scanned).status_code == 404


def test_the_lead_may_fetch_what_a_party_has_kept(client, cast):
    theirs = give_consent(cast.case, cast.bo, [cast.ifo])
    client.force_login(cast.bo)
    client.post(address("add_scan", cast.case, theirs.pk), {"scan": upload(picture("JPEG"))})
    assert fetch(client, cast.anna, theirs.proofs.get()).status_code == 200


def test_a_bad_file_is_told_at_the_field_and_nothing_is_kept(client, cast):
    client.force_login(cast.anna)
    where = address("add_scan", cast.case, cast.consent.pk)
    page = client.post(where, {"scan": upload(b"<html>", "x.html", "text/html")})
    assert page.context["form"].errors["scan"] == [scans.WRONG_KIND]
    assert client.post(where, {}).context["form"].errors["scan"] == ["Välj en fil."]
    assert not ConsentProof.objects.exists()


def test_only_an_answer_on_paper_has_a_scan(client, cast):
    Consent.objects.filter(pk=cast.consent.pk).update(method="oral", witness="x", oral_reason="x")
    client.force_login(cast.anna)
    page = client.post(address("add_scan", cast.case, cast.consent.pk), {"scan": upload(a_pdf())})
    assert "lämnades inte på papper" in page.content.decode()


def test_the_scan_may_come_with_the_answer(client, cast, bare, asta):
    client.force_login(asta)
    client.post(address("give", bare), answer(cast, scan=upload(picture("JPEG"))))
    assert bare.consents.get().proofs.get().content_type == "image/jpeg"


def test_a_bad_scan_keeps_the_answer_from_being_half_saved(client, cast, bare, asta):
    client.force_login(asta)
    page = client.post(address("give", bare), answer(cast, purpose="Ett eget skäl", scan=upload(b"nej")))
    assert scans.WRONG_KIND in page.content.decode()
    assert "Ett eget skäl" in page.content.decode()
    assert not bare.consents.exists()
