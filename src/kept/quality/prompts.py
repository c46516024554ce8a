"""What an auditor looks for in each section: where plans usually fail (plans.md, parts 1 and 2)."""

from __future__ import annotations

from kept.rules.quality.agreement import WHOLE

NAMES = {
    "A": "A: views, interests and aspirations",
    "B": "B: special educational needs",
    "C": "C: health needs",
    "D": "D: social care needs",
    "E": "E: outcomes",
    "F": "F: special educational provision",
    "G": "G: health care provision",
    "H1": "H1: social care provision under 18",
    "H2": "H2: other social care provision",
    "I": "I: placement",
    "J": "J: direct payments",
    "K": "K: advice",
    WHOLE: "the whole plan",
}
PROMPTS = {
    "A": "Do you hear the child? Is it said how they were asked? Are needs left standing here?",
    "B": "Is each need described in what it does to learning, beyond a label? Could a stranger tell what helps?",
    "C": "Are health needs those that bear on special educational needs? Is “none known” said by whom?",
    "D": "Are social care needs said, or said by whom to be none?",
    "E": "Could two people agree whether it was reached? By when? Is it about the child, and not about a service?",
    "F": "What, how much, how often, by whom with which skill, in which group? Could a parent hold somebody to it?",
    "G": "Is it quantified, and agreed by the commissioner? Does anything here educate or train, and so belong in F?",
    "H1": "Is it specific, and for somebody under 18?",
    "H2": "Is it specific?",
    "J": "Which need and outcome does each payment meet? Do the hours agree with F?",
    WHOLE: "Does each need have help and an outcome? Would you rely on this plan if it were for your child?",
}


def section_name(section: str) -> str:
    """A section in words."""
    return NAMES.get(section, section)


def prompt_for(section: str) -> str:
    """What to look for."""
    return PROMPTS.get(section, "Is it clear, specific and true to the child?")
