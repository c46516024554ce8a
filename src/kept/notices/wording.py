"""Templates: read, checked and filled. A template is text; nothing in it is executed.

A line is a heading ("# "), an item of a list ("- "), a row of the table of dates ("> what: day"), words beside a
picture (":talk: words"), or a paragraph. "§ " before a paragraph or an item marks words that nobody may put more
simply: they are left out of the reading age. `{{name}}` in a line is a field. A line that is only `{{name}}` is a
statement of the law, or a longer text of several paragraphs that an officer wrote. The first line is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kept.design.symbols import names
from kept.letters import Block, bullets, dates, heading, text
from kept.notices.sorts import RIGHTS, SORTS, Sort

LONGEST = 20_000
_FIELD = re.compile(r"\{\{\s*([A-Za-z_]+)\s*\}\}")
_ALONE = re.compile(r"\{\{\s*([A-Za-z_]+)\s*\}\}\Z")
_SECTION = re.compile(r"^\[([^\]\n]+)\]\n(.*?)(?=^\[[^\]\n]+\]\n|\Z)", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r":([a-z]+):\s+")
_BROKEN = re.compile(r"\{\{|\}\}")

# Fields that may be empty without the letter being wrong.
OPTIONAL = frozenset({"tribunal"})
# Longer texts and lists: each on a line alone.
LONG = ("reasons", "changes_listed", "enclosures")
FIELDS: Mapping[str, str] = {
    "child": "the child's full name",
    "first_name": "the name the child likes to be called",
    "who": "“you” in a letter to the young person, otherwise the child's name",
    "whose": "“your” in a letter to the young person, otherwise the child's name with ’s",
    "Whose": "the same at the beginning of a sentence",
    "born": "the child's date of birth",
    "council": "the council's name",
    "officer": "the case officer's name",
    "dated": "the day on the letter",
    "event_on": "the day of the request, decision or other step that the notice is about",
    "decide_by": "the last day to decide whether to assess",
    "no_plan_by": "the last day to say that there will be no plan",
    "final_by": "the last day for the final plan",
    "contact_by": "the last day to contact the mediation adviser",
    "appeal_by": "the last day for an appeal to reach the Tribunal",
    "respond_by": "the last of the family's 15 days",
    "meeting_on": "the day of the review meeting",
    "meeting_where": "time and place of the meeting",
    "cease_words": "the earliest day on which the plan may end, in a sentence",
    "views_by": "the day by which views are asked for",
    "decided_on": "the day of a decision about direct payments",
    "takes_effect_on": "the day on which a decision about direct payments takes effect",
    "will_assess_words": "whether the new council will assess again, in a sentence",
    "review_by": "the day by which the plan will be reviewed",
    "reasons": "the reasons, as the officer wrote them",
    "changes_listed": "each change proposed",
    "enclosures": "what lies in the envelope",
    "la_contact": "whom to ask at the council",
    "la_phone": "the council's telephone number",
    "la_email": "the council's email address",
    "adviser": "the mediation adviser",
    "adviser_contact": "how to reach the mediation adviser",
    "disagreement": "the disagreement resolution service",
    "disagreement_contact": "how to reach it",
    "sendiass": "the information, advice and support service",
    "sendiass_contact": "how to reach it",
    "schools_where": "where to find information about schools and colleges",
    "tribunal": "how to reach the Tribunal",
}


class Wrong(Exception):
    """A template, or a letter made from it, that cannot go out: `problems` are sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Template:
    """A title and the lines under it."""

    title: str
    body: str


