"""The unique pupil number and the unique learner number: form and check character.

Sources: Government Data Standards Catalogue 2.0 (UPN); HESA's description of the ULN. Both checks are sums of the
characters by weight, so that a wrong character and two swapped neighbours are found.
"""

# ruff: noqa: PLR2004 -- lengths and moduli are the standards' own figures
from __future__ import annotations

from kept.rules.identifiers.typed import digits_only, passes, require, squeeze

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters that a UPN may hold: I, O and S look like figures and are left out."""

_UPN_AUTHORITIES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815-816 820-823 825-826 830-831 835-841 845-846 850-852 855-857 860-861 865-896 908-909 916 919 921 "
    "925-926 928-929 931 933 935-938 940-943"
)
"""Present, past and pseudo authority codes that may stand in characters 2 to 4."""

_UPN_LENGTH = 13
_ULN_LENGTH = 10
_ULN_TEMPORARY = "9999999999"
_UPN_WANTED = "A UPN is a letter and 12 figures, such as {example}; a temporary one ends in a letter."
_UPN_EXAMPLE = "T882000122001"
_ULN_WANTED = "A ULN has 10 figures and does not begin with 0."


def _read_ranges(text: str) -> frozenset[str]:
    """Every three-figure code in a list of codes and ranges."""
    codes: set[str] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        codes.update(f"{code:03d}" for code in range(int(first), int(last or first) + 1))
    return frozenset(codes)


UPN_AUTHORITIES = _read_ranges(_UPN_AUTHORITIES)


def upn_check_letter(body: str) -> str:
    """The letter that goes before the 12 characters of `body` (authority, school, year, serial)."""
    total = sum(weight * _upn_value(character) for weight, character in enumerate(body, start=2))
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def _upn_value(character: str) -> int:
    return int(character) if character.isdigit() else UPN_LETTERS.index(character)


def check_upn(text: str) -> str:
    """A unique pupil number, permanent or temporary, as 13 capitals and figures without spaces.

    Raises ValueError with a sentence when the length, a character, the authority or the check letter is wrong.
    """
    upn = squeeze(text)
    wanted = _UPN_WANTED.format(example=_UPN_EXAMPLE)
    require(bool(upn), f"No UPN was given. {wanted}")
    require(len(upn) == _UPN_LENGTH, f"This UPN has {len(upn)} characters, and should have 13. {wanted}")
    require(upn[0] in UPN_LETTERS, f"A UPN begins with a letter other than I, O and S, not with “{upn[0]}”. {wanted}")
    require(digits_only(upn[1:12]), f"Characters 2 to 12 of a UPN are figures: check for the letter O or I. {wanted}")
    last = upn[12]
    require(
        digits_only(last) or last in UPN_LETTERS,
        f"A UPN ends in a figure, or if temporary in a letter other than I, O and S, not in “{last}”. {wanted}",
    )
    require(upn[1:4] in UPN_AUTHORITIES, f"No local authority has the code {upn[1:4]} (characters 2 to 4 of this UPN).")
    letter = upn_check_letter(upn[1:])
    require(
        upn[0] == letter,
        f"The check letter does not fit: {upn[1:]} needs {letter} at the front, not {upn[0]}. "
        "One of the characters is probably mistyped: compare it with the school's record.",
    )
    return upn


def is_upn(text: str) -> bool:
    """Whether the text is a valid UPN, permanent or temporary."""
    return passes(check_upn, text)


def is_temporary_upn(text: str) -> bool:
    """Whether the text is a valid UPN that ends in a letter: to be replaced by the permanent one when known."""
    return is_upn(text) and squeeze(text)[-1].isalpha()


def uln_check_digit(nine: str) -> str:
    """The tenth figure of a ULN. Raises ValueError when no ULN begins with these nine."""
    remainder = sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), nine, strict=True)) % 11
    require(remainder != 0, f"No ULN begins with {nine}.")
    return str(10 - remainder)


def check_uln(text: str) -> str:
    """A unique learner number as ten figures without spaces.

    Raises ValueError with a sentence when the length, a character or the check figure is wrong, and for 9999999999,
    which other collections use for "not known yet".
    """
    uln = squeeze(text)
    require(bool(uln), f"No ULN was given. {_ULN_WANTED}")
    require(digits_only(uln), f"A ULN holds figures only. {_ULN_WANTED}")
    require(len(uln) == _ULN_LENGTH, f"This ULN has {len(uln)} figures, and should have 10. {_ULN_WANTED}")
    require(uln[0] != "0", f"This ULN begins with 0. {_ULN_WANTED}")
    require(uln != _ULN_TEMPORARY, "9999999999 stands for “not known yet”: leave the ULN empty until it is known.")
    total = sum(weight * int(figure) for weight, figure in zip(range(10, 0, -1), uln, strict=True))
    require(
        total % 11 == 10,
        "The last figure of this ULN does not fit the others: one of them is probably mistyped. "
        "Compare it with the Learning Records Service or the school's record.",
    )
    return uln


def is_uln(text: str) -> bool:
    """Whether the text is a valid ULN."""
    return passes(check_uln, text)


def laestab_of_upn(upn: str) -> str:
    """The authority and school, such as "8824001", at which a valid UPN was first given out."""
    return check_upn(upn)[1:8]
