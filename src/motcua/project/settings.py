"""Django's settings: what `env.py` reads, and what never changes between installations."""

import hmac
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from motcua.identity.settings_allauth import allauth_settings
from motcua.project.databases import database_settings
from motcua.project.env import read_environment

ENV = read_environment()
PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = ENV.data_dir

SECRET_KEY = ENV.secret_key
#: Seal the rows of the journal; derived, so that whoever holds the database alone cannot make one. The first one seals.
JOURNAL_KEYS = (hmac.digest(SECRET_KEY.encode(), b"motcua.journal.seal", "sha256"),)
DEBUG = ENV.debug
DEMO = ENV.demo
ALLOWED_HOSTS = list(ENV.hosts)
BASE_URL = ENV.base_url
DEMO_PKI_URL = ENV.demo_pki_url or f"{BASE_URL}/pki-mau"
PLACE_NAME = ENV.place_name or ("Tỉnh Quảng Ninh (trình diễn)" if DEMO else "")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "csp",
    "ninja",
    "motcua.journal",
    "motcua.agencies",
    "motcua.identity",
    "motcua.deadlines",
    "motcua.notifications",
    "motcua.files",
    "motcua.payments",
    "motcua.forms",
    "motcua.procedures",
    "motcua.packages",
    "motcua.importing",
    "motcua.dossiers",
    "motcua.postal",
    "motcua.land",
    "motcua.certification",
    "motcua.trust",
    "motcua.signing",
    "motcua.evidence",
    "motcua.scanning",
    "motcua.results",
    "motcua.sites",
    "motcua.project",
]

# Jobs, also those at set times (`@app.periodic`), live behind the door `jobs.py` of each room; the worker finds them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

MIDDLEWARE = [
    "motcua.project.web.metrics.MetricsMiddleware",
    "motcua.project.web.proxy.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "motcua.identity.middleware.ActorMiddleware",
    "motcua.project.web.gate.GateMiddleware",
    "motcua.project.web.idle.IdleMiddleware",
    "motcua.project.web.factors.FactorMiddleware",
    "motcua.project.web.problems.ProblemPagesMiddleware",
]

CSRF_FAILURE_VIEW = "motcua.project.web.problems.page_is_old"
ROOT_URLCONF = "motcua.project.urls"
WSGI_APPLICATION = "motcua.project.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE_DIR / "identity" / "templates",
            PACKAGE_DIR / "sites" / "templates",
            *(PACKAGE_DIR / "sites").glob("*/templates"),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.sites.context.shared",
            ],
        },
    },
]

DATABASES = {"default": database_settings(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "motcua_cache"}}
SESSION_ENGINE = "motcua.identity.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

AUTH_USER_MODEL = "identity.Account"
globals().update(
    allauth_settings(
        issuer=ENV.oidc_issuer,
        client_id=ENV.oidc_client_id,
        client_secret=ENV.oidc_client_secret,
        name=ENV.oidc_name,
    )
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "vi"
#: Only what the pages are written in: the language of a browser changes no date and no number mark.
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["motcua.sites.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENV.manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_USE_FINDERS = not ENV.manifest
WHITENOISE_AUTOREFRESH = not ENV.manifest

MAX_UPLOAD_BYTES = ENV.max_upload_mb * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "motcua.files.web.uploads.SizeCapUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = None

_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = ENV.idle_minutes
BEHIND_PROXY = ENV.behind_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
USE_X_FORWARDED_HOST = BEHIND_PROXY
SECURE_HSTS_SECONDS = 31536000 if _SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF, *([ENV.oidc_issuer] if ENV.oidc_issuer else [])],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
_MAIL = urlsplit(ENV.email_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _MAIL.hostname
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 20
SMS_PROVIDER, ZALO_PROVIDER = ENV.sms_provider, ENV.zalo_provider
POST_PROVIDER, POST_CUSTOMER = ENV.post_provider, ENV.post_customer
PAYMENT_PLATFORM_URL, PAYMENT_PLATFORM_PARTNER = ENV.payment_url, ENV.payment_partner
PAYMENT_PLATFORM_SECRET, PAYMENT_PLATFORM_TOKEN = ENV.payment_secret, ENV.payment_token

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"motcua": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

EVIDENCE_KEY, EVIDENCE_PIN, EVIDENCE_MINUTES = ENV.evidence_key, ENV.evidence_pin, ENV.evidence_minutes
EVIDENCE_EXCHANGE_HOURS, EVIDENCE_MEMORY = ENV.evidence_exchange_hours, ENV.evidence_memory
EVIDENCE_ORIGIN = ENV.evidence_origin or (
    f"{urlsplit(BASE_URL).hostname}/{hmac.digest(SECRET_KEY.encode(), b'motcua.evidence.origin', 'sha256').hex()[:12]}"
)
KEEP_REPLIES_DAYS, KEEP_EVENTS_DAYS = ENV.keep_replies_days, ENV.keep_events_days
KEEP_NOTICES_DAYS = ENV.keep_notices_days
KEEP_UNUSED_DAYS, QUARANTINE_DAYS = ENV.keep_unused_days, ENV.quarantine_days
CHECK_BYTES = ENV.check_mb * 1024 * 1024
RESULTS_KEY = ENV.results_key
CLAMD, CLAMD_DOWN = ENV.clamd, ENV.clamd_down

NINJA_PAGINATION_MAX_LIMIT = 200
