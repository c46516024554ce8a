"""Dates and periods in a plan's words: days, months, terms, school years, ages and phases."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = [name.lower() for name in calendar.month_name][1:]
_SHORT = [name.lower() for name in calendar.month_abbr][1:]
MONTH = rf"(?:{'|'.join(_MONTHS)}|{'|'.join(_SHORT)}|sept)"
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b(?:(?P<d>{_DAY})(?: of)? (?P<m>{MONTH})\b,?(?: (?P<y>(?:19|20)\d\d))?"
    rf"|(?P<m2>{MONTH}) (?P<d2>{_DAY}),? (?P<y2>(?:19|20)\d\d)"
    rf"|(?P<m3>{MONTH})\.? (?P<y3>(?:19|20)\d\d)"
    rf"|(?P<dd>\d{{1,2}})[/.](?P<mm>\d{{1,2}})[/.](?P<yy>(?:20)?\d\d)\b"
    rf"|(?P<iy>20\d\d)-(?P<im>\d\d)-(?P<id>\d\d)"
    rf"|(?P<season>spring|summer|autumn|easter|christmas|winter)(?: half)?(?:[- ]?term| holidays?| break)?(?: of| in)?"
    rf" (?P<sy>20\d\d)"
    rf"|(?P<ay>20\d\d)[/-](?P<ay2>\d\d(?:\d\d)?)\b"
    rf"|(?<=by )(?:the end of )?(?P<yonly>20\d\d)\b|(?<=end of )(?P<yend>20\d\d)\b)"
)
_SEASON_END = {"spring": (4, 5), "summer": (7, 31), "autumn": (12, 20), "easter": (4, 15), "christmas": (12, 25)}


@dataclass(frozen=True)
class Dated:
    """A date found in the words: the last day it can mean, and its span. `exact` is false for a month or a term."""

    on: date
    start: int
    end: int
    exact: bool = True


def dates(low: str, *, year: int | None = None) -> list[Dated]:
    """Every date in a normal text. A day and month without a year takes `year`; without one it is left out."""
    found = []
    for match in DATE.finditer(low):
        day = _date(match, year)
        if day:
            exact = bool(match.group("d") or match.group("d2") or match.group("dd") or match.group("iy"))
            found.append(Dated(day, match.start(), match.end(), exact))
    return found


def _date(match: re.Match[str], year: int | None) -> date | None:
    group = match.groupdict()
    try:
        return _calendar_date(group, year) or _period_end(group)
    except ValueError:
        return None


def _calendar_date(group: dict[str, str | None], year: int | None) -> date | None:
    if group["d"] and group["m"]:
        when = int(group["y"]) if group["y"] else year
        return date(when, _month(group["m"]), _day(group["d"])) if when else None
    if group["m2"] and group["d2"] and group["y2"]:
        return date(int(group["y2"]), _month(group["m2"]), _day(group["d2"]))
    if group["dd"] and group["mm"] and group["yy"]:
        full = int(group["yy"]) + (2000 if len(group["yy"]) == 2 else 0)
        return date(full, int(group["mm"]), int(group["dd"]))
    if group["iy"] and group["im"] and group["id"]:
        return date(int(group["iy"]), int(group["im"]), int(group["id"]))
    return None


def _period_end(group: dict[str, str | None]) -> date | None:
    if group["m3"] and group["y3"]:
        month, year = _month(group["m3"]), int(group["y3"])
        return date(year, month, calendar.monthrange(year, month)[1])
    if group["season"] and group["sy"]:
        month, day = _SEASON_END.get(group["season"], (12, 31))
        return date(int(group["sy"]), month, day)
    if group["ay"] and group["ay2"]:
        return date(int(group["ay"]) + 1, 7, 31)
    only = group["yonly"] or group["yend"]
    return date(int(only), 12, 31) if only else None


def _month(name: str) -> int:
    return _SHORT.index(name[:3]) + 1


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


PERIOD = re.compile(
    r"\b(?:by|at|before|until|from|in|within|over|during|throughout|for|of|after)\b[^.;]{0,40}?\b(?:"
    r"end of (?:the |this |next |each |his |her |their )?(?:[a-z0-9]+ ){0,3}(?:year|stage|term"
    r"|half-term|phase|key stage|school|month|reception|nursery|primary|secondary|course|[0-9]+)"
    r"|(?:key stage|ks|year|y|aged?) ?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen)"
    r"|next (?:annual )?review|(?:annual )?review(?! of)|(?:leav|finish|start|mov)(?:es"
    r"|ing) (?:[a-z]+ ){0,3}(?:school|college|primary|secondary|sixth form|nursery|year)"
    r"|(?:the )?(?:next|coming) (?:\d+|[a-z]+)? ?(?:months?|years?|terms?|weeks|half-terms?)"
    r"|(?:\d+|one|two|three|four|five|six|nine|ten|twelve|eighteen|twenty-four) (?:school |calendar "
    r"|academic )?(?:months?|years?|terms?|weeks?|half[- ]terms?)"
    r"|(?:this|next|the coming|the current) (?:academic |school )?(?:year|term|key stage|phase)|(?:a"
    r"|the|one) year(?:'s time)?|(?:transfer|transition) to [a-z]+"
    r"|(?:his|her|their) (?:\d+(?:st|nd|rd|th)|[a-z]+) birthday|(?:a|the|this|next) (?:academic |school )year"
    r"|(?:spring|summer|autumn|easter|christmas)(?: term| half-term| holidays?)?|(?:january|february"
    r"|march|april|june|july|august|september|october|november|december))\b"
    r"|\bwhen (?:he|she|they|[a-z]+) (?:leaves?|starts?|moves? (?:to|up)|finish(?:es)?|turns?|transfers?)\b"
)


def has_deadline(low: str) -> bool:
    """Whether the words name a date, a phase end or a period by which something is to be reached."""
    return bool(DATE.search(low) or PERIOD.search(low))
