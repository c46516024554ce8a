"""What a query says beside its subject: an age, a place, the cost, how it is delivered, danger."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGE = r"(\d{1,2})"
_UNIT = r"(?:years?|yrs?|yr|y|yo)"
_MOST_YEARS = 25
_NO_AGE = "(?:months?|weeks?|times?|hours?|minutes?|days?|lessons?|children|kids|words?|to)\\b"
_BEFORE_AGE = "turns?|turning|turned|nearly|almost|aged?|is|hes|shes|im|am"
_WHOSE = "son|daughter|boy|girl|child|kid|little one|grandson|granddaughter|nephew|niece|brother|sister|teenager"

_AGE_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"\b{_AGE} ?(?:to|and|-|–) ?{_AGE}(?: ?{_UNIT})?(?: ?olds?)?\b", "range"),
        (rf"\bunder ?-?{_AGE} ?s?\b", "under"),
        (rf"\b(?:over|above) ?-?{_AGE} ?s?\b", "over"),
        (rf"\b{_AGE} ?(?:plus\b|\+)", "over"),
        (r"\b(?:post) ?-?(16|18|19)\b", "over"),
        (rf"\b{_AGE} ?months?\b(?! (?:behind|ago|wait|off|now))", "months"),
        (rf"\b{_AGE} ?(?:weeks?|wks?) ?-?old\b", "weeks"),
        (r"\b(?:year|yr|y) ?(\d{1,2})\b(?! ?(?:olds?|months?)\b)", "school year"),
        (rf"\b(?:{_BEFORE_AGE}|{_WHOSE}) \(?{_AGE}\b(?! ?{_NO_AGE})", "age"),
        (rf"\b{_AGE} ?-?{_UNIT} ?-?olds?\b", "age"),
        (rf"\b{_AGE} ?{_UNIT}\b(?! ?[0-9])", "age"),
        (rf"\b{_AGE} ?ish\b", "age"),
        (rf"(?<!\bup )(?<!awake )(?<!wakes )(?<!starts )\b(?:at|for|college|sixth form) {_AGE}$", "age"),
    )
)
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_IN_WORDS = "|".join(_NUMBER_WORDS)
_NUMBER_WORD = re.compile(
    rf"\b({_IN_WORDS})(?=[ -](?:years?|yrs?|yr|yo|months?|weeks?|and a half)\b)|(?<=under )({_IN_WORDS})s?\b"
    rf"|(?<=year )({_IN_WORDS})\b|(?<=aged )({_IN_WORDS})\b|(?<=age )({_IN_WORDS})\b"
    rf"|(?:(?<=hes )|(?<=shes )|(?<=he is )|(?<=she is )|(?<=turning )|(?<=turned )|(?<=nearly ))({_IN_WORDS})\b"
)
_AND_A_HALF = re.compile(r"(?<=\d) (?:and a|1/2|&) ?half\b")
_AGE_WORDS: tuple[tuple[re.Pattern[str], tuple[float, float]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), ages)
    for pattern, ages in (
        (r"newborn", (0, 1)),
        (r"bab(?:y|ies)", (0, 2)),
        (r"toddlers?", (1, 4)),
        (r"pre ?-?school(?:er|ers)?|nursery", (2, 5)),
        (r"reception class|in reception|start(?:ing|s)? reception|start(?:ing|s)? school", (4, 5)),
        (r"key stage (?:1|one)|ks ?1", (5, 7)),
        (r"key stage (?:2|two)|ks ?2", (7, 11)),
        (r"key stage (?:3|three)|ks ?3", (11, 14)),
        (r"key stage (?:4|four)|ks ?4|gcses?", (14, 16)),
        (r"primary(?: school| age)?|infant school|junior school", (4, 11)),
        (r"tweens?", (9, 12)),
        (r"secondary(?: school| age)?|high school", (11, 16)),
        (r"teen(?:s|ager|agers|age)?|adolescents?", (12, 18)),
        (r"sixth form|6th form|college", (16, 19)),
        (r"young adults?", (18, 25)),
        (r"university|uni", (18, 25)),
    )
)
_NEAR = re.compile(
    r"\b(?:near(?:by|est)?(?: to)?(?: me| us| here)?|close to|local(?:ly)?|in my area|round here|around)\b"
)
_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][abd-hjlnp-uw-z]{2})\b")
_DISTRICT = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)\b")
_FREE = re.compile(r"\b(?:free(?! school| hours| nursery| bus| childcare)|no cost|cheap|low cost|without paying)\b")
_IN_PERSON = re.compile(
    r"\b(?:in ?-?person|face ?-?to ?-?face|f2f|(?:not|no|isnt|dont want|nothing|rather than|instead of|without)"
    r" (?:an? |just |only |more |another |on )?(?:on ?-?line|virtual|zoom|teams|video|webinars?|phone)(?! safety))\b"
)
_ONLINE = re.compile(r"\b(?:on ?-?line|virtual|zoom|teams call|video call|webinar|from home)\b")
_HOME = re.compile(
    r"\b(?:home visits?|visit(?:s|ed)? (?:us )?at home|come to (?:the|my|our) house|comes to the house)\b"
)
_PHONE = re.compile(r"\b(?:phone|telephone|helpline|call line|ring)\b")
_FILLERS = "(?:an? |the |any |more |just |only |going to |doing )*"
_PASTIMES = "football|rugby|cricket|swimming|sporty?|sports|danc(?:e|ing)|drama|music|gaming|soft play|riding|scouts"
_UNWANTED = re.compile(
    rf"\b(?:except(?: for)?|apart from|other than|rather than|instead of|but not|thats not|that is not|not another)"
    rf" {_FILLERS}\w+|\b(?:not|no more) {_FILLERS}(?:{_PASTIMES})\b"
)
"""What somebody says that they do not want: "but not football". "Not sleeping" is what they do want help with."""
_DELIVERIES = (("in person", _IN_PERSON), ("online", _ONLINE), ("home visit", _HOME), ("phone", _PHONE))
_CRISIS = re.compile(
    r"\b(?:suicid\w*|kill (?:my|him|her)self|self ?-?harm\w*|overdos\w*|wants? to die"
    r"|hurt(?:s|ing)? (?:my|him|her|them)"
    r"sel(?:f|ves)|abus\w+|999|not safe|unsafe|in danger|being hurt|end (?:my|his|her) life)\b"
)


@dataclass(frozen=True)
class Intents:
    """What was said beside the subject. Ages in years, both ends included; `rest` is the text without the place
    , the wish to meet in person, and what is not wanted.
    """

    ages: tuple[float, float] | None
    postcode: str
    district: str
    near: bool
    free: bool
    delivery: str
    crisis: bool
    rest: str


def read_intents(plain: str) -> Intents:
    """Read a query that was made plain (small letters, no accents)."""
    postcode, district, rest = _place(plain)
    near = bool(_NEAR.search(rest))
    delivery = next((kind for kind, pattern in _DELIVERIES if pattern.search(rest)), "")
    return Intents(
        ages=ages_in(rest),
        postcode=postcode,
        district=district,
        near=near,
        free=bool(_FREE.search(rest)),
        delivery=delivery,
        crisis=bool(_CRISIS.search(rest)),
        rest=_UNWANTED.sub(" ", _IN_PERSON.sub(" ", _NEAR.sub(" ", rest))),
    )


def _place(plain: str) -> tuple[str, str, str]:
    """A postcode, a district, and the text without them."""
    whole = _POSTCODE.search(plain)
    if whole:
        outward, inward = whole.group(1).upper(), whole.group(2).upper()
        return f"{outward} {inward}", outward, plain[: whole.start()] + " " + plain[whole.end() :]
    for match in _DISTRICT.finditer(plain):
        word = match.group(1)
        if word not in _NOT_DISTRICTS:
            return "", word.upper(), plain[: match.start()] + " " + plain[match.end() :]
    return "", "", plain


_NOT_DISTRICTS = frozenset({*(f"ks{n}" for n in range(1, 5)), *(f"y{n}" for n in range(1, 10)), "p1", "p2", "p3"})
_NOT_DISTRICTS |= {"t1", "t2", "t21"}
"""Key stages, school years, types of diabetes and trisomy: in the form of a district but not places."""


def ages_in(plain: str) -> tuple[float, float] | None:
    """The ages that a text speaks of, or None: "3 year old", "turning eighteen", "under 5s", "year 6", "toddler"."""
    text = _NUMBER_WORD.sub(lambda match: str(_NUMBER_WORDS[next(filter(None, match.groups()))]), plain)
    text = _AND_A_HALF.sub("", text)
    for pattern, kind in _AGE_PATTERNS:
        match = pattern.search(text)
        if match:
            ages = _ages(kind, [int(part) for part in match.groups()])
            if ages is not None:
                return ages
    return next((ages for pattern, ages in _AGE_WORDS if pattern.search(text)), None)


def _ages(kind: str, numbers: list[int]) -> tuple[float, float] | None:
    first = numbers[0]
    if first > _MOST_YEARS and kind not in {"months", "weeks"}:
        return None
    table: dict[str, tuple[float, float]] = {
        "range": (first, numbers[-1]),
        "under": (0, max(0, first - 1)),
        "over": (first, _MOST_YEARS),
        "months": (first // 12, first // 12),
        "weeks": (first // 52, first // 52),
        "school year": (first + 4, first + 5),
        "age": (first, first),
    }
    low, high = table[kind]
    nothing = low > high or (kind == "range" and low == high)
    return None if nothing else (low, high)
