"""The administration: by dated role, reference data only, every change in the log, nobody helps themselves."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality, Role, RoleAssignment, User
from audit.models import Action, Entry
from cases.models import DeadlineRule
from consent.models import ConsentText
from meetings.models import Room
from tests import casting

INDEX = "/administration/"
REFERENCE = {
    "Absence",
    "AssessmentTemplate",
    "Availability",
    "CallingText",
    "ConductText",
    "ConsentText",
    "ContextFigure",
    "DeadlineRule",
    "Group",
    "Interpreter",
    "Municipality",
    "Organisation",
    "OtherHours",
    "PlanTemplate",
    "Project",
    "RoleAssignment",
    "Room",
    "Statute",
    "Unit",
    "User",
}


def visible_models(client):
    return {m["model"] for app in client.get(INDEX).context["app_list"] for m in app["models"]}


@pytest.fixture
def adam(client, cast):
    client.force_login(cast.adam)
    return cast


@pytest.mark.parametrize("name", ["anna", "karin", "petra", "sten", "lova", "ingrid"])
def test_other_roles_are_refused(client, cast, name):
    client.force_login(getattr(cast, name))
    assert client.get(INDEX).status_code in (302, 403)
    assert client.get(INDEX, follow=True).status_code == 403
    assert client.get("/administration/accounts/user/", follow=True).status_code == 403


def test_every_page_opens_with_and_without_a_row(client, adam):
    """An approved text once could not be opened: it was asked for fields that only a draft has."""
    given = {"version": 1, "title": "Suostumus", "body": "Kysymys.", "words": {"receipt": "Kuitti vastauksestasi"}}
    finnish = ConsentText.objects.create(
        **given, language="fi", approved_by="Prov", approved_at=timezone.now(), valid_from=adam.day
    )
    for entry in (entry for app in client.get(INDEX).context["app_list"] for entry in app["models"]):
        base, deletable = entry["admin_url"], admin.site._registry[entry["model"]].deletable
        assert client.get(base).status_code == client.get(f"{base}add/").status_code == 200, base
        for pk in entry["model"].objects.values_list("pk", flat=True)[:2]:
            pages = ["change", "history", *(["delete"] if deletable else [])]
            assert {client.get(f"{base}{pk}/{page}/").status_code for page in pages} == {200}, f"{base}{pk}"
    shown = client.get(f"/administration/consent/consenttext/{finnish.pk}/change/")
    assert b"Kuitti vastauksestasi" in shown.content
    assert b"<textarea" not in shown.content


def test_somebody_not_logged_in_comes_to_the_houses_own_log_in(client, db):
    assert client.get(INDEX, follow=True).redirect_chain[-1][0].startswith("/konto/login/")


def test_a_role_that_has_ended_opens_nothing(client, cast):
    cast.adam.roles.update(until=cast.day - timedelta(days=1))
    client.force_login(cast.adam)
    assert client.get(INDEX, follow=True).status_code == 403


def test_it_holds_reference_data_only(client, adam):
    assert {model.__name__ for model in visible_models(client)} == REFERENCE
    assert not {model for model in visible_models(client) if model._meta.app_label in ("auth", "account", "audit")}


def test_what_others_registered_is_closed(client, adam):
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        expected = 200 if model in visible_models(client) else 403
        assert client.get(url).status_code == expected, url


def test_every_page_of_it_opens(client, adam):
    for model in visible_models(client):
        assert client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")).status_code == 200


def test_a_new_user_chooses_the_password_through_a_mailed_link(client, adam):
    values = {
        "email": "Ny.Kollega@example.org",
        "given_name": "Ny",
        "family_name": "Kollega",
        "organisation": adam.ifo.pk,
        "unit": adam.ifo.units.get().pk,
        "is_active": "on",
    }
    client.post("/administration/accounts/user/add/", values)
    user = User.objects.get(email="ny.kollega@example.org")
    assert not user.has_usable_password()
    client.post(
        "/administration/accounts/user/", {"action": "send_password_link", "_selected_action": [user.pk]}, follow=True
    )
    assert mail.outbox[0].to == ["ny.kollega@example.org"]
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    client.logout()
    chosen = client.get(link, follow=True)
    assert chosen.status_code == 200
    client.post(chosen.redirect_chain[-1][0], {"password1": "en-helt-ny-nyckel", "password2": "en-helt-ny-nyckel"})
    user.refresh_from_db()
    assert user.check_password("en-helt-ny-nyckel")


def test_the_user_page_has_no_password_and_no_rights(client, adam):
    text = client.get(f"/administration/accounts/user/{adam.anna.pk}/change/").content.decode()
    assert "superuser" not in text
    assert 'name="password' not in text


def test_a_unit_of_another_organisation_is_refused(client, adam):
    values = {
        "email": adam.anna.email,
        "given_name": "Anna",
        "family_name": "Ask",
        "organisation": adam.ifo.pk,
        "unit": adam.af.units.get().pk,
    }
    response = client.post(f"/administration/accounts/user/{adam.anna.pk}/change/", values)
    assert "Enheten hör till en annan organisation." in response.content.decode()
    values = {"user": adam.anna.pk, "role": Role.UNIT_WORKER, "unit": adam.af.units.get().pk, "since": adam.day}
    response = client.post("/administration/accounts/roleassignment/add/", values)
    assert "Enheten hör till en annan organisation." in response.content.decode()
    assert not RoleAssignment.objects.filter(role=Role.UNIT_WORKER).exists()


def test_a_given_role_stands_in_the_log(client, adam):
    values = {"user": adam.anna.pk, "role": Role.LOG_REVIEWER, "since": adam.day.isoformat()}
    client.post("/administration/accounts/roleassignment/add/", values)
    entry = Entry.objects.get(action=Action.ROLE_CHANGED)
    assert entry.actor_id == adam.adam.pk
    assert entry.ground == f"Loggranskare för användare {adam.anna.pk} från {adam.day}"


def test_nobody_changes_their_own_roles_or_workplace(client, adam):
    values = {"user": adam.adam.pk, "role": Role.CASE_WORKER, "since": adam.day.isoformat()}
    response = client.post("/administration/accounts/roleassignment/add/", values)
    assert "Du kan inte ändra dina egna roller" in response.content.decode()
    own = adam.adam.roles.get()
    assert (
        client.post(f"/administration/accounts/roleassignment/{own.pk}/change/", {"since": adam.day}).status_code == 403
    )
    assert (
        client.post(f"/administration/accounts/user/{adam.adam.pk}/change/", {"email": "x@example.org"}).status_code
        == 403
    )
    assert adam.adam.roles.count() == 1


def test_roles_and_users_are_ended_never_deleted(client, adam):
    role = adam.anna.roles.get()
    assert client.post(f"/administration/accounts/roleassignment/{role.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/administration/accounts/user/{adam.anna.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_rule_that_clocks_started_by_is_only_ended(client, adam):
    rule = DeadlineRule.objects.get(code="first_meeting")
    text = client.get(f"/administration/cases/deadlinerule/{rule.pk}/change/").content.decode()
    assert 'name="days"' not in text
    assert 'name="valid_until"' in text
    assert 'name="rungs-0-day"' not in text


def test_a_rule_in_use_is_replaced_from_tomorrow_by_one_that_may_be_changed(client, adam):
    rule = DeadlineRule.objects.get(code="first_meeting")
    chosen = {"action": "replace_tomorrow", "_selected_action": [rule.pk]}
    assert client.post("/administration/cases/deadlinerule/", chosen).status_code == 302
    rule.refresh_from_db()
    assert rule.valid_until == adam.day
    new = DeadlineRule.objects.get(valid_from=adam.day + timedelta(days=1))
    assert (new.days, new.rungs.count()) == (14, rule.rungs.count())
    text = client.get(f"/administration/cases/deadlinerule/{new.pk}/change/").content.decode()
    assert 'name="days"' in text
    assert 'name="rungs-0-day"' in text


def test_a_new_room_is_saved_and_logged(client, adam):
    values = {
        "organisation": adam.ifo.pk,
        "municipality": Municipality.objects.get(code="0482").pk,
        "name": "Lilla rummet",
        "address": "Exempelgatan 2",
        "seats": 4,
        "is_active": "on",
    }
    client.post("/administration/meetings/room/add/", values)
    assert Room.objects.get().name == "Lilla rummet"
    assert Entry.objects.filter(action=Action.CHANGED, object_kind="room").count() == 1


def test_it_costs_the_same_with_many_users(client, adam, costs):
    one = costs(lambda: client.get("/administration/accounts/roleassignment/"))
    for number in range(10):
        casting.worker(adam.ifo, f"Extra{number}", Role.CASE_WORKER)
    assert costs(lambda: client.get("/administration/accounts/roleassignment/")) == one
