"""All settings in one place: typed values from the environment, safe defaults, no default secret."""

from base64 import b64decode
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import structlog
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from accounts.sealing import parse_keys
from samverkan.demo.logins import logins_by_role
from samverkan.logs import REDACTED_PROCESSORS, logging_config

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this installation is ------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
MUNICIPALITY_NAME = env.str("MUNICIPALITY_NAME", "Flens kommun")

# --- Apps: the staircase, lowest first ----------------------------------------------------------------------
INSTALLED_APPS = [
    "samverkan",
    "reports",
    "desk",
    "projects",
    "meetings",
    "needs",
    "actionplans",
    "consent",
    "notices",
    "cases",
    "accounts.apps.AccountsConfig",
    "audit",
    "accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "guardian",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samverkan.middleware.headers",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.EntranceMiddleware",
    "consent.middleware.GateMiddleware",
]

ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.context_processors.frame",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database: the application's own role; `manage.py migrate` swaps in the owner ---------------------------
_as_owner = env.str("SAMVERKAN_DATABASE_ROLE", "app") == "owner"
DATABASES = {
    "default": env.dj_db_url("DATABASE_OWNER_URL" if _as_owner else "DATABASE_URL", conn_max_age=600)
    | {"CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": True}
}
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", "samverkan_app")
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=5s -c statement_timeout=30s"
if _as_owner:
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=30s"

# --- Redis: broker and throw-away cache, never truth --------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")


def _redis_db(number):
    parts = urlsplit(REDIS_URL)
    return REDIS_URL if parts.scheme == "unix" else urlunsplit(parts._replace(path=f"/{number}"))


CACHES = {"default": {"BACKEND": "samverkan.cache.ForgivingRedisCache", "LOCATION": _redis_db(1)}}

# --- Background work ----------------------------------------------------------------------------------------
CELERY_BROKER_URL = _redis_db(0)
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_DEFAULT_QUEUE = "standard"
CELERY_TASK_ROUTES = {"*.render_*": {"queue": "pdf"}, "notices.tasks.send_due": {"queue": "utskick"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Europe/Stockholm"
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200

# --- People: log-in, sessions, passwords --------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.WorkplaceBackend", "guardian.backends.ObjectPermissionBackend"]
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0 if DEBUG or DEMO else 1)
MFA_ADAPTER = "accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ACCOUNT_FORMS = {
    "change_password": "accounts.forms.ChangePassword",
    "set_password": "accounts.forms.SetPassword",
    "reset_password_from_key": "accounts.forms.NewPassword",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "tjänstelegitimation")
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_CLIENT_SECRET", "")
OIDC_SCOPE, OIDC_SUBJECT_CLAIM = env.str("OIDC_SCOPE", "openid"), env.str("OIDC_SUBJECT_CLAIM", "sub")
OIDC_ORG_NUMBERS: list[str] = env.list("OIDC_ORG_NUMBERS", [])
_loa = "http://id.elegnamnden.se/loa/1.0/loa"
OIDC_ACR_VALUES = env.list("OIDC_ACR_VALUES", [f"{_loa}3", f"{_loa}4"])
SAML_ISSUER, SAML_SSO_URL = env.str("SAML_ISSUER", ""), env.str("SAML_SSO_URL", "")
SAML_CERTIFICATES: list[str] = env.list("SAML_CERTIFICATES", [])
SAML_NAME, SAML_SUBJECT_ATTRIBUTE = env.str("SAML_NAME", "tjänstelegitimation"), env.str("SAML_SUBJECT_ATTRIBUTE", "")
SAML_ORG_NUMBERS: list[str] = env.list("SAML_ORG_NUMBERS", [])
SAML_LEVELS = env.list("SAML_LEVELS", [f"{_loa}3", f"{_loa}4"])
DEMO_LOGINS = logins_by_role() if DEMO else []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:my_day"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_IDLE = timedelta(minutes=30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Identity numbers: two keys, outside the database and outside SECRET_KEY --------------------------------
IDENTITY_KEYS = parse_keys(env.str("IDENTITY_KEYS"))
IDENTITY_INDEX_KEY = b64decode(env.str("IDENTITY_INDEX_KEY"), validate=True)

# --- Transport and headers ----------------------------------------------------------------------------------
_https = not (DEBUG or DEMO)
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samverkan.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- Static files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None if DEBUG or DEMO else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or DEMO
_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG or DEMO
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _storage},
}

# --- Mail and SMS: in the demo nothing leaves the house, the outbox page is the mailbox ----------------------
_mail = env.dj_email_url("EMAIL_URL", "dummy://" if DEMO else "smtp://localhost:25")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Samverkan <samverkan@example.org>")
SMS_BACKEND = env.str("SMS_BACKEND", "demo" if DEMO else "console")
SMS_URL, SMS_TOKEN = env.str("SMS_URL", ""), env.str("SMS_TOKEN", "")
BOUNCE_ADDRESS, BOUNCE_MAILBOX = env.str("BOUNCE_ADDRESS", ""), env.str("BOUNCE_MAILBOX", "")
DELIVERY_TOKEN = env.str("DELIVERY_TOKEN", "")
REMIND_HOURS_BEFORE = env.list("REMIND_HOURS_BEFORE", [48, 3], subcast=int)
QUIET_FROM, QUIET_UNTIL = env.time("QUIET_FROM", time(20)), env.time("QUIET_UNTIL", time(8))
OUTBOX_RULE = "consent.models.predicates.Unheard"  # who may not be written to any more
E_SIGNATURE = env.str("E_SIGNATURE", "practice" if DEMO else "")

# --- Language and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["samverkan.formats"]

# --- Logs: JSON lines with a request id and no personal data ------------------------------------------------
LOGGING = logging_config(env.str("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
structlog.configure(
    processors=REDACTED_PROCESSORS, logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True
)

# --- The log that cannot be altered: its anchors outside the database, how long it is kept, unusual reading, history
LOG_ANCHORS = env.path("LOG_ANCHORS", None)
LOG_KEPT_YEARS = env.int("LOG_KEPT_YEARS", 5)
READ_AN_HOUR_WARNS, READ_AN_HOUR_STOPS = env.int("READ_AN_HOUR_WARNS", 40), env.int("READ_AN_HOUR_STOPS", 120)
PGHISTORY_APPEND_ONLY = True
# Case numbers that one worker may ask the manager for in a day; whether an emergency opens one, and how often a month.
ACCESS_ASKED_A_DAY = env.int("ACCESS_ASKED_A_DAY", 20)
EMERGENCY_ACCESS, EMERGENCIES_A_MONTH = env.bool("EMERGENCY_ACCESS", False), env.int("EMERGENCIES_A_MONTH", 3)

if not DEBUG and not DEMO and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY måste ha minst 50 tecken i drift.")
