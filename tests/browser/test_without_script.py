"""The main job where no script runs: every form is a form, every step a page of its own."""

import pytest

from tests.browser.steps import agree, assign, consent, meeting, plan, print_plan, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_main_job_without_javascript(sit_down):
    ingrid, karin, maria, per = (
        sit_down(key, java_script_enabled=False) for key in ("ingrid", "karin", "maria", "per")
    )
    address = register(ingrid)
    assign(karin, maria, address)
    plan(maria, address)
    consent(maria, per, address)
    meeting(maria, address)
    agree(maria, address)
    print_plan(maria, address)
    assert maria.page.get_by_text("Du: överens").first.is_visible()
