"""Search of the Local Offer in families' own words."""

from kept.rules.search.answers import Filters, Hit, Understanding
from kept.rules.search.concepts import Concept, Synonym, load_concepts, load_synonyms
from kept.rules.search.entries import Service
from kept.rules.search.index import Index, Ranking, build

__all__ = [
    "Concept",
    "Filters",
    "Hit",
    "Index",
    "Ranking",
    "Service",
    "Synonym",
    "Understanding",
    "build",
    "load_concepts",
    "load_synonyms",
]
