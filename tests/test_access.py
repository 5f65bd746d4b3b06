"""The access matrix: address × method × person × relation × answer about consent, each cell asked with a real request
and compared with the oracle (tests/oracle.py) over the table of what each address needs (tests/access.txt).

The ordinary run asks 3,304 cells (every address and person; every two values of the five meet), the deep run 49,520 of
all 247,598 (every three values meet). tests/cells.py chooses them; an address more makes them a few more.

Codes: 200 shown, 302 sent on, 403 seen but not allowed, 404 as if it did not exist, 405 not that method.
"""

import re
import uuid
from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from math import prod
from operator import attrgetter

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from audit.models import Action, Entry
from consent.models import CaseScope
from tests import casting, oracle, worlds
from tests.access_table import COLUMNS, EXPECTED, METHODS, NEEDS, ROUTES, World, address_of
from tests.cells import NAMES, WORLDS, Cell, deep_cells, every_cell, ordinary_cells
from tests.conftest import DEEP
from tests.scene import furnish, prove
from tests.worlds import ANSWERS, PEOPLE, RELATIONS

pytestmark = pytest.mark.django_db

CELLS = ordinary_cells()
CASE_ROUTES = [path for path in ROUTES if "<uuid:case_id>" in path]
LAW = oracle.Law(worlds.NOW, worlds.UNITS)
# As if they logged in later than they do: however slow the machine is, no log-in grows old.
FRESH = timedelta(hours=3)
FORM = "application/x-www-form-urlencoded"
MISSING = {"reference": "SAKNAS22", "name": "saknas"}


def by_world(cells):
    found = defaultdict(list)
    for cell in cells:
        found[cell.world].append(cell)
    return found


def world_of(relation, answer):
    """As facts."""
    asked = ANSWERS[answer]
    return World(LAW, worlds.facts(RELATIONS[relation], asked), asked and asked.answer)


class Stage:
    """The furnished cast, with everybody logged in once. Whatever is asked is undone."""

    def __init__(self):
        self.cast = casting.assemble()
        self.scene = furnish(self.cast)
        worlds.gather(self.cast)
        self.scene.ids |= {
            "grant_id": self.cast.case.grants.get(user=self.cast.vera).pk,
            "organisation_id": self.cast.guest.pk,
        }
        self.clients = {name: Client() for name in NAMES}
        with time_machine.travel(timezone.now() + FRESH, tick=False):
            for name, client in self.clients.items():
                if name != "nobody":
                    client.force_login(getattr(self.cast, "anna" if name == "one_factor" else name))

    def enter(self, relation, answer):
        """The world as rows; its facts come back. The caller undoes it."""
        worlds.relate(self.cast, RELATIONS[relation])
        consent = worlds.ask(self.cast, ANSWERS[answer])
        self.scene.ids |= {
            "consent_id": consent.pk if consent else 0,
            "reference": consent.reference if consent else MISSING["reference"],
            "proof_id": prove(consent, self.cast.anna).pk if consent else 0,
        }
        self.seen = Entry.objects.latest("pk").pk
        return world_of(relation, answer)

    def ask(self, name, method, path, **ids):
        client = self.clients[name]
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.generic(method, address_of(path, self.scene, ids), content_type=FORM)
            if answer.streaming:
                answer.close()
            answer.logged = list(Entry.objects.filter(pk__gt=self.seen).values_list("action", flat=True))
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        assert CaseScope.objects.difference() == []
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def second_factor(settings):
    """Demonstration asks for no second factor: only one_factor meets a system that does."""
    settings.DEMO = True


def deviations(stage, world, cells, settings):
    """What was answered otherwise than the law says, in words."""
    wrong = []
    for cell in sorted(cells, key=lambda cell: cell.name == "one_factor"):
        if (cell.name == "one_factor") == settings.DEMO:
            settings.DEMO = not settings.DEMO
        settings.EMERGENCY_ACCESS = cell.path != "atkomst/nod/"  # the table says how it is by default: off
        answer = stage.ask(cell.name, cell.method, cell.path)
        wanted = world.expected(cell.path, cell.method, cell.name, PEOPLE.get(cell.name))
        got = str(answer.status_code)
        if got != wanted:
            wrong.append(f"{cell.method} {cell.path} {cell.name} {cell.world}: {got}, rätt är {wanted}")
        if "<uuid:case_id>" in cell.path and cell.name in PEOPLE:
            opened = world.law.may_open(PEOPLE[cell.name], world.case)
            read, refused = (answer.logged.count(action) for action in (Action.READ, Action.REFUSED))
            if (read, refused) != (max(opened, read * (cell.method == "POST")), not opened or got == "403"):
                wrong.append(f"{cell.method} {cell.path} {cell.name} {cell.world}: {got} och i loggen {answer.logged}")
    return wrong


