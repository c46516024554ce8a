"""How we differ from the sign-in library: accounts come by invitation, and words are plain."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kept.access import sign_in_links
from kept.access.accounts import is_staff
from kept.access.models import User

WRONG_CODE = (
    "This code is not right. Enter the newest one. If it comes from an app, the clock of your phone must be right: set "
    "it to automatic, then try again."
)
JUST_NOW = 5 * 60  # seconds
TOO_MANY = "Too many tries. Wait ten minutes, then try again. Your account is safe."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask the person who runs Kept in your area.",
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_code": "This code is not right. Enter the 6 letters and numbers from the newest email we sent you.",
        "incorrect_password": "The password is not right.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is made by accepting an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str = "", **more: Any) -> bool:
        """Before every sensitive move, unless the person proved who they are a few minutes ago."""
        proofs = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - proof["at"] < JUST_NOW for proof in proofs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As the library does it; an email with a code has a link besides, for whoever reads it on another device."""
        if template_prefix == "account/email/login_code":
            user = User.objects.filter(email=email.strip().lower()).first()
            token = sign_in_links.make(user) if user else "none"
            link = self.request.build_absolute_uri(reverse("access:sign_in_by_link", args=[token]))
            context = {**context, "link": link}
        super().send_mail(template_prefix, email, context)

    def get_from_email(self) -> str:
        """Who letters come from."""
        return str(settings.DEFAULT_FROM_EMAIL)


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step, in plain words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "You need a second step to sign in, so the last one cannot be removed.",
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep at least one app or passkey."""
        others = type(authenticator).objects.filter(user=authenticator.user, type__in=["totp", "webauthn"])
        return others.exclude(pk=authenticator.pk).exists() or not is_staff(authenticator.user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: this address."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Kept"}


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Staff who sign in by their council's directory have an account already: the directory only says who they are."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: being in the directory gives no role."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The member of staff whose address the directory vouches for; None for families and for strangers."""
        for address in sociallogin.email_addresses:
            email = address.email.strip().lower()
            domain = email.rpartition("@")[2]
            trusted = domain in settings.KEPT_OIDC_DOMAINS if settings.KEPT_OIDC_DOMAINS else address.verified
            user = User.objects.filter(email=email, is_active=True).first() if trusted else None
            if user is not None and is_staff(user):
                return user, email
        return None
