"""Accounts: made for somebody who proved their address, their sessions ended, their second step taken away, closed."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from kept.access.models import User
from kept.access.queries import roles_held
from kept.access.roles import Role

LONGEST_NAME = 150
NOT_STAFF = frozenset({Role.FAMILY, Role.ADVOCATE})
GONE = "@removed.invalid"
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def clean_name(text: str) -> str:
    """A person's name in one line. Raises ValueError, with a sentence, for one that holds line breaks or is no name."""
    name = " ".join(part for part in text.split(" ") if part)
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in name):
        raise ValueError("Enter the name in one line, without hidden characters.")
    if not any(letter.isalpha() for letter in name):
        raise ValueError("Enter the name, in letters.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"The name must be {LONGEST_NAME} letters or fewer.")
    return name


@transaction.atomic
def account_for(*, email: str, name: str) -> User:
    """The account of this address, made if there is none. Call it only for an address that was just proven."""
    address = email.strip().lower()
    user = User.objects.select_for_update().filter(email=address).first()
    if user is None:
        user = User.objects.create_user(email=address, name=clean_name(name))
    EmailAddress.objects.get_or_create(email=address, user=user, defaults={"verified": True, "primary": True})
    return user


def is_staff(user: User, today: date | None = None) -> bool:
    """Whether the account holds, anywhere today, a role that is not a family's own."""
    return bool(roles_held(user, today) - {role.value for role in NOT_STAFF})


def has_second_step(user: User) -> bool:
    """Whether the account has an app or a passkey set up."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists()


@transaction.atomic
def end_sessions(user: User) -> int:
    """Sign an account out everywhere, at once; how many listed sessions ended.

    The salt ends those that the list does not know too: none of them carries what the account now asks for.
    """
    user.session_salt = secrets.token_hex(16)
    user.save(update_fields=["session_salt"])
    known = UserSession.objects.filter(user=user)
    keys = list(known.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    known.delete()
    return len(keys)


@transaction.atomic
def take_second_step_away(user: User) -> None:
    """For somebody who lost their telephone: the next sign-in sets a second step up anew. Ends every session."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


@transaction.atomic
def close(user: User) -> None:
    """Nobody signs in with this account any more; it stays, because what the person did is kept under their name."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


@transaction.atomic
def forget(user: User) -> None:
    """Close an account and forget its address for good; its name stays, because the trails name people."""
    close(user)
    EmailAddress.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.email = f"{user.pk}{GONE}"
    user.save(update_fields=["email"])
