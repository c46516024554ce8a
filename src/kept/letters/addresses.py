"""Postal addresses as typed: lines and a postcode, if there is one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kept.rules.identifiers import check_postcode

MOST_LINES = 6


@dataclass(frozen=True)
class Address:
    """An address in lines, its postcode apart. `problem` says what is amiss; it may go without a postcode."""

    lines: tuple[str, ...]
    postcode: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines as they stand on the envelope."""
        return (*self.lines, self.postcode) if self.postcode else self.lines

    @property
    def is_empty(self) -> bool:
        """Whether there is nowhere to send."""
        return not self.lines

    @property
    def problem(self) -> str:
        """What a person should look at, as a sentence; empty when all is well."""
        if self.is_empty:
            return "There is no address to send it to."
        if not self.postcode:
            return "The address has no postcode. It can go by ordinary post; print services may refuse it."
        return ""


def read_address(typed: str) -> Address:
    """The address in a text of several lines; the last line, or its end, may be the postcode."""
    lines = [" ".join(line.split()).strip(" ,") for line in typed.replace("\r", "").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return Address(())
    postcode, rest = _take_postcode(lines[-1])
    if postcode:
        lines = [*lines[:-1], rest] if rest else lines[:-1]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], ", ".join(lines[MOST_LINES - 1 :])]
    return Address(tuple(lines), postcode)


def _take_postcode(line: str) -> tuple[str, str]:
    words = line.split()
    for size in (2, 1):
        if len(words) < size:
            continue
        try:
            return check_postcode(" ".join(words[-size:])), " ".join(words[:-size]).strip(" ,")
        except ValueError:
            continue
    return "", line
