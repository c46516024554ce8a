"""What the child does, in any verb: the difference between a description and a label, and between an act and a wish.

A verb counts unless it is one of the few that say only that something is so, is had, is hard or is wanted. The child or
a part of the child (his head, her eyes) does it, or a condition makes it happen.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Verbs that name a state, a possession, a difficulty or a liking, and plural nouns that look like verbs.
_WORDS = """
is has was does needs requires presents experiences suffers struggles finds faces shows displays exhibits
demonstrates affects impacts influences hinders limits comes falls meets attends receives gets takes lives
benefits continues remains appears seems includes carries holds fits goes copes makes wants likes enjoys loves
tries wishes feels prefers hates dislikes worries means lacks deserves shares sits belongs relates refers its his
hers yes less this us thus always sometimes perhaps across towards besides afterwards plus as difficulties needs
problems issues conditions disorders challenges delays traits services skills sections symptoms diagnoses seizures
tics barriers gaps concerns disabilities impairments weaknesses strengths behaviours emotions friendships
relationships relations aspects areas features signs types subjects lessons tasks activities classes schools
teachers adults peers classmates others pupils friends parents sounds words numbers letters sentences instructions
strategies aids glasses allergies absences migraines limits levels hours minutes days weeks terms years times
maths ass physics politics athletics gymnastics phonics tourettes downs class process access stress distress
illness awareness consciousness happiness weakness deafness blindness progress focus plays works diagnosis
manipulates chooses gives causes disrupts misbehaves annoys upsets
"""
_EMPTY = frozenset(_WORDS.split())
_SUBJECT = (
    r"(?:(?:he|she|they|who|it|which|and|then|but|or|often|usually|also|quickly|soon)|(?:^|[.;:!?] )[a-z]+"
    r"|(?:his|her|their|[a-z]+'s) (?:own )?[a-z]+|,)"
)
_VERB = re.compile(
    rf"{_SUBJECT} (?P<verb>[a-z]+(?:-[a-z]+)?s)(?= (?!(?:of|and learning|and other|are|were|have|had|which)\b)|[.,;]|$)"
)
_CAUSES = re.compile(
    r"\b(?:makes|leaves|causes|lets|keeps|stops|prevents|sends|turns) (?!progress|it (?:hard|difficult|tricky)"
    r"|(?:learning"
    r"|school|life|things|lessons|work) [a-z]|difficult\w*|problems|issues|a difference)(?:[a-z']+ ){1,4}?[a-z]+"
)
_PLURAL = re.compile(
    r"\b(?:his|her|their|[a-z]+'s) (?:eyes|hands|fingers|legs|feet|arms|knees|lips|shoulders|muscles|joints|ears"
    r"|letters)"
    r" (?!are\b|have\b|need\b)[a-z]+"
)


@lru_cache(maxsize=4096)
def does_something(low: str) -> bool:
    """Whether a normal text says something that the child does, or that happens to them, in any verb but the empty."""
    return (
        any(match.group("verb") not in _EMPTY for match in _VERB.finditer(low))
        or bool(_CAUSES.search(low))
        or bool(_PLURAL.search(low))
    )