@dataclass
class Filled:
    """A letter's title and blocks, the statements that it holds, and the fields that had no value."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    statements: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)


def _sections(name: str) -> dict[str, str]:
    whole = (files("kept.notices") / "words" / name).read_text(encoding="utf-8")
    return {key.strip(): body.strip() for key, body in _SECTION.findall(whole)}


@cache
def statements() -> Mapping[str, str]:
    """Every statement by its key."""
    return _sections("statements.txt")


@cache
def _ours() -> Mapping[str, str]:
    return _sections("templates.txt")


@cache
def names_of_statements() -> frozenset[str]:
    """The names by which a template may call a statement."""
    return frozenset(key.split(".")[0] for key in statements())


def our_template(sort: Sort) -> Template:
    """The template that comes with Kept."""
    title, _, body = _ours()[sort.key].partition("\n")
    return Template(title, body.strip())


def statement(name: str, sort: Sort, *, easy: bool) -> str | None:
    """The words of a statement for a sort, the most particular form there is; None when there is no such statement."""
    known = statements()
    places = [key for key in (sort.key, sort.group) if key]
    if easy:
        particular = next((f"{name}.{key}.easy" for key in places if f"{name}.{key}.easy" in known), "")
        plain = f"{name}.easy"
        if particular or plain in known:
            return known[particular or plain]
    chosen = next((f"{name}.{key}" for key in places if f"{name}.{key}" in known), name)
    return known.get(chosen)


def statements_in(template: Template, sort: Sort, *, easy: bool = False) -> set[str]:
    """The statements that a template holds, those within other statements too."""
    found: set[str] = set()
    waiting = [template.body]
    while waiting:
        for line in waiting.pop().splitlines():
            alone = _ALONE.match(line.strip())
            if alone and alone[1] not in found and (words := statement(alone[1], sort, easy=easy)) is not None:
                found.add(alone[1])
                waiting.append(words)
    return found


def check_template(template: Template, sort: Sort, *, easy: bool = False) -> list[str]:
    """What is wrong with a template, as sentences: unknown fields, broken brackets, what the law requires left out."""
    problems = []
    if not template.title.strip():
        problems.append("Write a title.")
    if "\n" in template.title or "\r" in template.title:
        problems.append("The title is one line.")
    if len(template.body) > LONGEST:
        problems.append(f"The text has {len(template.body):,} letters. Keep it to {LONGEST:,}.")
        return problems
    for number, line in enumerate([template.title, *template.body.splitlines()]):
        problems += [f"{_place(number)}: {words}" for words in _line_problems(line, number)]
    held = statements_in(template, sort, easy=easy)
    for item, needed in needs_of(sort).items():
        problems += [
            f"It leaves out {item}, which the law requires: put {{{{{name}}}}} on a line of its own."
            for name in needed
            if name not in held
        ]
    return list(dict.fromkeys(problems))


def needs_of(sort: Sort) -> dict[str, tuple[str, ...]]:
    """Each thing that the law requires of a notice, with the statements that say it."""
    rights = {item: (name,) for item, name in RIGHTS.items()} if sort.has_rights else {}
    return {**sort.holds, **rights}


def _place(number: int) -> str:
    return "In the title" if number == 0 else f"In line {number}"


def _line_problems(line: str, number: int) -> Iterable[str]:
    alone = _ALONE.match(line.strip()) if number else None
    for name in _FIELD.findall(line):
        is_statement = name in names_of_statements()
        if name not in FIELDS and not is_statement:
            yield f"there is no field called {{{{{name}}}}}."
        elif (is_statement or name in LONG) and not alone:
            yield f"{{{{{name}}}}} is longer than a line: put it on a line of its own."
    if _BROKEN.search(_FIELD.sub("", line)):
        yield "a field is not closed. Write it with two brackets on each side, like {{child}}."
    picture = _PICTURE.match(line.strip())
    if picture and picture[1] not in names():
        yield f"there is no picture called {picture[1]}. There are: {', '.join(sorted(names()))}."


def fill(template: Template, sort: Sort, values: Mapping[str, str | Sequence[str]], *, easy: bool = False) -> Filled:
    """The letter that a template makes with these values. Fields without a value are in `missing`, once each."""
    filled = Filled()
    filled.title = _words(template.title, values, filled)
    _fill(template.body, sort, values, filled, easy=easy)
    filled.missing = list(dict.fromkeys(filled.missing))
    return filled


def _fill(
    body: str, sort: Sort, values: Mapping[str, str | Sequence[str]], filled: Filled, *, easy: bool, within: str = ""
) -> None:
    for line in (one.strip() for one in body.splitlines()):
        alone = _ALONE.match(line)
        name = alone[1] if alone else ""
        if name and name != within and (words := statement(name, sort, easy=easy)) is not None:
            if name not in filled.statements:
                filled.statements.add(name)
                _fill(words, sort, values, filled, easy=easy, within=name)
        elif name in LONG:
            _long(name, values, filled)
        elif line:
            _line(line, values, filled, easy=easy)


def _long(name: str, values: Mapping[str, str | Sequence[str]], filled: Filled) -> None:
    value = values.get(name) or ""
    if not value:
        filled.missing.append(name)
    elif isinstance(value, str):
        parts = [part.strip() for part in re.split(r"\n\s*\n", value)]
        filled.blocks += [text(part, exact=True) for part in parts if part]
    else:
        filled.blocks.append(bullets(value, exact=range(len(value))))


def _line(line: str, values: Mapping[str, str | Sequence[str]], filled: Filled, *, easy: bool) -> None:
    exact = line.startswith("§")
    line = line.removeprefix("§").strip()
    picture = _PICTURE.match(line)
    words = _words(line[picture.end() :] if picture else line, values, filled)
    mark, rest = line[:2], words[2:].strip()
    last = filled.blocks[-1] if filled.blocks else None
    if mark == "# ":
        filled.blocks.append(heading(rest))
    elif mark == "- ":
        items, known = (last.items, last.exact) if last and last.kind == "bullets" else ((), ())
        one = bullets([*items, rest], exact=(*known, len(items)) if exact else known)
        filled.blocks[-1 if items else len(filled.blocks) :] = [one]
    elif mark == "> ":
        what, _, day = rest.partition(": ")
        pairs = last.pairs if last and last.kind == "dates" else ()
        table = dates([*pairs, (what, day)], symbol="week" if easy else "")
        filled.blocks[-1 if pairs else len(filled.blocks) :] = [table]
    elif words.strip():
        filled.blocks.append(text(words, symbol=picture[1] if picture and easy else "", exact=exact))


def _words(line: str, values: Mapping[str, str | Sequence[str]], filled: Filled) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        given = values.get(name) or ""
        if not given and name not in OPTIONAL:
            filled.missing.append(name)
        return given if isinstance(given, str) else ", ".join(given)

    return _FIELD.sub(value, line)


def sort_for(key: str) -> Sort | None:
    """The sort of that key."""
    return SORTS.get(key)
