"""Finding people by name however it was spelt, and noticing that a child is already on the record."""

from kept.rules.names.distance import distance_within
from kept.rules.names.duplicates import Duplicate, Known, duplicate_score
from kept.rules.names.matching import name_keys, query_keys, score
from kept.rules.names.parts import name_parts, plain
from kept.rules.names.sounds import sound_key

__all__ = [
    "Duplicate",
    "Known",
    "distance_within",
    "duplicate_score",
    "name_keys",
    "name_parts",
    "plain",
    "query_keys",
    "score",
    "sound_key",
]
