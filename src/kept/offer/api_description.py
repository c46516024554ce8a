"""The open feed's own description (OpenAPI 3.1), with every parameter, every error and what we add."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
NUMBER: dict[str, Any] = {"type": "number"}
TIME: dict[str, Any] = {"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$"}
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "The page, from 1."),
    "per_page": ({"type": "integer", "minimum": 1, "maximum": 500, "default": 50}, "Items a page."),
    "search": (TEXT, "Words as a family types them; the answers come by relevance."),
    "taxonomy_term_id": (UUID, "Services with this term."),
    "taxonomy_id": (UUID, "Services with any term of this taxonomy."),
    "organization_id": (UUID, "Services of this organisation."),
    "minimum_age": (NUMBER, "Services whose minimum age is at least this (the profile’s literal meaning)."),
    "maximum_age": (NUMBER, "Services whose maximum age is at most this (the profile’s literal meaning)."),
    "x_age": (NUMBER, "Services that somebody of this age can use."),
    "start_time": (TIME, "Open at or before this time."),
    "end_time": (TIME, "Open until this time or later."),
    "day": ({"type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}, "Open on this day."),
    "modified_after": ({"type": "string"}, "Services changed after this date or moment (ISO 8601)."),
    "full": ({"type": "boolean", "default": False}, "Each service of the list in full."),
    "postcode": (TEXT, "The centre to measure from."),
    "proximity": ({**NUMBER, "minimum": 0}, "Metres from the postcode."),
}
PAGES = ("page", "per_page")
FILTERS = tuple(name for name in PARAMETERS if name not in {*PAGES, "full", "postcode", "proximity"})
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "/services": ("Services", (*PAGES, *FILTERS, "full")),
    "/service_at_locations": ("Services at their places", (*PAGES, *FILTERS, "postcode", "proximity")),
    "/taxonomies": ("Lists of terms", PAGES),
    "/taxonomy_terms": ("Terms", PAGES),
    "/organizations": ("Organisations (beyond the profile)", PAGES),
}
ERROR = {
    "type": "object",
    "required": ["status", "title", "detail"],
    "properties": {"status": {"type": "integer"}, "title": TEXT, "detail": TEXT},
}
_PAGE = {
    "type": "object",
    "required": [
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    ],
    "properties": {
        **{name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip


def _answers(*, what: dict[str, Any], missing: bool = False) -> dict[str, Any]:
    error = {"application/json": {"schema": ERROR}}
    answers: dict[str, Any] = {
        "200": {"description": "As asked.", "content": {"application/json": {"schema": what}}},
        "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
        "400": {"description": "A parameter cannot be read; detail says which.", "content": error},
        "429": {"description": "Too many requests; wait as Retry-After says.", "content": error},
    }
    if missing:
        answers["404"] = {"description": "Nothing has that id.", "content": error}
    return answers


def _parameter(name: str) -> dict[str, Any]:
    schema, words = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": words}


def description(base: str) -> dict[str, Any]:
    """The document; base: the absolute address of the feed, without a slash at the end."""
    root = {"type": "object", "required": ["version", "profile", "openapi_url"], "properties": {"version": TEXT}}
    paths: dict[str, Any] = {"/": {"get": {"summary": "What this feed is", "responses": _answers(what=root)}}}
    thing = {"type": "object", "required": ["id"], "properties": {"id": UUID}}
    for path, (summary, names) in LISTS.items():
        paths[path] = {
            "get": {
                "summary": summary,
                "parameters": [_parameter(name) for name in names],
                "responses": _answers(what=_PAGE),
            }
        }
        paths[f"{path}/{{id}}"] = {
            "get": {
                "summary": f"{summary}: one",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": UUID}],
                "responses": _answers(what=thing, missing=True),
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Local Offer: Open Referral UK",
            "version": "3.0",
            "description": "Open Referral UK 3.0 (HSDS-UK-3.0). Fields that begin with x_, and capacities and phones "
            "in the shape of HSDS 3.1, are additions: x_waiting_time is measured from waiting lists (source measured) "
            "or stated by the provider (source estimate), and is left out when it is more than 45 days old.",
        },
        "servers": [{"url": base}],
        "paths": paths,
    }
