"""The employer's identity provider: linked by the user alone, believed only when everything is right."""

import time

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Identity, User
from audit.models import Action, Entry
from tests.accounts import provider as idp
from tests.accounts.steps import give_app, later, log_in, log_in_strongly

START, ANSWER = "/konto/tjanstelegitimation/", "/konto/tjanstelegitimation/svar/"
LINK, CONFIRM = f"{START}koppla/", f"{START}bekrafta/"


@pytest.fixture(scope="module")
def server():
    served = idp.Provider()
    yield served
    served.close()


@pytest.fixture
def provider(server, settings):
    server.claims, server.sign, server.configuration = {}, idp.signed, {}
    settings.DEMO = False
    settings.OIDC_ISSUER = server.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = server.client
    return server


@pytest.fixture
def linked(cast, provider):
    Identity.objects.create(issuer=provider.issuer, subject="anna-hos-kommunen", user=cast.anna)
    return provider


def visit(client, provider, page=START, **changed):
    """To the provider and back again."""
    return client.get(ANSWER, provider.answer(client.get(page).url) | changed)


def is_in(client):
    return client.get("/hjalp/").status_code == 200


def test_a_user_links_it_after_a_log_in_of_their_own_and_comes_in_with_it(client, cast, provider):
    give_app(cast.anna)
    log_in_strongly(client, cast.anna)
    visit(client, provider, LINK)
    identity = Identity.objects.get()
    assert (identity.issuer, identity.subject, identity.user) == (provider.issuer, "anna-hos-kommunen", cast.anna)
    assert "Flens kommun" in client.get("/konto/faktorer/").content.decode()
    other = Client()
    assert visit(other, provider).url == "/"
    assert is_in(other)
    entry = Entry.objects.filter(action=Action.LOGGED_IN).latest("pk")
    assert (entry.actor_id, entry.factor) == (cast.anna.pk, "tjänstelegitimation")


def test_the_identity_number_that_the_provider_sends_is_kept_nowhere(client, cast, linked):
    visit(client, linked)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_agg(i)::text FROM accounts_identity i), (SELECT json_agg(e)::text FROM audit_entry e)"
        )
        assert "199501062385" not in "".join(cursor.fetchone())
    assert "199501062385" not in str(dict(client.session))


def test_the_question_asks_for_the_level_and_binds_the_answer(client, cast, linked):
    address = client.get(START).url
    assert address.startswith(f"{linked.issuer}/fraga?")
    for part in ("code_challenge_method=S256", "nonce=", "state=", "loa3", "scope=openid&"):
        assert part in address


def test_somebody_unknown_is_not_let_in_and_no_user_is_made(client, cast, provider):
    provider.claims = {"email": cast.anna.email, "email_verified": True}
    before = User.objects.count()
    page = visit(client, provider)
    assert page.url == "/konto/login/"
    assert "inte kopplad" in client.get(page.url).content.decode()
    assert User.objects.count() == before
    assert not is_in(client)


FORGED = {
    "unsigned": {"sign": idp.unsigned},
    "signed by somebody else": {"sign": lambda claims: idp.signed(claims, key=idp.STRANGER)},
    "signed with an unknown key id": {"sign": lambda claims: idp.signed(claims, kid="2")},
    "without a key id": {"sign": lambda claims: idp.signed(claims, kid="")},
    "symmetric": {"sign": idp.signed_with_the_public_key},
    "changed after signing": {"sign": idp.tampered},
    "cut short": {"sign": lambda claims: idp.signed(claims)[:-20]},
    "no token at all": {"sign": lambda claims: ""},
    "no token but a list": {"sign": lambda claims: []},
    "other issuer": {"claims": {"iss": "https://annan.example.org"}},
    "no issuer": {"claims": {"iss": None}},
    "for another client": {"claims": {"aud": "annan"}},
    "for nobody": {"claims": {"aud": None}},
    "for several, issued to another": {"claims": {"aud": ["samverkan", "annan"], "azp": "annan"}},
    "for several, issued to nobody": {"claims": {"aud": ["samverkan", "annan"]}},
    "expired": {"claims": {"exp": 1_700_000_000}},
    "without an end": {"claims": {"exp": None}},
    "not yet issued": {"claims": {"iat": 4_000_000_000}},
    "without an issue time": {"claims": {"iat": None}},
    "not yet valid": {"claims": {"nbf": 4_000_000_000}},
    "another log-in's nonce": {"claims": {"nonce": "x"}},
    "without a nonce": {"claims": {"nonce": None}},
    "nobody": {"claims": {"sub": None}},
    "an empty subject": {"claims": {"sub": ""}},
    "a subject that is a number": {"claims": {"sub": 17}},
    "a lower level": {"claims": {"acr": "http://id.elegnamnden.se/loa/1.0/loa2"}},
    "no level": {"claims": {"acr": None}},
    "several levels": {"claims": {"acr": [idp.LOA3]}},
    "a configuration without keys": {"configuration": {"jwks_uri": None}},
    "a configuration of another issuer": {"configuration": {"issuer": "https://annan.example.org"}},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_answer_opens_nothing(client, cast, linked, forged):
    client.get("/konto/login/")
    address = client.get(START).url
    for name, value in forged.items():
        setattr(linked, name, value)
    assert client.get(ANSWER, linked.answer(address)).url == "/konto/login/"
    assert not is_in(client)
    refused = Entry.objects.get(action=Action.LOGIN_FAILED).ground
    assert refused.startswith("tjänstelegitimation: ")
    assert "inte kopplad" not in refused


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"code": ""}, {"error": "access_denied"}])
def test_an_answer_to_another_question_opens_nothing(client, cast, linked, changed):
    answer = linked.answer(client.get(START).url) | changed
    if "error" in changed:
        del answer["code"]
    if changed.get("code") == "":
        linked.codes[""] = {"client_id": "samverkan", "nonce": "x", "code_challenge": "x"}
        del answer["code"]
    client.get(ANSWER, answer)
    assert not is_in(client)


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client, cast, linked):
    answer = linked.answer(client.get(START).url)
    other = Client()
    other.get(ANSWER, answer)
    assert not is_in(other)
    client.get(ANSWER, answer)
    assert is_in(client)
    client.post("/konto/logout/")
    client.get(ANSWER, answer)
    assert not is_in(client)


