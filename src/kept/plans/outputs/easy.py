"""Easy read and the child's own version: short sentences with a symbol each, made from the facts of the plan.

Nothing is reworded by guess. Amounts come from the typed provision; where there are none the plan's own words are kept
and the easy version says that the plan does not say. What a child said is quoted as it stands.
"""

from __future__ import annotations

import re

from kept.design.symbols import credit
from kept.design.words import day
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.outputs import saying
from kept.plans.outputs.from_plan import stamp_of
from kept.plans.outputs.paper import Picture, PicturePaper
from kept.plans.words import Kind
from kept.rules import ages
from kept.rules.plans import Provision

# The first pattern that the words hold gives the symbol.
SYMBOLS: tuple[tuple[str, str], ...] = (
    (r"speech|language|talk|communicat|word", "talk"),
    (r"hear|deaf|listen|audi", "listen"),
    (r"vision|sight|see(?:ing)?\b|visual|blind", "see"),
    (r"occupational|hand|pencil|sensory", "hands"),
    (r"physio|walk|mov|mobility|swim|balance", "move"),
    (r"wheelchair|frame|hoist", "wheelchair"),
    (r"travel|bus|road", "move"),
    (r"read|phonic|book|literacy", "read"),
    (r"writ|spell|handwriting", "write"),
    (r"count|number|math", "count"),
    (r"laptop|tablet|computer|software|typ(?:e|ing)", "computer"),
    (r"equipment|desk|aid\b|seat", "equipment"),
    (r"feel|emotion|calm|worr|anx|counsel|psycholog|mentor", "feelings"),
    (r"friend|social|play|group", "friends"),
    (r"short break|respite|overnight", "sleep"),
    (r"eat|food|meal|feeding", "eat"),
    (r"nurse|health|medic|doctor", "health"),
    (r"train(?:s|ed|ing)?\b", "train"),
    (r"job|work|adulthood|independen", "adult"),
    (r"think|attention|concentrat|memory|plan", "think"),
    (r"learn|teach|lesson", "learn"),
)
# Services whose name says less than the plain word.
PLAINLY = {"adult support": "will help", "teaching": "will teach", "equipment": "will bring equipment"}
_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
MOST_SENTENCES = 4


def symbol_for(words: str, otherwise: str = "helper") -> str:
    """The symbol that fits some words best."""
    low = words.lower()
    return next((name for pattern, name in SYMBOLS if re.search(rf"\b(?:{pattern})", low)), otherwise)


def easy_read(plan: WholePlan, *, council: str = "") -> PicturePaper:
    """The plan in easy words for whoever holds the rights: speaks of the child by name, or as “you” from 16 on."""
    you = _is_young_person(plan)
    name = "you" if you else plan.first_name
    lines = [
        Picture(
            "plan", (f"This is an easy version of {_own(name, you=you)} plan.", "It tells you what the full plan says.")
        ),
        Picture("rights", ("The full plan is the one that counts in law.", "You can ask for it at any time.")),
        *_status(plan),
        *_views(plan, f"What {name} told us" if not you else "What you told us"),
        *_needs(plan, "What is hard, and what goes well"),
        *_outcomes(plan, f"What {name} will be able to do" if not you else "What you will be able to do"),
        *_provision(plan, "The help", _role_of(plan, "provision")),
        *_placement(plan, "Where"),
        Picture("", ("If something does not happen",), strong=True),
        Picture("phone", ("Tell the council.", "The council must make sure that the help in section F happens.")),
    ]
    return _paper(plan, f"Easy read: {plan.section_set.title.lower()} of {plan.full_name}", lines, council)


def childs_own(plan: WholePlan, *, council: str = "") -> PicturePaper:
    """The plan as the child may have it: what I like, what I want, who helps me and when. No difficulties, no law."""
    lines = [
        Picture("plan", (f"This is your plan, {plan.first_name}.", "It says how grown-ups will help you.")),
        *_views(plan, "What you told us"),
        *_strengths(plan),
        *_outcomes(plan, "What you are working on"),
        *_provision(plan, "Who helps you", _role_of(plan, "provision"), to_child=True),
        *_placement(plan, "Where you learn"),
        Picture("", ("If you are not happy",), strong=True),
        Picture("talk", ("Tell a grown-up you trust.", "You can change your mind about what you want.")),
    ]
    return _paper(plan, f"My plan: {plan.first_name}", lines, council)


def _paper(plan: WholePlan, title: str, lines: list[Picture], council: str) -> PicturePaper:
    return PicturePaper(title, council or plan.area_name, plan.full_name, tuple(lines), stamp_of(plan), credit())


def _own(name: str, *, you: bool) -> str:
    return "your" if you else f"{name}’s"


