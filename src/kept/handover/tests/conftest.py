"""A mother, a father, an officer, an agency and Nia, with a case on its way."""

from tests.small_area import browse, case, place

__all__ = ["browse", "case", "place"]
