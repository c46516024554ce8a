"""What every page knows: who is signed in and which area it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def person_and_area(request: HttpRequest) -> dict[str, Any]:
    """The acting person (None when signed out) and their area; on public pages, the area they visit."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "area": getattr(request, "offer_area", None) or (actor.area if actor else None)}
