"""The employer's identity provider in SAML 2.0: believed only when everything is right, by the browser that asked."""

import re
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import etree

from accounts import saml_assertion
from accounts.models import Identity, IdentityAnswer, User
from accounts.tasks import sweep_entrance
from audit.models import Action, Entry
from samverkan.checks import promises
from tests.accounts import saml_provider as idp
from tests.accounts.saml_provider import add, put, put_time, replaced, twice
from tests.accounts.steps import give_app, later, log_in, log_in_at_once, log_in_strongly

START, ANSWER, FETCH = "/konto/saml/", "/konto/saml/svar/", "/konto/saml/hamta/"
LINK, CONFIRM, METADATA = f"{START}koppla/", f"{START}bekrafta/", f"{START}metadata/"
ASSERTION, SUBJECT = "a:Assertion", "a:Assertion/a:Subject"
CONFIRMED = f"{SUBJECT}/a:SubjectConfirmation/a:SubjectConfirmationData"
CONDITIONS, STATEMENT = f"{ASSERTION}/a:Conditions", f"{ASSERTION}/a:AuthnStatement"
NAME, AUDIENCE = f"{SUBJECT}/a:NameID", f"{CONDITIONS}/a:AudienceRestriction/a:Audience"


@pytest.fixture
def provider(settings):
    settings.DEMO = False
    settings.SAML_ISSUER, settings.SAML_SSO_URL, settings.SAML_CERTIFICATES = idp.ISSUER, idp.SSO, [idp.CERTIFICATE]
    return settings


@pytest.fixture
def linked(cast, provider):
    Identity.objects.create(issuer=idp.ISSUER, subject=idp.ANNA, user=cast.anna)
    Identity.objects.create(issuer=idp.ISSUER, subject=idp.BO, user=cast.bo)
    return provider


def bring(client, form):
    """The form comes from another site, so it brings no cookies; then the browser is sent to fetch its answer."""
    arrived = Client(enforce_csrf_checks=True).post(ANSWER, form)
    assert not arrived.cookies
    return client.get(arrived.url)


def visit(client, page=START, **said):
    """To the provider and back again."""
    return bring(client, idp.answer(client.get(page).url, **said))


def is_in(client):
    return client.get("/hjalp/").status_code == 200


def refusals():
    return list(Entry.objects.filter(action=Action.LOGIN_FAILED).order_by("pk").values_list("ground", flat=True))


def test_a_user_links_it_after_a_log_in_of_their_own_and_comes_in_with_it(client, cast, provider):
    give_app(cast.anna)
    log_in_strongly(client, cast.anna)
    visit(client, LINK)
    identity = Identity.objects.get()
    assert (identity.issuer, identity.subject, identity.user) == (idp.ISSUER, idp.ANNA, cast.anna)
    assert "Flens kommun" in client.get("/konto/faktorer/").content.decode()
    other = Client()
    assert visit(other).url == "/"
    assert is_in(other)
    entry = Entry.objects.filter(action=Action.LOGGED_IN).latest("pk")
    assert (entry.actor_id, entry.factor) == (cast.anna.pk, "tjänstelegitimation")


