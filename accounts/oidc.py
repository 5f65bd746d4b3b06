"""Log-in through the employer's identity provider: OpenID Connect, authorization code with PKCE, state and nonce.

Nothing is believed that is not signed by the issuer for us and for this very log-in. Of the Swedish profile's claims
(oidc.se) we read whose employee it is; an identity number is never asked for and never kept.
"""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts import vouching
from accounts.vouching import LEEWAY, Provider, Refused

LANGUAGE = "oidc"
CLAIM = "https://id.oidc.se/claim/"
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TIMEOUT = 10


def provider():
    """Empty: this installation has none."""
    return settings.OIDC_ISSUER and Provider(
        issuer=settings.OIDC_ISSUER,
        name=settings.OIDC_NAME,
        levels=settings.OIDC_ACR_VALUES,
        organisations=settings.OIDC_ORG_NUMBERS,
        log_in="accounts:log_in_by_identity",
        link="accounts:link_identity",
        confirm="accounts:confirm_by_identity",
    )


def begin(request, purpose):
    """The address at the provider. The purpose confirm asks for the person anew."""
    verifier = secrets.token_urlsafe(48)
    pending = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24), "verifier": verifier}
    vouching.ask(request, LANGUAGE, purpose, **pending)
    question = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": _here(),
        "scope": settings.OIDC_SCOPE,
        "state": pending["state"],
        "nonce": pending["nonce"],
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    if settings.OIDC_ACR_VALUES:
        question["acr_values"] = " ".join(settings.OIDC_ACR_VALUES)
    if purpose == "confirm":
        question |= {"prompt": "login", "max_age": 0}
    return f"{_configuration()['authorization_endpoint']}?{urlencode(question)}"


def finish(request):
    """(purpose, Vouched)."""
    pending = vouching.asked(request, LANGUAGE)
    if not constant_time_compare(request.GET.get("state", ""), pending["state"]):
        raise Refused("state")
    if "code" not in request.GET:
        raise Refused("avbrutet hos utfärdaren")
    configuration = _configuration()
    token = _exchange(configuration, request.GET["code"], pending["verifier"])
    return pending["purpose"], _vouched(_claims(configuration, token, pending["nonce"]))


def _here():
    return f"{settings.PUBLIC_URL}{reverse('accounts:identity_answer')}"


def _configuration():
    found = _ask("get", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if found.get("issuer") != settings.OIDC_ISSUER:
        raise Refused("issuer")
    if missing := [name for name in ENDPOINTS if not isinstance(found.get(name), str)]:
        raise Refused(missing[0])
    return found


def _exchange(configuration, code, verifier):
    answer = {"grant_type": "authorization_code", "code": code, "redirect_uri": _here(), "code_verifier": verifier}
    ours = (settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    token = _ask("post", configuration["token_endpoint"], data=answer, auth=ours).get("id_token")
    if not isinstance(token, str):
        raise Refused("inget id_token")
    return token


def _claims(configuration, token, nonce):
    try:
        keys = jwt.PyJWKSet.from_dict(_ask("get", configuration["jwks_uri"]))
        key = keys[jwt.get_unverified_header(token).get("kid")]
        claims = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, KeyError) as error:
        raise Refused(type(error).__name__) from None
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise Refused("nonce")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.OIDC_CLIENT_ID:
        raise Refused("azp")
    return claims


def _vouched(claims):
    return provider().vouch(
        claims.get(settings.OIDC_SUBJECT_CLAIM),
        level=claims.get("acr"),
        organisation=str(claims.get(f"{CLAIM}orgNumber", "")),
        words=[claims.get(f"{CLAIM}{name}") for name in ("orgName", "orgUnit", "orgAffiliation")],
        authenticated_at=_seconds(claims.get("auth_time")),
    )


def _seconds(value):
    return value if isinstance(value, int) else 0


def _ask(method, url, **kwargs):
    try:
        answer = requests.request(method, url, timeout=TIMEOUT, allow_redirects=False, **kwargs)
        found = answer.json() if answer.ok else None
    except requests.RequestException as error:
        raise Refused(type(error).__name__) from None
    if not isinstance(found, dict):
        raise Refused("utfärdaren svarar inte")
    return found
