"""Handover and cover: cases change hands with a note, families are told, and work is shared out by what it holds."""
