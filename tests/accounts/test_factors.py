"""Outside the demo two steps are demanded of everybody, and nothing opens before them."""

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import Session
from audit.models import Action, Entry
from tests.accounts.steps import CODE, SECRET, code, give_app, log_in, log_in_strongly
from tests.test_access import ROUTES

SET_UP = "/konto/andra-steget/"
ADD_APP = "/konto/faktorer/app/ny/"
OPEN_TO_ALL = {"halsa/live", "halsa/redo", "tillganglighet/", "konto/andra-steget/"}


@pytest.fixture(autouse=True)
def real(settings):
    settings.DEMO = False


def pages(cast):
    for path in ROUTES:
        if path not in OPEN_TO_ALL:
            yield "/" + path.replace("<uuid:case_id>", str(cast.case.pk)).replace("<str:name>", "x").replace(
                "<str:reference>", "x"
            ).replace("<uuid:unassigned_id>", str(cast.case.pk)).replace("<uuid:", "<int:")


def numbered(path):
    while "<int:" in path:
        start = path.index("<int:")
        path = path[:start] + "1" + path[path.index(">", start) + 1 :]
    return path


def test_with_the_password_alone_nothing_opens(client, cast):
    log_in(client, cast.anna)
    before = Entry.objects.filter(action=Action.READ).count()
    for path in pages(cast):
        for method in (client.get, client.post):
            response = method(numbered(path))
            assert response.status_code == 302, path
            assert response.url == SET_UP, path
    assert client.get("/finns-inte/").url == SET_UP
    assert client.get("/administration/").url == SET_UP
    assert Entry.objects.filter(action=Action.READ).count() == before


def test_the_page_to_choose_a_step_shows_nothing_of_the_work(client, cast):
    log_in(client, cast.anna)
    text = client.get(SET_UP).content.decode()
    assert "Välj ett andra steg" in text
    assert "Ärenden" not in text


def test_in_the_demo_it_is_offered_and_not_demanded(client, cast, settings):
    settings.DEMO = True
    log_in(client, cast.anna)
    assert client.get("/").status_code == 200
    assert "andra steg" in client.get("/min-profil/").content.decode()


