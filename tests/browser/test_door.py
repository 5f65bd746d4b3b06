"""The door with a real browser and a virtual security key: set up, log in without a password, confirm, end."""

import pytest

from accounts.sessions import BEGAN, SessionStore
from samverkan.demo.logins import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(person):
    chromium = person.context.new_cdp_session(person.page)
    chromium.send("WebAuthn.enable")
    return chromium, chromium.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def test_a_key_is_added_and_opens_the_door_without_a_password(sit_down, settings):
    maria = sit_down("maria")
    chromium, key = plug_in(maria)
    settings.DEMO = False
    maria.page.goto("/")
    assert maria.page.url.endswith("/konto/andra-steget/")
    maria.look("valj-andra-steg")
    maria.page.get_by_role("link", name="Välj app").click()
    maria.look("app-med-koder")
    maria.page.goto("/konto/andra-steget/")
    maria.page.get_by_role("link", name="Välj nyckel").click()
    maria.look("ny-nyckel")
    maria.page.get_by_label("Vad ska den heta?").fill("Min tjänstetelefon")
    maria.page.keyboard.press("Enter")
    maria.page.wait_for_url("**/reservkoder/")
    maria.look("reservkoder")
    for name, path in (("inloggning", "/konto/faktorer/"), ("enheter", "/konto/enheter/")):
        maria.page.goto(path)
        maria.look(name)

    maria.press("Logga ut")
    maria.page.goto("/konto/login/")
    maria.look("logga-in")
    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    maria.press("Logga in med säkerhetsnyckel")
    maria.page.get_by_text("Det gick inte.").wait_for()
    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    maria.press("Logga in med säkerhetsnyckel")
    maria.page.get_by_role("heading", level=1, name=", Maria").wait_for()


def test_the_promise_is_read_and_given(sit_down, place):
    place.maria.promises.all().delete()
    maria = sit_down("maria")
    maria.page.wait_for_url("**/konto/ansvar/")
    maria.look("ansvar")
    maria.page.get_by_label("Jag har läst").check()
    maria.press("Fortsätt till Samverkan")
    maria.page.get_by_role("heading", level=1, name=", Maria").wait_for()


def test_a_form_that_took_long_is_confirmed_where_it_stands(sit_down, place):
    adam = sit_down("adam")
    adam.page.goto("/administration/accounts/roleassignment/add/")
    adam.page.get_by_label("Användare").select_option(label="Maria Lind")
    adam.page.get_by_label("Roll").select_option("log_reviewer")
    adam.page.get_by_label("Från och med").fill("2026-01-01")
    grow_old(adam)
    adam.page.get_by_role("button", name="Spara", exact=True).click()
    adam.page.get_by_role("heading", level=1, name="Bekräfta att det är du").wait_for()
    adam.look("bekrafta")
    adam.page.get_by_label("Ditt lösenord").fill(PASSWORD)
    adam.page.keyboard.press("Enter")
    adam.page.wait_for_url("**/roleassignment/")
    assert place.maria.roles.filter(role="log_reviewer").exists()


def grow_old(person):
    """The log-in was ten minutes ago."""
    key = next(cookie["value"] for cookie in person.context.cookies() if cookie["name"] == "session")
    session = SessionStore(key)
    session[BEGAN] -= 600
    session.save()
