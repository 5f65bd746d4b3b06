"""The employer's log-in in SAML with a real browser: the form comes from another site, and brings no session along."""

from urllib.parse import urlsplit

import pytest
from django.utils.html import format_html

from tests.accounts import saml_provider as idp

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SSO = "http://idp.example.org/sso"
PAGE = (
    '<!doctype html><form method="post" action="{}"><input type="hidden" name="SAMLResponse" value="{}">'
    "<button>Legitimera dig</button></form>"
)


def test_the_browser_that_asked_fetches_what_the_form_of_another_site_brought(sit_down, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    settings.SAML_ISSUER, settings.SAML_SSO_URL, settings.SAML_CERTIFICATES = idp.ISSUER, SSO, [idp.CERTIFICATE]
    maria = sit_down("maria")
    brought = []

    def identify(route):
        asked = idp.question(route.request.url)
        said = idp.answer(route.request.url)["SAMLResponse"]
        body = format_html(PAGE, asked.get("AssertionConsumerServiceURL"), said)
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    maria.page.route(f"{SSO}**", identify)
    maria.page.on("request", lambda sent: brought.append(sent) if sent.method == "POST" else None)
    maria.page.goto("/konto/faktorer/")
    maria.press("Koppla tjänstelegitimation", role="link")
    maria.press("Legitimera dig")
    maria.page.wait_for_url("**/konto/faktorer/")
    maria.page.get_by_text("Kopplad i dag: Flens kommun").wait_for()
    maria.look("tjanstelegitimation-kopplad")

    maria.press("Logga ut")
    maria.page.goto("/konto/login/?next=/hjalp/")
    maria.look("logga-in-med-tjanstelegitimation")
    brought.clear()
    maria.press("Logga in med tjänstelegitimation", role="link")
    maria.press("Legitimera dig")
    maria.page.wait_for_url("**/hjalp/")
    form = next(sent for sent in brought if urlsplit(sent.url).path == "/konto/saml/svar/")
    assert "cookie" not in form.all_headers()
    maria.page.get_by_role("link", name="Min profil").first.wait_for()
