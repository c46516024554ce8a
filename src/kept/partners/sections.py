"""What advice is made of (SEND Regulations 2014 reg 6(1): needs, provision required, outcomes sought)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of advice: its key, what is asked, and whether advice without it can be returned."""

    key: str
    question: str
    hint: str
    needed: bool = True


SECTIONS = (
    Section("strengths", "What can the child do, and what helps?", "Strengths first.", needed=False),
    Section("needs", "What are the child’s needs?", "In your own field. Say what you saw yourself."),
    Section("outcomes", "What should change, and by when?", "Outcomes that somebody can check."),
    Section(
        "provision",
        "What help is needed?",
        "For each kind of help: what, by whom, how often, how long, in what group, and who trains them.",
    ),
    Section("basis", "How do you know?", "What you read, when you saw the child, which tests.", needed=False),
    Section("voice", "What did the child and the family say?", "In their words.", needed=False),
)
LONGEST = 50_000


def missing(sections: dict[str, str], *, earlier_stands: bool) -> list[str]:
    """The questions that must be answered before the advice can be returned."""
    if earlier_stands:
        return []
    return [one.question for one in SECTIONS if one.needed and not sections.get(one.key, "").strip()]
