"""The pages around consent, access and the log, in a real browser: clean at both widths, and walked by keyboard."""

import pytest
from django.db import transaction

from notices.models import Notice
from tests.casting import give_consent, individual, open_case

pytestmark = [pytest.mark.browser, pytest.mark.deep, pytest.mark.django_db(transaction=True)]

CONSENT = ["", "nytt/", "{0}/andra/", "{0}/aterkalla/", "{0}/nej/", "{0}/underlag/nytt/", "{0}/blankett/text/"]
BESIDE = ["extra-kompetens/", "sparrar/", "sparrar/ny/"]
WHY = "Ringer och har ingenstans att sova i natt"


@pytest.fixture
def case(place):
    with transaction.atomic():
        case = open_case(place.maria, individual(place.ifo, "Prov", "Person", "T0000001"))
        give_consent(case, place.maria, [place.af])
    return case


def test_every_page_of_consent_is_clean(sit_down, case):
    maria = sit_down("maria")
    consent = case.consents.get()
    for number, path in enumerate([*CONSENT, *BESIDE]):
        answer = maria.page.goto(f"/arenden/{case.pk}/samtycke/" + path.format(consent.pk))
        assert answer.status == 200, path
        maria.look(f"13-samtycke-{number}")
    for name, path in {"las": f"/arenden/{case.pk}/vem-har-last/", "enheter": "/konto/enheter/"}.items():
        assert maria.page.goto(path).status == 200
        maria.look(f"13-{name}")


def test_an_emergency_is_opened_reviewed_and_seen_without_a_mouse(sit_down, case, settings):
    settings.EMERGENCY_ACCESS = True
    elin = sit_down("elin")
    keys = elin.page.keyboard
    elin.page.goto("/atkomst/nod/")
    elin.look("13-nod")
    elin.page.get_by_label("Ärendenummer").focus()
    keys.type(case.number)
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.type(WHY)
    keys.press("Tab")
    keys.press("Enter")
    elin.page.wait_for_url(f"**/arenden/{case.pk}/")
    assert elin.page.get_by_text("du läser med nödåtkomst").is_visible()
    elin.look("13-nod-arende")
    lova = sit_down("lova")
    lova.press("Nödåtkomst till ett ärende", role="link")
    lova.look("13-granskning")
    lova.press(case.number, role="link")
    assert lova.page.get_by_text(WHY).is_visible()
    lova.look("13-granska")
    karin = sit_down("karin")
    assert Notice.objects.filter(recipient__email=karin.email).exists()
    karin.press("Nödåtkomst till ett ärende", role="link")
    assert karin.page.get_by_text(WHY).is_visible()
    karin.look("13-fragor-om-atkomst")
