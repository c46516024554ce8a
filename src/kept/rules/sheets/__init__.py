"""Files of rows as other systems send them: one reader for all imports."""

from kept.rules.sheets.reading import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    BadSheet,
    Sheet,
    read_sheet,
    text_of,
)

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_LETTERS", "MOST_ROWS", "BadSheet", "Sheet", "read_sheet", "text_of"]
