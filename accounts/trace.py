"""Who acts, as the log writes it."""

import structlog
from allauth.account.authentication import get_authentication_records

from audit.log import Actor, Subject, record

FACTOR_WORDS = {"totp": "kod", "recovery_codes": "reservkod", "webauthn": "säkerhetsnyckel"}


def actor_of(user, factor=""):
    return Actor(
        id=user.pk,
        name=user.full_name,
        organisation_id=user.organisation_id,
        organisation_name=user.organisation.name,
        unit_name=user.unit.name if user.unit else "",
        factor=factor,
    )


def factor_of(request):
    """How this session proved who it is: "lösenord", "lösenord och kod", "passnyckel", "tjänstelegitimation"."""
    words = []
    for row in get_authentication_records(request, request.user):
        word = _word(row)
        if word and word not in words:
            words.append(word)
    return " och ".join(words)[:40]


def is_strong(request):
    """Two factors, a passkey that verified its person, or an identity provider that vouches for both."""
    rows = get_authentication_records(request, request.user)
    return any(row["method"] == "mfa" or row.get("strong") for row in rows)


def write(request, action, *, user=None, subject=None, ground=""):
    """One row about the door itself. `user` None: whoever is logged in."""
    user = user or request.user
    actor = actor_of(user, factor_of(request)) if user.is_authenticated else Actor()
    record(action, actor=actor, subject=subject or Subject(), ground=ground, request_id=request_id())


def request_id():
    return structlog.contextvars.get_contextvars().get("request_id", "")


def _word(row):
    if row["method"] == "mfa":
        return "passnyckel" if row.get("passwordless") else FACTOR_WORDS.get(row.get("type", ""), "")
    return {"password": "lösenord", "socialaccount": "tjänstelegitimation"}.get(row["method"], "")
