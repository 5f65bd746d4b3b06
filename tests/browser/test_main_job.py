"""The whole way of a case, as the different people at their own computers (steps 1–10 of the main job)."""

import pytest
from django.db import transaction

from meetings.tasks import climb_ladder
from notices.models import Kind, Notice
from tests.browser.steps import agree, assign, consent, meeting, plan, print_plan, register
from tests.casting import NUMBERS, individual, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_application_to_monthly_report(sit_down, place):
    ingrid, karin, maria, per = (sit_down(key) for key in ("ingrid", "karin", "maria", "per"))
    address = register(ingrid)
    assign(karin, maria, address)
    assert maria.page.goto(address).status == 200
    assert sit_down("elin").page.goto(address).status == 404
    plan(maria, address)
    consent(maria, per, address)
    meeting(maria, address)
    agree(maria, address)
    print_plan(maria, address)
    fetch_pdf(maria)
    read_trace(maria, address)
    withdraw(maria, per, address)
    clock(maria, place)
    month(sit_down("petra"), sit_down("sten"))


def fetch_pdf(maria):
    page = maria.page
    maria.press("Hämta det som visas som PDF")
    page.get_by_role("link", name="Hämta").first.wait_for()
    maria.look("07-dokument")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hämta").first.click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def read_trace(maria, address):
    """Step 10."""
    maria.page.goto(f"{address}vem-har-last/")
    assert maria.page.get_by_text("Per Ek").first.is_visible()
    maria.look("10-vem-har-last")


def withdraw(maria, per, address):
    page = maria.page
    page.goto(f"{address}samtycke/")
    page.get_by_role("link", name="Ändra eller förläng").first.click()
    maria.look("04-andra")
    page.get_by_label("kartläggning").uncheck()
    maria.press("Fortsätt")
    maria.look("04-andra-bekrafta")
    page.get_by_label("Hur sade personen det?").fill("Amina ringde.")
    maria.press("Ändra samtycket")
    page.get_by_role("link", name="Återkalla").first.click()
    page.get_by_label("Hur kom återkallandet?").fill("Amina ringde.")
    maria.look("04-aterkalla")
    maria.press("Återkalla samtycket")
    assert per.page.goto(address).status == 404
    page.goto(address)
    maria.look("04-aterkallat")


def clock(maria, place):
    """Step 8: nobody has booked, five days have passed, and the beat says so, once."""
    with transaction.atomic():
        open_case(place.maria, individual(place.ifo, "Samir", "Aziz", NUMBERS[1]), received_days_ago=6)
    climb_ladder()
    climb_ladder()
    maria.page.goto("/")
    assert maria.page.get_by_text("Första mötet är inte bokat").first.is_visible()
    assert Notice.objects.filter(kind=Kind.FIRST_MEETING).count() == 1
    maria.look("08-min-dag")


def month(petra, sten):
    """Step 9: counted, commented, issued, read."""
    page = petra.page
    page.goto("/oversikt/")
    petra.look("09-oversikt")
    page.goto("/rapporter/")
    petra.press("Räkna månaden")
    petra.look("09-utkast")
    petra.press("Skriv kommentar", role="link")
    page.get_by_label("Din kommentar").fill("Den gemensamma bokningen har gjort skillnad.")
    page.get_by_label("Beslut som styrgruppen ombeds ta").fill("Fler mötestider på IFO.")
    petra.look("09-kommentar")
    petra.press("Spara och förhandsgranska")
    petra.press("Utfärda", role="link")
    petra.look("09-utfarda")
    petra.press("Utfärda rapporten")
    petra.look("09-utfardad")
    page = sten.page
    page.goto("/rapporter/")
    sten.look("09-styrgruppens-lista")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hämta").first.click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
