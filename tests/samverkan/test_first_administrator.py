"""A new installation gets its first person by a command, and only its first."""

from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from accounts.models import RoleAssignment, User

ARGUMENTS = ["eva.ny@example.org", "Eva", "Ny", "2510", "Jokkmokk", "Socialnämnden"]
GETPASS = "samverkan.management.commands.first_administrator.getpass"
PASSWORD = "tre-lugna-ankor-simmar"


@pytest.fixture(autouse=True)
def nobody_has_a_role(reference):
    RoleAssignment.objects.all().delete()


def make(*answers):
    with patch(GETPASS, side_effect=answers):
        call_command("first_administrator", *ARGUMENTS)


def test_the_first_administrator_can_log_in_and_make_others(client):
    make(PASSWORD, PASSWORD)
    assert client.login(request=None, username="eva.ny@example.org", password=PASSWORD)
    assert User.objects.get(email="eva.ny@example.org").is_staff


def test_there_is_only_one_first():
    make(PASSWORD, PASSWORD)
    with pytest.raises(CommandError, match="redan en systemförvaltare"):
        make(PASSWORD, PASSWORD)


@pytest.mark.parametrize(
    ("answers", "said"), [((PASSWORD, "another"), "olika"), (("kort", "kort"), "12")], ids=["different", "short"]
)
def test_a_bad_password_saves_nothing(answers, said):
    with pytest.raises(CommandError, match=said):
        make(*answers)
    assert not User.objects.filter(email="eva.ny@example.org").exists()
