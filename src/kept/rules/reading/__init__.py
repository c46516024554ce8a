"""How easy a text is to read, as a reading age in years. Pure: text in, figures out.

The measure is Flesch and Kincaid's grade (J. P. Kincaid and others, Naval Technical Training Command, 1975), plus five
years, which is the age at which children in England are in the school year of that grade. It counts words in a sentence
and syllables in a word, and knows nothing of meaning: a low figure does not prove that a text is clear.
"""

from .blocks import text_blocks
from .measure import Measure, measure, sentences_in, syllables_in

__all__ = ["Measure", "measure", "sentences_in", "syllables_in", "text_blocks"]
