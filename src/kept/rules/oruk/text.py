"""What people paste, made plain; how hard a text is to read; what an editor should look at again."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

MOST = 20_000
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section", "article"]
)
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"])
_BULLET = re.compile(r"^[ \t]*(?:[•·▪●◦‣⁃∙\uf0b7*]|[-–—](?=\s))[ \t]*", re.MULTILINE)
_LOOKS_LIKE_MARKUP = re.compile(r"</?[a-zA-Z!][^>]{0,2000}>")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")
LONG_SENTENCE = 25  # words; the Government Digital Service's own limit
TARGET_AGES = (9, 11)
JARGON = {
    "signpost": "show people where to go",
    "signposting": "showing people where to go",
    "multi-agency": "several services together",
    "holistic": "the whole child",
    "co-production": "working together with families",
    "eligibility criteria": "who can get it",
    "referral pathway": "how to get it",
    "intervention": "help",
    "utilise": "use",
    "facilitate": "help",
    "commence": "start",
    "in order to": "to",
    "service user": "child, young person or parent",
    "universal offer": "what every family can use",
    "stakeholder": "the people it matters to",
}
ACRONYMS = {
    "EHC": "education, health and care",
    "EHCP": "education, health and care plan",
    "SEND": "special educational needs and disabilities",
    "SENCO": "special educational needs co-ordinator",
    "SENDIASS": "information, advice and support service",
    "CAMHS": "child and adolescent mental health services",
    "ADHD": "attention deficit hyperactivity disorder",
    "EBSA": "emotionally based school avoidance",
    "SLCN": "speech, language and communication needs",
    "SEMH": "social, emotional and mental health",
    "PMLD": "profound and multiple learning difficulties",
    "DLA": "Disability Living Allowance",
    "PIP": "Personal Independence Payment",
    "BSL": "British Sign Language",
    "AAC": "augmentative and alternative communication",
}


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in {"td", "th"}:
            self.parts.append(": " if self.cells == 1 else ", " if self.cells else "")
            self.cells += 1
        elif tag in _BLOCKS:
            self.cells = 0
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(" ".join(data.split()) if self.cells else re.sub(r"[ \t]*\n[ \t]*", " ", data))


def plain(text: object, *, most: int = MOST) -> str:
    """What somebody pasted as plain lines: no tags, no scripts, tables as "heading: cell, cell", points as "- ".

    Anything that is not text gives "". At most `most` characters are kept.
    """
    if not isinstance(text, str):
        return ""
    kept = unicodedata.normalize("NFC", text[: 4 * most]).replace("\r\n", "\n").replace("\r", "\n")
    if _LOOKS_LIKE_MARKUP.search(kept):
        parser = _Plain()
        parser.feed(kept)
        parser.close()
        kept = "".join(parser.parts)
    kept = kept.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    kept = "".join(letter for letter in kept if letter in "\n\t" or unicodedata.category(letter)[0] != "C")
    kept = _BULLET.sub("- ", kept)
    lines = [_row(line) for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:most].rstrip()


def _row(line: str) -> str:
    """One line; the cells of a table pasted from a word processor stand apart by tabs."""
    cells = [" ".join(cell.split()) for cell in line.split("\t")]
    cells = [cell for cell in cells if cell]
    if len(cells) < 2:  # noqa: PLR2004
        return "".join(cells)
    return f"{cells[0]}: {', '.join(cells[1:])}"


def one_line(text: object, *, most: int = 200) -> str:
    """A name or a short phrase: plain, on one line."""
    return " ".join(plain(text, most=most * 4).split())[:most].rstrip()


def _syllables(word: str) -> int:
    low = word.lower().strip("'’")
    count = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def reading_age(text: str) -> int | None:
    """The age, in years, at which most people read a text with ease; None for fewer than 20 words.

    Flesch and Kincaid's grade (Kincaid and others, 1975) and five years. A rough guide: it counts the length of words
    and sentences and knows nothing of sense.
    """
    words = _WORD.findall(text)
    if len(words) < 20:  # noqa: PLR2004
        return None
    sentences = max(1, sum(1 for part in _SENTENCE.split(text) if part and _WORD.search(part)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    return max(5, round(grade + 5))


def advice(text: str) -> list[str]:
    """What the writer of a text should look at again: long sentences, jargon, acronyms that are not spelt out."""
    found = []
    age = reading_age(text)
    if age is not None and age > TARGET_AGES[1]:
        found.append(
            f"Most people need to be about {age} to read this with ease. Aim for {TARGET_AGES[0]} to {TARGET_AGES[1]}: "
            "shorter sentences and shorter words."
        )
    for sentence in (part.strip() for part in _SENTENCE.split(text)):
        length = len(sentence.split())
        if length > LONG_SENTENCE:
            found.append(f"A sentence has {length} words: “{' '.join(sentence.split()[:8])}…”. Make it two.")
    low = text.lower()
    found += [
        f"“{word}” is jargon. Try “{better}”." for word, better in JARGON.items() if re.search(rf"\b{word}\b", low)
    ]
    for short, full in ACRONYMS.items():
        if re.search(rf"\b{short}s?\b", text) and full.split(",")[0] not in low:
            found.append(f"“{short}” is not spelt out: “{full} ({short})” the first time.")
    return found


_ABOUT_SOMEBODY = (
    (re.compile(r"\S+@\S+\.\S+"), "an email address"),
    (re.compile(r"\+?\d[\d ()-]{8,}\d"), "a phone or other long number"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"), "a postcode"),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b"), "a date that may be a date of birth"),
    (
        re.compile(
            r"\b(?i:son|daughter|child|boy|girl|brother|sister|pupil|grandson|granddaughter|twins?|baby|stepson)\b,? "
            r"(?:(?i:called|named|is called|who is called) )?[A-Z][a-z’'-]+"
        ),
        "a child’s name",
    ),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z’'-]+"), "a person’s name"),
)


def identifying(text: str) -> list[str]:
    """What in a text may point to one person, in words; empty when nothing was noticed. A person still looks."""
    return [what for pattern, what in _ABOUT_SOMEBODY if pattern.search(text)]
