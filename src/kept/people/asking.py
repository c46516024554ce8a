"""What somebody typed into the search box, read as names, a date of birth, a postcode and numbers. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kept.rules.dates_as_typed import read_date
from kept.rules.identifiers import check_postcode, is_nhs_number, is_postcode, is_uln, is_upn
from kept.rules.names import name_parts

LONGEST = 200
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_UPN = re.compile(r"\b[a-z][\s-]?\d{3}[\s-]?\d{4}[\s-]?\d{4}[0-9a-z]\b", re.IGNORECASE)
_TEN = re.compile(r"(?<![\d/.-])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\d/.-])")
_DATES = (
    re.compile(r"(?<!\d)\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{1,4}(?!\d)"),
    re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3,9}\.?,?\s+(?:\d{4}|\d{2})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![a-z])[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)\d{1,2} \d{1,2} \d{4}(?!\d)"),
)
_MONTHS = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/-])(?=[\w/-]*\d)[\w/-]{3,40}")


@dataclass(frozen=True)
class Asked:
    """A search in its parts. `notes` are sentences about what could not be read."""

    text: str = ""
    name: str = ""
    born_on: date | None = None
    postcode: str = ""
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.name or self.born_on or self.postcode or self.numbers)


def read_search(text: str) -> Asked:
    """The parts of a search as typed: "nia sampel 4/5/2016", "999 000 0018", "QX1 1AB", in any order and mixture."""
    whole = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).replace("\x00", " ").split())
    notes: list[str] = []
    rest, born_on = _take_date(whole, notes)
    rest, upns = _take(rest, _UPN)
    rest, tens = _take(rest, _TEN)
    numbers = [_squeezed(number) for number in (*upns, *tens)]
    rest, postcode = _take_postcode(rest)
    rest, others = _take(rest, _NUMBER)
    numbers += others
    notes += [note for number in numbers if (note := _note_on(number))]
    name = rest if name_parts(rest) else ""
    return Asked(whole, " ".join(name.split()), born_on, postcode, tuple(dict.fromkeys(numbers)), tuple(notes))


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, list[str]]:
    """The text without what matches, and what matches."""
    return pattern.sub(" ", text), pattern.findall(text)


def _squeezed(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper()


def _take_date(text: str, notes: list[str]) -> tuple[str, date | None]:
    for pattern in _DATES:
        match = pattern.search(text)
        if match is None:
            continue
        words = re.findall("[a-z]{3,}", match.group(), re.IGNORECASE)
        if words and not any(_MONTHS.match(word) for word in words):
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        try:
            return rest, read_date(match.group())
        except ValueError as problem:
            notes.append(str(problem))
            return rest, None
    return text, None


def _take_postcode(text: str) -> tuple[str, str]:
    for match in _POSTCODE.finditer(text):
        if is_postcode(match.group()):
            return f"{text[: match.start()]} {text[match.end() :]}", check_postcode(match.group())
    return text, ""


def _note_on(number: str) -> str:
    if re.fullmatch(r"\d{10}", number) and not (is_nhs_number(number) or is_uln(number)):
        return f"{number} is not a valid NHS number or unique learner number: one of its figures is probably mistyped."
    if _UPN.fullmatch(number) and not is_upn(number):
        return f"{number} is not a valid unique pupil number: one of its characters is probably mistyped."
    return ""


def near_numbers(number: str) -> list[str]:
    """Valid NHS numbers, ULNs and UPNs that are one wrong or two swapped characters away from an invalid number."""
    figures = "0123456789"
    near = {number[:at] + figure + number[at + 1 :] for at in range(len(number)) for figure in figures}
    if number[:1].isalpha():
        near |= {letter + number[1:] for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"}
    near |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    return sorted(each for each in near - {number} if is_nhs_number(each) or is_uln(each) or is_upn(each))
