"""Areas of need and provision, so that two texts can be compared by what they are about rather than by their words."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from functools import lru_cache

from kept.rules.plans.text import stem, words

_AREAS: dict[str, str] = {
    "reading": r"\bread(?:s|ing|er)?\b|phonics|decod|blend|sight word|line of text|dyslexi|overlay|loses (?:his"
        r"|her|their) place",
    "writing": r"handwrit|writ(?:e|es|ing|ten)\b|pencil|letter format|copy(?:ing|ies)?\b|copies|touch[- ]typ"
        r"|typing|scrib|visual-motor|visuomotor",
    "fine motor": r"fine[- ]motor|pencil|grip|scissor|button|zip|fasten|dexterity|hand strength|cutlery|visual-motor",
    "spelling": r"spell",
    "number": r"maths|mathemat|number|count(?:s|ing)\b|arithmetic|calculat|money|dyscalcul",
    "speech sounds": r"speech sound|articulat|intelligib|pronounc|unclear speech|understood by|phonolog|stammer|stutter"
        r"|dysfluen|fluency|speech is",
    "expression": r"expressive|sentence|phrases?\b|vocabular|word[- ]finding|retell|narrative|explain|speaks"
        r"|talk(?:s|ing)?\b|language|communicat",
    "understanding": r"receptive|understand|instruction|comprehen|follow(?:s|ing)? (?:a|an|one|two|spoken)|language"
        r"|inference|processing",
    "attention": r"attention|concentrat|focus|distract|on task|impulsiv|stays? with (?:a|one) task|adhd|daydream"
        r"|loses (?:track|the thread)|drifts? off",
    "memory": r"memor|forget|recall|remember",
    "social": r"friend|peer|play(?:s|ing)? (?:with|alone)|social|turn-taking|join(?:s|ing)? (?:a|in)"
        r"|conversation|loneli|isolated",
    "emotion": r"anxi|worr|emotion|upset|meltdown|distress|mood|self-harm|self-esteem|angry|anger|calm|fear|panic"
        r"|cry|cries|school-based avoid|attendance|refus",
    "noise": r"nois|sound sensitiv|auditory|loud|hearing defend|covers (?:his|her|their) ears",
    "touch": r"tactile|texture|touch sensitiv|brushing|clothing|labels in",
    "sensory": r"sensory|overload|movement break|proprio|vestib",
    "hearing": r"hearing|deaf|cochlear|radio aid|hears\b",
    "vision": r"vision|visual impair|sight\b|blind|glasses|large[- ]print|magnif|headache|black print|overlay"
        r"|glare|nystagmus|sees\b",
    "gross motor": r"walk|balance|gross motor|stairs|wheelchair|posture|physio|cerebral palsy|mobility"
        r"|sit(?:ting)? upright|stands?\b|coordinat|stamina|joint|hypermobil|falls?\b|trunk",
    "toileting": r"toilet|continen|nappy|nappies|pads?\b|bladder|bowel|soil(?:s|ing)|wet(?:s|ting)",
    "eating": r"eat(?:s|ing)?\b|feed|swallow|chok|food|gastrostomy|diet|weight|chew",
    "dressing": r"dress|self-care|buttons?|zips?|shoes|wash",
    "sleep": r"sleep|nights?\b|wakes",
    "safety": r"danger|road|run(?:s)? (?:off|out|away)|bolts|climbs|absconds?|hazard|safety|strangers?",
    "independence": r"independen|organis|travel|bus\b|cook|timetable|transition|change of|routine|plan(?:s|ning) (?:a"
        r"|his|her)",
    "behaviour": r"hits|bites|kicks|throws|behaviou?r|aggress|hurt(?:s)? (?:other|himself|herself)",
    "pain": r"\bpain|fatigue|tire[sd]?|exhaust",
    "seizures": r"epilep|seizure",
    "breathing": r"asthma|breath|oxygen|tracheost",
}  # fmt: skip
AREA_RE = {name: re.compile(pattern) for name, pattern in _AREAS.items()}
LEARNING = frozenset(
    {
        "reading",
        "writing",
        "spelling",
        "number",
        "speech sounds",
        "expression",
        "understanding",
        "attention",
        "memory",
        "social",
    }
)
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "by",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "cannot",
        "could",
        "not",
        "no",
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "his",
        "hers",
        "their",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "who",
        "which",
        "when",
        "where",
        "what",
        "while",
        "so",
        "than",
        "then",
        "there",
        "very",
        "more",
        "most",
        "some",
        "any",
        "all",
        "each",
        "every",
        "one",
        "two",
        "three",
        "four",
        "five",
        "up",
        "out",
        "over",
        "into",
        "about",
        "after",
        "before",
        "because",
        "if",
        "also",
        "only",
        "own",
        "same",
        "such",
        "does",
        "do",
        "did",
        "need",
        "needs",
        "needed",
        "difficulty",
        "difficulties",
        "difficult",
        "child",
        "children",
        "pupil",
        "pupils",
        "school",
        "class",
        "year",
        "advice",
        "report",
        "told",
        "says",
        "said",
        "age",
        "yet",
        "able",
        "help",
        "support",
        "finds",
        "find",
        "get",
        "gets",
        "make",
        "makes",
        "may",
        "might",
        "should",
        "must",
        "says",
        "advised",
        "assessment",
        "significant",
        "severe",
        "moderate",
        "mild",
    ]
)
_NEED_BREAK = re.compile(r"[.;:]|\band\b|,")


@lru_cache(maxsize=4096)
def areas(low: str) -> frozenset[str]:
    """The areas that a text is about."""
    return frozenset(name for name, pattern in AREA_RE.items() if pattern.search(low))


@lru_cache(maxsize=4096)
def content_stems(low: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words(low) if len(word) > 2 and word not in _STOP)


def covered(text: str, others: str) -> bool:
    """Whether what `text` is about has a counterpart in `others`:

    by area where one is known, by its words otherwise.
    """
    about = areas(text)
    if about:
        return bool(about & areas(others)) or _overlap(text, others) >= 0.5
    return _overlap(text, others) >= 0.3


def _overlap(text: str, others: str) -> float:
    stems = content_stems(text)
    return len(stems & content_stems(others)) / len(stems) if stems else 1.0
