"""A made-up plan: a child's needs, what the plan says of them, and how well. Pure: the dice decide everything."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from kept.demo import plan_parts as parts
from kept.demo import plan_sections as sections
from kept.rules.plans import Provision, write_provision
from kept.rules.plans.provision import HowOften, Ratio, Review

CHOICE = re.compile(r"\[([^\[\]]*)\]")
MONTHS_AHEAD, DAYS_BEHIND = 17, 75
GROWN = 14
PRONOUNS = {"M": ("he", "him", "his"), "F": ("she", "her", "her")}
TENS = ("ten", "fifteen", "twenty")
HOURS = ("Two", "Three", "Four", "Five")
NEEDS_OF_A_PLAN = (2, 3, 3, 4)


@dataclass(frozen=True)
class Person:
    """Whom the plan is about, and on which day it is written."""

    first_name: str
    sex: str
    need: str
    age: int
    on: date
    setting: str = ""
    setting_type: str = ""


@dataclass(frozen=True)
class Piece:
    """One entry. `key` is its number in this plan; `facts` are kept beside the words (need area, baseline, dates)."""

    key: str
    section: str
    kind: str
    text: str
    provision: Provision | None = None
    is_typed: bool = False
    provider: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sketch:
    """A plan: its entries in order, and its links as (thread, from key, to key)."""

    pieces: tuple[Piece, ...]
    links: tuple[tuple[str, str, str], ...]


class _Pen:
    """Fills in the parts for one person."""

    def __init__(self, person: Person, dice: random.Random) -> None:
        self.dice = dice
        he, him, his = PRONOUNS.get(person.sex, PRONOUNS["M"])
        self.until = _month(person.on + timedelta(days=30 * MONTHS_AHEAD))
        was = person.on - timedelta(days=DAYS_BEHIND - dice.randrange(40))
        self.was_day = was
        self.words = {
            "n": person.first_name, "he": he, "him": him, "his": his, "He": he.title(), "His": his.title(),
            "by": f"{self.until:%B %Y}", "was": f"{was:%B %Y}", "was_day": f"{was.day} {was:%B %Y}",
        }  # fmt: skip

    def write(self, words: str, **more: str) -> str:
        """The words with choices made and blanks filled."""
        dice = self.dice
        while CHOICE.search(words):
            words = CHOICE.sub(lambda found: dice.choice(found.group(1).split("|")), words)
        figures = {
            "small": str(dice.randint(2, 4)), "mid": str(dice.randint(6, 15)), "big": str(dice.randint(18, 60)),
            "ten": dice.choice(TENS), "small_word": dice.choice(HOURS),
        }  # fmt: skip
        return words.format(**self.words, **figures, **more)


def _month(day: date) -> date:
    return date(day.year, 7, 31) if day.month <= 8 else date(day.year, 12, 18)  # noqa: PLR2004


def sketch(person: Person, *, quality: float, final: bool, dice: random.Random) -> Sketch:
    """A plan for this person. quality: the share of entries, 0 to 1, that are written as they should be."""
    pen = _Pen(person, dice)
    themes = _themes(person, dice)

    def good() -> bool:
        return dice.random() < quality

    pieces = _about(pen, good)
    links: list[tuple[str, str, str]] = []
    needs, outcomes, provisions = [], [], []
    for number, theme in enumerate(themes, 1):
        need, outcome = f"B{number}", f"E{number}"
        needs.append(_need(pen, theme, need, is_good=good()))
        has_outcome = good() or number == 1
        if has_outcome:
            outcomes.append(_outcome(pen, theme, outcome, is_good=good()))
            links += [("about", outcome, need), *([("supports", outcome, "A3")] if number == 1 else [])]
        for one in theme.helps if good() else theme.helps[:1]:
            key = f"F{len(provisions) + 1}"
            provisions.append(_provision(pen, one, key, is_good=good()))
            links.append(("meets", key, need))
            if has_outcome:
                links.append(("serves", key, outcome))
    pieces += needs
    care, more = _care(pen, person, good, first_outcome="E1")
    rest = _rest(pen, person, themes, good, final=final)
    whole = [*pieces, *outcomes, *provisions, *care, *rest]
    order = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
    return Sketch(tuple(sorted(whole, key=lambda piece: order.index(piece.section))), (*links, *more))


def _themes(person: Person, dice: random.Random) -> list[parts.Theme]:
    areas = parts.AREAS.get(person.need, parts.AREAS["OTH"])
    if person.age >= GROWN:
        areas = (*areas, "adult", "adult")
    fitting = [
        theme
        for place, area in enumerate(areas)
        for theme in parts.THEMES[area]
        if theme.youngest <= person.age <= theme.oldest and _fits(theme, person, first=place == 0)
    ]
    wanted = min(dice.choice(NEEDS_OF_A_PLAN), len(fitting))
    weights = {id(theme): dice.random() - (0.5 if place < 2 else 0) for place, theme in enumerate(fitting)}  # noqa: PLR2004
    chosen = sorted(fitting, key=lambda theme: weights[id(theme)])
    once = list(dict.fromkeys(chosen))
    return once[:wanted]


def _fits(theme: parts.Theme, person: Person, *, first: bool) -> bool:
    """A theme that names a condition is for children who have it."""
    only = {
        "early learning": {"PMLD", "MSI", "SLD"},
        "conversation": {"ASD"},
        "hearing": {"HI", "MSI"},
        "sight": {"VI", "MSI"},
    }
    return person.need in only.get(theme.key, {person.need})


def _about(pen: _Pen, good: object) -> list[Piece]:
    choose = pen.dice.choice
    is_good = good()  # type: ignore[operator]
    views = pen.write(choose(sections.VIEWS if is_good else sections.BAD_VIEWS))
    facts = {"said_on": pen.was_day.isoformat(), "said_by": "child"} if is_good else {}
    return [
        Piece("A1", "A", "view", views, facts=facts),
        Piece("A2", "A", "view", pen.write(choose(sections.HOPES)), facts={"said_by": "parents"}),
        Piece("A3", "A", "aspiration", pen.write(choose(sections.WISHES))),
        Piece("A4", "A", "view", pen.write(choose(sections.HOW)), facts={"said_by": "child"}),
    ]


def _need(pen: _Pen, theme: parts.Theme, key: str, *, is_good: bool) -> Piece:
    words = f"{pen.write(theme.need)} {pen.write(theme.strength)}" if is_good else pen.write(theme.bad_need)
    return Piece(key, "B", "need", words, facts={"area": theme.key})


def _outcome(pen: _Pen, theme: parts.Theme, key: str, *, is_good: bool) -> Piece:
    words = pen.write(theme.outcome if is_good else theme.bad_outcome)
    facts = {"by": pen.until.isoformat()} if is_good else {}
    return Piece(key, "E", "outcome", words, facts=facts)


def _provision(pen: _Pen, one: parts.Help, key: str, *, is_good: bool) -> Piece:
    if not is_good:
        words = pen.write(pen.dice.choice(parts.BAD_PROVISION), service=one.service, Service=one.service.capitalize())
        return Piece(key, "F", "provision", words, provision=_read(words), provider=one.by)
    if one.words:
        words = pen.write(one.words)
        return Piece(key, "F", "provision", words, provision=_read(words), provider=one.by)
    facts = _typed(pen, one)
    return Piece(key, "F", "provision", write_provision(facts), provision=facts, is_typed=True, provider=one.by)


def _typed(pen: _Pen, one: parts.Help) -> Provision:
    times, unit, every = pen.dice.choice(one.often)
    return Provision(
        service=one.service,
        session_minutes=pen.dice.choice(one.minutes),
        often=HowOften(times, unit, every),
        weeks="term time",
        ratio=Ratio(one.pupils),
        role=one.role,
        expertise=one.expertise,
        place=one.place,
        review=Review(one.role, TERMLY, one.review) if one.review else None,
        focus=one.focus,
    )


TERMLY = parts.TERMLY


@cache
def _read(words: str) -> Provision:
    """What the reader makes of a sentence; the same sentence is read once."""
    from kept.rules.plans import read_provision

    return read_provision(words)


def _care(
    pen: _Pen, person: Person, good: object, *, first_outcome: str
) -> tuple[list[Piece], list[tuple[str, str, str]]]:
    """Sections C, D, G and H1, with their links."""
    dice, pieces, links = pen.dice, [], []
    if dice.random() < 0.3:  # noqa: PLR2004
        pieces.append(Piece("C1", "C", "need", pen.write(dice.choice(sections.HEALTH_NEEDS)), facts={"area": "health"}))
        pieces.append(_cared("G1", "G", pen.write(dice.choice(sections.HEALTH_PROVISION)), "health"))
        links.append(("meets", "G1", "C1"))
    else:
        words = sections.NO_HEALTH if good() else sections.BAD_HEALTH  # type: ignore[operator]
        pieces.append(Piece("C1", "C", "note", pen.write(dice.choice(words))))
    if person.age < 18 and dice.random() < 0.2:  # noqa: PLR2004
        pieces.append(
            Piece("D1", "D", "need", pen.write(dice.choice(sections.CARE_NEEDS)), facts={"area": "social care"})
        )
        words = sections.CARE_PROVISION if good() else sections.BAD_CARE  # type: ignore[operator]
        pieces.append(_cared("H1-1", "H1", pen.write(dice.choice(words)), "council"))
        links.append(("meets", "H1-1", "D1"))
    else:
        pieces.append(Piece("D1", "D", "note", pen.write(dice.choice(sections.NO_CARE))))
    there = {piece.section for piece in pieces}
    for section, said in sections.NOTHING_NEEDED.items():
        if section not in there:
            pieces.append(Piece(f"{section}-0", section, "note", pen.write(said)))
    return pieces, links


def _cared(key: str, section: str, words: str, by: str) -> Piece:
    return Piece(key, section, "provision", words, provision=_read(words), provider=by)


def _rest(pen: _Pen, person: Person, themes: list[parts.Theme], good: object, *, final: bool) -> list[Piece]:
    """Sections I, J and K."""
    pieces = [Piece("J1", "J", "note", pen.write(pen.dice.choice(sections.BUDGET)))]
    if not final:
        pieces.append(Piece("I1", "I", "placement", ""))
    elif person.setting:
        words = f"{person.setting}. Type: {person.setting_type}."
        pieces.append(
            Piece("I1", "I", "placement", words, facts={"setting": person.setting, "type": person.setting_type})
        )
    asked = list(dict.fromkeys((*sections.ADVISERS, *(theme.adviser for theme in themes))))
    if person.age >= GROWN - 1:
        asked.append(sections.ADULTHOOD)
    if not good():  # type: ignore[operator]
        asked = asked[1 : max(2, len(asked) - 2)]
    for number, adviser in enumerate(asked, 1):
        said = pen.was_day - timedelta(days=pen.dice.randrange(5, 40))
        name = f"{pen.dice.choice(sections.INITIALS)}. {pen.dice.choice(sections.SURNAMES)}, "
        if adviser == sections.ADVISERS[0]:
            name = "letter of "
        words = f"{adviser[0].upper()}{adviser[1:]}: {name}{said.day} {said:%B %Y} (appendix {number}, attached)"
        pieces.append(Piece(f"K{number}", "K", "advice", words, facts={"by": adviser, "on": said.isoformat()}))
    return pieces
