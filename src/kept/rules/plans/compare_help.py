"""How one promise of help differs from another, in words a parent reads, and whether it promises less or more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kept.rules.plans import numbers, roles
from kept.rules.plans.provision import HowOften, Provision, Ratio, read_provision
from kept.rules.plans.text import normal


class Effect(StrEnum):
    """What a difference does to the promise."""

    LESS = "less"
    MORE = "more"
    NEITHER = "neither"


@dataclass(frozen=True)
class Difference:
    """One difference: a sentence, and whether it promises less than before, more, or neither."""

    words: str
    effect: Effect = Effect.NEITHER


@dataclass(frozen=True)
class Help:
    """A promise of help as compared: its words and its typed facts."""

    text: str
    facts: Provision


_BLOCK = re.compile(
    rf"\b(?P<n>{numbers.NUMBER})[- ]weeks?(?: block)?,? (?:an?|each|every|per|in (?:each|every|an?)|of (?:each|every))"
    r" (?:school )?(?P<unit>half[- ]term|term|year)\b"
)
_BLOCKS_A_YEAR = {"half-term": 6.0, "term": 3.0, "year": 1.0}
WEEKS_A_YEAR = 38.0
_HOUR = 60
_CLOSE = 0.5  # minutes: below it two totals are the same


def help_in(text: str, facts: Provision | None = None) -> Help:
    """A promise from its words, with typed facts where they are known."""
    return Help(text, facts or read_provision(text))


def _flip(better: bool) -> Effect:
    return Effect.MORE if better else Effect.LESS


def weeks_of(given: Help) -> tuple[float, str] | None:
    """How many weeks of a half-term, a term or a year it is given for, and the unit, where the words say so."""
    match = _BLOCK.search(normal(given.facts.weeks)) or _BLOCK.search(normal(given.text))
    if match is None:
        return None
    return numbers.value(match.group("n")), match.group("unit").replace(" ", "-")


def weeks_a_year(given: Help) -> float | None:
    """The weeks of a block over a school year; None when the help does not come in blocks."""
    found = weeks_of(given)
    return found[0] * _BLOCKS_A_YEAR[found[1]] if found else None


def minutes_a_year(given: Help) -> float | None:
    """Minutes promised in a school year of 38 weeks, less where it is given for some weeks only; None if not said."""
    whole = given.facts.minutes_a_year
    weeks = weeks_a_year(given)
    if whole is None or weeks is None or (given.facts.often and given.facts.often.unit in _BLOCKS_A_YEAR):
        return whole
    return whole * min(weeks, WEEKS_A_YEAR) / WEEKS_A_YEAR


def length_words(minutes: float) -> str:
    """A length of time: "45 minutes", "1 hour", "28 hours and 30 minutes"."""
    hours, rest = divmod(round(minutes), _HOUR)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    parts += [f"{rest} minute{'' if rest == 1 else 's'}"] if rest or not hours else []
    return " and ".join(parts)


def often_words(often: HowOften) -> str:
    """How often: "twice a week", "every 2 weeks", "in each lesson"."""
    if often.unit == "lesson":
        return "in each lesson"
    unit = "school day" if often.unit == "day" else often.unit
    if often.every > 1:
        return f"every {often.every} {unit}s"
    times = {1: "once", 2: "twice"}.get(often.times, f"{often.times} times")
    return f"{times} a {unit}"


def amount_words(facts: Provision) -> str:
    """How much and how often; "" when neither is said."""
    floor = "at least " if facts.minimum else ""
    if facts.weekly_minutes is not None:
        return f"{floor}{length_words(facts.weekly_minutes)} a week"
    much = f"{floor}{length_words(facts.session_minutes)}" if facts.session_minutes is not None else facts.coverage
    return ", ".join(part for part in (much, often_words(facts.often) if facts.often else "") if part)


def ratio_words(ratio: Ratio) -> str:
    """How many share an adult."""
    if ratio == Ratio(1):
        return "one-to-one"
    if ratio.adults == 1:
        return f"in a group of up to {ratio.pupils}"
    return f"{ratio.adults} adults to {ratio.pupils} pupils"


def _day(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _amounts(was: Help, now: Help) -> Iterator[Difference]:
    before, after = amount_words(was.facts), amount_words(now.facts)
    first, second = minutes_a_year(was), minutes_a_year(now)
    if before == after or not (before and after):
        return
    said = f"was {before}, now {after}."
    if first is None or second is None:
        yield Difference(said, _by_parts(was.facts, now.facts))
    elif abs(first - second) < _CLOSE:
        yield Difference(f"{said} Over a school year it is as much as before.", _floor_effect(was, now))
    else:
        much = length_words(abs(first - second))
        yield Difference(
            f"{said} Over a school year that is {much} {'more' if second > first else 'less'}.", _flip(second > first)
        )


def _floor_effect(was: Help, now: Help) -> Effect:
    if was.facts.minimum == now.facts.minimum:
        return Effect.NEITHER
    return _flip(now.facts.minimum)


def _by_parts(was: Provision, now: Provision) -> Effect:
    """The effect where no total can be worked out on one side: the parts that both sides say decide."""
    pairs = [
        (was.session_minutes, now.session_minutes),
        (was.often and _a_year(was.often), now.often and _a_year(now.often)),
    ]
    known = [(first, second) for first, second in pairs if first and second and first != second]
    if known and all(second < first for first, second in known):
        return Effect.LESS
    if known and all(second > first for first, second in known):
        return Effect.MORE
    full = ("full-time", "full time")
    if was.coverage in full and now.coverage not in full:
        return Effect.LESS
    return Effect.MORE if now.coverage in full and was.coverage not in full else Effect.NEITHER


def _a_year(often: HowOften) -> float:
    return often.times * numbers.PER_YEAR.get(often.unit, 190.0) / often.every


def _weeks(was: Help, now: Help) -> Iterator[Difference]:
    first, second = weeks_of(was), weeks_of(now)
    if first and second and first != second:
        unit = "" if first[1] == second[1] else f" a {second[1]}"
        said = f"was {first[0]:g} weeks a {first[1]}, now {second[0]:g}{' weeks' if unit else ''}{unit}."
        before, after = weeks_a_year(was) or 0.0, weeks_a_year(now) or 0.0
        yield Difference(said, _flip(after > before) if before != after else Effect.NEITHER)
    elif first and not second:
        yield Difference(f"was for {first[0]:g} weeks a {first[1]} only. That limit is gone.", Effect.MORE)
    elif second and not first:
        yield Difference(f"is now for {second[0]:g} weeks a {second[1]} only.", Effect.LESS)
    all_year = "year-round"
    if (was.facts.weeks == all_year) != (now.facts.weeks == all_year):
        yield (
            Difference("was all year, now in term time.", Effect.LESS)
            if was.facts.weeks == all_year
            else Difference("was in term time, now all year.", Effect.MORE)
        )


def _ratio(was: Help, now: Help) -> Iterator[Difference]:
    before, after = was.facts.ratio, now.facts.ratio
    if before == after:
        return
    if before and after:
        share, shared = before.pupils / before.adults, after.pupils / after.adults
        effect = _flip(shared < share) if share != shared else Effect.NEITHER
        yield Difference(f"was {ratio_words(before)}, now {ratio_words(after)}.", effect)
    elif before:
        yield Difference(f"was {ratio_words(before)}. It no longer says so.", Effect.LESS)
    elif after:
        yield Difference(f"now says {ratio_words(after)}.", Effect.MORE)


def _level(name: str) -> int:
    """How much training a role stands for: 2 a registered or qualified one, 1 a generic one; 0 when not known."""
    if name in roles.REGISTERED:
        return 2
    return 1 if name in roles.GENERIC else 0


def _role(was: Help, now: Help) -> Iterator[Difference]:
    before, after = was.facts.role, now.facts.role
    if before == after or not (before and after):
        return
    first, second = _level(before), _level(after)
    effect = _flip(second > first) if first and second and first != second else Effect.NEITHER
    article, other = (("an" if name[0] in "aeiou" else "a") for name in (before, after))
    more = {
        Effect.LESS: " The new one needs less training.",
        Effect.MORE: " The new one needs more training.",
    }.get(effect, "")
    yield Difference(f"was from {article} {before}, now from {other} {after}.{more}", effect)


_SAID: tuple[tuple[str, str], ...] = (
    ("expertise", "what training they must have"),
    ("supervised_by", "who watches over their work"),
    ("focus", "what it is for"),
)


def _said(was: Help, now: Help) -> Iterator[Difference]:
    """Facts that one of the two leaves out."""
    for name, words in _SAID:
        before, after = getattr(was.facts, name), getattr(now.facts, name)
        if before and not after:
            yield Difference(f"no longer says {words} ({before}).", Effect.LESS)
        elif after and not before:
            yield Difference(f"now says {words}: {after}.", Effect.MORE)
        elif before != after:
            yield Difference(f"{words} was “{before}”, now “{after}”.")
    if (was.facts.review is None) != (now.facts.review is None):
        lost = now.facts.review is None
        words = "no longer says who checks if it works." if lost else "now says who checks if it works."
        yield Difference(words, Effect.LESS if lost else Effect.MORE)


_MODES = {
    "direct": "given to the child",
    "coaching": "coaching for staff",
    "programme writing": "a programme that others carry out",
    "review": "a check of what is needed",
    "training": "training for staff",
    "equipment": "equipment",
    "environment": "a change to the place",
}


def _mode(was: Help, now: Help) -> Iterator[Difference]:
    before, after = was.facts.mode, now.facts.mode
    if before == after:
        return
    effect = Effect.LESS if before == "direct" else Effect.MORE if after == "direct" else Effect.NEITHER
    yield Difference(f"was {_MODES.get(before, before)}, now {_MODES.get(after, after)}.", effect)


def _dates(was: Help, now: Help) -> Iterator[Difference]:
    first, second = was.facts.end, now.facts.end
    if first != second:
        if second is None and first:
            yield Difference(f"was to end on {_day(first)}. That end is gone.", Effect.MORE)
        elif first is None and second:
            yield Difference(f"now ends on {_day(second)}. It had no end before.", Effect.LESS)
        elif first and second:
            yield Difference(f"was to end on {_day(first)}, now on {_day(second)}.", _flip(second > first))
    start, other = was.facts.start, now.facts.start
    if start and other and start != other:
        yield Difference(f"was to start on {_day(start)}, now on {_day(other)}.", _flip(other < start))
    if bool(was.facts.steps) != bool(now.facts.steps):
        yield Difference(
            "now gets less in steps." if now.facts.steps else "no longer gets less in steps.",
            _flip(not now.facts.steps),
        )


_LIMIT = "The amount is a limit, not a promise."


def _reasons(was: Help, now: Help) -> Iterator[Difference]:
    """What makes a promise impossible to count: how often, how long, who, and amounts that are limits."""
    before, after = read_provision(was.text).reasons, read_provision(now.text).reasons
    for reason in after:
        if reason not in before:
            lost = "the amount is now a limit, not a promise." if reason == _LIMIT else _no_longer(reason)
            yield Difference(lost, Effect.LESS)
    for reason in before:
        if reason not in after:
            gained = "the amount is now a promise, not a limit." if reason == _LIMIT else _now_says(reason)
            yield Difference(gained, Effect.MORE)


def _no_longer(reason: str) -> str:
    return reason.replace("This does not say", "no longer says")


def _now_says(reason: str) -> str:
    return reason.replace("This does not say", "now says")


def _service(was: Help, now: Help) -> Iterator[Difference]:
    before, after = was.facts.service, now.facts.service
    if before and after and before != after:
        yield Difference(f"was {before}, now {after}.")


_TESTS: tuple[Callable[[Help, Help], Iterator[Difference]], ...] = (
    _service, _amounts, _weeks, _reasons, _mode, _role, _ratio, _dates, _said,
)  # fmt: skip


def differences(was: Help, now: Help) -> tuple[Difference, ...]:
    """Every difference between two promises of the same help, those that promise less first.

    Each sentence follows the name of the help: "Speech therapy: was 30 minutes, twice a week, now once a week."
    """
    found = {each.words: each for test in _TESTS for each in test(was, now)}
    order = {Effect.LESS: 0, Effect.MORE: 1, Effect.NEITHER: 2}
    return tuple(sorted(found.values(), key=lambda each: order[each.effect]))


# The same sentences where advice stands beside the plan: not earlier and later, but asked for and written.
_BESIDE = (
    (re.compile(r"^was (.+?), now (.+?)\."), r"the advice says \1, the plan \2."),
    (re.compile(r"^(.+?) was “(.*)”, now “(.*)”\.$"), r"\1: the advice says “\2”, the plan “\3”."),
    (re.compile(r" The new one needs "), " The one in the plan needs "),
    (
        re.compile(r"^was for (.+?) only\. That limit is gone\.$"),
        r"the advice gives it for \1 only, the plan for more.",
    ),
    (re.compile(r"^was to end on (.+?)\. That end is gone\.$"), r"the advice ends it on \1, the plan does not."),
    (re.compile(r"^was (.+?)\. It no longer says so\."), r"the advice says \1. The plan does not say."),
    (re.compile(r"^no longer says (.+)\.$"), r"the plan does not say \1, as the advice does."),
    (re.compile(r"^now says (.+)$"), r"the plan also says \1"),
    (re.compile(r"^is now for "), "the plan gives it for "),
    (re.compile(r"^the amount is now a (limit|promise), not a \w+\.$"), r"the amount in the plan is a \1."),
    (re.compile(r"^now (ends|gets) "), r"in the plan it \1 "),
    (re.compile(r"^no longer gets less in steps\.$"), "the advice takes it down in steps, the plan does not."),
    (re.compile(r" It had no end before\.$"), ""),
    (re.compile(r"\bas much as before\."), "as much."),
)


def beside_advice(found: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Differences between advice (first) and the plan (second) in words for two texts of the same time."""
    made = []
    for each in found:
        words = each.words
        for pattern, put in _BESIDE:
            words = pattern.sub(put, words, count=1)
        made.append(Difference(words, each.effect))
    return tuple(made)
