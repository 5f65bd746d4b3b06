"""The first page of each role."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLES = ["ingrid", "maria", "per", "sofia", "karin", "petra", "sten", "lova", "adam"]


def test_the_first_page_of_each_role_is_clean(sit_down):
    for key in ROLES:
        person = sit_down(key)
        person.page.get_by_role("heading", level=1, name=f", {key.title()}").wait_for()
        person.look(f"forsta-{key}")
