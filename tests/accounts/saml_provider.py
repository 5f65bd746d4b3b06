"""A local identity provider in SAML 2.0. Signs with its own key, by a signer written from the standard, and lies when
it is told to: `edit` changes what it says before it signs, `alter` what somebody does to it afterwards."""

import time
import zlib
from base64 import b64decode, b64encode
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512
from itertools import count
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID
from lxml import etree

ISSUER, SSO = "https://idp.example.org/saml", "https://idp.example.org/sso?spec=1"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
ANNA, BO = "anna-hos-kommunen", "bo-hos-kommunen"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
NAMES = {
    "p": "urn:oasis:names:tc:SAML:2.0:protocol",
    "a": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
HASHES = {
    RSA_SHA256: (hashes.SHA256(), "http://www.w3.org/2001/04/xmlenc#sha256", sha256),
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": (
        hashes.SHA1(),
        "http://www.w3.org/2001/04/xmlenc#sha256",
        sha256,
    ),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": (
        hashes.SHA512(),
        "http://www.w3.org/2001/04/xmlenc#sha512",
        sha512,
    ),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": (
        hashes.SHA256(),
        "http://www.w3.org/2001/04/xmlenc#sha256",
        sha256,
    ),
}
ATTRIBUTES = {
    "urn:oid:2.5.4.97": "2120000332",
    "urn:oid:2.5.4.10": "Flens kommun",
    "urn:oid:1.2.752.201.3.1": "anna01@2120000332",
    "urn:oid:1.2.752.29.4.13": "199501062385",
    "objectidentifier": ANNA,
}
NUMBERS = count(1)


def certified(key, began=-1, ends=365):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.org")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now + timedelta(began)).not_valid_after(now + timedelta(ends))
    return b64encode(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)).decode()


KEY, NEXT_KEY, STRANGER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))
CURVE_KEY = ec.generate_private_key(ec.SECP256R1())
CERTIFICATE, NEXT_CERTIFICATE, STRANGERS = certified(KEY), certified(NEXT_KEY), certified(STRANGER)


def question(address):
    """The AuthnRequest in the address that the browser is sent to."""
    packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(b64decode(packed), wbits=-15))


def answer(address, *, edit=None, sign=None, alter=None, **said):
    """The form that the browser carries back after the person has identified themselves at `address`."""
    response = spoken(question(address), **said)
    if edit:
        response = edit(response)
    signed = (sign or sign_assertion)(response)
    altered = alter(signed) if alter else signed
    return form_of(altered if isinstance(altered, bytes) else etree.tostring(altered))


def form_of(document):
    return {"SAMLResponse": b64encode(document).decode(), "RelayState": "https://annan.example.org/"}


def spoken(asked, subject=ANNA, level=LOA3, seen=0, **attributes):
    """The honest answer, unsigned."""
    place, name = asked.get("AssertionConsumerServiceURL"), asked.get("ID")
    audience = asked.findtext("a:Issuer", namespaces=NAMES)
    statements = "".join(
        f'<a:Attribute Name="{key}"><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>'
        for key, value in (ATTRIBUTES | attributes).items()
    )
    return etree.fromstring(
        f'<p:Response xmlns:p="{NAMES["p"]}" ID="_r{next(NUMBERS)}" Version="2.0" IssueInstant="{instant()}"'
        f' Destination="{place}" InResponseTo="{name}"><a:Issuer xmlns:a="{NAMES["a"]}">{ISSUER}</a:Issuer>'
        '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
        f'<a:Assertion xmlns:a="{NAMES["a"]}" ID="_a{next(NUMBERS)}" Version="2.0" IssueInstant="{instant()}">'
        f'<a:Issuer>{ISSUER}</a:Issuer><a:Subject><a:NameID Format="{PERSISTENT}">{subject}</a:NameID>'
        f'<a:SubjectConfirmation Method="{BEARER}"><a:SubjectConfirmationData InResponseTo="{name}"'
        f' Recipient="{place}" NotOnOrAfter="{instant(300)}"/></a:SubjectConfirmation></a:Subject>'
        f'<a:Conditions NotBefore="{instant(-60)}" NotOnOrAfter="{instant(3600)}"><a:AudienceRestriction>'
        f"<a:Audience>{audience}</a:Audience></a:AudienceRestriction></a:Conditions>"
        f'<a:AuthnStatement AuthnInstant="{instant(seen)}"><a:AuthnContext><a:AuthnContextClassRef>{level}'
        "</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>"
        f"<a:AttributeStatement>{statements}</a:AttributeStatement></a:Assertion></p:Response>"
    )


