"""Log-in: by e-mail, logged, telling nobody which addresses exist."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import Action, Entry
from tests import casting

URL = "/konto/login/"


def log_in(client, email, password=casting.PASSWORD):
    return client.post(URL, {"login": email, "password": password})


def test_a_worker_comes_to_min_dag_and_the_log_in_is_logged(client, cast):
    response = log_in(client, cast.anna.email)
    assert response.url == reverse("desk:my_day")
    assert Entry.objects.get(action=Action.LOGGED_IN).actor_id == cast.anna.pk


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client, cast):
    answers = [
        log_in(client, email, "fel-lösenord").context["form"].non_field_errors()
        for email in (cast.anna.email, "ingen@example.org")
    ]
    assert answers[0] == answers[1]
    assert answers[0]
    assert Entry.objects.filter(action=Action.LOGIN_FAILED, actor_id=None).count() == 2


def test_a_closed_account_is_told_so_only_with_the_right_password(client, cast):
    cast.anna.is_active = False
    cast.anna.save()
    unknown = log_in(client, "ingen@example.org", "fel-lösenord").context["form"].non_field_errors()
    assert log_in(client, cast.anna.email, "fel-lösenord").context["form"].non_field_errors() == unknown
    assert log_in(client, cast.anna.email).url == reverse("account_inactive")
    assert client.get("/").status_code == 302


def test_the_demo_offers_its_people_by_role(client, db, settings):
    settings.DEMO = True
    settings.DEMO_LOGINS = [
        {"role": "Mottagning", "name": "Ingrid Holm", "place": "IFO", "login": "i@example.org", "password": "demo"}
    ]
    assert "Ingrid Holm" in client.get(URL).content.decode()


def test_outside_the_demo_nobody_is_offered(client, db, settings):
    settings.DEMO = False
    assert "Prova som" not in client.get(URL).content.decode()


def test_nobody_signs_up_by_themselves(client, db):
    client.post(
        "/konto/signup/",
        {"email": "ny@example.org", "password1": "en-helt-ny-nyckel", "password2": "en-helt-ny-nyckel"},
    )
    assert not User.objects.filter(email="ny@example.org").exists()


@pytest.mark.parametrize("path", ["/", "/arenden/", "/sok/", "/logg/", "/min-profil/", "/hjalp/"])
def test_every_page_asks_for_log_in(client, db, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/konto/login/")


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "login/code/confirm/", "3rdparty/", "2fa/", "phone/change/"]
)
def test_pages_that_the_house_does_not_use_do_not_exist(client, cast, path):
    """Among them allauth's page where a user changes the e-mail address, which is the name of the account."""
    client.force_login(cast.anna)
    assert client.get(f"/konto/{path}").status_code == 404


def test_asking_for_a_new_password_tells_nothing(client, cast):
    answers = [client.post("/konto/password/reset/", {"email": email}) for email in (cast.anna.email, "x@example.org")]
    assert answers[0].url == answers[1].url
    assert client.get(answers[0].url).status_code == 200
