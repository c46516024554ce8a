"""Numbers in words and figures, lengths of time, and how often: the readers under every provision check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, float] = {word: index + 1 for index, word in enumerate(ONES)}
WORDS |= {word: 20 + 10 * index for index, word in enumerate(_TENS)}
WORDS |= {"a": 1, "an": 1, "single": 1, "both": 2, "hundred": 100, "half": 0.5}
_ONE_TO_NINE = "|".join(ONES[:9])
_SPELT = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE_TO_NINE}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{_SPELT})"
COUNT = rf"(?:{NUMBER}|an?)"


def value(words: str) -> float:
    """The number that some words say; 0 when they say none."""
    words = words.strip().replace(",", "")
    try:
        return float(words)
    except ValueError:
        pass
    return float(sum(WORDS.get(piece, 0) for piece in re.split(r"[- ]", words)))


@dataclass(frozen=True)
class Amount:
    """A quantity found in a text: a value in `unit` and the span of its words."""

    value: float
    start: int
    end: int
    unit: str = "minutes"


_MIN = r"(?:minutes?|mins?)\b(?:'s?)?"
_HOUR = r"(?:hours?|hrs?)\b(?:'s?)?"
DURATION = re.compile(
    rf"\b(?:(?P<hm_h>{COUNT})[- ]*{_HOUR},?[ -](?:and )?(?P<hm_m>{NUMBER})[- ]*{_MIN}"
    rf"|(?P<hah>{COUNT}) hours? and a half|(?P<nah>{NUMBER}) and a half[- ]hours?"
    rf"|(?P<quarters>three[- ]quarters? of an hour)|(?P<quarter>(?:a )?quarter of an hour|quarter[- ]hour)"
    rf"|(?P<half>half an hour|a half[- ]hour|half[- ]hour(?:ly(?= (?:session|lesson|slot)))?|half[- ]an[- ]hour)"
    rf"|(?P<long>hour[- ]long|(?<='s )hour(?= (?:an?|each|every|per)\b)|(?:daily|weekly|fortnightly|monthly"
    rf"|termly) hour)|(?P<hourly>hourly(?= (?:session"
    rf"|lesson|slot)))"
    rf"|(?P<m>{NUMBER})[- ]*{_MIN}|(?P<h>{COUNT})(?: full| whole| solid| direct| indirect)?[- ]*{_HOUR}"
    rf"|(?P<hm>\d+)h(?P<mm>\d+)?\b)"
)
_CLOCK = re.compile(
    r"\b(?:from |between )?(\d{1,2})(?:[.:](\d{2}))? ?(?:am|pm)? ?(?:to|until|till|and"
    r"|-) ?(\d{1,2})(?:[.:](\d{2})) ?(?:am|pm)?\b"
)
_HALVES_OF_DAY = re.compile(
    r"\b(\d{1,2})(?:[.:](\d{2}))? ?(am|pm) ?(?:to|until|till|and|-) ?(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)\b"
)
_NOT_LENGTH = re.compile(
    r"(?:within|after|every|under|than|(?:the|past|his|her|their) last|next|earlier|later|in less than|at) $"
)


@lru_cache(maxsize=8192)
def durations(low: str) -> list[Amount]:
    """Every length of time in a normal text, in minutes, in order. 'Within ten minutes' is a delay, not a length."""
    found = []
    for match in DURATION.finditer(low):
        if _NOT_LENGTH.search(low[max(0, match.start() - 14) : match.start()]) and not re.search(
            r"(?:less|more|fewer) than $", low[max(0, match.start() - 14) : match.start()]
        ):
            continue
        opens = not low[: match.start()].strip() and ":" in low[match.end() :]
        opens = opens or low[: match.start()].endswith("for ")
        if re.match(r" (?:early|late|before|after|later|earlier|away)\b", low[match.end() :]) and not opens:
            continue
        found.append(Amount(_minutes(match), match.start(), match.end()))
    for match in _CLOCK.finditer(low):
        if match.group(2) or "." in match.group() or ":" in match.group():
            first = int(match.group(1)) * 60 + int(match.group(2) or 0)
            last = int(match.group(3)) * 60 + int(match.group(4) or 0)
            found.append(Amount(float((last - first) % 720 or 720), match.start(), match.end()))
    for match in _HALVES_OF_DAY.finditer(low):
        first, last = (
            60 * (int(match.group(n)) % 12 + 12 * (match.group(n + 2) == "pm")) + int(match.group(n + 1) or 0)
            for n in (1, 4)
        )
        if last > first and not match.group(5):
            found.append(Amount(float(last - first), match.start(), match.end()))
    return sorted(found, key=lambda amount: amount.start)


def _minutes(match: re.Match[str]) -> float:
    group = match.groupdict()
    fixed = {"quarters": 45.0, "quarter": 15.0, "half": 30.0, "long": 60.0, "hourly": 60.0}
    for name, minutes in fixed.items():
        if group[name]:
            return minutes
    if group["hm_h"]:
        return value(group["hm_h"]) * 60 + value(group["hm_m"])
    if group["hah"] or group["nah"]:
        return (value(group["hah"] or group["nah"]) + 0.5) * 60
    if group["m"]:
        return value(group["m"])
    if group["hm"]:
        return float(int(group["hm"]) * 60 + int(group["mm"] or 0))
    return value(group["h"]) * 60


UNITS = {
    "school morning": "day",
    "school afternoon": "day",
    "school night": "day",
    "day": "day", "school day": "day", "weekday": "day", "morning": "day", "afternoon": "day", "evening": "day",
    "night": "day", "lunchtime": "day", "lunch": "day", "playtime": "day", "break": "day", "breaktime": "day",
    "registration": "day", "week": "week", "school week": "week", "calendar week": "week", "fortnight": "fortnight",
    "wk": "week", "yr": "year",
    "month": "month", "half-term": "half-term", "half term": "half-term", "term": "term", "year": "year",
    "school year": "year", "academic year": "year", "calendar month": "month", "calendar year": "year",
}  # fmt: skip
PER_YEAR = {"day": 190.0, "week": 38.0, "fortnight": 19.0, "month": 10.0, "half-term": 6.0, "term": 3.0, "year": 1.0}
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT_DAY = r"(?:mon|tues?|weds?|wednes|thur?s?|fri|sat|sun)(?:day)?s?"
_UNIT = (
    r"(?:school day|school (?:morning|afternoon|night)|school week|calendar week|calendar month"
    r"|calendar year|weekday|school year|academic year|half[- ]term|"
    r"fortnight|wk|yr|day|morning|afternoon|evening|night|lunch(?:time)?|playtime|break(?:time)?|registration|week"
    r"|month|"
    r"term|year)(?!s? (?:group|ahead|before(?! [a-z]+)|away|[0-9]))"
)
_ADVERB = {
    "daily": "day", "nightly": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
    "termly": "term", "half-termly": "half-term", "half termly": "half-term", "annually": "year", "yearly": "year",
    "annual": "year", "biweekly": "fortnight", "pw": "week", "p/w": "week", "p.w.": "week", "pd": "day",
    "weekdays": "day",
}  # fmt: skip
_TIMES = rf"(?:once|twice|thrice|(?:{NUMBER}|an?)(?: separate| further| individual)? (?:times|occasions?))"
_NOUNS = (
    r"(?!minutes?|mins|hours?)(?:(?:[a-z-]+|\d+-minute|\d+-hour) ){0,4}(?:sessions?|lessons?|visits?"
    r"|appointments?|meetings?|days|mornings|afternoons|evenings|blocks|"
    r"slots|check-ins?|breaks|nights|stays|calls|workshops|times|classes|periods|tutorials|"
    r"treatments|reviews|groups|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
FREQUENCY = re.compile(
    rf"\b(?:(?P<times>{_TIMES}),? (?:in )?(?:an?|each|every|per|during each|in every|in each|in the|over the"
    rf"|across the|during the) (?P<u1>{_UNIT})"
    rf"|(?P<adverbtimes>once|twice|three[- ]times|four[- ]times)[- ](?P<ua>daily|weekly|fortnightly"
    rf"|monthly|termly|half-termly|yearly|annually)"
    rf"|(?<!to-)(?<!on-)(?<!to )(?<!:)(?P<n>{NUMBER}) {_NOUNS}"
    rf"(?: of [a-z0-9 -]{{1,40}}?)?,?(?: [a-z-]+){{0,3}}? (?:an?|each|every"
    rf"|per) (?P<u2>{_UNIT})"
    rf"|(?<!to-)(?<!on-)(?<!to )(?<!:)(?<!£)(?!\d{{1,2}}[.:]\d\d )(?P<bare>{NUMBER}) (?:an?|each|every"
    rf"|per) (?P<u6>{_UNIT})\b"
    rf"|(?P<cycle>(?:on )?days? {NUMBER}(?:,? (?:and|&) (?:day )?{NUMBER})? of (?:the|each|every|his|her|their)"
    r" (?:[a-z]+-(?:day|week) |fortnightly |two-weekly )?(?:timetable|cycle|fortnight))"
    r"|(?P<annum>per annum|p\.a\.|(?:every|each) (?:january|february|march|april|may|june|july|september|october"
    r"|november|december)\b)|(?P<terms>(?:every|each) (?:autumn|spring|summer)[a-z, ]{0,25} term)"
    rf"|(?:every|each|per) (?P<gap>{NUMBER}) (?P<gu>{_UNIT})s?"
    rf"|every (?P<other>other|second|third|alternate) (?P<ou>{_UNIT}|{_WEEKDAY})"
    rf"|(?P<short>\b{_SHORT_DAY}(?:(?:,? and |, ?|/| ?& ?){_SHORT_DAY})+)(?![a-z])"
    rf"|(?P<days>(?:(?:every|each|on|on a) {_WEEKDAY}s?(?:(?:, | and |, and ){_WEEKDAY}s?)*(?= |,|\.|;"
    rf"|:|$))|{_WEEKDAY} (?:to|through) friday|{_WEEKDAY}s(?: and {_WEEKDAY}s)?|{_WEEKDAY} (?:mornings|afternoons"
    rf"|evenings|nights|lunchtimes))"
    rf"|(?:on )?each of (?:the |his |her |their )?(?P<eachof>{NUMBER}) (?:school |week)?days"
    rf"|(?P<adverb>daily|nightly|half[- ]termly|weekly|fortnightly|monthly|termly|annually|yearly|biweekly|pw|p/w"
    rf"|weekdays)\b"
    rf"|(?:every|each|per|in each|of each|in any(?: one)?) (?:single )?(?P<u3>{_UNIT})\b"
    rf"|(?P<ahour>(?:{NUMBER} and a half|{COUNT})[- ]*(?:hours?|hrs?|minutes?|mins?)'?(?:(?! once| twice| \w+ times"
    rf"| on ) [a-z-]+){{0,8}}?)(?: an?| ?/) ?(?P<u4>{_UNIT})"
    r"|(?<='s hour )an? (?P<u7>day|week|fortnight|month|term|year)\b"
    rf"|\ban? (?P<u5>day|week|fortnight|month|half[- ]term|term|year)(?= (?:in|during) (?:school )?term)"
    rf"|(?<!to-)(?<!on-)(?<!:)(?P<block>{NUMBER}) {_NOUNS}(?: of [a-z0-9 -]{{1,30}}?)? (?:in|during|over|across"
    rf"|before|by"
    rf"|between) (?:the|an?|each|{NUMBER}|{_UNIT}|\d)"
    rf"|(?P<lesson>(?:every|each(?! spend)|all)(?: of (?:his|her|their))?(?: [a-z]+){{0,2}} (?:lessons?|session"
    rf"|transitions?|period|assembl(?:y|ies)|mealtimes?|meals?|activity|occasion|handover|time|journey"
    rf"|breaks?|feed)))"
)


@dataclass(frozen=True)
class Frequency:
    """How often: `times` per `unit`, with the span of its words. `days` holds named weekdays."""

    times: float
    unit: str
    start: int
    end: int
    days: tuple[str, ...] = ()
    every: int = 1

    @property
    def per_year(self) -> float:
        """Occasions in a school year of 38 weeks and 190 days."""
        return self.times * PER_YEAR.get(self.unit, 190.0) / self.every


def _unit(words: str) -> str:
    return UNITS.get(words.replace("half term", "half-term"), words)


def _times(words: str) -> float:
    first = words.split(maxsplit=1)[0].split("-", maxsplit=1)[0] if words.split() else "one"
    return {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(first) or value(re.sub(r" (?:times|occasion).*", "", words))


@lru_cache(maxsize=8192)
def frequencies(low: str) -> list[Frequency]:
    """Every precise frequency in a normal text, in order."""
    found = []
    for match in FREQUENCY.finditer(low):
        before = low[max(0, match.start() - 22) : match.start()]
        if re.search(r"(?:refresher|serviced|checked|reviewed|review) $", before) and match.group("adverb"):
            continue
        found.append(_frequency(match))
    return found


def _frequency(match: re.Match[str]) -> Frequency:  # noqa: PLR0911, PLR0912 - one return per way of saying it
    group, start, end = match.groupdict(), match.start(), match.end()
    if group["times"]:
        return Frequency(_times(group["times"]), _unit(group["u1"]), start, end)
    if group["adverbtimes"]:
        return Frequency(_times(group["adverbtimes"]), _ADVERB[group["ua"]], start, end)
    if group["n"]:
        return Frequency(value(group["n"]), _unit(group["u2"]), start, end)
    if group["bare"]:
        return Frequency(value(group["bare"]), _unit(group["u6"]), start, end)
    if group["cycle"]:
        return Frequency(float(len(re.findall(NUMBER, group["cycle"].split(" of ")[0]))), "fortnight", start, end)
    if group["annum"] or group["terms"]:
        return Frequency(1, "year" if group["annum"] else "term", start, end)
    if group["gap"]:
        return Frequency(1, _unit(group["gu"]), start, end, every=max(1, int(value(group["gap"]))))
    if group["other"]:
        step = 3 if group["other"] == "third" else 2
        unit = "week" if group["ou"].endswith("day") and group["ou"] not in UNITS else _unit(group["ou"])
        return Frequency(1, unit, start, end, every=step)
    if group["days"]:
        names = tuple(re.findall(_WEEKDAY, group["days"]))
        count = 5 if re.search(r"to friday|through friday", group["days"]) else len(set(names))
        return Frequency(count, "week", start, end, names)
    if group["short"]:
        return Frequency(len(re.findall(_SHORT_DAY, group["short"])), "week", start, end)
    if group["eachof"]:
        return Frequency(value(group["eachof"]), "week", start, end)
    if group["adverb"]:
        return Frequency(1, _ADVERB[group["adverb"].replace("half termly", "half-termly")], start, end)
    if group["block"]:
        return Frequency(value(group["block"]), "block", start, end)
    if group["lesson"]:
        return Frequency(1, "lesson", start, end)
    unit = group["u3"] or group["u4"] or group["u5"] or group["u7"] or "week"
    return Frequency(1, _unit(unit), start, end)
