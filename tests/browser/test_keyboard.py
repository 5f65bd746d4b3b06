"""The central jobs of a day with the keyboard alone: Tab, Shift+Tab, Enter, Space and what is typed."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from actionplans import services as plans
from consent.gate import Gate
from samverkan.demo.logins import PASSWORD
from tests.browser.steps import the_day_comes
from tests.casting import individual, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONGEST_WAY = 70
STOP = """aim => {
    const here = document.activeElement, style = getComputedStyle(here);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return [here === aim, ring || here === document.body ? "" : here.outerHTML.slice(0, 150)];
}"""
HERE = "element => element === document.activeElement"


class Keyboard:
    """Hands that have no mouse. Wherever Tab stops there must be a ring to see."""

    def __init__(self, page):
        self.page = page

    def to(self, role, name):
        """Tab until it is there; a page that never gets there is a trap."""
        self.to_found(self.page.get_by_role(role, name=name).first, f"{role} {name}")

    def to_found(self, found, called):
        found.wait_for()
        aim = found.element_handle()
        arrived = aim.evaluate(HERE)
        for _ in range(LONGEST_WAY):
            if arrived:
                return
            self.page.keyboard.press("Tab")
            arrived, unseen = aim.evaluate(STOP)
            assert not unseen, f"Ingen synlig fokus: {unseen}"
        raise AssertionError(f"Tangentbordet når inte {called} på {self.page.url}")

    def back_and_forth(self):
        """Shift+Tab leaves, Tab returns: nothing holds the focus."""
        before = self.page.evaluate_handle("document.activeElement")
        self.page.keyboard.press("Shift+Tab")
        assert not before.evaluate(HERE)
        self.page.keyboard.press("Tab")
        assert before.evaluate(HERE)

    def open(self, role, name):
        self.to(role, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, words):
        self.to_found(self.page.locator("summary", has_text=words).first, words)
        self.page.keyboard.press("Enter")

    def tick(self, name, role="checkbox"):
        self.to(role, name)
        self.page.keyboard.press("Space")

    def write(self, name, words):
        self.to("textbox", name)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(words)

    def lands_on_the_errors(self):
        """After a wrong form the list of errors has the focus, and its first link leads to the field."""
        assert self.page.evaluate("document.activeElement.matches('[data-error-summary]')")
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.matches('.has-error input, .has-error textarea')")


@pytest.fixture
def case(place):
    """Maria's: with a plan, and without consent or meeting."""
    with transaction.atomic():
        case = open_case(place.maria, individual(place.ifo))
        gate = Gate(place.maria)
        plan = plans.start(gate, case=gate.open(case.pk), own_goal="Jobba som barnskötare")
        due = gate.day + timedelta(days=30)
        words = {"text": "SFI kurs D", "due_on": due, "follow_up_how": "i nästa möte"}
        plans.add_milestone(gate, plan=plan, responsible_user=None, **words)
    return case


def test_a_day_without_a_mouse(sit_down, case):
    maria = sit_down("maria", signed_in=False)
    keys = Keyboard(maria.page)
    sign_in(keys, maria)
    search(keys)
    give_consent(keys)
    book(keys)
    start_phases(keys)
    edit_plan(keys)
    withdraw(keys)
    assert maria.complaints == []


def sign_in(keys, maria):
    keys.page.goto("/konto/login/")
    keys.write("E-post", maria.email)
    keys.to("textbox", "Lösenord")
    keys.page.keyboard.insert_text("fel")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    assert keys.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    keys.to("textbox", "Lösenord")
    keys.page.keyboard.insert_text(PASSWORD)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def search(keys):
    keys.to("searchbox", "Sök namn")
    keys.page.keyboard.insert_text("Hassan")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.open("link", "Amina Hassan")


def give_consent(keys):
    keys.open("link", "Samtycke")
    keys.open("link", "Fråga om samtycke")
    keys.open("button", "Registrera ja")
    keys.lands_on_the_errors()
    keys.tick("Arbetsförmedlingen Flen")
    keys.back_and_forth()
    keys.tick("Personen har fått veta")
    keys.open("button", "Registrera ja")
    assert keys.page.get_by_text("Samtycke gäller").first.is_visible()


def book(keys):
    keys.open("link", "Boka möte")
    keys.open("link", "i morgon")
    keys.open("button", "Boka mötet")
    assert keys.page.get_by_role("link", name="Förbered").is_visible()


def start_phases(keys):
    the_day_comes()
    keys.open("link", "Håll mötet")
    keys.open("button", "Starta förberedelsen")
    keys.open("button", "Avsluta förberedelsen")
    keys.tick("Ja, samtycket gäller", role="radio")
    keys.open("button", "Skriv svaret")
    keys.open("button", "Starta samtalet")
    assert keys.page.get_by_role("timer").is_visible()


def edit_plan(keys):
    """The goal on a page of its own, a delmål where it stands."""
    keys.open("link", re.compile(r"^\W*Mötet$"))
    keys.open("link", "Handlingsplan")
    keys.open("link", "Ändra mål")
    keys.write("Personens eget mål", "")
    keys.open("button", "Spara")
    keys.lands_on_the_errors()
    keys.write("Personens eget mål", "Driva ett eget kafé")
    keys.open("button", "Spara")
    assert keys.page.get_by_text("Driva ett eget kafé").first.is_visible()
    keys.to("link", re.compile(r"Ändra ?: SFI kurs D"))
    keys.page.keyboard.press("Enter")
    keys.write("Vad ska hända?", "SFI kurs D, tre dagar i veckan")
    keys.open("button", "Spara")
    assert keys.page.get_by_text("tre dagar i veckan").first.is_visible()


def withdraw(keys):
    keys.open("link", "Samtycke")
    keys.open("link", "Återkalla")
    keys.write("Hur kom återkallandet?", "Amina ringde.")
    keys.open("button", "Återkalla samtycket")
    assert keys.page.get_by_text("återkallat").first.is_visible()
