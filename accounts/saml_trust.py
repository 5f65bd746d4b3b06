"""Whose signatures we believe in SAML 2.0. Knows no rows, so that the settings can be checked before there are any."""

from base64 import b64decode
from importlib.util import find_spec

from cryptography.x509 import load_der_x509_certificate
from django.conf import settings


def certificates():
    """Those that the issuer may sign with; two while it changes. ValueError: one of them is none."""
    return [load_der_x509_certificate(b64decode("".join(text.split()))) for text in settings.SAML_CERTIFICATES]


def can_verify():
    """The settings name somebody to believe, and the extra that reads signatures is here (requirements/saml.txt)."""
    try:
        believed = certificates()
    except ValueError:
        return False
    return bool(believed and settings.SAML_SSO_URL.startswith("https://") and find_spec("signxml"))
