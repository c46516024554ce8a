"""What a person typed in a form, in words, for a page that must give it back without knowing the form."""

from __future__ import annotations

import re

from django.http import QueryDict

NOT_SHOWN = {"csrfmiddlewaretoken", "password", "token", "version", "seen", "step"}
PARTS = ("day", "month", "year")
# Values that a form chose and nobody typed: keys of records, "on" of a box, codes such as "phone_call".
_CHOSEN = re.compile(r"on|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]+(_[a-z]+)+", re.IGNORECASE)
CHOICES = "Choices"
CHOOSE_AGAIN = "Boxes that you ticked and choices from lists are not kept here. Choose them again."


def typed_in(sent: QueryDict) -> list[tuple[str, str]]:
    """(name of the field, text) in the order of the form; a date's three boxes are one line, written 23/11/2026.

    Nothing secret and nothing that a person did not type. Where a box was ticked or a choice made, the last line says
    that it must be made again.
    """
    found: dict[str, list[str]] = {}
    chose = False
    for name, values in sent.lists():
        if name.lower() in NOT_SHOWN:
            continue
        typed = [value for value in values if value.strip() and not _CHOSEN.fullmatch(value.strip())]
        chose = chose or len(typed) < sum(1 for value in values if value.strip())
        if typed:
            found.setdefault(_field(name), []).extend(typed)
    lines = [(_words(name), _text(name, values, sent)) for name, values in found.items()]
    return [*lines, (CHOICES, CHOOSE_AGAIN)] if chose else lines


def _field(name: str) -> str:
    stem, _, part = name.rpartition("-")
    return stem if stem and part in PARTS else name


def _text(name: str, values: list[str], sent: QueryDict) -> str:
    if any(f"{name}-{part}" in sent for part in PARTS):
        return "/".join(values)
    return "\n".join(values)


def _words(name: str) -> str:
    """The name of a field as words: the number or prefix of a form in a set ("p-", "form-3-") tells nobody anything."""
    last = name.rsplit("-", 1)[-1]
    return (last if not last.isdigit() else name).replace("_", " ").replace("-", " ")
