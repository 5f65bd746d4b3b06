"""How long a log-in lasts, where it is, and how it ends."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from accounts.middleware import BACKGROUND
from accounts.models import Session
from accounts.tasks import sweep_entrance
from audit.models import Action, Entry
from tests.accounts.steps import log_in

DEVICES = "/konto/enheter/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def is_in(client, **headers):
    return client.get("/hjalp/", headers=headers).status_code == 200


@pytest.fixture
def clock(cast):
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


def test_the_key_of_the_session_changes_at_log_in(client, cast):
    client.get("/konto/login/")
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    log_in(client, cast.anna)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_thirty_idle_minutes_end_it(client, cast, clock):
    client.force_login(cast.anna)
    clock.shift(timedelta(minutes=29, seconds=55))
    assert is_in(client)
    clock.shift(timedelta(minutes=29, seconds=55))
    assert is_in(client)
    clock.shift(timedelta(minutes=30, seconds=31))
    assert not is_in(client)


def test_the_idle_limit_never_comes_early_for_what_was_done_within_half_a_minute(client, cast, clock):
    client.force_login(cast.anna)
    clock.shift(timedelta(seconds=29))
    assert is_in(client)
    clock.shift(timedelta(minutes=29, seconds=59))
    assert is_in(client)


def test_without_the_limit_it_would_go_on(client, cast, clock, settings):
    settings.SESSION_IDLE = timedelta(hours=2)
    client.force_login(cast.anna)
    clock.shift(timedelta(minutes=31))
    assert is_in(client)


def test_what_the_page_asks_by_itself_does_not_prolong(client, cast, clock):
    client.force_login(cast.anna)
    for _ in range(3):
        clock.shift(timedelta(minutes=9, seconds=50))
        assert is_in(client, x_background="1")
    clock.shift(timedelta(minutes=1))
    assert not is_in(client)


def test_ten_hours_end_it_however_busy(client, cast, clock):
    client.force_login(cast.anna)
    for _ in range(29):
        clock.shift(timedelta(minutes=20))
        assert is_in(client)
    clock.shift(timedelta(minutes=20, seconds=1))
    assert not is_in(client)


def test_a_saved_message_does_not_prolong(client, cast, clock):
    client.force_login(cast.anna)
    clock.shift(timedelta(minutes=20))
    session = client.session
    session["something"] = 1
    session.save()
    assert Session.objects.get(pk=session.session_key).expire_date == timezone.now() + timedelta(minutes=10, seconds=30)


def test_one_sees_where_one_is_logged_in_and_nobody_elses(client, cast):
    log_in(client, cast.anna, headers={"user-agent": FIREFOX})
    Client().force_login(cast.bo)
    page = client.get(DEVICES)
    assert [row.device for row in page.context["rows"]] == ["Firefox på Windows"]
    assert "den här" in page.content.decode()
    assert client.session.session_key not in page.content.decode()


def test_one_is_ended_or_all_others_and_it_stands_in_the_log(client, cast):
    devices = [client, *(Client() for _ in range(3))]
    for device in devices:
        log_in(device, cast.anna)
    name = Session.objects.get(pk=devices[1].session.session_key).public_name
    client.post(f"{DEVICES}{name}/avsluta/")
    assert [is_in(device) for device in devices] == [True, False, True, True]
    client.post(f"{DEVICES}avsluta-andra/")
    assert [is_in(device) for device in devices] == [True, False, False, False]
    assert Entry.objects.filter(action=Action.SESSION_ENDED, actor_id=cast.anna.pk).count() == 3


def test_nobody_ends_the_log_in_of_a_colleague(client, cast):
    other = Client()
    other.force_login(cast.bo)
    client.force_login(cast.anna)
    client.post(f"{DEVICES}{Session.objects.get(user=cast.bo).public_name}/avsluta/")
    assert is_in(other)


def test_a_deactivated_user_is_out_at_the_next_request_and_stays_out(client, cast):
    """Also when the account is opened again later."""
    devices = [Client() for _ in range(3)]
    for device in devices:
        device.force_login(cast.anna)
    client.force_login(cast.adam)
    form = {
        "email": cast.anna.email,
        "given_name": "Anna",
        "family_name": "Ask",
        "organisation": cast.ifo.pk,
        "unit": cast.anna.unit_id,
    }
    client.post(f"/administration/accounts/user/{cast.anna.pk}/change/", form)
    assert not any(is_in(device) for device in devices)
    client.post(f"/administration/accounts/user/{cast.anna.pk}/change/", {**form, "is_active": "on"})
    assert not any(is_in(device) for device in devices)


def test_a_new_password_ends_the_other_log_ins(client, cast):
    other = Client()
    other.force_login(cast.anna)
    log_in(client, cast.anna)
    new = {"oldpassword": "ett-långt-lösenord", "password1": "en-helt-ny-nyckel", "password2": "en-helt-ny-nyckel"}
    assert client.post("/konto/password/change/", new).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_log_out_leaves_nothing_on_a_shared_computer(client, cast):
    log_in(client, cast.anna)
    assert client.get("/")["Cache-Control"] == "no-store"
    assert client.get("/")["Referrer-Policy"] == "same-origin"
    answer = client.post("/konto/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert Entry.objects.filter(action=Action.LOGGED_OUT, actor_id=cast.anna.pk).exists()
    assert not Session.objects.of(cast.anna).exists()
    assert "Clear-Site-Data" not in client.get("/konto/login/")


def test_every_cookie_is_bound_to_the_host(client, cast, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get("/konto/login/", secure=True)
    log_in(client, cast.anna, secure=True)
    client.post(f"{DEVICES}avsluta-andra/", secure=True)
    assert set(client.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["domain"], cookie["path"]) == ("", "/")


def test_expired_rows_are_swept(client, cast):
    client.force_login(cast.anna)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    sweep_entrance()
    assert not Session.objects.exists()


def test_every_page_that_asks_by_itself_says_so():
    """A poll without the header would keep an unattended computer logged in."""
    pages = (django_settings.BASE_DIR / "templates").rglob("*.html")
    polls = re.compile(r'<[^>]*hx-trigger="[^"]*\bevery\b[^>]*>')
    wrong = [tag for page in pages for tag in polls.findall(page.read_text()) if BACKGROUND not in tag]
    assert wrong == []