def test_the_same_subject_or_address_at_another_issuer_is_somebody_else(client, cast, linked):
    Identity.objects.update(issuer="https://annan.example.org")
    linked.claims = {"email": cast.anna.email, "email_verified": True}
    visit(client, linked)
    assert not is_in(client)


def test_a_deactivated_user_is_not_let_in(client, cast, linked):
    cast.anna.is_active = False
    cast.anna.save()
    assert visit(client, linked).url == "/konto/inactive/"
    assert not is_in(client)


def test_only_the_organisations_that_we_name_are_let_in(client, cast, linked, settings):
    settings.OIDC_ORG_NUMBERS = ["2120009999"]
    visit(client, linked)
    assert not is_in(client)
    settings.OIDC_ORG_NUMBERS = ["2120000332"]
    visit(client, linked)
    assert is_in(client)


def test_a_provider_without_levels_does_not_replace_the_second_step(client, cast, linked, settings):
    settings.OIDC_ACR_VALUES = []
    linked.claims = {"acr": "1"}
    visit(client, linked)
    assert client.get("/").url == "/konto/andra-steget/"


def test_what_opens_annas_account_cannot_be_linked_to_another(client, cast, linked):
    give_app(cast.bo)
    log_in_strongly(client, cast.bo)
    visit(client, linked, LINK)
    assert Identity.objects.get().user == cast.anna
    assert "redan kopplad till en annan" in client.get("/konto/faktorer/").content.decode()


def test_a_silent_log_in_at_the_provider_is_no_fresh_proof(client, cast, linked):
    linked.claims = {"auth_time": int(time.time()) - 3600}
    visit(client, linked)
    page = f"/arenden/{cast.case.pk}/vem-har-last/utskrift/"
    assert client.get(page).status_code == 302


def test_confirming_asks_the_provider_for_the_person_anew(client, cast, linked):
    visit(client, linked)
    later(client, began=400)
    session = client.session
    session["account_authentication_methods"][0]["proved"] -= 400
    session.save()
    page = f"/arenden/{cast.case.pk}/vem-har-last/utskrift/"
    assert client.get(page).status_code == 302
    address = client.get(f"{CONFIRM}?next={page}").url
    assert "prompt=login" in address
    linked.claims = {"auth_time": int(time.time()) - 400}
    client.get(ANSWER, linked.answer(address))
    assert client.get(page).status_code == 302
    linked.claims = {}
    assert client.get(ANSWER, linked.answer(client.get(f"{CONFIRM}?next={page}").url)).url == page
    assert client.get(page).status_code == 200


def test_an_answer_never_changes_who_is_logged_in(client, cast, linked, settings):
    settings.DEMO = True
    address = client.get(START).url
    log_in(client, cast.bo)
    client.get(ANSWER, linked.answer(address))
    assert client.session["_auth_user_id"] == str(cast.bo.pk)


def test_the_link_is_taken_away_again(client, cast, linked):
    give_app(cast.anna)
    log_in_strongly(client, cast.anna)
    someone_elses = Identity.objects.create(issuer=linked.issuer, subject="bo", user=cast.bo)
    assert client.post(f"{START}{someone_elses.pk}/ta-bort/").status_code == 404
    client.post(f"{START}{cast.anna.identities.get().pk}/ta-bort/")
    assert Identity.objects.get() == someone_elses
    assert Entry.objects.filter(action=Action.FACTOR_REMOVED, ground="tjänstelegitimation").exists()


def test_without_a_provider_the_way_does_not_exist(client, cast, settings):
    settings.OIDC_ISSUER = ""
    assert client.get(START).status_code == 404
    assert "tjänstelegitimation" not in client.get("/konto/login/").content.decode()


def test_a_provider_that_does_not_answer_is_told_calmly(client, cast, provider, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get(START, follow=True).redirect_chain[-1][0] == "/konto/login/"
    log_in(client, cast.anna)
