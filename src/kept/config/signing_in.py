"""Settings of signing in: codes by email, passkeys, codes from an app, the council's directory, and lock-out.

Environment, all optional: KEPT_OIDC_SERVER (the address of the directory's OpenID Connect issuer), KEPT_OIDC_CLIENT,
KEPT_OIDC_SECRET, KEPT_OIDC_NAME (what staff call it) and KEPT_OIDC_DOMAINS (the ends of the addresses for which the
directory's word is enough, with commas; without it the directory must say that it verified the address).
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

INSTALLED = [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
CACHES = {  # in the database, so that lock-out holds across worker processes
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"},
}

ACCOUNT_ADAPTER = "kept.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; this says that a password may be used
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation or the code that was sent to it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/10m/ip,5/10m/key",
    "request_login_code": "20/10m/ip,3/10m/key",
    "reauthenticate": "10/10m/user",
    "confirm_email": "1/3m/key",
}
ACCOUNT_FORMS = {
    "login": "kept.access.forms.PasswordSignInForm",
    "request_login_code": "kept.access.forms.AskForCodeForm",
    "confirm_login_code": "kept.access.forms.CodeForm",
    "reauthenticate": "kept.access.forms.PasswordAgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("KEPT_BEHIND_PROXY") == "1" else 0

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kept"
MFA_TOTP_TOLERANCE = 1  # half a minute either side, for a telephone whose clock is a little out
MFA_ADAPTER = "kept.access.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "kept.access.forms.SecondStepForm",
    "reauthenticate": "kept.access.forms.SecondStepAgainForm",
    "activate_totp": "kept.access.forms.SetUpAppForm",
    "add_webauthn": "kept.access.forms.AddPasskeyForm",
    "login_webauthn": "kept.access.forms.PasskeyForm",
    "authenticate_webauthn": "kept.access.forms.PasskeySecondForm",
    "reauthenticate_webauthn": "kept.access.forms.PasskeyAgainForm",
    "edit_webauthn": "kept.access.forms.NamePasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

SOCIALACCOUNT_ADAPTER = "kept.access.adapters.DirectoryAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
KEPT_OIDC_DOMAINS = [
    word.strip().lower() for word in os.environ.get("KEPT_OIDC_DOMAINS", "").split(",") if word.strip()
]


def directory(server: str, client: str, secret: str, name: str) -> dict[str, Any]:
    """The value of SOCIALACCOUNT_PROVIDERS for one OpenID Connect server."""
    facts = {"server_url": server, "oauth_pkce_enabled": True, "scope": ["openid", "profile", "email"]}
    app = {"provider_id": "directory", "name": name, "client_id": client, "secret": secret, "settings": facts}
    return {"openid_connect": {"APPS": [app]}}


SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    directory(
        os.environ["KEPT_OIDC_SERVER"],
        os.environ.get("KEPT_OIDC_CLIENT", ""),
        os.environ.get("KEPT_OIDC_SECRET", ""),
        os.environ.get("KEPT_OIDC_NAME") or "your council account",
    )
    if os.environ.get("KEPT_OIDC_SERVER")
    else {}
)

# A form may lead to the directory: a browser that keeps to our security policy follows a redirect only there.
DIRECTORY_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["server_url"]))
    for provider in SOCIALACCOUNT_PROVIDERS.values()
    for app in provider["APPS"]
]

__all__ = [name for name in dir() if name.isupper() and name != "INSTALLED"]
