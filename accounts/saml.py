"""Log-in through the employer's identity provider in SAML 2.0: Web Browser SSO, asked by redirect, answered by a form.

The form comes from another site, so the browser sends no session with it. Its content is verified where it arrives
(accounts/saml_assertion.py) and kept; it counts when the browser that asked comes to fetch it, and for no other.
"""

import secrets
import zlib
from base64 import b64encode
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from accounts import vouching
from accounts.models import IdentityAnswer
from accounts.vouching import WITHIN, Provider, Refused

LANGUAGE = "saml"
LARGEST = 200_000


def provider():
    """Empty: this installation has none."""
    return settings.SAML_ISSUER and Provider(
        issuer=settings.SAML_ISSUER,
        name=settings.SAML_NAME,
        levels=settings.SAML_LEVELS,
        organisations=settings.SAML_ORG_NUMBERS,
        log_in="accounts:log_in_by_saml",
        link="accounts:link_saml",
        confirm="accounts:confirm_by_saml",
    )


def entity_id():
    return f"{settings.PUBLIC_URL}{reverse('accounts:saml_metadata')}"


def answered_at():
    return f"{settings.PUBLIC_URL}{reverse('accounts:saml_answer')}"


def metadata():
    return _document("metadata")


def begin(request, purpose):
    """The address at the provider. The purpose confirm asks for the person anew."""
    name = _signer().sign(f"_{secrets.token_hex(16)}")
    vouching.ask(request, LANGUAGE, purpose, name=name)
    question = _document("question", name=name, at=f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}", anew=purpose == "confirm")
    packed = b64encode(zlib.compress(question.encode(), wbits=-15)).decode()
    joint = "&" if "?" in settings.SAML_SSO_URL else "?"
    return f"{settings.SAML_SSO_URL}{joint}{urlencode({'SAMLRequest': packed})}"


def receive(form):
    """Keeps the answer, once, for the browser that asked. The name of its question comes back."""
    encoded = form.get("SAMLResponse", "")
    if len(encoded) > LARGEST:
        raise Refused("för stort")
    answer = import_string("accounts.saml_assertion.read")(encoded)
    try:
        _signer().unsign(answer.question, max_age=WITHIN)
    except BadSignature:
        raise Refused("InResponseTo") from None
    if not IdentityAnswer.objects.keep(answer):
        raise Refused("redan använt")
    return answer.question


def finish(request):
    """(purpose, Vouched)."""
    pending = vouching.asked(request, LANGUAGE)
    if not constant_time_compare(request.GET.get("svar", ""), pending["name"]):
        raise Refused("en annan webbläsares fråga")
    vouched = IdentityAnswer.objects.fetch(pending["name"])
    if vouched is None:
        raise Refused("inget svar")
    return pending["purpose"], vouched


def _signer():
    """A question bears our mark and its time, so that an answer that nobody asked for is seen where it arrives."""
    return TimestampSigner(salt="accounts.saml", sep=".")


def _document(kind, **more):
    ours = {"entity_id": entity_id(), "answered_at": answered_at(), "persistent": not settings.SAML_SUBJECT_ATTRIBUTE}
    return render_to_string(
        f"accounts/saml_{kind}.xml", ours | {"to": settings.SAML_SSO_URL, "levels": settings.SAML_LEVELS} | more
    )
