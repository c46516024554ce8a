"""Telling real change from noise: XmR charts by the NHS "Making Data Count" rules.

`analyse(series)` judges a measure; `layout(chart, width=, height=)` places it for an SVG template. A chart never
mutes a legal breach and never explains a cause: one child over the limit is a breach in a perfectly stable process.
"""

from kept.rules.spc.engine import analyse
from kept.rules.spc.facts import (
    RULE_SET,
    Assurance,
    Chart,
    Direction,
    Limits,
    Point,
    PointType,
    Rule,
    Segment,
    Series,
    Stage,
)
from kept.rules.spc.geometry import Geometry, layout

__all__ = [
    "RULE_SET",
    "Assurance",
    "Chart",
    "Direction",
    "Geometry",
    "Limits",
    "Point",
    "PointType",
    "Rule",
    "Segment",
    "Series",
    "Stage",
    "analyse",
    "layout",
]
