"""A real Chromium against a live server: console errors, CSP violations and axe's findings fail the test."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from samverkan.demo.logins import PASSWORD
from samverkan.demo.workplaces import open_workplaces
from samverkan.reference import load_reference_rows

PICTURES = Path(__file__).resolve().parent.parent.parent / ".var" / "pictures"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1440, 390)


def _chromium():
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = _chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium saknas: se ./run doctor.")
    return {"executable_path": path, "args": [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def place(live_server, settings):
    """The demo's workplaces without its cases."""
    settings.DEMO_LOGINS = []
    load_reference_rows()
    return open_workplaces(timezone.localdate())


class Person:
    """Somebody at their own computer. `look` is what makes a page pass: pictures, axe, silence in the console.

    Without JavaScript axe has nothing to run in, and the same pages have had their pictures taken: then `look` is silent.
    """

    def __init__(self, browser, base, email, context_args):
        self.has_script = context_args.get("java_script_enabled", True)
        self.context = browser.new_context(base_url=base, **context_args)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.email = email

    def sign_in(self):
        self.page.goto("/konto/login/")
        self.page.get_by_label("E-post").fill(self.email)
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logga in", exact=True).click()

    def _hear(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()

    def look(self, name):
        """Pictures at both widths, no finding by axe, no sideways scroll, nothing said in the console."""
        if not self.has_script:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 1000})
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{name}: {wider} px utanför vid {width}"
            found = Axe().run(self.page, options=WCAG).response["violations"]
            assert found == [], f"{name} vid {width}: " + "; ".join(
                f"{v['id']} {v['nodes'][0]['html'][:120]}" for v in found
            )
        self.page.set_viewport_size({"width": 1440, "height": 1000})
        assert self.complaints == [], f"{name}: {self.complaints}"


@pytest.fixture
def sit_down(browser, live_server, browser_context_args, place):
    """`maria = sit_down("maria")`: that colleague logged in, in a browser of their own."""
    people = []

    def someone(key, *, signed_in=True, **context):
        person = Person(browser, live_server.url, getattr(place, key).email, {**browser_context_args, **context})
        people.append(person)
        if signed_in:
            person.sign_in()
        return person

    yield someone
    for person in people:
        person.context.close()
