"""Letters: what one says, drawn as a web page, a PDF that a reader can follow, Word and plain text, and sent.

Knows nothing of cases or of the law: a service makes the letter, this package draws it and hands it to a channel.
"""

from kept.letters.letter import Block, Letter, Look, bullets, dates, heading, text

__all__ = ["Block", "Letter", "Look", "bullets", "dates", "heading", "text"]
