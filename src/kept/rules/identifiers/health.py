"""The NHS number: form and check figure (modulus 11)."""

# ruff: noqa: PLR2004 -- lengths and moduli are the standards' own figures
from __future__ import annotations

from kept.rules.identifiers.typed import digits_only, passes, require, squeeze

_LENGTH = 10
_WANTED = "An NHS number has 10 figures, such as 999 000 0018; it is on letters from a hospital or surgery."


def nhs_check_digit(nine: str) -> str:
    """The tenth figure of an NHS number. Raises ValueError when no NHS number begins with these nine."""
    total = sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), nine, strict=True))
    digit = (11 - total % 11) % 11
    require(digit < 10, f"No NHS number begins with {nine}.")
    return str(digit)


def check_nhs_number(text: str) -> str:
    """An NHS number as ten figures without spaces (that is how it is stored; `show_nhs_number` prints it 3 3 4).

    Raises ValueError with a sentence when the length, a character or the check figure is wrong.
    """
    number = squeeze(text)
    require(bool(number), f"No NHS number was given. {_WANTED}")
    require(digits_only(number), f"An NHS number holds figures only. {_WANTED}")
    require(len(number) == _LENGTH, f"This NHS number has {len(number)} figures, and should have 10. {_WANTED}")
    require(len(set(number)) > 1, f"Ten times the same figure is nobody's NHS number. {_WANTED}")
    total = sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), number[:9], strict=True))
    require(
        (11 - total % 11) % 11 == int(number[9]),
        "The last figure of this NHS number does not fit the others: one of them is probably mistyped. "
        "Compare it with a letter from the NHS.",
    )
    return number


def is_nhs_number(text: str) -> bool:
    """Whether the text is a valid NHS number."""
    return passes(check_nhs_number, text)


def is_test_nhs_number(text: str) -> bool:
    """Whether the text is a valid NHS number of the range kept for tests and demonstrations (beginning 999)."""
    return is_nhs_number(text) and squeeze(text).startswith("999")


def show_nhs_number(number: str) -> str:
    """The number as people read it: three, three and four figures."""
    plain = check_nhs_number(number)
    return f"{plain[:3]} {plain[3:6]} {plain[6:]}"
