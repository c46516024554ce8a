"""What stands around every page: the area's name, the way out, and the links at the foot. None needs the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

SERVICE = "Kept"
SIGN_OUT = ("access:sign_out", "/sign-out/")
# The words of each link at the foot, the name of its page, and the address it has until that page exists.
FOOT = (
    ("Accessibility", "access:accessibility", "/accessibility/"),
    ("Privacy", "access:privacy", "/privacy/"),
    ("Help and contact", "access:help", "/help/"),
)


def _address(name: str, fallback: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


def area_name(area: Any = None) -> str:
    """The name at the top: the area's, or the one that settings give, or the service's own."""
    return str(area.name) if area else getattr(settings, "KEPT_AREA_NAME", SERVICE)


def sign_out_address() -> str:
    """Where the button "Sign out" posts to."""
    return _address(*SIGN_OUT)


def footer_links() -> list[dict[str, str]]:
    """The links at the foot of every page."""
    return [{"text": text, "href": _address(name, fallback)} for text, name, fallback in FOOT]
