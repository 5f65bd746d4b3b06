"""Log-in through the employer's identity provider: OpenID Connect, authorization code with PKCE, state and nonce.

Nothing is believed that is not signed by the issuer for us and for this very log-in. Of the Swedish profile's claims
(oidc.se) we read whose employee it is; an identity number is never asked for and never kept.
"""

import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.utils.crypto import constant_time_compare

CLAIM = "https://id.oidc.se/claim/"
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TIMEOUT = 10
WITHIN = 600
RECENT = 300
PENDING = "oidc"


class Refused(Exception):
    """The answer is not believed. The reason is for the log, never for the page."""


@dataclass(frozen=True)
class Vouched:
    """What the issuer says about the person. `strong`: at the level of assurance that we demand."""

    issuer: str
    subject: str
    label: str
    strong: bool
    authenticated_at: int

    @property
    def is_recent(self):
        return time.time() - self.authenticated_at <= RECENT


def begin(request, purpose, redirect_uri):
    """The address at the provider. `purpose` is login, link or confirm; the last asks for the person anew."""
    verifier = secrets.token_urlsafe(48)
    pending = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24), "verifier": verifier}
    request.session[PENDING] = {**pending, "purpose": purpose, "at": time.time()}
    question = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": redirect_uri,
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


def finish(request, redirect_uri):
    """(purpose, Vouched). The question is used up by any answer, so that none can be tried twice."""
    pending = request.session.pop(PENDING, None)
    if pending is None or time.time() - pending["at"] > WITHIN:
        raise Refused("ingen fråga väntar")
    if not constant_time_compare(request.GET.get("state", ""), pending["state"]):
        raise Refused("state")
    if "code" not in request.GET:
        raise Refused("avbrutet hos utfärdaren")
    configuration = _configuration()
    token = _exchange(configuration, request.GET["code"], pending["verifier"], redirect_uri)
    return pending["purpose"], _vouched(_claims(configuration, token, pending["nonce"]))


def _configuration():
    found = _ask("get", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if found.get("issuer") != settings.OIDC_ISSUER:
        raise Refused("issuer")
    if missing := [name for name in ENDPOINTS if not isinstance(found.get(name), str)]:
        raise Refused(missing[0])
    return found


def _exchange(configuration, code, verifier, redirect_uri):
    answer = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
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
            leeway=30,
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
    number = str(claims.get(f"{CLAIM}orgNumber", ""))
    if settings.OIDC_ORG_NUMBERS and number not in settings.OIDC_ORG_NUMBERS:
        raise Refused("orgNumber")
    strong = bool(settings.OIDC_ACR_VALUES) and claims.get("acr") in settings.OIDC_ACR_VALUES
    if settings.OIDC_ACR_VALUES and not strong:
        raise Refused("acr")
    subject = claims.get(settings.OIDC_SUBJECT_CLAIM)
    if not subject or not isinstance(subject, str) or len(subject) > 255:
        raise Refused(settings.OIDC_SUBJECT_CLAIM)
    words = (claims.get(f"{CLAIM}{name}") for name in ("orgName", "orgUnit", "orgAffiliation"))
    label = ", ".join(str(word) for word in words if word)[:200]
    return Vouched(settings.OIDC_ISSUER, subject, label, strong, _seconds(claims.get("auth_time")))


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
