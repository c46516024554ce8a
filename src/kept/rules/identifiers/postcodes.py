"""Postcodes: form, tidy spelling and their parts. Whether one is in use is not known here.

The form is that of the Office for National Statistics' own guide: an area of one or two letters, a district, a space, a
figure and two letters other than C, I, K, M, O and V.
"""

from __future__ import annotations

import re

from kept.rules.identifiers.typed import passes, require, squeeze

_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_WHOLE = re.compile(f"({_OUTWARD})({_INWARD})|(GIR)(0AA)")
_DISTRICT = re.compile(f"{_OUTWARD}")
_SHORTEST, _LONGEST = 5, 7
_WANTED = "Type it like SW1A 2AA."
_TO_FIGURE = str.maketrans("OILSZ", "01152")
_TO_LETTER = str.maketrans("0158", "OISB")


def check_postcode(text: str) -> str:
    """A postcode in capitals with one space before the last three characters ("sw1a2aa" gives "SW1A 2AA").

    Raises ValueError with a sentence; where a letter stands for a figure or the reverse, the sentence says what was
    probably meant, but nothing is mended unasked.
    """
    code = squeeze(text)
    require(bool(code), f"No postcode was given. {_WANTED}")
    match = _WHOLE.fullmatch(code)
    if match:
        return f"{code[:-3]} {code[-3:]}"
    require(code.isascii() and code.isalnum(), f"A postcode holds letters and figures only. {_WANTED}")
    require(
        not _DISTRICT.fullmatch(code),
        f"{code} is only the first half of a postcode: type the second half as well. {_WANTED}",
    )
    require(
        _SHORTEST <= len(code) <= _LONGEST,
        f"A postcode has 5 to 7 letters and figures; this has {len(code)}. {_WANTED}",
    )
    meant = _probably_meant(code)
    hint = f"Did you mean {meant}? " if meant else ""
    raise ValueError(f"“{code}” is not in the form of a postcode. {hint}{_WANTED}")


def is_postcode(text: str) -> bool:
    """Whether the text has the form of a postcode."""
    return passes(check_postcode, text)


def check_district(text: str) -> str:
    """A postcode district ("SW1A"), given as such or as a whole postcode. Raises ValueError with a sentence."""
    code = squeeze(text)
    if _DISTRICT.fullmatch(code):
        return code
    try:
        return check_postcode(code).split()[0]
    except ValueError:
        raise ValueError(f"“{code[:20]}” is not a postcode or the first half of one. Type it like SW1A.") from None


def district(postcode: str) -> str:
    """The first half of a valid postcode: what may be kept of a search without knowing the home."""
    return check_postcode(postcode).split()[0]


def sector(postcode: str) -> str:
    """The first half and the figure after it ("SW1A 2")."""
    return check_postcode(postcode)[:-2]


def _probably_meant(code: str) -> str:
    """The postcode that results from swapping the fewest look-alike letters and figures, or "" when none does."""
    inward = code[-3].translate(_TO_FIGURE) + code[-2:].translate(_TO_LETTER)
    outward = code[:-3]
    candidates = [
        outward[:letters].translate(_TO_LETTER) + outward[letters:].translate(_TO_FIGURE) + inward for letters in (1, 2)
    ]
    valid = [candidate for candidate in candidates if _WHOLE.fullmatch(candidate)]
    if not valid:
        return ""
    meant = min(valid, key=lambda candidate: sum(a != b for a, b in zip(candidate, code, strict=True)))
    return f"{meant[:-3]} {meant[-3:]}"
