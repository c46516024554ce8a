"""Texts that may be about somebody else, found for a person to look at; and the words they hide, hidden everywhere.

Source: Data Protection Act 2018, Schedule 2, paragraphs 16 and 17: what identifies another person is disclosed with
their consent or when it is reasonable; the words of health, education and social workers acting as such usually are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from kept.access.acting import Actor
from kept.people.models import Carer, Child, ParentalLink
from kept.subject_access.gathering import Chapter, Entry, Text
from kept.subject_access.models import Redaction, Showing

HIDDEN = "[hidden: about somebody else]"
_OTHERS = re.compile(
    r"\b(neighbours?|siblings?|brothers?|sisters?|step-?\w+|cousins?|uncles?|aunts?|grand(?:mother|father|parents?)|"
    r"friends?|classmates?|another (?:pupil|child|young person|parent)|(?:his|her|their) partner|boyfriend|girlfriend|"
    r"ex-?partner|other (?:pupils?|children|parents?)|anonymous(?:ly)?|in confidence|confidential)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:\+44|0)\d(?:[\s-]?\d){8,9}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Flag:
    """One text that somebody must look at, with the words that raised it."""

    entry: Entry
    text: Text
    words: tuple[str, ...]

    @property
    def key(self) -> tuple[str, UUID, str]:
        """Which text of which entry."""
        return self.entry.table, self.entry.row_id, self.text.field


def names_of_others(actor: Actor, child: Child, reader_id: UUID) -> set[str]:
    """Names of the child's other family, and of other children of those families: not the child's, not the reader's."""
    links = ParentalLink.objects.filter(area=actor.area, child=child).select_related("carer")
    carers = [link.carer for link in links]
    mine = {part for carer in carers if carer.user_id == reader_id for part in carer.name.split()}
    mine |= set(child.full_name.split()) | {child.known_as}
    names = {part for carer in carers for part in carer.name.split()}
    for other in Child.objects.filter(area=actor.area, links__carer__in=carers).exclude(pk=child.pk).distinct():
        names |= set(other.given_names.split()) | {other.known_as}
    return {name for name in names - mine if len(name) >= SHORTEST_NAME}


def own_contacts(actor: Actor, child: Child, reader_id: UUID) -> set[str]:
    """The reader's own telephone and email, and the child's postcodes: theirs to see."""
    carers = Carer.objects.filter(area=actor.area, user_id=reader_id, links__child=child).distinct()
    found = {contact for carer in carers for contact in (carer.phone, carer.email) if contact}
    return found | {address.postcode for address in child.addresses.filter(is_confidential=False) if address.postcode}


def flags(chapters: Iterable[Chapter], *, names: Collection[str], own: Collection[str]) -> list[Flag]:
    """Every text that names somebody else, or seems to be about one. Pure."""
    named = (
        re.compile(r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b") if names else None
    )
    found = []
    for chapter in chapters:
        for entry in chapter.entries:
            for text in entry.texts:
                if text.free and (words := _words(text.value, named, own)):
                    found.append(Flag(entry, text, words))
    return found


def _words(value: str, named: re.Pattern[str] | None, own: Collection[str]) -> tuple[str, ...]:
    patterns = [pattern for pattern in (named, _OTHERS, _PHONE, _EMAIL, _POSTCODE) if pattern]
    words = [match.group() for pattern in patterns for match in pattern.finditer(value)]
    squeezed = {_squeeze(one) for one in own}
    return tuple(dict.fromkeys(word for word in words if _squeeze(word) not in squeezed))


def _squeeze(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()


def hide(value: str, redaction: Redaction) -> str:
    """The text without what was decided to hide: every place where the words stand, whatever their capitals."""
    if redaction.showing == Showing.ALL:
        return HIDDEN
    if redaction.showing == Showing.SHOW:
        return value
    for words in sorted(filter(None, map(str.strip, redaction.words.splitlines())), key=len, reverse=True):
        value = re.sub(re.escape(words), HIDDEN, value, flags=re.IGNORECASE)
    return value


def redacted(chapters: Iterable[Chapter], redactions: Iterable[Redaction]) -> list[Chapter]:
    """The chapters with everything hidden that was decided to hide. What is hidden is not in the result at all."""
    decided = {(one.table, one.row_id, one.field): one for one in redactions}
    return [
        replace(chapter, entries=tuple(_redacted(entry, decided) for entry in chapter.entries)) for chapter in chapters
    ]


def _redacted(entry: Entry, decided: dict[tuple[str, UUID, str], Redaction]) -> Entry:
    texts, title = [], entry.title
    for text in entry.texts:
        redaction = decided.get((entry.table, entry.row_id, text.field))
        value = hide(text.value, redaction) if redaction else text.value
        if redaction and (redaction.showing == Showing.WORDS or text.value in title):
            title = hide(title, redaction)  # an entry is often called by the words of one of its texts
        texts.append(replace(text, value=value, hidden=value != text.value))
    return replace(entry, title=title, texts=tuple(texts))
