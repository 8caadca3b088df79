"""Every setting, from the environment. DEBUG=1 is a development start; all else is production and needs its secrets.

Django's own DEBUG stays off in both: people always see our error pages, and tracebacks go to the console.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from troubleshooter.release import fingerprint

BASE_DIR = Path(__file__).resolve().parent.parent
RELEASE = fingerprint(BASE_DIR)
"""Part of every ETag."""

env = environ.Env()
DEVELOPMENT = env.bool("DEBUG", default=False)
DEBUG = False


def required(variable: str, what: str) -> str:
    """The value of a variable that a production start cannot do without."""
    value = env.str(variable, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {variable} to {what}, or set DEBUG=1 for a development start.")
    return value


if DEVELOPMENT:
    SECRET_KEY = env.str("SECRET_KEY", default="development-only-key-that-protects-nothing-of-value")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    SECRET_KEY = required("SECRET_KEY", "a long random text")
    hosts = required("ALLOWED_HOSTS", "the site's host names, separated by commas")
    ALLOWED_HOSTS = [host.strip() for host in hosts.split(",")]
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
"""Earlier keys: links in letters and wishes for no mail stay good under them."""

INSTALLED_APPS = [
    "guides",
    "troubleshooter.cases",
    "troubleshooter.repair_tips",
    "troubleshooter.wizard",
    "troubleshooter.api",
    "troubleshooter.insights",
    "nested_admin",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "troubleshooter.errors.BusyDatabase",
]
ROOT_URLCONF = "troubleshooter.urls"
WSGI_APPLICATION = "troubleshooter.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
            ]
        },
    }
]

# Data

SQLITE = {
    # Writers queue at BEGIN; with deferred transactions two readers that turn writers fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; "
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=27103364"
    ),
}
database: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
database["CONN_MAX_AGE"] = None  # The last SQLite connection that closes copies the whole log back: keep them open.
if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = SQLITE
else:
    database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": database}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

SESSION_COOKIE_AGE = 24 * 60 * 60
"""Seconds. A pasted text is held no longer than this, and staff sign in once a day."""

API_CALLS_A_MINUTE = env.int("API_CALLS_A_MINUTE", default=1_200)
"""For each address."""
API_WRITES_A_MINUTE = env.int("API_WRITES_A_MINUTE", default=600)
"""For each program that has a key."""

# The paste view reads the body itself and gives back what it can of a longer one, so this only bounds other forms.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
"""The staff page of a guide sends every row of it."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Mail

SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default="")
"""Where tickets are sent to. Without it nothing is sent, and no page offers it."""
RELEASE += "-mail" if SUPPORT_EMAIL else ""
if SUPPORT_EMAIL and not DEVELOPMENT:
    required("EMAIL_URL", "the mail server, such as smtp+tls://user:password@host:587, since SUPPORT_EMAIL is set")
mail: dict[str, Any] = env.email_url("EMAIL_URL", default="consolemail://" if DEVELOPMENT else "smtp://localhost:25")
EMAIL_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = mail["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.get("EMAIL_USE_TLS", False), mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
"""Seconds. Somebody waits for the answer."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=SUPPORT_EMAIL or "troubleshooter@localhost")
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
"""Scheme and host of every link that is used elsewhere: in letters, tickets and answers to other programs; those of
the request when not set."""
if SITE_URL and not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("Set SITE_URL to scheme and host of the site, such as https://help.contoso.com.")
RELEASE += f"-{crc32(SITE_URL.encode()):x}" if SITE_URL else ""
MAIL_WORKER = env.bool("MAIL_WORKER", default=False)
"""`send_repair_tips` runs beside the web processes, and they leave the outbox to it."""

# Language

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT

# What browsers may do

BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
"""Our own proxy stands in front: it says who calls, and whether by HTTPS. Without one, anybody could claim it."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "troubleshooter.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # A wrong address is not worth a line; a broken page is.
        "django.request": {"level": "ERROR"},
    },
}
