"""What a night does for the waiting lists."""

from __future__ import annotations

from kept.waiting.actions import refold_all as count_paused
from kept.waiting.checking import check_lists
from kept.waiting.owing import end_of_moved

__all__ = ["check_lists", "count_paused", "end_of_moved"]
