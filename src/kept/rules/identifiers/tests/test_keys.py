"""Keys: version, order, uniqueness, threads and forks."""

from __future__ import annotations

import os
import threading
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.identifiers import keys
from kept.rules.identifiers.keys import made_at, uuid7


def test_keys_ascend_and_never_repeat():
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert [key.hex for key in made] == sorted(key.hex for key in made)
    assert len(set(made)) == len(made)


def test_a_key_says_version_variant_and_moment():
    before = time.time_ns() // 1_000_000
    key = uuid7()
    assert key.version == 7
    assert key.variant == uuid.RFC_4122
    assert before <= made_at(key) <= time.time_ns() // 1_000_000 + 1


def test_the_moment_stands_in_the_first_48_bits_as_in_the_standard():
    """The moment of RFC 9562's example (appendix A.6)."""
    key = uuid7(0x017F22E279B0)
    assert str(key).startswith("017f22e2-79b0-7")
    assert str(key)[19] in "89ab"


@given(moment=st.integers(0, (1 << 48) - 1))
def test_a_given_moment_can_be_read_back(moment):
    assert made_at(uuid7(moment)) == moment


@pytest.mark.parametrize("moment", [-1, 1 << 48])
def test_a_moment_that_does_not_fit_is_refused(moment):
    with pytest.raises(ValueError, match="do not fit"):
        uuid7(moment)


def test_only_version_7_says_when():
    with pytest.raises(ValueError, match="version 4"):
        made_at(uuid.UUID("12345678-1234-4234-8234-123456789012"))


def test_keys_ascend_when_the_clock_is_set_back_and_when_the_count_is_full(monkeypatch):
    sequence = keys._Sequence()
    first = sequence.following(1_000)
    assert sequence.following(400) > first
    sequence.count = keys._COUNTER_LIMIT - 1
    assert sequence.following(1_000)[0] == 1_001


def test_threads_share_one_sequence():
    made: list[uuid.UUID] = []
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        made.extend(uuid7() for _ in range(2_000))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000


def test_a_forgotten_sequence_starts_anew_as_in_a_forked_process():
    before = keys._sequence
    keys._forget()
    assert keys._sequence is not before
    assert hasattr(os, "register_at_fork")
    assert uuid7().version == 7
