"""The 120 rules as data: what triggers them, why, under which authority, since when, and how well that was checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kept.rules.plans.model import Severity

DATA = Path(__file__).parent / "data"
# The regime that the rules describe began with the Children and Families Act 2014, in force on 1 September 2014.
IN_FORCE_FROM = date(2014, 9, 1)


@dataclass(frozen=True)
class Authority:
    """A source of law or practice. `mark` is P (primary text read), S (secondary source) or U (unverified)."""

    id: str
    title: str
    where: str
    checked: str
    mark: str


@dataclass(frozen=True)
class Rule:
    """One wording or structure rule, with its sentence for the family (`plain`) and a rewrite with blanks."""

    id: str
    sections: tuple[str, ...]
    level: str
    severity: Severity
    title: str
    trigger: str
    not_when: str
    why: str
    authority: tuple[str, ...]
    fix: str
    good: str
    scored: bool
    plain: str
    rewrite: str
    effective_from: date = IN_FORCE_FROM
    effective_to: date | None = None

    def in_force(self, on: date | None) -> bool:
        """Whether the rule applies on a day; always when the day is not known."""
        return on is None or (self.effective_from <= on and (self.effective_to is None or on <= self.effective_to))


def _mark(checked: str) -> str:
    low = checked.lower()
    if "unverified" in low or "from memory" in low or low == "judgement":
        return "U"
    primary = (
        "primary",
        "explanatory notes read",
        "page text read",
        "decision summary read",
        "quoted in [2025]",
        "read",
    )
    return "P" if low.startswith(primary) and "secondary" not in low and "not read" not in low else "S"


def _load(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def authorities() -> dict[str, Authority]:
    """Every authority that a rule cites, by its id."""
    return {
        key: Authority(key, each["title"], each["where"], each["checked"], _mark(each["checked"]))
        for key, each in _load("rules.json")["authorities"].items()
    }


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the rules file."""
    sentences = _load("sentences.json")
    return {each["id"]: _rule(each, sentences[each["id"]]) for each in _load("rules.json")["rules"]}


def _rule(each: dict[str, Any], sentence: dict[str, str]) -> Rule:
    return Rule(
        id=each["id"],
        sections=tuple(each["sections"]),
        level=each["level"],
        severity=Severity(each["severity"]),
        title=each["title"],
        trigger=each["trigger"],
        not_when=each["not_when"],
        why=each["why"],
        authority=tuple(each["authority"]),
        fix=each["fix"],
        good=each["good"],
        scored=each["scored"],
        plain=sentence["plain"],
        rewrite=sentence.get("rewrite") or each["fix"],
        effective_from=date.fromisoformat(sentence["effective_from"])
        if "effective_from" in sentence
        else IN_FORCE_FROM,
    )


# Rules that need facts which neither the words of a plan nor the facts given to the linter hold, with the reason.
_UNIMPLEMENTED: dict[str, str] = {}


def unimplemented() -> dict[str, str]:
    """Rules that are not computed, each with the reason. Empty when all of them are."""
    return dict(_UNIMPLEMENTED)
