"""Every promise of the settings is checked before production, and each check can fail."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from samverkan.checks import ENTRANCE, GATE, LOGIN, promises


@pytest.fixture
def production(settings):
    settings.DEMO, settings.DEMO_LOGINS, settings.E_SIGNATURE = False, [], ""
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.PUBLIC_URL = "https://samverkan.example.org"
    return settings


def _changed(name, **values):
    return {**getattr(django_settings, name), **values}


def test_production_settings_keep_every_promise(production):
    assert promises(None) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIDDLEWARE", [LOGIN]),
        ("MIDDLEWARE", [GATE, LOGIN]),
        ("MIDDLEWARE", [ENTRANCE, LOGIN, GATE]),
        ("MIDDLEWARE", [LOGIN, GATE, "whitenoise.middleware.WhiteNoiseMiddleware"]),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.cache"),
        ("SESSION_COOKIE_NAME", "session"),
        ("SESSION_COOKIE_AGE", 86_400),
        ("SESSION_IDLE", timedelta(hours=2)),
        ("MFA_WEBAUTHN_USER_VERIFICATION", "preferred"),
        ("MFA_ADAPTER", "allauth.mfa.adapter.DefaultMFAAdapter"),
        ("MESSAGE_STORAGE", "django.contrib.messages.storage.cookie.CookieStorage"),
        ("OIDC_ISSUER", "http://idp.example.org"),
        ("OIDC_ISSUER", "https://idp.example.org"),
        ("DEMO", True),
        ("E_SIGNATURE", "practice"),
        ("DEMO_LOGINS", [{"role": "alla"}]),
        ("CELERY_TASK_ACKS_LATE", False),
        ("CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 60}),
        ("IDENTITY_INDEX_KEY", next(iter(django_settings.IDENTITY_KEYS.values()))),
        ("GUARDIAN_MONKEY_PATCH_USER", True),
        ("PUBLIC_URL", "http://samverkan.example.org"),
        ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'self'"]}}),
        ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'unsafe-inline'"]}}),
        ("DATABASE_APP_ROLE", "någon_annan"),
    ],
)
def test_a_broken_promise_stops_the_deploy(production, name, value):
    setattr(production, name, value)
    assert promises(None)
