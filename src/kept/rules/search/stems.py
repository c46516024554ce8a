"""Word stems: Porter's algorithm (1980) with a short list of words that it would part or join wrongly."""

# ruff: noqa: PLR2004 -- lengths are the algorithm's own

from __future__ import annotations

import re
from functools import lru_cache

_SAME_STEM = {
    "diagnos": "diagnosis diagnoses diagnostic diagnostics diagnose diagnosed diagnosing",
    "therapi": "therapy therapies therapist therapists therapeutic",
    "autism": "autism autistic autistics",
    "epilepsi": "epilepsy epileptic epileptics",
    "dyslexia": "dyslexia dyslexic dyslexics",
    "dyspraxia": "dyspraxia dyspraxic",
    "anxieti": "anxiety anxious anxieties",
    "psycholog": "psychology psychologist psychologists psychological",
    "psychiatr": "psychiatry psychiatrist psychiatrists psychiatric",
    "paediatr": "paediatric paediatrics paediatrician paediatricians",
    "physio": "physio physios physiotherapy physiotherapist physiotherapists",
    "child": "child children childs childrens kid kids kiddo kiddies",
    "community": "community communities",
    "communic": "communication communicate communicating communicates communicator",
    "university": "university universities uni",
    "personal": "personal personalised",
    "depress": "depression depressed depressive depressing",
    "tooth": "tooth teeth",
    "teach": "teach teaches teaching taught",
    "ment": "mental mentally",
    "behaviour": "behaviour behaviours behavior behavioural behave behaving behaves",
    "disabl": "disability disabilities disabled disable",
    "speak": "speak speaking speaks spoke spoken",
    "sleep": "sleep sleeps sleeping slept sleepless asleep sleeper sleepers",
    "eat": "eat eats eating ate eaten eater eaters",
    "wet": "wet wets wetting wetted",
    "sibl": "sibling siblings",
    "adhd": "adhd",
    "hous": "housing house houses",
    "bowel": "bowel bowels",
    "senco": "senco sencos sendco sendcos",
    "news": "news",
    "paed": "paed paeds",
    "counsel": "counselling counsellor counsellors counseling counselor",
    "mediat": "mediation mediator mediators mediate mediating",
    "physic": "physical physically",
    "solicitor": "solicitor solicitors",
    "sent": "sent sending sends",
    "die": "die dies died dying death",
    "swim": "swim swims swimming swam swimmer swimmers",
    "danc": "dance dances dancing danced dancer",
    "cycl": "cycle cycles cycling bike bikes biking tricycle",
    "deaf": "deaf deafness",
    "blind": "blind blindness",
    "exclus": "exclusion exclusions exclude excluded excludes excluding",
    "suspens": "suspension suspensions suspend suspended suspends suspending",
    "inclus": "inclusion inclusive",
    "adapt": "adapt adapts adapted adapting adaptive",
    "adaptation": "adaptation adaptations",
    "complain": "complain complains complaint complaints complaining complained",
    "bereav": "bereaved bereavement",
    "grief": "grief grieving grieve grieves",
    "activity": "activity activities",
    "medication": "medication medications",
    "consultation": "consultation consultations",
    "coordinator": "coordinator coordinators",
    "fitness": "fitness",
    "several": "several",
    "informal": "informal informally",
    "mobile": "mobile mobiles",
    "screening": "screening screenings",
    "confidence": "confidence confident confidently",
    "oppositional": "oppositional",
    "assistive": "assistive",
    "lonely": "lonely loneliness",
    "walk": "walk walks walking walked walker walkers",
    "talk": "talk talks talking talked talker talkers",
    "read": "read reads reading reader readers",
    "schooling": "schooling schooled",
    "train": "train trains training trained",
    "sitter": "sitter sitters babysitter babysitters babysitting",
    "toilet": "toilet toilets toileting toileted",
    "stammer": "stammer stammers stammering stammered stammerer",
    "stutter": "stutter stutters stuttering stuttered stutterer",
}
_EXCEPTIONS = {word: stem for stem, words in _SAME_STEM.items() for word in words.split()}

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("iser", "ise"),
    ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("isation", "ise"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("alise", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ise",
    "ion", "al", "er", "ic", "ou",
)  # fmt: skip
_VOWEL_THEN_CONSONANT = re.compile("[aeiouy]+[^aeiouy]+")
_HAS_VOWEL = re.compile("[aeiouy]")
_SHORT_END = re.compile("[^aeiou][aeiouy][^aeiouwxy]$")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a plain word in small letters; words of other scripts and numbers are their own stem."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _plural(word)
    word = _past_and_ing(word)
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    for endings in (_STEP_2, _STEP_3):
        word = _replace_ending(word, endings)
    word = _drop_ending(word)
    if word.endswith("e") and (_measure(word[:-1]) > 1 or (_measure(word[:-1]) == 1 and not _short(word[:-1]))):
        word = word[:-1]
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return _EXCEPTIONS.get(word, word)


def _measure(word: str) -> int:
    """The number of times that vowels are followed by consonants."""
    return len(_VOWEL_THEN_CONSONANT.findall(word))


def _short(word: str) -> bool:
    return bool(_SHORT_END.search(word))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past_and_ing(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        start = word.removesuffix(ending)
        if start != word and _HAS_VOWEL.search(start):
            return _mend(start)
    return word


def _mend(start: str) -> str:
    """Put back what "-ed" and "-ing" changed ("hopping", "filing")."""
    if start.endswith(("at", "bl", "iz", "is")):
        return start + "e"
    if len(start) > 2 and start[-1] == start[-2] and start[-1] not in "lsz":
        return start[:-1]
    return start + "e" if _measure(start) == 1 and _short(start) else start


def _replace_ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            start = word.removesuffix(ending)
            return start + instead if _measure(start) > 0 else word
    return word


def _drop_ending(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            start = word.removesuffix(ending)
            if _measure(start) > 1 and (ending != "ion" or start[-1:] in {"s", "t"}):
                return start
            return word
    return word
