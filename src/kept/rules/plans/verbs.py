"""Verbs by their sense, in every form: to lessen, to decide, to acquire. The classes are written once, as dictionary
words; the forms are made from them, so that 'brought down', 'brings down' and 'bringing down' are one entry."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR: dict[str, tuple[str, ...]] = {
    "bring": ("brings", "bringing", "brought"),
    "take": ("takes", "taking", "took", "taken"),
    "cut": ("cuts", "cutting"),
    "wind": ("winds", "winding", "wound"),
    "draw": ("draws", "drawing", "drew", "drawn"),
    "go": ("goes", "going", "went", "gone"),
    "come": ("comes", "coming", "came"),
    "run": ("runs", "running", "ran"),
    "fall": ("falls", "falling", "fell", "fallen"),
    "drop": ("drops", "dropping", "dropped"),
    "shrink": ("shrinks", "shrinking", "shrank", "shrunk"),
    "give": ("gives", "giving", "gave", "given"),
    "let": ("lets", "letting"),
    "get": ("gets", "getting", "got"),
    "buy": ("buys", "buying", "bought"),
    "find": ("finds", "finding", "found"),
    "lend": ("lends", "lending", "lent"),
    "choose": ("chooses", "choosing", "chose", "chosen"),
    "set": ("sets", "setting"),
    "say": ("says", "saying", "said"),
    "make": ("makes", "making", "made"),
    "see": ("sees", "seeing", "saw", "seen"),
    "put": ("puts", "putting"),
    "hold": ("holds", "holding", "held"),
    "leave": ("leaves", "leaving", "left"),
    "withdraw": ("withdraws", "withdrawing", "withdrew", "withdrawn"),
    "think": ("thinks", "thinking", "thought"),
    "feel": ("feels", "feeling", "felt"),
    "spread": ("spreads", "spreading"),
}
_DOUBLES = frozenset({"stop", "trim", "slim", "step", "plan", "drop", "swap", "cap", "thin", "curb", "shed", "drip"})


def forms(verb: str) -> tuple[str, ...]:
    """Every form of a verb: base, third person, participles and past."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    if verb in _DOUBLES and verb != "curb":
        return (verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing")
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    return (verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing")


def any_of(verbs: str, particles: str = "") -> str:
    """A pattern for any form of the verbs (and any of the particles after it), both given as words with spaces."""
    found = sorted({each for verb in verbs.split() for each in forms(verb)}, key=len, reverse=True)
    after = rf" (?:{particles.replace(' ', '|')})" if particles else ""
    return rf"(?:{'|'.join(found)}){after}"


# To make less of a thing, or an end of it.
LESSEN = (
    rf"(?:{any_of('bring take cut scale step wind ease pare trim slim dial roll draw pull phase run drop', 'down')}"
    rf"|{any_of('cut scale step ease pare trim slim dial roll draw pull hold rein ratchet claw', 'back')}"
    rf"|{any_of('phase fade taper tail ease peter', 'out off away')}"
    rf"|{any_of('reduce lower decrease lessen shorten curtail ration halve diminish minimise downgrade downsize trim')}"
    rf"|{any_of('slim thin dilute shrink withdraw withhold suspend pause halt cease discontinue terminate rescind')}"
    rf"|{any_of('axe scrap revoke retract cancel truncate abbreviate relax curb prune shave dwindle')})"
)
# To make other than it is, which may be less.
ALTER = any_of("vary alter amend adjust revise change modify rework redraw recast reprofile rebalance flex rejig reset")
# To settle what is not yet settled.
DECIDE = (
    rf"(?:{any_of('decide determine settle resolve specify stipulate prescribe choose judge gauge apportion confirm')}"
    rf"|{any_of('finalise negotiate define fix agree establish calculate ascertain clarify formulate quantify')}"
    rf"|{any_of('thrash hammer iron work map spell share dole sort', 'out')}|{any_of('firm draw divide', 'up')}"
    rf"|{any_of('pin tie', 'down')}|{any_of('rule decide settle', 'on upon')})"
)
# To get a thing in.
ACQUIRE = any_of(
    "buy purchase order supply provide issue install fit loan lend hire lease acquire obtain procure source get find"
)


def _spoken(pattern: str) -> frozenset[str]:
    """The words of a class, without the small words that go with them."""
    return frozenset(re.findall(r"[a-z]+", pattern)) - {"down", "back", "out", "off", "away", "up", "on", "upon"}


COMMON_WORDS = _spoken(any_of("work map share sort iron firm draw divide pin tie rule set spell"))
LESSEN_WORDS, ALTER_WORDS, DECIDE_WORDS = _spoken(LESSEN), _spoken(ALTER), _spoken(DECIDE)


@lru_cache(maxsize=2048)
def words_of(low: str) -> frozenset[str]:
    """The different words of a normal text: whether a class is spoken of at all, before its frames are tried."""
    return frozenset(re.findall(r"[a-z]+", low))
