"""The security log: sign-ins, failed ones, sign-outs, refusals. What was typed is not kept: it may be a password."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from kept.access.models import Area, SecurityEvent, User


class Happened(StrEnum):
    """What the security log holds."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    EMERGENCY = "emergency opening"
    CHANGED_ACCESS = "changed access"
    REMOVED = "record removed"
    LOOKED_FOR = "looked for a child"


def network_address(request: HttpRequest | None) -> str:
    """Where the request came from, as the last machine before ours knows it."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45] if request else ""


def note(
    happened: Happened, *, person: User | None, area: Area | None = None, request: HttpRequest | None, what: str = ""
) -> None:
    """Write one line of the security log; it stands even when the page that it is about is undone."""
    SecurityEvent.objects.bulk_create(
        [
            SecurityEvent(
                area=area,
                person=person,
                at=timezone.now(),
                kind=happened.value,
                what=what[:300],
                network_address=network_address(request),
            )
        ]
    )


def _signed_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    note(Happened.SIGNED_IN, person=user, request=request)


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        note(Happened.SIGNED_OUT, person=user, request=request)


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any) -> None:
    email = str(credentials.get("username") or credentials.get("email") or "").strip().lower()
    person = User.objects.filter(email=email).first() if email else None
    what = "" if person else "No account has the address that was typed."
    note(Happened.SIGN_IN_FAILED, person=person, request=request, what=what)


def listen() -> None:
    """Hear of sign-ins wherever they happen; called once, when the service starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="kept.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="kept.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="kept.sign_in_failed")
