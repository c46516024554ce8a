"""Case data against the words: a setting that was left, named as if it were the current one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans.dates import MONTH
from kept.rules.plans.reading import Document, Hit, Reading

_SETTING = re.compile(
    r"\b((?:St\.? |The )?(?:[A-Z][\w'-]+ ){1,4}(?:School|Academy|College|Primary|Infants?|Juniors?"
    r"|High|Grammar|Nursery|Pre-?school|Sixth Form|Secondary|Preschool|Playgroup)(?: (?:School|Academy"
    r"|College))?)\b"
)
_LEFT = re.compile(
    r"\b(?:moved from|left|attended|previously|formerly|was|were|had been|used to|until"
    r"|transferred from|excluded from|after leaving|before|came from|joined|consult(?:ed|ation)"
    r"|declined|replied|visit(?:ed|s)?|applied|offered|from|went|spent|brother|sister|cousin|friend"
    r"|friends|(?:when|once|after|before) (?:he|she|they|[a-z]+) (?:goes|go|moves?|starts?|transfers?|joins?|reaches)"
    r"|moving up|will (?:move|transfer|start|go)|moving to|transfer to|considering|placed at|did"
    r"|in \d{4}|worked|sibling|parents|mother|father|mum|dad|teaches|report|advice|written by"
    r"|head of)\b[^.;]{0,50}$"
)
_NOW = re.compile(
    r"\b(?:now|currently|attends|is (?:a pupil|in|at|on roll|taught|settled|educated)|goes to|at"
    r"|on roll|staff at|pupil|will|remains|continues|his school|her school|their school)\b"
)


def old_setting(reading: Reading, document: Document) -> Iterator[Hit]:
    """S09: a setting named as current that is not the current or named one."""
    setting = document.context.setting
    if not setting or reading.part.section in {"I", "K"}:
        return
    for match in _SETTING.finditer(reading.text.plain):
        name = match.group(1).lower()
        ours = setting.lower()
        if (
            name in ours
            or ours in name
            or reading.text.quoted(match.start())
            or set(re.findall(r"\w+", name)[:1]) & set(re.findall(r"\w+", ours)[:1])
        ):
            continue
        head, tail = reading.text.before(match.start()), reading.text.after(match.end())
        if re.search(rf"\b{MONTH} 20\d\d", head) and re.search(r"\b(?:moved|left|was)\b", tail[:40]):
            continue
        if _LEFT.search(head) and not re.search(r"\b(?:now|currently|still|is) [^.;]{0,30}$", head):
            continue
        if re.match(
            r"[^.;]{0,30}\b(?:was|were|consulted|declined|closed|said|replied|until|before (?:moving|he|she))\b", tail
        ):
            continue
        if _NOW.search(head) or re.search(r"\b(?:will|is|are|provides?|staff|supports?)\b", tail):
            yield reading.hit("S09", (match.start(1), match.end(1)))
            return
