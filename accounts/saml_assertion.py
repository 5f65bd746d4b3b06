"""An answer in SAML 2.0 as it came in the form. Needs the extra `saml`; only what the issuer has signed is read.

The verified bytes are parsed anew and nothing else of the document is looked at, so a signature cannot be moved to
cover something else than what is read.
"""

from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from lxml import etree
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLVerifier
from signxml.exceptions import SignXMLException

from accounts import saml
from accounts.saml_trust import certificates
from accounts.vouching import LEEWAY, Refused, Vouched

NAMES = {
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
RESPONSE, ASSERTION = f"{{{NAMES['samlp']}}}Response", f"{{{NAMES['saml']}}}Assertion"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
REASONS = {"NoAuthnContext", "AuthnFailed", "RequestDenied", "UnsupportedBinding", "InvalidNameIDPolicy"}
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
CONDITIONS = {f"{{{NAMES['saml']}}}{name}" for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}
# Of the Swedish attributes (Sweden Connect): the organisation's number; its name, the unit and the affiliation.
ORGANISATION = "urn:oid:2.5.4.97"
WORDS = ("urn:oid:2.5.4.10", "urn:oid:2.5.4.11", "urn:oid:1.2.752.201.3.1")
# Where the signature may stand: in the whole answer or in its assertion.
SIGNED_AT = ("./", f"./{ASSERTION}/")
HASHES = ("SHA256", "SHA384", "SHA512")
METHODS = frozenset(SignatureMethod[f"{kind}_{name}"] for kind in ("RSA", "ECDSA") for name in HASHES)
DIGESTS = frozenset(DigestAlgorithm[name] for name in HASHES)
PARSER = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Answer:
    """`name` tells the assertion from every other, `question` is the one that it answers."""

    name: str
    question: str
    vouched: Vouched
    ends_at: datetime


def read(encoded):
    response = _parsed(encoded)
    _require_success(response)
    return _answer(_signed_assertion(response), response)


def _parsed(encoded):
    """Comments, entities, document types and CDATA all begin with <! and are refused before anything is parsed."""
    try:
        text = b64decode("".join(encoded.split()), validate=True)
        if b"<!" in text:
            raise Refused("otillåten XML")
        text.decode("utf-8")
        response = etree.fromstring(text, parser=PARSER)
    except (ValueError, etree.XMLSyntaxError):
        raise Refused("otolkbart") from None
    if not all(isinstance(element.tag, str) for element in response.iter()):
        raise Refused("otillåten XML")
    return response


def _require_success(response):
    """These parts may be unsigned: they can only make us refuse."""
    if response.tag != RESPONSE or response.get("Version") != "2.0":
        raise Refused("inget svar")
    if response.get("Destination", saml.answered_at()) != saml.answered_at():
        raise Refused("Destination")
    code = _only(response, "samlp:Status/samlp:StatusCode")
    if code.get("Value") != f"{STATUS}Success":
        told = {inner.get("Value", "").removeprefix(STATUS) for inner in code}
        raise Refused(" ".join(["status", *sorted(told & REASONS)]))


def _require_one_assertion(response):
    if len(list(response.iter(ASSERTION))) != 1:
        raise Refused("Assertion")


def _signed_assertion(response):
    _require_one_assertion(response)
    where = [place for place in SIGNED_AT if response.find(f"{place}ds:Signature", NAMES) is not None]
    if not where:
        raise Refused("osignerat")
    signed = _verified(response, where[0])
    return signed if signed.tag == ASSERTION else _only(signed, "saml:Assertion")


def _verified(response, place):
    """What one of the configured certificates has signed; one that has ended signs nothing. The certificate that the
    document brings is never looked at."""
    expected = SignatureConfiguration(
        location=place, signature_methods=METHODS, digest_algorithms=DIGESTS, ignore_ambiguous_key_info=True
    )
    for certificate in certificates():
        try:
            signed = (
                XMLVerifier()
                .verify(response, x509_cert=certificate, id_attribute="ID", expect_config=expected)
                .signed_xml
            )
        except (SignXMLException, etree.LxmlError, ValueError, TypeError):
            continue
        if signed is not None and signed.tag in (RESPONSE, ASSERTION):
            return signed
    raise Refused("signatur")


def _answer(assertion, response):
    issuers = [_text(assertion, "saml:Issuer"), *(found.text for found in response.findall("saml:Issuer", NAMES))]
    if set(issuers) != {settings.SAML_ISSUER}:
        raise Refused("Issuer")
    _require_conditions(assertion)
    confirmed = _confirmed(assertion)
    question = confirmed.get("InResponseTo", "")
    if response.get("InResponseTo", question) != question:
        raise Refused("InResponseTo")
    if not (own := assertion.get("ID")):
        raise Refused("ID")
    return Answer(
        name=sha256(f"{settings.SAML_ISSUER} {own}".encode()).hexdigest(),
        question=question,
        vouched=_vouched(assertion),
        ends_at=_instant(confirmed, "NotOnOrAfter") + timedelta(seconds=LEEWAY),
    )


def _require_conditions(assertion):
    conditions = _only(assertion, "saml:Conditions")
    if {condition.tag for condition in conditions} - CONDITIONS:
        raise Refused("okänt villkor")
    _require_now(conditions)
    audiences = conditions.findall("saml:AudienceRestriction", NAMES)
    named = [{found.text for found in audience.findall("saml:Audience", NAMES)} for audience in audiences]
    if not named or not all(saml.entity_id() in names for names in named):
        raise Refused("Audience")


def _confirmed(assertion):
    """For whoever bears it to us, in answer to one question, for some minutes."""
    confirmation = _only(assertion, f"saml:Subject/saml:SubjectConfirmation[@Method='{BEARER}']")
    confirmed = _only(confirmation, "saml:SubjectConfirmationData")
    if confirmed.get("Recipient") != saml.answered_at():
        raise Refused("Recipient")
    if "NotOnOrAfter" not in confirmed.attrib:
        raise Refused("NotOnOrAfter")
    _require_now(confirmed)
    return confirmed


def _vouched(assertion):
    statement = _only(assertion, "saml:AuthnStatement")
    seen_at = _instant(statement, "AuthnInstant")
    if seen_at > timezone.now() + timedelta(seconds=LEEWAY):
        raise Refused("AuthnInstant")
    said = _attributes(assertion)
    return saml.provider().vouch(
        _subject(assertion, said),
        level=_text(statement, "saml:AuthnContext/saml:AuthnContextClassRef"),
        organisation=said.get(ORGANISATION, [""])[0],
        words=[said.get(name, [""])[0] for name in WORDS],
        authenticated_at=int(seen_at.timestamp()),
    )


def _subject(assertion, said):
    """What never changes hands: a persistent name, or the one value of the attribute that the settings name."""
    if settings.SAML_SUBJECT_ATTRIBUTE:
        values = said.get(settings.SAML_SUBJECT_ATTRIBUTE, [])
        if len(values) != 1:
            raise Refused("subjekt")
        return values[0]
    if _only(assertion, "saml:Subject/saml:NameID").get("Format") != PERSISTENT:
        raise Refused("NameID")
    return _text(assertion, "saml:Subject/saml:NameID")


def _attributes(assertion):
    said = {}
    for attribute in assertion.findall("saml:AttributeStatement/saml:Attribute", NAMES):
        values = [found.text.strip() for found in attribute.findall("saml:AttributeValue", NAMES) if found.text]
        if values:
            said.setdefault(attribute.get("Name"), []).extend(values)
    return said


def _require_now(element):
    leeway, now = timedelta(seconds=LEEWAY), timezone.now()
    if "NotBefore" in element.attrib and now + leeway < _instant(element, "NotBefore"):
        raise Refused("NotBefore")
    if "NotOnOrAfter" in element.attrib and now - leeway >= _instant(element, "NotOnOrAfter"):
        raise Refused("NotOnOrAfter")


def _instant(element, attribute):
    """SAML's times are in UTC, also where they do not say so."""
    try:
        at = datetime.fromisoformat(element.get(attribute, ""))
    except ValueError:
        raise Refused(attribute) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _only(element, path):
    found = element.findall(path, NAMES)
    if len(found) != 1:
        raise Refused(_last_of(path))
    return found[0]


def _text(element, path):
    found = _only(element, path)
    if len(found) or not found.text:
        raise Refused(_last_of(path))
    return found.text.strip()


def _last_of(path):
    return path.partition("[")[0].rpartition(":")[2]