def walk(stage, world, cells, settings):
    with transaction.atomic():
        found = deviations(stage, stage.enter(*world), cells, settings)
        transaction.set_rollback(True)
    return found


# --- the table ------------------------------------------------------------------------------------------------------
def test_the_table_names_every_address_and_nothing_else():
    wanted = {(path, method) for path in ROUTES for method in METHODS}
    assert wanted - set(EXPECTED) == set(), "Adresser som saknas i tests/access.txt"
    assert set(EXPECTED) - wanted == set(), "Adresser i tests/access.txt som inte finns"
    assert [start for start in NEEDS if not any(path.startswith(start) for path in ROUTES)] == []


def test_the_columns_say_what_the_law_says():
    """A line of a case opens for Anna and Bo alone, and no more for Bo when the consent is taken back."""
    for path, method in EXPECTED:
        codes = EXPECTED[path, method]
        if "<uuid:case_id>" in path:
            assert {codes[name] for name in COLUMNS if name not in ("anna", "bo", "nobody")} == {"404"}, path
            assert codes["nobody"] == "302", path


def combinations_that_never_meet(cells, columns, number):
    """Of so many columns. An address that says the same in every world is asked in one world by each person."""
    rows = [columns(cell) for cell in cells if "<uuid:case_id>" in cell.path]
    places = range(len(rows[0]))
    values = [{row[place] for row in rows} for place in places]
    return [
        chosen
        for chosen in combinations(places, number)
        if len({tuple(row[place] for place in chosen) for row in rows}) < prod(len(values[place]) for place in chosen)
    ]


def test_the_ordinary_cells_let_every_two_values_meet():
    assert len(CELLS) >= 3259
    columns = attrgetter("path", "method", "name", "relation", "answer")
    assert combinations_that_never_meet(CELLS, columns, 2) == []


@pytest.mark.deep
def test_the_deep_cells_let_every_three_values_meet():
    cells = [cell for world, whole in by_world(every_cell()).items() for cell in deep_cells(world, whole)]
    assert len(cells) >= 49_021

    def columns(cell):
        return (cell.path, cell.method), cell.name, cell.relation, cell.answer

    assert combinations_that_never_meet(cells, columns, 3) == []


# --- the matrix -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("world", WORLDS, ids="-".join)
def test_everybody_gets_the_answer_of_the_law(world, stage, settings):
    assert not (found := walk(stage, world, by_world(CELLS)[world], settings)), "\n".join(found)


@pytest.mark.deep
@pytest.mark.parametrize("world", WORLDS, ids="-".join)
def test_everybody_gets_the_answer_of_the_law_in_a_fifth_of_all_cells(world, stage, settings):
    found = walk(stage, world, deep_cells(world, by_world(every_cell())[world]), settings)
    assert not found, "\n".join(found)


def test_the_control_without_the_locks_outsiders_are_let_in(stage, settings, monkeypatch):
    """The answers come from the locks, not from something else that happens to be broken. Row-level security alone
    keeps her out; without both she is let in."""
    outside = Cell("arenden/<uuid:case_id>/", "GET", "cilla", "none", "none")
    monkeypatch.setattr("consent.gate.Gate.cases", lambda self: type(stage.cast.case).objects.all())
    assert walk(stage, ("none", "none"), [outside], settings) == []
    monkeypatch.setattr("consent.context.known_of", lambda gate: {"beyond": "test"})
    assert walk(stage, ("none", "none"), [outside], settings)


def test_the_control_with_another_law_the_answers_are_wrong(stage, settings, monkeypatch):
    """The oracle is asked, and what it says counts."""
    monkeypatch.setattr(oracle.Law, "has_right", lambda self, organisation, case: True)
    assert walk(
        stage, ("assigned", "none"), [Cell("arenden/<uuid:case_id>/", "GET", "bo", "assigned", "none")], settings
    )


