"""Files of cases that an outsider gives us: every case answered, or refused alone with a sentence that names it."""

from kept.rules.case_files.fields import checked, field, fields, shown
from kept.rules.case_files.reading import Case, answered, cases_in, refusals

__all__ = ["Case", "answered", "cases_in", "checked", "field", "fields", "refusals", "shown"]