def instant(seconds=0):
    return datetime.fromtimestamp(time.time() + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def signature_of(element, key=KEY, method=RSA_SHA256, certificate=CERTIFICATE):
    """XML Signature (enveloped, exclusive canonicalization) of what the element is without one."""
    algorithm, digest_name, digest = HASHES[method]
    digested = b64encode(digest(canonical(element)).digest()).decode()
    made = etree.fromstring(
        f'<ds:Signature xmlns:ds="{NAMES["ds"]}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="#{element.get("ID")}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{NAMES["ds"]}enveloped-signature"/><ds:Transform Algorithm="{C14N}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{digest_name}"/><ds:DigestValue>{digested}</ds:DigestValue></ds:Reference>'
        "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
        f"{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
    )
    told = canonical(made[0])
    if isinstance(key, rsa.RSAPrivateKey):
        value = key.sign(told, padding.PKCS1v15(), algorithm)
    else:
        r, s = decode_dss_signature(key.sign(told, ec.ECDSA(algorithm)))
        value = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    made[1].text = b64encode(value).decode()
    return made


def canonical(element):
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def sign_assertion(response, **how):
    assertion = assertion_of(response)
    assertion.insert(1, signature_of(assertion, **how))
    return response


def sign_response(response, **how):
    response.insert(1, signature_of(response, **how))
    return response


def sign_both(response):
    return sign_response(sign_assertion(response))


def unsigned(response):
    return response


def assertion_of(response):
    return response.find("a:Assertion", NAMES)


# --- what may be said or altered --------------------------------------------------------------------------------
def put(path, value, attribute=None):
    """Another value at the path of the response; None takes the attribute, or the whole element, away."""

    def edit(response):
        element = response.find(path, NAMES) if path else response
        if attribute and value is None:
            del element.attrib[attribute]
        elif attribute:
            element.set(attribute, value)
        elif value is None:
            element.getparent().remove(element)
        else:
            element.text = value
        return response

    return edit


def put_time(path, seconds, attribute):
    """Seconds from when it is said."""
    return lambda response: put(path, instant(seconds), attribute)(response)


def add(path, xml):
    """One more element under the path of the response."""

    def edit(response):
        element = response.find(path, NAMES) if path else response
        declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
        element.append(etree.fromstring(f"<x {declared}>{xml}</x>")[0])
        return response

    return edit


def twice(path):
    def edit(response):
        element = response.find(path, NAMES)
        element.addnext(deepcopy(element))
        return response

    return edit


def replaced(old, new):
    """In the text of the document, as somebody between could."""
    return lambda response: etree.tostring(response).replace(old.encode(), new.encode())


# --- signature wrapping, numbered as in the literature: a signed answer about Bo, read as one about Anna -----------
def _evil(signed, **ids):
    """A copy about Anna, without a signature."""
    copy = deepcopy(signed)
    for signature in copy.findall(".//ds:Signature", NAMES):
        signature.getparent().remove(signature)
    copy.find(".//a:NameID", NAMES).text = ANNA
    copy.set("ID", ids.get("named", "_evil"))
    return copy


def _bare(signed):
    copy = deepcopy(signed)
    copy.remove(copy.find("ds:Signature", NAMES))
    return copy


def _around_the_response(inside):
    def wrap(response):
        evil, signature = _evil(response), deepcopy(response.find("ds:Signature", NAMES))
        evil.insert(1, signature)
        (signature if inside else evil).append(_bare(response))
        return evil

    return wrap


def _evil_first(response):
    response.insert(list(response).index(assertion_of(response)), _evil(assertion_of(response)))
    return response


def _evil_last(response):
    response.append(_evil(assertion_of(response)))
    return response


def _evil_around(response):
    signed = assertion_of(response)
    evil = _evil(signed)
    response.replace(signed, evil)
    evil.append(signed)
    return response


def _evil_with_the_signature(place):
    def wrap(response):
        signed = assertion_of(response)
        evil, signature, bare = _evil(signed), deepcopy(signed.find("ds:Signature", NAMES)), _bare(signed)
        response.replace(signed, evil)
        evil.insert(1, signature)
        if place == "object":
            holder = etree.SubElement(signature, f"{{{NAMES['ds']}}}Object")
            holder.append(bare)
        else:
            {"response": response, "signature": signature}[place].append(bare)
        return response

    return wrap


def _evil_in_extensions(response):
    holder = etree.Element(f"{{{NAMES['p']}}}Extensions")
    holder.append(_evil(assertion_of(response)))
    response.insert(1, holder)
    return response


def _evil_of_the_same_name(response):
    signed = assertion_of(response)
    signed.addprevious(_evil(signed, named=signed.get("ID")))
    return response


def _signature_of_the_response_kept(response):
    """Everything stands where it stood, but for one word of the assertion."""
    response.find(".//a:NameID", NAMES).text = ANNA
    return response


WRAPPED = {
    "1: the signed answer inside the signature of another": (sign_response, _around_the_response(inside=True)),
    "2: the signed answer beside the signature of another": (sign_response, _around_the_response(inside=False)),
    "3: an assertion before the signed one": (sign_assertion, _evil_first),
    "3b: an assertion after the signed one": (sign_assertion, _evil_last),
    "4: an assertion around the signed one": (sign_assertion, _evil_around),
    "5: its signature moved to another, the signed one last": (sign_assertion, _evil_with_the_signature("response")),
    "6: the signed one inside the moved signature": (sign_assertion, _evil_with_the_signature("signature")),
    "7: an assertion among the extensions": (sign_assertion, _evil_in_extensions),
    "8: the signed one in an object of the moved signature": (sign_assertion, _evil_with_the_signature("object")),
    "of the same name": (sign_assertion, _evil_of_the_same_name),
    "in a signed answer": (sign_response, _evil_first),
    "in an answer signed twice": (sign_both, _evil_first),
    "a word of the signed answer": (sign_response, _signature_of_the_response_kept),
}
