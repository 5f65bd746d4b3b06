"""Headers on every answer, and pages for when something is wrong."""

import json
import logging.config

import pytest
import structlog
from django.db import OperationalError
from django.test import Client

from samverkan.logs import logging_config, without_personal_data

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("path", ["/halsa/live", "/konto/login/", "/finns-inte/"])
def test_every_answer_has_the_strict_policy(client, db, path):
    answer = client.get(path)
    assert set(answer["Content-Security-Policy"].split("; ")) == set(POLICY.split("; "))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_missing_page_says_so_in_the_products_look(client, cast):
    client.force_login(cast.anna)
    answer = client.get("/finns-inte/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()


def test_a_form_without_its_token_is_refused_kindly(db):
    answer = Client(enforce_csrf_checks=True).post("/konto/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Sidan har varit öppen för länge" in answer.content.decode()


def test_a_bug_gives_a_calm_page(client, cast, monkeypatch):
    def broken(request):
        raise RuntimeError("fel")

    monkeypatch.setattr("samverkan.health.checks", broken)
    client.raise_request_exception = False
    answer = client.get("/halsa/redo")
    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()


def test_logs_hide_identity_numbers_and_what_a_browser_tells():
    event = {"event": "sökte 19950106-2385", "user_agent": "x", "request": "GET /sok/?q=Amina", "n": 1}
    assert without_personal_data(None, "info", event) == {"event": "sökte •", "n": 1}


def test_a_log_line_is_json_with_the_request_id(capsys):
    logging.config.dictConfig(logging_config("INFO"))
    structlog.contextvars.bind_contextvars(request_id="r-1")
    logging.getLogger("samverkan.test").warning("numret 9501062385 skrevs")
    structlog.contextvars.clear_contextvars()
    line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    assert (line["event"], line["level"], line["request_id"]) == ("numret • skrevs", "warning", "r-1")


def test_a_lost_database_gives_the_interruption_page(client, cast, monkeypatch):
    def gone():
        raise OperationalError("borta")

    monkeypatch.setattr("samverkan.health.checks", gone)
    client.raise_request_exception = False
    answer = client.get("/halsa/redo")
    assert answer.status_code == 503
    assert "driftstopp" in answer.content.decode().lower() or "stängt" in answer.content.decode().lower()
