"""What a lesson is about: words after its stated time that are mentioned and not used."""

from __future__ import annotations

import re

from kept.rules.plans import clauses

_MENTIONS = re.compile(
    r"\b(?:about|called|titled|entitled|say(?:s|ing)?|spell(?:s|ing)?)(?: (?:the|an?|his|her|their|what|how|all|some"
    r"|words?"
    r" (?:like|such as)|[a-z]+ and|[a-z]+,))* $"
)
_TURNS_BACK = re.compile(r", (?:and |but )?(?:subject|if|unless|provided|depending|where|when|as|which|will|may|can)\b")


def mentioned(head: str) -> bool:
    """Whether what follows this head of a sentence, which states the time, is only what a lesson is about."""
    match = _MENTIONS.search(head)
    return bool(match and clauses.measured(head[: match.start()]) and not _TURNS_BACK.search(head[match.start() :]))