def _is_young_person(plan: WholePlan) -> bool:
    return ages.is_young_person(plan.born_on, plan.dated) if plan.dated else False


def _status(plan: WholePlan) -> list[Picture]:
    if plan.is_draft:
        return [Picture("check", ("This is a draft. It can still change.", "Say what you think of it."))]
    return [Picture("week", (f"The plan is from {day(plan.issued_on)}.",))] if plan.issued_on else []


def _role_of(plan: WholePlan, role: str) -> tuple[WholeEntry, ...]:
    codes = {one.code for one in plan.section_set.of_role(role)}
    return tuple(entry for entry in plan.entries if entry.section in codes)


def _part(title: str, lines: list[Picture]) -> list[Picture]:
    return [Picture("", (title,), strong=True), *lines] if lines else []


def _sentences(words: str) -> tuple[str, ...]:
    return tuple(_SENTENCE.split(" ".join(words.split()))[:MOST_SENTENCES])


def _is_own(view: WholeEntry) -> bool:
    """Whether a view is the child's own: it says so, or it does not say whose and quotes somebody."""
    whose = view.details.get("whose")
    return whose in {"child", "young person"} if whose else bool(_QUOTED.search(view.text))


def _views(plan: WholePlan, title: str) -> list[Picture]:
    own = [one for one in plan.of_kind(Kind.VIEW) if _is_own(one)]
    lines = []
    for one in own:
        quoted = _QUOTED.findall(one.text)
        lines.append(
            Picture("talk" if quoted else "likes", tuple(f"“{words}”" for words in quoted) or _sentences(one.text))
        )
    lines += [Picture("wish", _sentences(one.text)) for one in plan.of_kind(Kind.ASPIRATION)]
    return _part(title, lines)


def _strengths(plan: WholePlan) -> list[Picture]:
    said = [one.text for one in plan.of_kind(Kind.STRENGTH)]
    said += [
        found.group(1) for one in plan.of_kind(Kind.NEED) if (found := re.search(r"Strengths?: ([^.]+\.)", one.text))
    ]
    return _part(
        "What you are good at", [Picture("strong", _sentences(words[0].upper() + words[1:])) for words in said]
    )


def _needs(plan: WholePlan, title: str) -> list[Picture]:
    return _part(
        title, [Picture(symbol_for(one.text, "hard"), _sentences(one.text)) for one in plan.of_kind(Kind.NEED)]
    )


def _outcomes(plan: WholePlan, title: str) -> list[Picture]:
    return _part(title, [Picture("goal", _sentences(one.text)[:2]) for one in plan.of_kind(Kind.OUTCOME)])


def _placement(plan: WholePlan, title: str) -> list[Picture]:
    return _part(title, [Picture("school", _sentences(one.text)) for one in plan.of_kind(Kind.PLACEMENT) if one.text])


def _provision(
    plan: WholePlan, title: str, entries: tuple[WholeEntry, ...], *, to_child: bool = False
) -> list[Picture]:
    lines = []
    for one in entries:
        if one.kind is not Kind.PROVISION:
            continue
        known = one.provision if one.provision and not one.read_by_machine else None
        lines.append(_help(one, known, to_child=to_child))
    return _part(title, lines)


def _help(entry: WholeEntry, known: Provision | None, *, to_child: bool) -> Picture:
    """One help: who does what, how long and how often, or the plan's own words where it does not say."""
    symbol = symbol_for(f"{known.service} {known.focus}" if known and known.service else entry.text)
    if known is None or not known.role:
        words = _sentences(entry.text)
        return Picture(symbol, words if to_child else (*words, *_silences(known)))
    person = f"{_article(known.role)} {known.role}"
    does = PLAINLY.get(known.service, f"will help with {known.service}" if known.service else "will help")
    aim = f"This is to {known.focus}." if known.focus else ""
    said = [f"{person[0].upper()}{person[1:]} {does}.", aim, *_amounts(known, to_child=to_child)]
    return Picture(symbol, tuple(one for one in said if one))


def _amounts(known: Provision, *, to_child: bool) -> list[str]:
    said = [saying.how_much(known), saying.often(known.often) if known.often else "", saying.with_whom(known)]
    made = [f"{one[0].upper()}{one[1:]}." for one in said if one]
    if not to_child and (known.start or known.end):
        made.append(f"{saying.from_until(known.start, known.end).capitalize()}.")
    return made if to_child else [*made, *_silences(known)]


def _silences(known: Provision | None) -> tuple[str, ...]:
    """What the plan does not say, in a sentence each."""
    if known is None:
        return ()
    swapped = {"This does not say": "The plan does not say"}
    return tuple(
        reason.replace(old, new) for reason in known.reasons for old, new in swapped.items() if reason.startswith(old)
    )


def _article(role: str) -> str:
    return "an" if role[:1] in "aeiou" else "a"