def test_an_app_with_codes_is_added_and_opens_the_house(client, cast):
    log_in(client, cast.anna)
    secret = client.get(ADD_APP).context["form"].secret
    answer = client.post(ADD_APP, {"code": code(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/konto/faktorer/reservkoder/"
    assert len(answer.context["unused_codes"]) == 10
    assert client.get("/").status_code == 200
    kinds = set(Entry.objects.filter(action=Action.FACTOR_ADDED).values_list("ground", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    client.get(f"/arenden/{cast.case.pk}/")
    assert Entry.objects.filter(action=Action.READ).latest("pk").factor == "lösenord och kod"


def test_recovery_codes_are_shown_once(client, cast):
    log_in(client, cast.anna)
    client.post(ADD_APP, {"code": code(client.get(ADD_APP).context["form"].secret)})
    shown = client.get("/konto/faktorer/reservkoder/").context["unused_codes"]
    assert shown[0] not in client.get("/konto/faktorer/reservkoder/").content.decode()


def test_the_next_log_in_asks_for_the_code(client, cast):
    give_app(cast.anna)
    assert log_in(client, cast.anna).url == CODE
    assert client.get("/").url.startswith("/konto/login/")
    assert "Koden stämmer inte" in client.post(CODE, {"code": "000000"}).content.decode()
    assert client.post(CODE, {"code": code()}).url == "/"
    assert client.get("/").status_code == 200
    assert Entry.objects.get(action=Action.LOGGED_IN).factor == "lösenord och kod"


def test_a_code_works_once_also_when_the_cache_has_forgotten(client, cast, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    give_app(cast.anna)
    same = code()
    log_in(client, cast.anna)
    assert client.post(CODE, {"code": same}).url == "/"
    other = Client()
    log_in(other, cast.anna)
    assert other.post(CODE, {"code": same}).status_code == 200
    assert other.post(CODE, {"code": code(steps=-1)}).status_code == 200
    assert other.post(CODE, {"code": code(steps=1)}).url == "/"


def test_a_recovery_code_works_once(client, cast, settings):
    log_in(client, cast.anna)
    client.post(ADD_APP, {"code": code(client.get(ADD_APP).context["form"].secret)})
    spare = client.get("/konto/faktorer/reservkoder/").context["unused_codes"][0]
    for expected in (302, 200):
        other = Client()
        log_in(other, cast.anna)
        assert other.post(CODE, {"code": spare}).status_code == expected
    assert Entry.objects.filter(action=Action.LOGGED_IN).latest("pk").factor == "lösenord och reservkod"


def test_codes_cannot_be_guessed(client, cast):
    """Five tries; the sixth is not even tested, right or wrong."""
    give_app(cast.anna)
    log_in(client, cast.anna)
    for _ in range(4):
        client.post(CODE, {"code": "000000"})
    assert "För många misslyckade försök" not in client.post(CODE, {"code": "000000"}).content.decode()
    assert "För många misslyckade försök" in client.post(CODE, {"code": code()}).content.decode()


def test_the_secrets_rest_sealed(client, cast):
    give_app(cast.anna)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert SECRET not in stored
    assert "secret" in json.loads(stored)


def test_a_session_from_before_the_app_must_prove_it_too(client, cast):
    log_in(client, cast.anna)
    give_app(cast.anna)
    assert client.get("/").url.startswith("/konto/faktorer/bekrafta/")
    assert client.get(ADD_APP).url.startswith("/konto/faktorer/bekrafta/")
    client.post("/konto/faktorer/bekrafta/", {"code": code()})
    assert client.get("/").status_code == 200


def test_the_only_step_stays_and_a_change_ends_the_other_sessions(client, cast):
    give_app(cast.anna)
    log_in_strongly(client, cast.anna)
    page = client.post("/konto/faktorer/app/ta-bort/")
    assert "enda andra steg" in page.content.decode()
    key = Authenticator.objects.create(user=cast.anna, type="webauthn", data={"name": "Nyckel", "credential": {}})
    other = Client()
    other.force_login(cast.anna)
    assert client.post("/konto/faktorer/app/ta-bort/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.anna, type="totp").exists()
    assert Entry.objects.get(action=Action.FACTOR_REMOVED).ground == "totp"
    assert other.get("/").url.startswith("/konto/login/")
    assert Session.objects.of(cast.anna).count() == 1
    client.post(f"/konto/faktorer/nycklar/{key.pk}/ta-bort/")
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_nobody_removes_a_colleagues_key(client, cast):
    give_app(cast.bo)
    key = Authenticator.objects.create(user=cast.anna, type="webauthn", data={"name": "Nyckel", "credential": {}})
    log_in_strongly(client, cast.bo)
    assert client.post(f"/konto/faktorer/nycklar/{key.pk}/ta-bort/").status_code == 404


def test_a_key_must_recognise_its_person(client, cast):
    """The options that the browser gets demand user verification, when it is added and when it is used."""
    log_in(client, cast.anna)
    options = client.get("/konto/faktorer/nycklar/ny/").context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    anonymous = Client().get("/konto/faktorer/nycklar/logga-in/", headers={"accept": "application/json"}).json()
    assert anonymous["request_options"]["publicKey"]["userVerification"] == "required"


def test_the_operator_takes_away_what_is_lost_and_the_next_log_in_sets_up_anew(client, cast):
    give_app(cast.anna)
    log_in_strongly(client, cast.anna)
    call_command("remove_factors", cast.anna.email.upper(), stdout=StringIO())
    assert client.get("/").url.startswith("/konto/login/")
    assert "av driften" in Entry.objects.get(action=Action.FACTOR_REMOVED).ground
    log_in(client, cast.anna)
    assert client.get("/").url == SET_UP
    with pytest.raises(CommandError):
        call_command("remove_factors", "ingen@example.org")


def test_a_new_key_takes_over_the_secrets_as_well(client, cast, settings):
    give_app(cast.anna)
    new = {250: bytes(range(32))}
    settings.IDENTITY_KEYS = new | settings.IDENTITY_KEYS
    call_command("reseal_numbers", stdout=StringIO())
    settings.IDENTITY_KEYS = new
    assert log_in_strongly(client, cast.anna).url == "/"


def test_a_newcomer_takes_step_codes_and_promise_in_that_order(client, cast):
    cast.anna.promises.all().delete()
    log_in(client, cast.anna)
    secret = client.get(ADD_APP).context["form"].secret
    shown = client.post(ADD_APP, {"code": code(secret)}, follow=True)
    assert shown.context["can_view_codes"]
    assert client.get("/").url == "/konto/ansvar/"
    client.post("/konto/ansvar/", {"text": client.get("/konto/ansvar/").context["text"].pk, "promises": "on"})
    assert client.get("/").status_code == 200


def test_without_the_demand_the_password_alone_would_open_the_house(client, cast, monkeypatch):
    """The negative control: what stops them above is the demand, not something else that happens to be broken."""
    monkeypatch.setattr("accounts.middleware.is_strong", lambda request: True)
    log_in(client, cast.anna)
    assert client.get(f"/arenden/{cast.case.pk}/").status_code == 200
