"""The frame around every page: menu by role, and around a case: who, how far, consent, tabs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consent.models import Consent, Disclosure
from tests import casting
from tests.accounts.steps import log_in_at_once


def menu_of(client, person):
    log_in_at_once(client, person)
    return [item.label for item in client.get(reverse("desk:my_day")).context["frame"].menu]


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("anna", "Ärenden", "Logg"),
        ("anna", "Utskick", "Logg"),
        ("petra", "Min dag", "Ärenden"),
        ("sten", "Behov", "Utskick"),
        ("adam", "Administration", "Ärenden"),
    ],
)
def test_the_menu_follows_the_role(client, cast, settings, name, shown, hidden):
    settings.DEMO = False
    labels = menu_of(client, getattr(cast, name))
    assert shown in labels
    assert hidden not in labels


def test_nobody_logged_in_gets_no_frame(client, db):
    page = client.get(reverse("account_login"))
    assert page.context["frame"] is None


def test_the_lead_reads_who_it_is_and_what_may_be_shared(client, cast):
    client.force_login(cast.anna)
    page = client.get(reverse("desk:case", args=[cast.case.pk]))
    frame = page.context["case_frame"]
    assert (frame.name, frame.protected) == ("Amina Hassan", False)
    assert frame.identity_number.endswith("••••")
    assert frame.banner.tone == "ok"
    assert "IFO lämnar uppgifter till AF om kontakt" in frame.banner.text
    assert [s.state for s in frame.steps[:4]] == ["done", "done", "todo", "todo"] or frame.steps[2].state == "current"
    assert [t.label for t in frame.tabs if t.current] == ["Översikt"]


def test_a_withdrawn_consent_turns_the_banner_red(client, cast):
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=cast.anna)
    Disclosure.objects.all().delete()
    client.force_login(cast.anna)
    banner = client.get(reverse("desk:case", args=[cast.case.pk])).context["case_frame"].banner
    assert (banner.tone, banner.title) == ("bad", "Samtycke återkallat")


def test_an_own_matter_without_consent_shows_name_and_number_only(client, cast):
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=cast.anna)
    Disclosure.objects.all().delete()
    cast.case.parties.update(own_matter=True)
    client.force_login(cast.bo)
    frame = client.get(reverse("desk:case", args=[cast.case.pk])).context["case_frame"]
    assert (frame.age, frame.identity_number, frame.detail) == (None, "", "")
    assert frame.steps[0].detail == ""
    assert "AF själv" in frame.banner.text


def test_a_consent_that_ends_soon_warns(client, cast):
    Consent.objects.update(valid_until=cast.day + timedelta(days=5))
    client.force_login(cast.anna)
    banner = client.get(reverse("desk:case", args=[cast.case.pk])).context["case_frame"].banner
    assert banner.tone == "warn"
    assert "går ut" in banner.title


def test_an_outsider_gets_404(client, cast):
    client.force_login(cast.cilla)
    assert client.get(reverse("desk:case", args=[cast.case.pk])).status_code == 404


def test_the_frame_costs_the_same_with_many_cases(client, cast, costs):
    client.force_login(cast.anna)
    url = reverse("desk:case", args=[cast.case.pk])
    one = costs(lambda: client.get(url))
    casting.many_cases(cast.anna, 9)
    assert costs(lambda: client.get(url)) == one


def test_an_intake_worker_reads_how_many_wait_for_somebody(client, cast):
    casting.worker(cast.ifo, "Isa", Role.INTAKE)
    casting.open_case(cast.ingrid, casting.individual(cast.ifo, "Ny", "Person", casting.NUMBERS[1]), responsible=False)
    client.force_login(cast.ingrid)
    assert client.get(reverse("desk:my_day")).status_code == 200


@pytest.mark.parametrize("name", ["anna", "bo", "ingrid", "karin", "petra", "sten", "lova", "adam"])
def test_every_page_of_a_menu_opens_for_the_one_who_is_shown_it(client, cast, name):
    client.force_login(getattr(cast, name))
    page = client.get(reverse("desk:my_day"))
    offered = [*page.context["frame"].menu, *page.context["day"].elsewhere]
    assert {link.label: client.get(link.url).status_code for link in offered} == {link.label: 200 for link in offered}


def test_every_tab_of_a_case_opens_for_a_partner_with_consent(client, cast):
    client.force_login(cast.bo)
    frame = client.get(reverse("desk:case", args=[cast.case.pk])).context["case_frame"]
    offered = [*frame.tabs, *frame.actions, *frame.banner.links]
    assert {link.label: client.get(link.url).status_code for link in offered} == {link.label: 200 for link in offered}
