"""What a night does for the waiting lists."""

from __future__ import annotations

from kept.waiting.actions import refold_all as count_paused
from kept.waiting.checking import check_lists

__all__ = ["check_lists", "count_paused"]
