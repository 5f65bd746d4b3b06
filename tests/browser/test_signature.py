"""The person answers on the screen, in a real browser: drawn with the mouse, by keyboard alone, and where no script runs."""

import pytest
from django.db import transaction

from consent.models import Consent
from tests.casting import individual, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def put_the_question(maria, place):
    """Maria asks in easy Swedish and hands the screen over."""
    with transaction.atomic():
        person = individual(place.ifo, "Prov", "Person", "T0000001", support_needs=["easy_read"])
        case = open_case(place.maria, person)
    page = maria.page
    page.goto(f"/arenden/{case.pk}/samtycke/nytt/")
    assert page.get_by_label("Lättläst svenska", exact=True).is_checked()
    page.get_by_label("Arbetsförmedlingen Flen").check()
    maria.press("Skriv under på skärmen")
    assert page.get_by_role("heading", name="Får vi berätta för varandra?").is_visible()
    return case


def answer_of(case):
    consent = Consent.objects.get(case=case)
    return consent.answer, [proof.kind for proof in consent.proofs.all()]


def test_a_name_is_drawn_with_the_mouse_and_stands_on_the_receipt(sit_down, place):
    maria = sit_down("maria")
    case = put_the_question(maria, place)
    page = maria.page
    maria.look("12-underteckna")
    maria.press("Ja, det får ni")
    assert page.get_by_role("alert").is_visible()
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 20, steps=8)
    page.mouse.move(box["x"] + 320, box["y"] + 70, steps=8)
    page.mouse.up()
    maria.press("Ja, det får ni")
    assert answer_of(case) == ("given", ["drawn"])
    maria.look("12-samtycke-underlag")
    maria.press("Visa som text", role="link")
    assert page.locator("svg.signature-kept").is_visible()
    maria.look("12-kvitto")


@pytest.mark.parametrize("script", [True, False], ids=["keyboard", "no script"])
def test_the_name_is_typed_by_keyboard_also_where_no_script_runs(sit_down, place, script):
    maria = sit_down("maria", java_script_enabled=script)
    case = put_the_question(maria, place)
    page = maria.page
    assert page.get_by_text("Rutan att rita i fungerar inte").is_visible() is not script
    page.get_by_role("textbox", name="Skriv ditt namn").focus()
    page.keyboard.type("Prov Person")
    page.keyboard.press("Enter")
    assert answer_of(case) == ("asked", [])
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert answer_of(case) == ("given", ["typed"])
