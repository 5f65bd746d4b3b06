"""Guessing stops, in the database; a municipality behind one address does not."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.guessing import LOCKED, account_of
from accounts.models import Guess
from accounts.tasks import sweep_entrance
from audit.models import Action, Entry
from tests.accounts.steps import log_in
from tests.casting import PASSWORD


def wrong(client, email, address="192.0.2.1"):
    return log_in(client, email, "fel-lösenord", REMOTE_ADDR=address)


def is_locked(response):
    return response.status_code == 200 and LOCKED in response.content.decode()


def test_five_wrong_from_one_address_close_the_account_there_and_only_there(client, cast):
    assert not any(is_locked(wrong(client, cast.anna.email)) for _ in range(5))
    assert is_locked(log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1"))
    cache.clear()
    assert is_locked(log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1"))
    assert log_in(client, cast.anna, REMOTE_ADDR="192.0.2.2").status_code == 302
    entry = Entry.objects.get(action=Action.LOCKED_OUT)
    assert (entry.object_kind, entry.object_id, entry.actor_id) == ("user", str(cast.anna.pk), None)


def test_it_opens_again_after_a_quarter(client, cast):
    for _ in range(6):
        wrong(client, cast.anna.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_twenty_in_a_day_close_it_from_everywhere(client, cast):
    for n in range(20):
        assert not is_locked(wrong(client, cast.anna.email, f"192.0.2.{n // 4}"))
    assert is_locked(log_in(client, cast.anna, REMOTE_ADDR="198.51.100.1"))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert log_in(client, cast.anna, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_a_whole_municipality_behind_one_address_comes_in(client, cast):
    for n in range(30):
        wrong(client, f"okand.{n}@example.org", "203.0.113.7")
    for user in (cast.anna, cast.bo, cast.cilla):
        assert log_in(client, user, REMOTE_ADDR="203.0.113.7").status_code == 302
        client.logout()


def test_an_unknown_address_is_closed_in_the_same_words(client, cast):
    known, unknown = ([wrong(client, email).content for _ in range(7)] for email in (cast.anna.email, "x@example.org"))
    sentences = [[b"st\xc3\xa4mmer inte" in page for page in pages] for pages in (known, unknown)]
    assert sentences[0] == sentences[1] == [True] * 5 + [False] * 2
    assert Entry.objects.filter(action=Action.LOCKED_OUT).count() == 2


def test_known_and_unknown_cost_the_same_work(client, cast, costs, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt: hashed.append(1) or f"md5${salt}$x",
    )
    counts = []
    for email in (cast.anna.email, "x@example.org"):
        hashed.clear()
        wrong(client, email)
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_right_ones_between_forgive_nothing_but_themselves(client, cast):
    """Or whoever can log in behind the same address could clear the way for a guesser."""
    for _ in range(4):
        wrong(client, cast.anna.email)
    log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1")
    client.logout()
    wrong(client, cast.anna.email)
    assert is_locked(log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1"))


def test_neither_what_was_typed_nor_the_address_is_kept(client, cast):
    wrong(client, "hemligt-losenord@example.org", "192.0.2.1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(g::text, ' ') FROM accounts_guess g")
        stored = cursor.fetchone()[0]
    assert "hemligt" not in stored
    assert "192.0.2.1" not in stored


def test_the_administrator_lets_somebody_in_again(client, cast):
    for _ in range(6):
        wrong(client, cast.anna.email)
    client.force_login(cast.adam)
    client.post("/administration/accounts/user/", {"action": "let_in_again", "_selected_action": [cast.anna.pk]})
    client.logout()
    assert log_in(client, cast.anna, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_old_tries_are_swept(client, cast):
    wrong(client, cast.anna.email)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        sweep_entrance()
    assert not Guess.objects.exists()


@pytest.mark.parametrize("typed", [" ANNA@Example.org ", "anna@example.org"])
def test_capitals_and_spaces_are_the_same_account(typed):
    assert account_of(typed) == account_of("anna@example.org")


def test_confirming_again_is_guarded_by_the_same_limits(client, cast):
    client.force_login(cast.anna)
    for _ in range(5):
        client.post("/konto/reauthenticate/", {"password": "fel"})
    assert LOCKED in client.post("/konto/reauthenticate/", {"password": PASSWORD}).content.decode()
