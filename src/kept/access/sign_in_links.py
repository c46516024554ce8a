"""The link in the sign-in email: works once, for as long as the code beside it, and only by a press of a button.

A link is made from the account's last sign-in and its session salt, so that signing in (by the code as well) or signing
out everywhere ends every link sent before. Opening it changes nothing: mail scanners open links.
"""

from __future__ import annotations

from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.cache import cache

from kept.access.models import User

SALT = "kept.access.sign_in_links"


def _moment(user: User) -> str:
    return f"{user.last_login.isoformat() if user.last_login else ''}|{user.session_salt}"


def make(user: User) -> str:
    """The token of a new link."""
    return signing.dumps({"user": str(user.pk), "moment": _moment(user), "key": token_urlsafe(12)}, salt=SALT)


def _facts(token: str) -> dict[str, str]:
    facts: dict[str, str] = signing.loads(token, salt=SALT, max_age=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    return facts


def read(token: str) -> User | None:
    """Whom a link signs in, while it works; None for one that is bent, too old or used."""
    try:
        facts = _facts(token)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=UUID(facts["user"]), is_active=True).first()
    if user is None or _moment(user) != facts["moment"] or cache.get(_used(facts)):
        return None
    return user


def use(token: str) -> User | None:
    """As `read`, once: the second time, even a moment later, gives None."""
    user = read(token)
    if user is None:
        return None
    is_first = cache.add(_used(_facts(token)), "1", settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    return user if is_first else None


def _used(facts: dict[str, str]) -> str:
    return f"sign-in-link:{facts['key']}"
