"""Honest waits: what a family is told of its date, whether it came true, and what more people would change."""
