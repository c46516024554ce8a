"""Random streams keyed by (seed, block of replications, purpose, name), so that plans share their luck.

The block size is fixed: results never depend on how many processes share the blocks, and a change to one post or list
leaves the draws of every other one as they were.
"""

from __future__ import annotations

import zlib
from enum import IntEnum

import numpy as np

BLOCK = 125


class Purpose(IntEnum):
    """What a stream is for. The numbers are part of the results: never reuse or change one."""

    BACKLOG = 1
    REFERRALS = 2
    DEMAND_CHANGE = 3
    LEVEL = 4
    SLOTS_LOST = 5
    ATTENDANCE = 6
    WITHDRAWALS = 7
    STAFF = 8
    SICKNESS = 9
    ONWARD = 10


def stream(seed: int, block: int, purpose: Purpose, name: str = "", step: int = 0) -> np.random.Generator:
    """The generator of one purpose in one block; `name` of a list or post and `step` of a week divide it further."""
    key = (block, int(purpose), zlib.crc32(name.encode()), step)
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=key)))


def blocks(replications: int) -> list[tuple[int, int]]:
    """(number, size) of each block of at most 125 replications."""
    full, rest = divmod(replications, BLOCK)
    return [(i, BLOCK) for i in range(full)] + ([(full, rest)] if rest else [])
