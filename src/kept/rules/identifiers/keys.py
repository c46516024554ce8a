"""Keys of records: UUID version 7 (RFC 9562), which sort in the order in which they were made.

The first 48 bits are the milliseconds since 1970. Within one process the next 42 bits count up (section 6.2, method 1),
so that keys made in one millisecond, or after the clock was set back, still ascend. The last 32 bits are random.
"""

# ruff: noqa: PLR2004 -- lengths and moduli are the standards' own figures
from __future__ import annotations

import os
import secrets
import threading
import time
import uuid

_COUNTER_BITS = 42
_TAIL_BITS = 32
_COUNTER_LIMIT = 1 << _COUNTER_BITS
_LAST_MILLISECOND = (1 << 48) - 1


class _Sequence:
    """The last moment and count given out by this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.moment = -1
        self.count = 0

    def following(self, now: int) -> tuple[int, int]:
        """The moment and count for the next key: never before, and never the same as, the last."""
        with self.lock:
            if now > self.moment:
                self.moment, self.count = now, _first_count()
            else:
                self.count += 1
                if self.count >= _COUNTER_LIMIT:
                    self.moment, self.count = self.moment + 1, _first_count()
            return self.moment, self.count


def _first_count() -> int:
    """A random start whose top bit is free, so that the count has room to rise within the millisecond."""
    return secrets.randbits(_COUNTER_BITS - 1)


_sequence = _Sequence()


def _forget() -> None:
    """A forked process starts its own sequence, and does not wait for a lock that its parent held."""
    global _sequence  # noqa: PLW0603
    _sequence = _Sequence()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def uuid7(milliseconds: int | None = None) -> uuid.UUID:
    """A new key, greater than every key that this process made before.

    `milliseconds` since 1970 replaces the clock, for tests and for keys of imported records: such a key stands outside
    the process's sequence and is random after its moment. Raises ValueError when it does not fit into 48 bits.
    """
    if milliseconds is None:
        moment, count = _sequence.following(time.time_ns() // 1_000_000)
    else:
        moment, count = milliseconds, secrets.randbits(_COUNTER_BITS)
    if not 0 <= moment <= _LAST_MILLISECOND:
        raise ValueError(f"{moment} milliseconds do not fit into a version 7 key: give 0 to {_LAST_MILLISECOND}.")
    high, low = count >> 30, count & ((1 << 30) - 1)
    number = moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low << _TAIL_BITS | secrets.randbits(_TAIL_BITS)
    return uuid.UUID(int=number)


def made_at(key: uuid.UUID) -> int:
    """The milliseconds since 1970 in a version 7 key. Raises ValueError for a key of another version."""
    if key.version != 7:
        raise ValueError(f"{key} is a key of version {key.version}: only version 7 says when it was made.")
    return key.int >> 80
