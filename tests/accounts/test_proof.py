"""Sensitive acts ask again after five minutes, and lose nothing that was typed."""

import pytest

from accounts.models import Role, RoleAssignment, Session
from audit.models import Action, Entry
from consent.models import Consent
from notices.models import Document
from tests.accounts.steps import code, give_app, later, log_in
from tests.casting import PASSWORD, give_consent

AGAIN = "/konto/reauthenticate/"
ADD_ROLE = "/administration/accounts/roleassignment/add/"


@pytest.fixture
def role(cast):
    return {"user": cast.anna.pk, "role": Role.LOG_REVIEWER, "since": cast.day.isoformat(), "reason": "Vikarie"}


def sensitive_pages(cast):
    return [
        f"/arenden/{cast.case.pk}/vem-har-last/utskrift/",
        "/konto/faktorer/app/ny/",
        "/konto/faktorer/nycklar/ny/",
    ]


def test_what_is_done_in_anothers_name_or_carried_out_asks_too_and_ones_own_does_not(client, cast):
    theirs = f"/arenden/{cast.case.pk}/samtycke/{give_consent(cast.case, cast.bo, [cast.ifo]).pk}/aterkalla/"
    ours = f"/arenden/{cast.case.pk}/samtycke/{cast.consent.pk}/aterkalla/"
    log_in(client, cast.anna)
    later(client, began=301)
    assert client.get(theirs).status_code == 302
    assert client.get(ours).status_code == 200
    assert client.get(f"/arenden/{cast.case.pk}/samtycke/extra-kompetens/").status_code == 302
    asked = client.post(f"/arenden/{cast.case.pk}/vem-har-last/pdf/")
    assert "bekrafta" in asked.content.decode()
    assert not Document.objects.exists()
    page = client.post(theirs, {"how": "Ringde i dag"})
    assert Consent.objects.get(discloser=cast.af).withdrawn_at is None
    client.post(theirs, {**dict(page.context["kept"]), "bekrafta": PASSWORD})
    assert Consent.objects.get(discloser=cast.af).withdrawn_how == "Ringde i dag"


def test_a_fresh_log_in_is_proof_enough(client, cast):
    log_in(client, cast.anna)
    assert [client.get(page).status_code for page in sensitive_pages(cast)] == [200, 200, 200]


def test_after_five_minutes_each_page_asks_first_and_is_then_shown(client, cast):
    log_in(client, cast.anna)
    for page in sensitive_pages(cast):
        later(client, began=301)
        asked = client.get(page)
        assert asked.url.startswith(f"{AGAIN}?next="), page
        shown = client.post(asked.url, {"password": PASSWORD, "next": page}, follow=True)
        assert shown.redirect_chain[-1][0] == page
        assert shown.status_code == 200
        session = client.session
        session["account_authentication_methods"] = session["account_authentication_methods"][:1]
        session.save()


def test_the_key_of_the_session_changes_with_each_new_proof(client, cast, role):
    log_in(client, cast.adam)
    keys = [client.session.session_key]
    client.post(AGAIN, {"password": PASSWORD})
    keys.append(client.session.session_key)
    secret = client.get("/konto/faktorer/app/ny/").context["form"].secret
    client.post("/konto/faktorer/app/ny/", {"code": code(secret)})
    keys.append(client.session.session_key)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    later(client, began=301)
    client.post(ADD_ROLE, role | {"bekrafta": PASSWORD})
    keys.append(client.session.session_key)
    assert len(set(keys)) == len(keys)
    assert list(Session.objects.of(cast.adam).values_list("pk", flat=True)) == keys[-1:]


def test_a_wrong_password_shows_nothing(client, cast):
    log_in(client, cast.anna)
    later(client, began=301)
    page = sensitive_pages(cast)[0]
    assert "stämmer inte" in client.post(f"{AGAIN}?next={page}", {"password": "fel"}).content.decode()
    assert client.get(page).status_code == 302
    assert not Entry.objects.filter(action=Action.PRINTED).exists()


def test_the_proof_itself_grows_old(client, cast):
    log_in(client, cast.anna)
    later(client, began=3600)
    client.post(AGAIN, {"password": PASSWORD})
    assert client.get(sensitive_pages(cast)[0]).status_code == 200
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 301
    session.save()
    assert client.get(sensitive_pages(cast)[0]).status_code == 302


def test_a_role_typed_slowly_is_kept_and_given_after_the_password(client, cast, role):
    log_in(client, cast.adam)
    later(client, began=301)
    page = client.post(ADD_ROLE, role)
    assert not RoleAssignment.objects.filter(role=Role.LOG_REVIEWER, user=cast.anna).exists()
    kept = dict(page.context["kept"])
    assert kept == {name: str(value) for name, value in role.items()}
    wrong = client.post(ADD_ROLE, {**kept, "bekrafta": "fel"})
    assert "stämmer inte" in wrong.content.decode()
    assert not RoleAssignment.objects.filter(role=Role.LOG_REVIEWER, user=cast.anna).exists()
    client.post(ADD_ROLE, {**kept, "bekrafta": PASSWORD})
    assert RoleAssignment.objects.get(role=Role.LOG_REVIEWER, user=cast.anna).reason == "Vikarie"
    assert "Vikarie" not in str(dict(client.session))


def test_a_code_from_the_app_confirms_as_well(client, cast):
    give_app(cast.anna)
    client.force_login(cast.anna)
    later(client, began=301)
    page = sensitive_pages(cast)[0]
    client.post(f"/konto/faktorer/bekrafta/?next={page}", {"code": code()})
    assert client.get(page).status_code == 200


def test_somebody_without_a_password_confirms_elsewhere_and_nothing_is_done(client, cast, role):
    cast.adam.set_unusable_password()
    cast.adam.save()
    give_app(cast.adam)
    client.force_login(cast.adam)
    later(client, began=301)
    assert client.post(ADD_ROLE, role).url.startswith("/konto/faktorer/bekrafta/")
    assert not RoleAssignment.objects.filter(role=Role.LOG_REVIEWER, user=cast.anna).exists()
