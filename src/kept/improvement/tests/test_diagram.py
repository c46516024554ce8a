"""The driver diagram: each chain drawn once, a guess marked, long words cut, and the same said in words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.improvement.diagram import BOX, MOST_LINES, WIDTH, draw

CAUSES = {"a": ("No panel in August", "confirmed"), "b": ("Schools ask late", "guess")}
ACTIONS = {"x": ("A panel each week", ["a"], "T1"), "y": ("Hire", ["gone"], "ZZ")}


def test_it_runs_from_the_finding_to_the_measure() -> None:
    made = draw("Plans are late.", CAUSES, ACTIONS, {"T1": "Plans in 20 weeks"})
    kinds = {box.lines[0]: box.kind for box in made.boxes}
    assert (kinds["No panel in August"], kinds["Schools ask late"]) == ("confirmed", "guess")
    assert len(made.joins) == 4  # the finding to two causes, a cause to its action, the action to its measure
    assert made.words[0] == "A panel each week Because: No panel in August It has to move T1 Plans in 20 weeks."
    assert made.words[1] == "Hire"


@given(st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=9))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_boxes_of_a_column_never_touch_and_stay_inside(texts: list[str]) -> None:
    made = draw("x", {str(n): (words, "tested") for n, words in enumerate(texts)}, {}, {})
    column = [box for box in made.boxes if box.x == made.boxes[1].x]
    assert all(one.y + one.height < other.y for one, other in pairwise(column))
    assert all(
        len(box.lines) <= MOST_LINES and box.x + BOX <= WIDTH and box.y + box.height < made.height for box in made.boxes
    )
