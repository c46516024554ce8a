"""One email address as somebody types it: the one check for families, staff, professionals and services. Pure.

Only what can never arrive is refused. Whether an address reaches whom it should is known when an answer comes from it.
"""

from __future__ import annotations

import re

LONGEST, LONGEST_NAME = 254, 64  # RFC 5321 section 4.5.3.1
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
# Endings that are nobody's, and what was meant.
SLIPS = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "couk": "co.uk", "ukk": "uk",
    "orgg": "org", "nett": "net", "gov.ku": "gov.uk", "co.ku": "co.uk", "co.u": "co.uk", "ac.ku": "ac.uk",
    "nhs.ku": "nhs.uk", "nhs.ent": "nhs.net",
}  # fmt: skip


def email_address(typed: str) -> str:
    """The address without spaces around it. Raises ValueError with a sentence that says how to mend it."""
    address = typed.strip(" \t")
    if not address.isprintable():
        raise ValueError("The email address has a line break or another hidden mark in it. Type it again.")
    if address.count("@") != 1 or any(mark in address for mark in ' ,;<>()[]"\\'):
        raise ValueError(f"“{address[:80]}” is not one email address, like name@example.org.")
    if len(address) > LONGEST:
        raise ValueError(f"The email address is longer than {LONGEST} letters. Check it.")
    name, domain = address.split("@")
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"“{address[:80]}” is not one email address, like name@example.org.")
    meant = next((good for slip, good in SLIPS.items() if domain.lower().endswith(f".{slip}")), None)
    if meant:
        slip = next(slip for slip in SLIPS if domain.lower().endswith(f".{slip}"))
        raise ValueError(f"No email address ends in .{slip}. Did you mean {address[: -len(slip)]}{meant}?")
    return address
