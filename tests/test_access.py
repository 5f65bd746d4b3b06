"""Every address × method × person × consent, as a table. Read tests/access.txt as the rule; a missing line fails.

`withdrawn` is Bo after the person took the consent back. Codes: 200 shown, 302 sent on, 403 seen but not allowed,
404 as if it did not exist, 405 not that method.
"""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client

from audit.models import Action, Entry
from consent.models import CaseScope, Disclosure
from samverkan.reference import load_reference_rows
from tests import casting
from tests.access_table import COLUMNS as PEOPLE
from tests.access_table import EXPECTED, METHODS, ROUTES, address_of
from tests.scene import furnish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """One cast and one scene for all these tests: every answer is undone, so none of them leaves anything behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_rows()
        cast = casting.assemble()
        yield cast, furnish(cast)
        assert CaseScope.objects.difference() == []
        transaction.set_rollback(True)


@pytest.fixture
def cast(stage):
    return stage[0]


@pytest.fixture
def scene(stage):
    return stage[1]


def _as(person, cast):
    client = Client()
    client.raise_request_exception = True
    if person == "withdrawn":
        Disclosure.objects.filter(consent=cast.consent).update(days="empty")
    if person != "nobody":
        client.force_login(cast.bo if person == "withdrawn" else getattr(cast, person))
    return client


def _answer(person, method, path, cast, scene, case_id=None):
    """What happens is undone, so that one answer never colours the next."""
    with transaction.atomic():
        client = _as(person, cast)
        answer = client.generic(
            method,
            address_of(path, scene, {"case_id": case_id} if case_id else ()),
            content_type="application/x-www-form-urlencoded",
        )
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    return answer


def test_the_table_names_every_address_and_nothing_else():
    wanted = {(path, method) for path in ROUTES for method in METHODS}
    assert wanted - set(EXPECTED) == set(), "Adresser som saknas i tests/access.txt"
    assert set(EXPECTED) - wanted == set(), "Adresser i tests/access.txt som inte finns"


@pytest.mark.parametrize("path", list(ROUTES), ids=lambda path: path or "(start)")
def test_everybody_gets_the_answer_of_the_table(path, cast, scene):
    for method in METHODS:
        got = {person: str(_answer(person, method, path, cast, scene).status_code) for person in PEOPLE}
        assert got == EXPECTED[path, method], f"{method} {path}"


CASE_ROUTES = [path for path in ROUTES if "<uuid:case_id>" in path]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?"|X-CSRFToken&quot;: ?&quot;)[^"&]+')


@pytest.mark.parametrize("path", CASE_ROUTES)
def test_forbidden_looks_exactly_like_missing(path, cast, scene):
    forbidden = _answer("cilla", "GET", path, cast, scene)
    missing = _answer("cilla", "GET", path, cast, scene, case_id=uuid.uuid4())
    assert forbidden.status_code == missing.status_code == 404
    assert TOKEN.sub(b"", forbidden.content) == TOKEN.sub(b"", missing.content)


@pytest.mark.parametrize("path", CASE_ROUTES)
def test_every_shown_case_page_leaves_exactly_one_read_and_every_refusal_one_row(path, cast, scene):
    for person, action in (("anna", Action.READ), ("cilla", Action.REFUSED)):
        before = Entry.objects.filter(action=action).count()
        with transaction.atomic():
            _as(person, cast).get(address_of(path, scene))
            assert Entry.objects.filter(action=action).count() == before + 1
            transaction.set_rollback(True)


def test_without_the_gate_the_outsider_would_be_let_in(cast, scene, monkeypatch):
    """The negative control: the answers above come from the locks, not from something else that happens to be broken.
    Row-level security alone keeps her out; without both she is let in."""
    monkeypatch.setattr("consent.gate.Gate.cases", lambda self: type(cast.case).objects.all())
    assert _answer("cilla", "GET", "arenden/<uuid:case_id>/", cast, scene).status_code == 404
    monkeypatch.setattr("consent.context.known_of", lambda gate: {"beyond": "test"})
    assert _answer("cilla", "GET", "arenden/<uuid:case_id>/", cast, scene).status_code == 200