# Shown to somebody, but in a setting of its own.
SUCCEEDS_ELSEWHERE = {
    "arenden/<uuid:case_id>/ateroppna/": "tests/cases/test_endings.py: a closed case",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/": "tests/meetings/test_phases.py: a meeting held",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/deltagaren/": "the same",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/metoden/": "tests/meetings/test_feedback.py: an observer",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/lapp/": "the same: a meeting held",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/lapp/ny/": "the same",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/aterkoppling/lapp/pdf/": "the same",
    "rost/<str:token>/": "the same: the code of a slip",
    "valj-tid/<str:token>/": "tests/meetings/test_proposals.py: the link of a proposal",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/protokoll/skriv/": "tests/meetings/test_minutes.py: a meeting held",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/protokoll/ratta/": "the same: final minutes",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/protokoll/<int:number>/lamnat/": "the same: minutes that are shared",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/samtal/delmal/nytt/": "tests/meetings/test_screen.py: a talk going on",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/samtal/delmal/<int:milestone_id>/andra/": "the same",
    "arenden/<uuid:case_id>/moten/<int:meeting_id>/samtal/behov/": "the same",
    "arenden/<uuid:case_id>/loften/efter/<int:follow_up_id>/": "tests/cases/test_promises.py: a case that has ended",
    "utskick/leverans/": "tests/notices/test_delivery.py: the deliverer's secret",
    "atkomst/nod/": "tests/consent/test_emergency.py: a setting, off by default",
    "rapporter/<int:report_id>/utskrift/": "tests/reports/test_monthly_reports.py: a report that is ready",
    "konto/tjanstelegitimation/": "tests/accounts/test_oidc.py: an identity provider",
    "konto/tjanstelegitimation/koppla/": "the same",
    "konto/tjanstelegitimation/bekrafta/": "the same",
    "konto/saml/": "tests/accounts/test_saml.py: an identity provider that speaks SAML",
    "konto/saml/svar/": "the same: its form",
    "konto/saml/hamta/": "the same",
    "konto/saml/koppla/": "the same",
    "konto/saml/bekrafta/": "the same",
    "konto/saml/metadata/": "the same",
}
PUBLIC = {path for path in ROUTES if EXPECTED[path, "GET"]["nobody"] == "200"}


def test_every_address_was_shown_to_somebody_and_refused_to_somebody():
    shown, refused = set(), set()
    for cell in CELLS:
        world = world_of(*cell.world)
        code = world.expected(cell.path, cell.method, cell.name, PEOPLE.get(cell.name))
        person = cell.name in PEOPLE
        sent_away = not person and code == "302"
        (refused if sent_away or code in ("403", "404") else shown if person and code != "405" else set()).add(
            cell.path
        )
    assert (set(ROUTES) - shown) ^ set(SUCCEEDS_ELSEWHERE) == set()
    assert set(ROUTES) - refused <= PUBLIC
    assert len(PUBLIC) <= 12


UNKNOWN = ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def test_another_method_is_refused_without_telling_outsiders_that_there_is_a_case(stage):
    with transaction.atomic():
        stage.enter("assigned", "none")
        for number, path in enumerate(ROUTES):
            method = UNKNOWN[number % len(UNKNOWN)]
            assert stage.ask("anna", method, path).status_code == 405, f"{method} {path}"
            if path in CASE_ROUTES:
                assert stage.ask("cilla", method, path).status_code == 404, f"{method} {path}"
        transaction.set_rollback(True)


# --- forbidden looks exactly like missing ---------------------------------------------------------------------------
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?"|X-CSRFToken&quot;: ?&quot;)[^"&]+')
NONCE = re.compile(r"'nonce-[^']+'")


def look(answer):
    """All that the one who asked can tell apart."""
    headers = {name: NONCE.sub("", value) for name, value in answer.headers.items()}
    return answer.status_code, headers, TOKEN.sub(b"", answer.content), sorted(answer.cookies)


def asked_with(paths):
    """Both methods in the deep run, every second otherwise."""
    lines = [(path, METHODS[(number + turn) % 2]) for turn in range(2) for number, path in enumerate(paths)]
    return lines if DEEP else lines[: len(paths)]


def test_a_forbidden_case_looks_exactly_like_a_missing_one(stage):
    with transaction.atomic():
        stage.enter("none", "valid")
        for path, method in asked_with(CASE_ROUTES):
            forbidden = stage.ask("cilla", method, path)
            missing = stage.ask("cilla", method, path, case_id=uuid.uuid4())
            assert forbidden.status_code == 404, path
            assert look(forbidden) == look(missing), path
        transaction.set_rollback(True)


ROW = re.compile(r"<(?:int|str|uuid):(\w+)>(?!.*<(?:int|str|uuid):)")
ROWS = [path for path in ROUTES if ROW.search(path.replace("<uuid:case_id>", ""))]


def test_a_forbidden_row_looks_exactly_like_a_missing_one(stage):
    """Bo may open the case, but is told nothing of what these rows are about."""
    compared = 0
    with transaction.atomic():
        stage.enter("assigned", "other_category")
        for path, method in asked_with(ROWS):
            forbidden = stage.ask("bo", method, path)
            if forbidden.status_code == 404:
                name = ROW.search(path)[1]
                missing = stage.ask(
                    "bo",
                    method,
                    path,
                    **{name: MISSING.get(name, uuid.uuid4() if "uuid:" + name in path else 99999999)},
                )
                assert look(forbidden) == look(missing), path
                compared += 1
        transaction.set_rollback(True)
    assert compared > 10
