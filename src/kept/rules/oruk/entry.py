"""What an entry of the directory must say, checked the same whoever writes it: a form, a file, a feed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kept.rules.oruk.text import one_line, plain

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OLDEST = 25
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+\.[^@\s]+")
_CONDITION = re.compile(
    r"\b(only|must|diagnos\w+|referr\w+|criteria|threshold|eligib\w+|aged? \d|under \d|over \d|with an? (ehc|plan))\b",
    re.IGNORECASE,
)
LINES = {"name": 100, "url": 300, "email": 254, "contact": 120, "fees": 300, "stated_wait": 200, "alert": 200,
         "accreditation": 200, "video": 300}  # fmt: skip
TEXTS = ("description", "who_for", "who_not_for", "how_to_get_it", "bring", "meanwhile", "easy_read")
CHOICES = ("status", "level", "route", "delivery", "capacity")
AGES = ("minimum_age", "maximum_age")
DATES = ("capacity_on", "stated_wait_on", "alert_until")
LISTS = ("phones", "costs", "schedules", "languages", "items", "terms", "locations")
FIELDS = (*LINES, *TEXTS, *CHOICES, *AGES, *DATES, *LISTS, "open_to_all")
EMPTY: dict[str, Any] = {
    **dict.fromkeys((*LINES, *TEXTS, *CHOICES), ""),
    **dict.fromkeys((*AGES, *DATES)),
    **{name: [] for name in LISTS},
    "open_to_all": False,
    "status": "active",
    "level": "targeted",
    "delivery": "in person",
}
LABELS = {
    "name": "Name", "description": "What it is", "url": "Web address", "email": "Email address", "phones": "Phone",
    "contact": "Who to ask for", "status": "Is it running?", "level": "Kind of service", "minimum_age": "From age",
    "maximum_age": "To age", "who_for": "Who it is for", "who_not_for": "Who it is not for",
    "open_to_all": "Open to everybody", "route": "How people get it", "how_to_get_it": "How to get it",
    "bring": "What to bring", "meanwhile": "What to do while you wait", "fees": "Cost", "costs": "Prices",
    "delivery": "Where it happens", "schedules": "When", "languages": "Languages", "capacity": "Places",
    "capacity_on": "Places as at", "stated_wait": "Wait, in the provider’s words", "stated_wait_on": "Wait stated on",
    "alert": "Notice", "alert_until": "Notice until", "accreditation": "Registered or inspected by",
    "easy_read": "Easy read", "video": "British Sign Language video", "items": "Items of the law",
    "terms": "Needs and kinds of support", "locations": "Places where it happens",
}  # fmt: skip


def tidied(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content with every field of an entry, in its own type; what is unknown is dropped, markup becomes plain text."""
    made = {**EMPTY, **{name: [] for name in LISTS}}
    for name in FIELDS:
        given = content.get(name)
        if given is None:
            continue
        if name in LINES:
            made[name] = one_line(given, most=LINES[name])
        elif name in TEXTS:
            made[name] = plain(given)
        elif name in CHOICES:
            made[name] = str(given)
        elif name in AGES:
            made[name] = float(given) if given != "" else None
        elif name in LISTS:
            made[name] = list(given) if isinstance(given, list | tuple) else []
        elif name == "open_to_all":
            made[name] = bool(given)
        else:
            made[name] = given.isoformat() if hasattr(given, "isoformat") else (str(given) or None)
    return made


def problems(content: Mapping[str, Any]) -> dict[str, str]:
    """What keeps an entry from being published: field -> a sentence that says how to mend it.

    Our own rule is stricter than the standard, in which all but the name may be missing: a family needs to know what it
    is, who gets it, what it costs and how to ask.
    """
    found: dict[str, str] = {}
    for name, sentence in (
        ("name", "Give the name that families know it by."),
        ("description", "Say what it is and what happens there, in a few plain sentences."),
        ("fees", "Say what it costs. If it is free, write “Free”."),
    ):
        if not content.get(name):
            found[name] = sentence
    if not (content.get("how_to_get_it") or content.get("route") == "anyone"):
        found["how_to_get_it"] = "Say how somebody gets it: whom to call, which form, who must refer."
    if not (content.get("who_for") or content.get("open_to_all")):
        found["who_for"] = "Say who can get it, in plain words, or tick “Open to everybody”."
    if not (content.get("phones") or content.get("email") or content.get("url")):
        found["phones"] = "Give a phone number, an email address or a web address, so that people can ask."
    found |= _open_to_all(content) | _ages(content) | _addresses(content) | _times(content)
    if content.get("capacity") and not content.get("capacity_on"):
        found["capacity_on"] = "Say on which day this was true of the places."
    if content.get("stated_wait") and not content.get("stated_wait_on"):
        found["stated_wait_on"] = "Say on which day this was true of the wait."
    return found


def _open_to_all(content: Mapping[str, Any]) -> dict[str, str]:
    """An entry that claims to be open to all has no rule about who gets it."""
    if not content.get("open_to_all"):
        return {}
    rules = [
        LABELS[name].lower()
        for name in ("minimum_age", "maximum_age", "who_not_for")
        if content.get(name) not in {None, ""}
    ]
    if _CONDITION.search(content.get("who_for", "")):
        rules.append(LABELS["who_for"].lower())
    if content.get("route") in {"school", "gp", "professional", "panel"}:
        rules.append(LABELS["route"].lower())
    if not rules:
        return {}
    return {
        "open_to_all": f"It says “open to everybody” and also has a rule ({', '.join(rules)}). Keep one of the two."
    }


def _ages(content: Mapping[str, Any]) -> dict[str, str]:
    low, high = content.get("minimum_age"), content.get("maximum_age")
    if any(age is not None and not 0 <= age <= 120 for age in (low, high)):  # noqa: PLR2004
        return {"minimum_age": "Ages are in years, from 0 to 120."}
    if low is not None and high is not None and low > high:
        return {"maximum_age": "The highest age is below the lowest."}
    return {}


def is_web_address(text: str) -> bool:
    """Whether a text is an address of a web page that may be linked."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in text


def _addresses(content: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name in ("url", "video"):
        if content.get(name) and not is_web_address(content[name]):
            found[name] = "A web address begins with https:// and has no spaces."
    if content.get("email") and not _EMAIL.fullmatch(content["email"]):
        found["email"] = "An email address looks like team@example.org."
    return found


def _times(content: Mapping[str, Any]) -> dict[str, str]:
    for schedule in content.get("schedules", []):
        if not isinstance(schedule, Mapping) or not set(schedule.get("days", [])) <= set(DAYS):
            return {"schedules": "Days are Monday to Sunday."}
        opens, closes = schedule.get("opens", ""), schedule.get("closes", "")
        if any(time and not _TIME.fullmatch(time) for time in (opens, closes)):
            return {"schedules": "Times are of 24 hours, like 09:30 or 16:00."}
        if opens and closes and opens >= closes:
            return {"schedules": "It closes before it opens."}
    return {}


def differences(was: Mapping[str, Any], became: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What changed between two contents: (label, before, after), in the order of the form."""
    return [
        (LABELS[name], was.get(name, EMPTY[name]), became.get(name, EMPTY[name]))
        for name in LABELS
        if was.get(name, EMPTY[name]) != became.get(name, EMPTY[name])
    ]
