"""The identity providers of this installation, whichever language each speaks."""

from accounts import oidc, saml


def providers():
    return [found for found in (oidc.provider(), saml.provider()) if found]


def ways_of(user):
    """(provider, Identity), None for one that the user has not linked."""
    linked = {identity.issuer: identity for identity in user.identities.all()}
    return [(provider, linked.get(provider.issuer)) for provider in providers()]
