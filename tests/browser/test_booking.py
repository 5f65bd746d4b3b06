"""Booking by keyboard alone, from a free slot to the call and from several times to the one that suits; and every page
of booking as axe and the eye see it."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cases.models import Individual
from meetings.models import Absence, Meeting, OtherHours, Proposal
from meetings.proposal_mail import CHOOSE
from notices.models import Kind, OutboxMessage, PersonalLink
from tests.browser.test_keyboard import Keyboard
from tests.casting import individual, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(place):
    """Maria's, of somebody who reads mail and needs an interpreter. Maria is away later on, and not bookable one day."""
    with transaction.atomic():
        person = individual(place.ifo)
        reached = {"channel": "email", "email": "amina@example.org", "interpreter_language": "somaliska"}
        Individual.objects.filter(pk=person.pk).update(**reached)
        later = timezone.now() + timedelta(days=20)
        Absence.objects.create(
            user=place.maria, starts_at=later, ends_at=later + timedelta(days=5), substitute=place.elin
        )
        OtherHours.objects.create(user=place.maria, day=timezone.localdate(later))
        return open_case(place.maria, person)


def test_from_a_free_time_to_the_call_without_a_mouse(sit_down, case):
    maria = sit_down("maria")
    keys, booking = Keyboard(maria.page), f"/arenden/{case.pk}/moten/boka/"
    maria.page.goto(booking)
    propose(keys)
    amina = sit_down("maria", signed_in=False)
    choose(Keyboard(amina.page))
    maria.page.reload()
    keys.open("button", re.compile("^Boka "))
    assert maria.page.get_by_text("De andra tiderna är släppta").first.is_visible()
    maria.page.goto(booking)
    book(keys)
    for person in (maria, amina):
        assert person.complaints == []


def propose(keys):
    """Two of the times that the page found."""
    keys.open("button", "Visa lediga tider")
    keys.unfold("Föreslå flera tider")
    for box in keys.page.locator("input[name=proposed]").all()[:2]:
        keys.to_found(box, "en tid")
        keys.page.keyboard.press("Space")
    keys.open("button", "Skicka förslag")
    assert keys.page.get_by_text("Väntar på svar från").first.is_visible()


def choose(keys):
    """The person, at the page behind the link in their mail."""
    asked = Proposal.objects.get().recipients.get(role="individual")
    keys.page.goto(f"/valj-tid/{PersonalLink.objects.get(route=CHOOSE, object_key=asked.key).token}/")
    keys.open("button", "Skicka svar")
    keys.tick(re.compile("klockan"))
    keys.open("button", "Skicka svar")
    assert keys.page.get_by_text("Tack").first.is_visible()


def book(keys):
    keys.open("button", "Visa lediga tider")
    keys.open("button", re.compile("^Boka .* "))
    assert keys.page.get_by_role("heading", name="Skickat").is_visible()
    booked = Meeting.objects.booked().order_by("pk").last()
    assert OutboxMessage.objects.filter(kind=Kind.MEETING_BOOKED, object_key__contains=f":{booked.pk}:").count() == 3


@pytest.mark.deep
def test_every_page_of_booking_is_clean_at_both_widths(sit_down, case):
    maria, karin = sit_down("maria"), sit_down("karin")
    here, page = f"/arenden/{case.pk}/moten/", maria.page
    page.goto(f"{here}boka/")
    maria.look("09-boka")
    page.get_by_label("Vilket möte?").select_option("follow_up")
    page.get_by_label("Upprepa").select_option("1")
    page.get_by_label("Hur många gånger?").fill("4")
    page.get_by_label("Dag", exact=True).fill(f"{timezone.localdate() + timedelta(days=6)}")
    page.get_by_label("Klockan").fill("10:00")
    maria.press("Boka mötet")
    maria.look("09-serie")
    page.goto(f"{here}boka/")
    propose(Keyboard(page))
    maria.look("09-forslag")
    page.goto(f"{here}boka/")
    maria.press("Visa lediga tider")
    page.locator("summary", has_text="Föreslå flera tider").click()
    maria.look("09-boka-lediga-tider")
    for name, path in (
        ("moten", here),
        ("vecka-egen", "/kalender/"),
        ("vecka-enhet", "/kalender/?vy=enhet"),
        ("vecka-rum", "/kalender/?vy=rum"),
        ("mina-tider", "/kalender/tider/"),
        ("prenumerera", "/kalender/prenumeration/"),
    ):
        page.goto(path)
        maria.look(f"09-{name}")
    for name, path in (
        ("enhetens-tider", "/kalender/tider/enhet/"),
        ("kapacitet", "/"),
        ("overlamning", "/overlamning/"),
    ):
        karin.page.goto(path)
        karin.look(f"09-{name}")
    amina = sit_down("maria", signed_in=False)
    for asked in Proposal.objects.get().recipients.all():
        amina.page.goto(f"/valj-tid/{PersonalLink.objects.get(route=CHOOSE, object_key=asked.key).token}/")
        amina.look(f"09-svar-{asked.role}")