BELIEVED = {
    "the whole answer signed": {"sign": idp.sign_response},
    "both signed": {"sign": idp.sign_both},
    "a longer hash": {"sign": partial(idp.sign_assertion, method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha512")},
    "without a destination": {"edit": put("", None, "Destination")},
    "times without a zone": {"edit": lambda response: edit_times(response, lambda text: text[:19])},
    "within the leeway": {"edit": put_time(CONDITIONS, 20, "NotBefore")},
    "for others too": {"edit": add(f"{CONDITIONS}/a:AudienceRestriction", "<a:Audience>annan</a:Audience>")},
    "used once": {"edit": add(CONDITIONS, "<a:OneTimeUse/>")},
    "with spaces around": {"alter": lambda signed: b'\n<?xml version="1.0"?>'.strip() + etree.tostring(signed) + b"\n"},
}


def edit_times(response, change):
    for element in response.iter():
        for name in ("NotBefore", "NotOnOrAfter", "AuthnInstant"):
            if name in element.attrib:
                element.set(name, change(element.get(name)))
    return response


@pytest.mark.parametrize("said", BELIEVED.values(), ids=BELIEVED)
def test_what_honest_providers_say_in_different_ways_is_believed(client, cast, linked, said):
    visit(client, **said)
    assert client.session["_auth_user_id"] == str(cast.anna.pk)
    assert refusals() == []


def test_while_the_provider_changes_its_certificate_both_are_believed(client, cast, linked):
    linked.SAML_CERTIFICATES = [idp.CERTIFICATE, f" {idp.NEXT_CERTIFICATE[:64]}\n{idp.NEXT_CERTIFICATE[64:]}"]
    visit(client, sign=partial(idp.sign_assertion, key=idp.NEXT_KEY))
    assert is_in(client)


def test_a_key_on_a_curve_is_believed_too(client, cast, linked):
    linked.SAML_CERTIFICATES = [idp.certified(idp.CURVE_KEY)]
    method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    visit(client, sign=partial(idp.sign_assertion, key=idp.CURVE_KEY, method=method))
    assert is_in(client)


def test_the_question_asks_for_the_level_and_tells_where_to_answer(client, db, provider):
    address = client.get(START).url
    assert address.startswith(f"{idp.SSO}&SAMLRequest=")
    asked = idp.question(address)
    place = f"{provider.PUBLIC_URL}{ANSWER}"
    assert (asked.get("AssertionConsumerServiceURL"), asked.get("Destination")) == (place, idp.SSO)
    assert asked.findtext("a:Issuer", namespaces=idp.NAMES) == f"{provider.PUBLIC_URL}{METADATA}"
    levels = asked.findall("p:RequestedAuthnContext[@Comparison='exact']/a:AuthnContextClassRef", idp.NAMES)
    assert [level.text for level in levels] == provider.SAML_LEVELS
    assert asked.find("p:NameIDPolicy", idp.NAMES).get("Format") == idp.PERSISTENT
    assert re.fullmatch(r"_[0-9a-f]{32}\.[\w.-]+", asked.get("ID"))
    assert timezone.now() - timezone.datetime.fromisoformat(asked.get("IssueInstant")) < timedelta(minutes=1)
    assert "ForceAuthn" not in asked.attrib


def test_the_provider_is_told_who_we_are(client, db, provider):
    page = client.get(METADATA)
    assert page["Content-Type"] == "application/samlmetadata+xml"
    told = etree.fromstring(page.content)
    assert told.get("entityID") == f"{provider.PUBLIC_URL}{METADATA}"
    service = told.find(".//{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert service.get("Location") == f"{provider.PUBLIC_URL}{ANSWER}"


def test_the_identity_number_that_the_provider_sends_is_kept_nowhere(client, cast, linked):
    form = idp.answer(client.get(START).url)
    arrived = Client().post(ANSWER, form)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_agg(a)::text FROM accounts_identityanswer a),"
            " (SELECT coalesce(json_agg(e)::text, '') FROM audit_entry e)"
        )
        kept = "".join(cursor.fetchone())
    assert "Flens kommun" in kept
    assert "199501062385" not in kept
    client.get(arrived.url)
    assert "199501062385" not in str(dict(client.session))


def test_nothing_about_the_person_is_kept_when_the_answer_has_been_fetched(client, cast, linked):
    Client().post(ANSWER, idp.answer(client.get(START).url))
    waiting = IdentityAnswer.objects.get()
    assert waiting.vouched["subject"] == idp.ANNA
    client.get(f"{FETCH}?svar={waiting.question}")
    waiting.refresh_from_db()
    assert waiting.vouched is None
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        sweep_entrance()
    assert not IdentityAnswer.objects.exists()


def test_somebody_unknown_is_not_let_in_and_no_user_is_made(client, cast, provider):
    before = User.objects.count()
    page = visit(client, mail=cast.anna.email)
    assert page.url == "/konto/login/"
    assert "inte kopplad" in client.get(page.url).content.decode()
    assert User.objects.count() == before
    assert not is_in(client)


RIGHT_KEY = idp.sign_assertion
STRANGERS_KEY = partial(idp.sign_assertion, key=idp.STRANGER, certificate=idp.STRANGERS)
DTD = '<!DOCTYPE x [<!ENTITY a "anna"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ENTITIES = DTD + "<x>&b;</x>"
IN_UTF_7 = '<?xml version="1.0" encoding="UTF-7"?>' + ENTITIES.replace("<!", "+ADwAIQ-")
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'

# What is said or done, and the reason that stands in the log: refused for that, and for nothing else.
FORGED = {
    "unsigned": ({"sign": idp.unsigned}, "osignerat"),
    "signed by somebody else": ({"sign": STRANGERS_KEY}, "signatur"),
    "signed by somebody else, in our provider's name": (
        {"sign": partial(idp.sign_assertion, key=idp.STRANGER)},
        "signatur",
    ),
    "signed with a broken hash": (
        {"sign": partial(idp.sign_assertion, method="http://www.w3.org/2000/09/xmldsig#rsa-sha1")},
        "signatur",
    ),
    "signed with the certificate as a shared secret": (
        {"alter": replaced(idp.RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")},
        "signatur",
    ),
    "the subject altered": ({"subject": idp.BO, "alter": replaced(idp.BO, idp.ANNA)}, "signatur"),
    "the level altered": ({"alter": replaced(">" + idp.LOA3, ">" + idp.LOA3[:-1] + "4")}, "signatur"),
    "the end altered": ({"alter": put_time(CONDITIONS, 9000, "NotOnOrAfter")}, "signatur"),
    "an attribute added": (
        {"alter": add(f"{ASSERTION}/a:AttributeStatement", '<a:Attribute Name="x"/>')},
        "signatur",
    ),
    "the signature without a value": ({"alter": put(".//ds:SignatureValue", "")}, "signatur"),
    "the signature taken away": ({"alter": put(".//ds:Signature", None)}, "osignerat"),
    "the signature of nothing": ({"alter": put(".//ds:Reference", "#_finns-inte", "URI")}, "signatur"),
    "the signature of a file": ({"alter": put(".//ds:Reference", "file:///etc/hostname", "URI")}, "signatur"),
    "other issuer": (
        {"edit": put(f"{ASSERTION}/a:Issuer", "https://annan.example.org")},
        "Issuer",
    ),
    "other issuer outside": ({"edit": put("a:Issuer", "https://annan.example.org")}, "Issuer"),
    "no issuer": ({"edit": put(f"{ASSERTION}/a:Issuer", "")}, "Issuer"),
    "other audience": ({"edit": put(AUDIENCE, "https://annan.example.org/metadata")}, "Audience"),
    "our address with more": ({"edit": put(AUDIENCE, "http://127.0.0.1:8000/konto/saml/metadata/2")}, "Audience"),
    "no audience": ({"edit": put(f"{CONDITIONS}/a:AudienceRestriction", None)}, "Audience"),
    "two circles of audience": (
        {"edit": add(CONDITIONS, "<a:AudienceRestriction><a:Audience>annan</a:Audience></a:AudienceRestriction>")},
        "Audience",
    ),
    "no conditions": ({"edit": put(CONDITIONS, None)}, "Conditions"),
    "a condition that we do not know": ({"edit": add(CONDITIONS, "<a:Condition/>")}, "okänt villkor"),
    "other recipient": ({"edit": put(CONFIRMED, "https://annan.example.org/svar", "Recipient")}, "Recipient"),
    "our address as a beginning": (
        {"edit": put(CONFIRMED, "http://127.0.0.1:8000/konto/saml/svar/2", "Recipient")},
        "Recipient",
    ),
    "no recipient": ({"edit": put(CONFIRMED, None, "Recipient")}, "Recipient"),
    "other destination": ({"edit": put("", "https://annan.example.org/svar", "Destination")}, "Destination"),
    "not for a bearer": (
        {"edit": put(f"{SUBJECT}/a:SubjectConfirmation", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches", "Method")},
        "SubjectConfirmation",
    ),
    "two confirmations": ({"edit": twice(f"{SUBJECT}/a:SubjectConfirmation")}, "SubjectConfirmation"),
    "expired": ({"edit": put_time(CONDITIONS, -40, "NotOnOrAfter")}, "NotOnOrAfter"),
    "expired for the bearer": ({"edit": put_time(CONFIRMED, -40, "NotOnOrAfter")}, "NotOnOrAfter"),
    "without an end for the bearer": ({"edit": put(CONFIRMED, None, "NotOnOrAfter")}, "NotOnOrAfter"),
    "an end that is no time": ({"edit": put(CONFIRMED, "snart", "NotOnOrAfter")}, "NotOnOrAfter"),
    "not yet valid": ({"edit": put_time(CONDITIONS, 300, "NotBefore")}, "NotBefore"),
    "seen in the future": ({"seen": 300}, "AuthnInstant"),
    "never seen": ({"edit": put(STATEMENT, None, "AuthnInstant")}, "AuthnInstant"),
    "without a statement": ({"edit": put(STATEMENT, None)}, "AuthnStatement"),
    "in answer to nothing": (
        {"edit": lambda said: put("", None, "InResponseTo")(put(CONFIRMED, None, "InResponseTo")(said))},
        "InResponseTo",
    ),
    "in answer to what we never asked": (
        {"edit": lambda said: put("", "_x", "InResponseTo")(put(CONFIRMED, "_x", "InResponseTo")(said))},
        "InResponseTo",
    ),
    "in answer to two questions": ({"edit": put("", "_x", "InResponseTo")}, "InResponseTo"),
    "nobody": ({"edit": put(NAME, None)}, "NameID"),
    "an empty name": ({"edit": put(NAME, "")}, "NameID"),
    "two names": ({"edit": twice(NAME)}, "NameID"),
    "a name for the moment": (
        {"edit": put(NAME, "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", "Format")},
        "NameID",
    ),
    "an address as a name": (
        {"edit": put(NAME, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "Format")},
        "NameID",
    ),
    "a name that is too long": ({"subject": "a" * 256}, "subjekt"),
    "a lower level": ({"level": idp.LOA3[:-1] + "2"}, "nivå"),
    "no level": ({"edit": put(f"{STATEMENT}/a:AuthnContext", None)}, "AuthnContextClassRef"),
    "without a name of its own": ({"edit": put(ASSERTION, None, "ID"), "sign": idp.sign_response}, "ID"),
    "no success": (
        {"edit": put("p:Status/p:StatusCode", "urn:oasis:names:tc:SAML:2.0:status:Responder", "Value")},
        "status",
    ),
    "the level is not to be had": (
        {
            "edit": lambda said: add(
                "p:Status/p:StatusCode",
                '<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext"/>',
            )(put("p:Status/p:StatusCode", "urn:oasis:names:tc:SAML:2.0:status:Responder", "Value")(said)),
            "sign": idp.unsigned,
        },
        "status NoAuthnContext",
    ),
    "another version": ({"edit": put("", "1.1", "Version")}, "inget svar"),
    "an assertion alone": ({"alter": lambda signed: idp.assertion_of(signed)}, "inget svar"),
    "no assertion": ({"edit": put(ASSERTION, None), "sign": idp.sign_response}, "Assertion"),
    "a comment inside the name": (
        {"subject": "anna-hos-kommunen.annan", "alter": replaced(".annan", "<!-- x -->.annan")},
        "otillåten XML",
    ),
    "a comment that is signed": (
        {"edit": lambda said: etree.fromstring(replaced(idp.ANNA, "anna<!-- x -->-hos-kommunen")(said))},
        "otillåten XML",
    ),
    "an instruction inside the name": (
        {"edit": lambda said: etree.fromstring(replaced(idp.ANNA, "anna-hos-kommunen<?x y?>.annan")(said))},
        "otillåten XML",
    ),
    "entities that grow": ({"alter": lambda signed: ENTITIES.encode()}, "otillåten XML"),
    "an entity of ours": ({"alter": lambda signed: DTD.encode() + etree.tostring(signed)}, "otillåten XML"),
    "an entity that reads a file": ({"alter": lambda signed: FILE.encode() + b"<x>&f;</x>"}, "otillåten XML"),
    "entities in another alphabet": ({"alter": lambda signed: ENTITIES.encode("utf-16")}, "otolkbart"),
    "entities in a hidden alphabet": (
        {"alter": lambda signed: IN_UTF_7.encode()},
        "otolkbart",
    ),
    "cut short": ({"alter": lambda signed: etree.tostring(signed)[:-20]}, "otolkbart"),
    "no XML": ({"alter": lambda signed: b"anna"}, "otolkbart"),
    "very deep": ({"alter": lambda signed: b"<x>" * 20_000}, "otolkbart"),
    "very large": ({"alter": lambda signed: b" " * 200_000 + etree.tostring(signed)}, "för stort"),
}


@pytest.mark.parametrize(("forged", "reason"), FORGED.values(), ids=FORGED)
def test_a_forged_answer_opens_nothing(client, cast, linked, forged, reason):
    assert visit(client, **forged).url == "/konto/login/"
    assert not is_in(client)
    assert refusals() == [f"tjänstelegitimation: {reason}"]
    assert not IdentityAnswer.objects.exists()


@pytest.mark.parametrize(("sign", "wrap"), idp.WRAPPED.values(), ids=idp.WRAPPED)
def test_a_signature_cannot_be_moved_to_cover_something_else(client, cast, linked, sign, wrap):
    visit(client, subject=idp.BO, sign=sign, alter=wrap)
    assert not is_in(client)
    assert len(refusals()) == 1


@pytest.mark.parametrize(("sign", "wrap"), idp.WRAPPED.values(), ids=idp.WRAPPED)
def test_also_where_several_assertions_were_allowed_nobody_would_be_read_but_who_was_signed(
    client, cast, linked, monkeypatch, sign, wrap
):
    monkeypatch.setattr(saml_assertion, "_require_one_assertion", lambda response: None)
    visit(client, subject=idp.BO, sign=sign, alter=wrap)
    assert client.session.get("_auth_user_id") in (None, str(cast.bo.pk))


def test_the_control_without_the_signature_the_same_wrappings_open_annas_account(client, cast, linked, monkeypatch):
    monkeypatch.setattr(saml_assertion, "_verified", lambda response, place: response)
    monkeypatch.setattr(saml_assertion, "_require_one_assertion", lambda response: None)
    monkeypatch.setattr(saml_assertion, "_only", lambda element, path: element.findall(path, saml_assertion.NAMES)[0])
    for sign, wrap in idp.WRAPPED.values():
        browser = Client()
        visit(browser, subject=idp.BO, sign=sign, alter=wrap)
        if browser.session.get("_auth_user_id") == str(cast.anna.pk):
            return
    pytest.fail("Ingen av omslagen provar något.")


def test_a_certificate_that_has_ended_signs_nothing(client, cast, linked):
    linked.SAML_CERTIFICATES = [idp.certified(idp.KEY, began=-30, ends=-1)]
    visit(client)
    assert refusals() == ["tjänstelegitimation: signatur"]


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client, cast, linked):
    other, form = Client(), idp.answer(client.get(START).url)
    other.get(START)
    fetched = Client().post(ANSWER, form).url
    assert other.get(fetched).url == "/konto/login/"
    assert not is_in(other)
    assert refusals() == ["tjänstelegitimation: en annan webbläsares fråga"]
    client.get(fetched)
    assert is_in(client)
    client.post("/konto/logout/")
    client.get(START)
    assert bring(client, form).url == "/konto/login/"
    assert client.get(fetched).url == "/konto/login/"
    assert not is_in(client)
    assert refusals()[1:] == ["tjänstelegitimation: redan använt", "tjänstelegitimation: en annan webbläsares fråga"]


def test_a_question_has_one_answer(client, cast, linked):
    address = client.get(START).url
    Client().post(ANSWER, idp.answer(address))
    assert bring(client, idp.answer(address, subject=idp.BO)).url == "/konto/login/"
    assert refusals() == ["tjänstelegitimation: redan använt"]


def test_an_answer_that_nobody_asked_for_opens_nothing(client, cast, linked):
    fetched = Client().post(ANSWER, idp.answer(Client().get(START).url)).url
    client.get(fetched)
    assert not is_in(client)
    assert refusals() == ["tjänstelegitimation: ingen fråga väntar"]


def test_a_question_is_old_after_ten_minutes(client, cast, linked):
    address = client.get(START).url
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        bring(client, idp.answer(address))
        assert not is_in(client)
    assert refusals() == ["tjänstelegitimation: InResponseTo"]


def test_a_form_from_another_site_takes_no_session_away(client, cast, linked):
    """A forged form may come to somebody who is logged in, and they do not notice it."""
    log_in_at_once(client, cast.bo)
    arrived = client.post(ANSWER, {"SAMLResponse": "x"})
    assert (arrived.status_code, arrived.cookies) == (302, {})
    assert is_in(client)


def test_where_the_form_says_to_go_is_not_listened_to(client, cast, linked):
    address = client.get(f"{START}?next=https://annan.example.org/").url
    form = idp.answer(address)
    assert form["RelayState"] == "https://annan.example.org/"
    assert bring(client, form).url == "/"
    other = Client()
    assert visit(other, f"{START}?next=/hjalp/").url == "/hjalp/"


def test_the_same_subject_at_another_issuer_is_somebody_else(client, cast, linked):
    Identity.objects.update(issuer="https://annan.example.org")
    visit(client, mail=cast.anna.email)
    assert not is_in(client)


def test_the_account_may_be_named_by_an_attribute(client, cast, linked):
    linked.SAML_SUBJECT_ATTRIBUTE = "objectidentifier"
    address = client.get(START).url
    assert idp.question(address).find("p:NameIDPolicy", idp.NAMES) is None
    bring(client, idp.answer(address, subject="x"))
    assert is_in(client)
    other = Client()
    twice_over = add(
        f"{ASSERTION}/a:AttributeStatement",
        f'<a:Attribute Name="objectidentifier"><a:AttributeValue>{idp.BO}</a:AttributeValue></a:Attribute>',
    )
    visit(other, edit=twice_over)
    assert refusals() == ["tjänstelegitimation: subjekt"]


def test_a_deactivated_user_is_not_let_in(client, cast, linked):
    cast.anna.is_active = False
    cast.anna.save()
    assert visit(client).url == "/konto/inactive/"
    assert not is_in(client)


def test_only_the_organisations_that_we_name_are_let_in(client, cast, linked):
    linked.SAML_ORG_NUMBERS = ["2120009999"]
    visit(client)
    assert refusals() == ["tjänstelegitimation: organisation"]
    linked.SAML_ORG_NUMBERS = ["2120000332"]
    visit(client)
    assert is_in(client)


def test_a_provider_without_levels_does_not_replace_the_second_step(client, cast, linked):
    linked.SAML_LEVELS = []
    address = client.get(START).url
    assert idp.question(address).find("p:RequestedAuthnContext", idp.NAMES) is None
    bring(client, idp.answer(address, level="urn:oasis:names:tc:SAML:2.0:ac:classes:Password"))
    assert client.get("/").url == "/konto/andra-steget/"


def test_what_opens_annas_account_cannot_be_linked_to_another(client, cast, linked):
    Identity.objects.filter(user=cast.bo).delete()
    give_app(cast.bo)
    log_in_strongly(client, cast.bo)
    visit(client, LINK)
    assert Identity.objects.get().user == cast.anna
    assert "redan kopplad till en annan" in client.get("/konto/faktorer/").content.decode()


def test_linking_and_confirming_need_somebody_logged_in(client, cast, linked):
    assert client.get(LINK).url.startswith("/konto/login/")
    assert client.get(CONFIRM).url.startswith("/konto/login/")


def test_confirming_asks_the_provider_for_the_person_anew(client, cast, linked):
    page = f"/arenden/{cast.case.pk}/vem-har-last/utskrift/"
    visit(client, seen=-400)
    later(client, began=400)
    assert client.get(page).status_code == 302
    address = client.get(f"{CONFIRM}?next={page}").url
    assert idp.question(address).get("ForceAuthn") == "true"
    bring(client, idp.answer(address, seen=-400))
    assert client.get(page).status_code == 302
    assert visit(client, f"{CONFIRM}?next={page}", subject=idp.BO).url == "/konto/faktorer/"
    assert client.get(page).status_code == 302
    assert visit(client, f"{CONFIRM}?next={page}").url == page
    assert client.get(page).status_code == 200


def test_an_answer_never_changes_who_is_logged_in(client, cast, linked):
    linked.DEMO = True
    address = client.get(START).url
    log_in(client, cast.bo)
    bring(client, idp.answer(address))
    assert client.session["_auth_user_id"] == str(cast.bo.pk)


def test_both_languages_stand_side_by_side_each_with_its_own_link(client, cast, linked):
    linked.OIDC_ISSUER, linked.OIDC_NAME, linked.SAML_NAME = "https://oidc.example.org", "e-tjänst", "SITHS"
    page = client.get("/konto/login/?next=/hjalp/").content.decode()
    assert page.index("Logga in med e-tjänst") < page.index("Logga in med SITHS")
    assert 'href="/konto/saml/?next=/hjalp/"' in page
    visit(client)
    ways = client.get("/konto/faktorer/").content.decode()
    assert "Koppla e-tjänst" in ways
    assert "Koppla SITHS" not in ways


@pytest.mark.parametrize("way", [START, FETCH, LINK, CONFIRM, METADATA])
def test_without_a_provider_the_way_does_not_exist(client, cast, settings, way):
    settings.SAML_ISSUER = ""
    log_in_at_once(client, cast.anna)
    assert client.get(way).status_code == 404
    assert client.post(ANSWER, {"SAMLResponse": "x"}).status_code == 404
    client.logout()
    assert "tjänstelegitimation" not in client.get("/konto/login/").content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAML_SSO_URL", "http://idp.example.org/sso"),
        ("SAML_CERTIFICATES", []),
        ("SAML_CERTIFICATES", ["AAAA"]),
        ("SAML_CERTIFICATES", ["inget certifikat"]),
        ("OIDC_ISSUER", idp.ISSUER),
        ("OIDC_NAME", "SITHS"),
    ],
)
def test_settings_that_cannot_work_stop_the_deploy(provider, name, value):
    provider.OIDC_ISSUER, provider.SAML_NAME = "https://oidc.example.org", "SITHS"
    before = {error.id for error in promises(None)}
    setattr(provider, name, value)
    assert {error.id for error in promises(None)} - before
