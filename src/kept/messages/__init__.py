"""Conversations of families and partners with the council: each has an owner, a clock and an end."""
