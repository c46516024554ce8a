"""Case data against the words: age, year group and phase."""

# ruff: noqa: PLR2004 - years and ages read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans.numbers import ONES, value
from kept.rules.plans.reading import Document, Hit, Reading

_N = rf"(?:\d{{1,2}}|{'|'.join(sorted(ONES, key=len, reverse=True))})"
_YEAR = re.compile(
    rf"\b(?:year|y|yr) ?-?(?P<y>{_N})(?: (?:pupil|student|child|class|boy|girl"
    rf"|learner))?\b(?!s?[- ](?:old|curriculum|level|spelling|word|phonics|expectation|text|book|reader"
    rf"|maths|group of|ago|list|target|objective|standard|content|test|national|end-of|set of|programme|mentor|buddy"
    rf"|pupils\b|students\b|children\b|helper|plan|review|olds?))"
    rf"|\b(?P<r>reception|nursery)(?: (?:class|child|pupil|year|aged))?\b(?! (?:nurse|practitioner|desk"
    rf"|area|teacher|staff|assistant|rhyme|school))"
)
_AGE = re.compile(
    rf"(?<=[a-z], )(?P<d>{_N}),(?= (?:is|goes|attends|lives|has|can|cannot|reads|writes|who|does|finds|needs|likes))"
    rf"|\b(?:aged? (?P<a>{_N})\b(?! (?:and a half )?(?:months|weeks))|(?P<b>{_N})(?: years?[- ]old"
    rf"|-year-old| years of age)|(?:is|turned|now|just|already) (?:now |just "
    rf"|currently )?(?P<c>{_N})(?=[.,;](?!\d)| and (?:lives|attends|is|in|has|goes|can|cannot)"
    rf"| years\b(?! (?:ago|ahead|above|beyond|on|behind|below|in|at|later|of (?!age)))))"
)
_STAGE = re.compile(
    r"\b(?:key stage|ks) ?(?P<k>[1-5]|one|two|three|four|five)\b(?! (?:curriculum|level|test|text"
    r"|assessment|work|maths|expect|material|result|sats|book))|\b(?P<p>early years foundation stage"
    r"|foundation stage|pre-?school(?:er)?|primary[- ](?:aged?|school|phase)(?: (?:pupil|child))?"
    r"|secondary[- ](?:aged?|school|phase)(?: (?:pupil|child))?|sixth[- ]form(?:er)?)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|now|currently|attends|goes to|today|presently|at present|this year|in (?:his|her"
    r"|their)|remains|as an?|who is|still|has (?:now )?(?:moved|started|joined)|studies|studying"
    r"|at the moment|he's|she's|at the age of|is in)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|moved|left|when (?:he|she|they|[a-z]+) (?:was|were)|previously|formerly"
    r"|used to|in the past|at the (?:time|end of)|during|since|from|until|began|started in|joined in"
    r"|diagnosed|repeated|did|assessed (?:in|at|when)|went|attended|transferred|came|arrived|by|before"
    r"|last year|spent|struggled|excluded|stopped|first)\b[^.;]{0,60}$"
)
_FUTURE = re.compile(
    r"\b(?:by|until|end of|will (?:be|move|start|go|join|transfer|enter)|when (?:he|she|they) (?:is"
    r"|are|starts?|moves?|reaches|turns)|transition|transfer(?:s|ring)? to|moves? (?:up )?to"
    r"|from september|next|before|into|for|ready for|start(?:s|ing)?|preparing|to|after|reaches|turns"
    r"|ahead of|at the start of|nearly|almost|approaching)\b[^.;]{0,32}$"
)
_LEVEL = re.compile(
    r"\b(?:level|expected|typical|equivalent|reading age|spelling age|standard|like|curriculum"
    r"|work(?:s|ing)? (?:at|within|on|towards)|age of|ability|books?|texts?|suited|designed|aimed"
    r"|average|objectives|score|scored|developmental|functioning|meant|similar to|vocabulary"
    r"|profile of|compared|same as|peers|children|pupils|typically|sister|brother|siblings?|cousin"
    r"|friend|friends|buddy|mentor|twin|class of|mixed|with (?:the )?|alongside|joins|teaches|a child"
    r"|other)\b[^.;]{0,40}$"
)


def out_of_date(reading: Reading, document: Document) -> Iterator[Hit]:
    """S08: a stated present age, year group or phase differs from the computed one."""
    child = document.context.child
    if reading.part.section in {"K", "I"}:
        return
    for pattern in (_YEAR, _AGE, _STAGE):
        for match in reading.find(pattern):
            head = reading.text.before(match.start())
            tail = reading.text.after(match.end())[:40]
            if match.groupdict().get("p") and re.search(r"\b(?:the|his|her|their|at|local|our) $", head):
                continue
            if match.groupdict().get("c") == "one" or re.search(r"\bof whom\b", head):
                continue
            stated_now = re.search(
                r"\b(?:now|currently|is(?: [a-z]+)?|today|presently)(?: (?:an?|in|aged|still in|at))*(?: [a-z]+)? $",
                head[-30:],
            )
            if not stated_now and (_PAST.search(head) or _FUTURE.search(head)):
                continue
            if match.groupdict().get("r") and re.search(
                r"\b(?:the|his|her|their|our|at|this|work in an?|works? at an?) $", head
            ):
                continue
            if (
                _LEVEL.search(head[-50:])
                or re.match(r"'?s? (?:level|curriculum|expectations?|standard|work\b)", tail)
                or re.match(r" ?\(?(?:he|she|they)? ?(?:was|moved|left|had|began|repeated)\b", tail)
            ):
                continue
            if re.search(
                r"\b(?:moved|left|was|were|had|began|began to|attended|repeated|started|went|spent|first|became"
                r"|joined)\b",
                tail,
            ) and not _PRESENT.search(head):
                continue
            if not (
                _PRESENT.search(head)
                or re.match(r"(?:is|now|just|already)\b", match.group())
                or (re.match(r"at (?:the age of )?$", head) and not re.search(r"\b(?:could|was|were|had|did)\b", tail))
                or re.match(r"[^a-z]*(?:as |an? |our |this )*$", head)
                or re.search(r"\b(?:an?|this|our|the) $", head)
                or re.search(rf"(?:^|[.,;] )(?:{'|'.join(map(re.escape, document.child_names)) or 'x'}),? ?\(?$", head)
            ):
                continue
            if _contradicts(match, child.age, child.nc_year):
                yield reading.hit("S08", match)
                return


def _contradicts(match: re.Match[str], age: int | None, year: int | None) -> bool:  # noqa: PLR0911
    group = match.groupdict()
    if group.get("y"):
        return year is not None and int(value(group["y"])) != year
    if group.get("r"):
        return year is not None and year > (0 if group["r"] == "reception" else -1) + 0
    said = group.get("a") or group.get("b") or group.get("c") or group.get("d")
    if said:
        return age is not None and int(value(said)) != age
    if year is None:
        return False
    if group.get("k"):
        first, last = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 14)}[int(value(group["k"]))]
        return not first <= year <= last
    phase = group.get("p") or ""
    if phase.startswith(("early", "foundation", "pre")):
        return year > 0
    if phase.startswith("primary"):
        return year > 6
    if phase.startswith("secondary"):
        return year < 7
    return year < 12
