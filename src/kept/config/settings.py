"""Settings. Production is the default; the demonstration and development are the exception, asked for by name.

Environment: KEPT_MODE (production, demo or test), KEPT_SECRET_KEY, KEPT_HOSTS, DATABASE_URL, KEPT_DATABASE_ROLE
(app, owner or reports), KEPT_HOME (running data; `.kept` beside the code unless told otherwise).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from jinja2 import FileSystemBytecodeCache

from kept.config import launcher, signing_in
from kept.config.mailing import mail_settings
from kept.config.signing_in import *  # noqa: F403

SOURCE = Path(__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]
HOME = Path(os.environ.get("KEPT_HOME") or ROOT / ".kept")

MODE = os.environ.get("KEPT_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise SystemExit(f"KEPT_MODE is {MODE!r}; it must be production, demo or test.")
DEMO = MODE == "demo"
TEST = MODE == "test"
if DEMO and os.environ.get("DATABASE_URL"):
    raise SystemExit(
        "The demonstration has one-click sign-in, so it never runs on the database that DATABASE_URL names."
    )


def secret_key() -> str:
    """The signing key: given, or made once and kept in a private file beside the embedded database."""
    if given := os.environ.get("KEPT_SECRET_KEY"):
        return given
    if os.environ.get("DATABASE_URL"):
        raise SystemExit("Set KEPT_SECRET_KEY to a long random text: a live service must keep its own signing key.")
    file = HOME / "secret-key"
    HOME.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("KEPT_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "kept.config.urls"
WSGI_APPLICATION = "kept.config.wsgi.application"

APPS = [
    "access",
    "people",
    "duties",
    "messages",
    "family",
    "partners",
    "documents",
    "whereabouts",
    "handover",
    "design",
    "cases",
    "worklist",
    "subject_access",
    "notices",
    "administration",
    "measures",
    "improvement",
    "waiting",
    "forecasts",
    "offer",
    "delivery",
    "reviews",
    "quality",
    "plans",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    *signing_in.INSTALLED,
    *[f"kept.{app}" for app in APPS],
]
if DEMO or TEST:
    INSTALLED_APPS.append("kept.demo")

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
    "allauth.account.middleware.AccountMiddleware",
    "kept.config.errors.text_given_back",
    "kept.access.middleware.act_as_the_person",
    "kept.access.second_step.staff_have_a_second_step",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(SOURCE.glob("*/pages")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "kept.design.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kept.access.context.person_and_area",
                "kept.subject_access.context.disputes",
                "kept.config.navigation.navigation",
            ],
        },
    },
]
if DEMO:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("kept.demo.sign_in.banner")  # type: ignore[index]
FORM_RENDERER = "kept.design.forms.GovukRenderer"

DATABASES = {"default": launcher.connection_settings(HOME)}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["kept.access.passwords.TunedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
KEPT_SECOND_STEP = MODE == "production"  # staff set up a second step before anything else

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [SOURCE / "design" / "static"]
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = TEST

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "kept.config.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
ONLY_HTTPS = MODE == "production" and os.environ.get("KEPT_PLAIN_HTTP") != "1"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ONLY_HTTPS
SECURE_HSTS_SECONDS = 31536000 if ONLY_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("KEPT_BEHIND_PROXY") == "1" else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF, *signing_in.DIRECTORY_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

DEFAULT_FROM_EMAIL = os.environ.get("KEPT_EMAIL_FROM", "kept@localhost")
globals().update(mail_settings("" if DEMO else os.environ.get("KEPT_SMTP", ""), HOME / "outbox"))
PUBLIC_ADDRESS = os.environ.get("KEPT_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}" if ONLY_HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000"
)  # what links in emails begin with
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

OFFER_CALLS_PER_SECOND = float(os.environ.get("KEPT_CALLS_PER_SECOND", "10"))  # one address, the public pages; 0: all

if TEST:  # the processes of one run share the pages that they have compiled
    (HOME / "templates").mkdir(parents=True, exist_ok=True)
    compiled = FileSystemBytecodeCache(str(HOME / "templates"))
    TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = compiled  # type: ignore[index]
    OFFER_CALLS_PER_SECOND = 0
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
