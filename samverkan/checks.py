"""What Django does not check before production: our own promises."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error

from accounts.saml_trust import can_verify

LOGIN = "django.contrib.auth.middleware.LoginRequiredMiddleware"
GATE = "consent.middleware.GateMiddleware"
ENTRANCE = "accounts.middleware.EntranceMiddleware"


def promises(app_configs, **kwargs):
    """Each promise that the settings break is an error of its own."""
    return [Error(text, id=f"samverkan.E{number:03}") for number, (kept, text) in enumerate(_promises(), 1) if not kept]


def _promises():
    database, order = settings.DATABASES["default"], settings.MIDDLEWARE
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = [source for values in directives.values() for source in values]
    yield GATE in order, "Grinden saknas i MIDDLEWARE."
    yield order[-1:] == [GATE] and LOGIN in order, "Inloggning ska krävas före grinden, som ska vara innerst."
    yield order[-2:-1] == [ENTRANCE], "Entrén, som kräver två steg, ska stå närmast före grinden."
    yield database["ATOMIC_REQUESTS"], "Vyerna ska köras i en egen transaktion (ATOMIC_REQUESTS)."
    yield database["ENGINE"] == "django.db.backends.postgresql", "Databasen ska vara PostgreSQL."
    yield database["USER"] == settings.DATABASE_APP_ROLE, "Applikationen ska köras med sin egen databasroll."
    yield directives["default-src"] == ["'none'"], "CSP ska börja med default-src 'none'."
    yield not any("unsafe" in source for source in sources), "CSP får inte tillåta något osäkert."
    yield settings.SESSION_ENGINE == "accounts.sessions", "Sessioner ska ligga i databasen, med ägare och slut."
    yield settings.SESSION_COOKIE_NAME.startswith("__Host-"), "Sessionskakan ska ha prefixet __Host-."
    yield settings.SESSION_COOKIE_AGE <= 36_000, "En session får vara högst tio timmar."
    yield timedelta(minutes=30) >= settings.SESSION_IDLE, "En session får vara orörd högst 30 minuter."
    yield settings.MFA_WEBAUTHN_USER_VERIFICATION == "required", "En säkerhetsnyckel ska känna igen sin person."
    yield settings.MFA_ADAPTER == "accounts.factors.FactorAdapter", "Faktorernas hemligheter ska vara förseglade."
    yield settings.MESSAGE_STORAGE.endswith("SessionStorage"), "Meddelanden ska inte ligga i en egen kaka."
    yield not settings.DEMO and not settings.DEMO_LOGINS, "Demoläget ska vara av i drift."
    yield settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST, "Uppgifter får inte tappas."
    yield (
        settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] >= 4 * settings.CELERY_TASK_TIME_LIMIT,
        ("Köns visibility_timeout ska vara minst fyra gånger tidsgränsen."),
    )
    yield settings.IDENTITY_INDEX_KEY not in settings.IDENTITY_KEYS.values(), "Nycklarna ska vara olika."
    yield settings.GUARDIAN_MONKEY_PATCH_USER is False, "Guardian ska inte ändra användarmodellen."
    yield not settings.OIDC_ISSUER or settings.OIDC_ISSUER.startswith("https://"), "OIDC_ISSUER ska börja med https://."
    yield not settings.OIDC_ISSUER or (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET), "OIDC saknar klient."
    yield (
        not settings.SAML_ISSUER or can_verify(),
        "SAML saknar https, ett läsbart certifikat eller requirements/saml.txt.",
    )
    yield (
        not (settings.OIDC_ISSUER and settings.SAML_ISSUER)
        or (settings.OIDC_ISSUER != settings.SAML_ISSUER and settings.OIDC_NAME != settings.SAML_NAME),
        "Två utfärdare ska ha olika namn (OIDC_NAME, SAML_NAME) och vara olika.",
    )
    yield settings.E_SIGNATURE != "practice", "Övningsunderskrifter ska vara av i drift (E_SIGNATURE)."
    yield settings.PUBLIC_URL.startswith("https://"), "PUBLIC_URL ska börja med https://."
