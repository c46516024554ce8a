"""Valid identifiers for made-up people, schools and places: the same for the same number, and nobody's.

Each comes from a range that belongs to no real person or place where such a range exists: NHS numbers beginning 999
(kept for tests), school numbers below 1000 and URNs from 990000 (never given out), and the postcode area QX
(unassigned). No range of ULNs is reserved, so made-up ones begin 99999 and must never leave the demonstration.
"""

# ruff: noqa: PLR2004 -- lengths and moduli are the standards' own figures
from __future__ import annotations

from collections.abc import Callable

from kept.rules.identifiers.health import nhs_check_digit
from kept.rules.identifiers.pupils import UPN_AUTHORITIES, UPN_LETTERS, uln_check_digit, upn_check_letter

_INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def made_up_nhs_number(number: int) -> str:
    """The NHS number of the made-up person `number` (0 to 899,999). Raises ValueError outside."""
    return _numbered(number, prefix="999", width=6, check_digit=nhs_check_digit)


def made_up_uln(number: int) -> str:
    """The ULN of the made-up learner `number` (0 to 8,999). Raises ValueError outside."""
    return _numbered(number, prefix="99999", width=4, check_digit=uln_check_digit)


def made_up_upn(number: int, *, la_code: str = "882", year: int = 22, temporary: bool = False) -> str:
    """The UPN of the made-up pupil `number` (0 to 99,999), first registered in `year` (two figures).

    The school number is below 0100, which no school has. Raises ValueError outside these limits.
    """
    if la_code not in UPN_AUTHORITIES:
        raise ValueError(f"No local authority has the code {la_code}.")
    if not 0 <= number <= 99_999 or not 0 <= year <= 99:
        raise ValueError("Made-up pupils are numbered 0 to 99,999, and the year has two figures.")
    school, serial = divmod(number, 1000)
    last = UPN_LETTERS[serial % len(UPN_LETTERS)] if temporary else str(serial % 10)
    middle = (serial // len(UPN_LETTERS)) if temporary else serial // 10
    body = f"{la_code}{school:04d}{year:02d}{middle:02d}{last}"
    return upn_check_letter(body) + body


def made_up_urn(number: int) -> str:
    """The URN of the made-up school `number` (0 to 9,999). Raises ValueError outside."""
    if not 0 <= number <= 9_999:
        raise ValueError("Made-up schools are numbered 0 to 9,999.")
    return str(990_000 + number)


def made_up_postcode(number: int, *, area: str = "QX") -> str:
    """The postcode of the made-up place `number` (0 to 35,999) in an unassigned area. Raises ValueError outside."""
    letters = len(_INWARD_LETTERS)
    if not 0 <= number < 9 * 10 * letters * letters:
        raise ValueError("Made-up places are numbered 0 to 35,999.")
    rest, last = divmod(number, letters)
    rest, middle = divmod(rest, letters)
    outer, figure = divmod(rest, 10)
    return f"{area}{outer + 1} {figure}{_INWARD_LETTERS[middle]}{_INWARD_LETTERS[last]}"


def _numbered(number: int, *, prefix: str, width: int, check_digit: Callable[[str], str]) -> str:
    """The `number`-th valid identifier with this prefix and `width` further figures before the check figure.

    The figure before the check figure has weight 2, so that of any ten beginnings that differ only there at most one
    has no check figure: each ten beginnings therefore serve nine numbers.
    """
    ten, place = divmod(number, 9)
    if not 0 <= ten < 10 ** (width - 1):
        raise ValueError(f"Made-up numbers beginning {prefix} go from 0 to {9 * 10 ** (width - 1) - 1:,}.")
    valid = []
    for last in range(10):
        beginning = f"{prefix}{ten:0{width - 1}d}{last}"
        try:
            valid.append(beginning + check_digit(beginning))
        except ValueError:
            continue
    return valid[place]
