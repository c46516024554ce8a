"""The driver diagram of a finding: finding, causes, actions, measures, from left to right. Places only, no colours.

Pure: facts in, boxes and lines out, in pixels from the top left. The text beside it says the same to whoever cannot
see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH, COLUMN, BOX, GAP, PADDING = 960, 245, 215, 16, 10
LINE, LETTERS, MOST_LINES = 17, 28, 5
HEADINGS = ("What was found", "Why", "What is done", "What it has to move")


@dataclass(frozen=True)
class Box:
    """One box with its lines of text."""

    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    kind: str

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.y + self.height // 2


@dataclass(frozen=True)
class Diagram:
    """The whole drawing: boxes, lines between them as (x1, y1, x2, y2), and the same in one sentence a chain."""

    height: int
    boxes: tuple[Box, ...]
    joins: tuple[tuple[int, int, int, int], ...]
    words: tuple[str, ...]


def draw(
    finding: str,
    causes: Mapping[str, tuple[str, str]],
    actions: Mapping[str, tuple[str, Sequence[str], str]],
    measures: Mapping[str, str],
) -> Diagram:
    """Place everything. causes: key to words and state; actions: key to words, keys of causes, code of the measure."""
    columns = [
        _column(0, {"": finding}, {}),
        _column(
            1, {key: words for key, (words, _) in causes.items()}, {key: state for key, (_, state) in causes.items()}
        ),
        _column(2, {key: words for key, (words, _, _) in actions.items()}, {}),
        _column(3, {code: f"{code} {title}" for code, title in measures.items()}, {}),
    ]
    pairs = [(columns[0][""], columns[1][key]) for key in causes]
    for key, (_, why, code) in actions.items():
        pairs += [(columns[1][cause], columns[2][key]) for cause in why if cause in causes]
        if code in measures:
            pairs.append((columns[2][key], columns[3][code]))
    boxes = tuple(box for column in columns for box in column.values())
    return Diagram(
        height=max(box.y + box.height for box in boxes) + GAP,
        boxes=boxes,
        joins=tuple((one.x + BOX, one.middle, other.x, other.middle) for one, other in pairs),
        words=tuple(_chain(words, [causes[key][0] for key in why if key in causes], code, measures)
                    for words, why, code in actions.values()),
    )  # fmt: skip


def _column(number: int, texts: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, Box]:
    made, y = {}, LINE + GAP
    for key, words in texts.items():
        lines = wrap(words, LETTERS)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: LETTERS - 3]}..."]
        height = len(lines) * LINE + 2 * PADDING
        made[key] = Box(number * COLUMN, y, height, tuple(lines), kinds.get(key, "plain"))
        y += height + GAP
    return made


def _chain(action: str, causes: Sequence[str], code: str, measures: Mapping[str, str]) -> str:
    because = f" Because: {' '.join(causes)}" if causes else ""
    moves = f" It has to move {code} {measures[code]}." if code in measures else ""
    return f"{action}{because}{moves}"
