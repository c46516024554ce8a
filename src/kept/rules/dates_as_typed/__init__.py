"""Dates as people in England type them."""

from kept.rules.dates_as_typed.reading import can_read_date, read_date, say_date

__all__ = ["can_read_date", "read_date", "say_date"]
