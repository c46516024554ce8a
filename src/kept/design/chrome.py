"""What stands around every page: the area's name, the way out, and the links at the foot. None needs the database."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

SERVICE = "Kept"
SIGN_OUT = "access:sign_out"
# The words of each link at the foot and the name of its page; a page that does not exist is not offered.
FOOT = (
    ("Accessibility", "access:accessibility"),
    ("Privacy", "access:privacy"),
    ("Help and contact", "access:help"),
)


def area_name(area: Any = None) -> str:
    """The name at the top: the area's, or the one that settings give, or the service's own."""
    return str(area.name) if area else getattr(settings, "KEPT_AREA_NAME", SERVICE)


def sign_out_address() -> str:
    """Where the button "Sign out" posts to."""
    return reverse(SIGN_OUT)


def footer_links() -> list[dict[str, str]]:
    """The links at the foot of every page."""
    links = []
    for text, name in FOOT:
        with suppress(NoReverseMatch):
            links.append({"text": text, "href": reverse(name)})
    return links
