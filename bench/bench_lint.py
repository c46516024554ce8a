"""How fast a plan's wording is checked: a 30-page plan, one section as it is typed, and plans a minute.

Beside it, when it is installed, a general prose linter (proselint) on the same words: it knows nothing of plans, so
only the time is compared. Prints one line of JSON; a peer that is absent is said to be "not installed".
"""

# ruff: noqa: E501 - patterns and tables read best unbroken

from __future__ import annotations

import importlib.util
import json
import random
import time
from collections.abc import Callable
from datetime import date

from kept.rules.plans import Child, Context, Part, Plan, concepts, items, lint, lint_section, numbers, roles

PAGES = 30
WORDS_A_PAGE = 450
PLANS = 2000
ROUNDS = 3
REMEMBERED = (
    items.kind_of,
    items.delegated,
    items.funding,
    roles.roles,
    numbers.durations,
    numbers.frequencies,
    concepts.areas,
    concepts.content_stems,
)
SENTENCES = {
    "A": ("Child's views (drawing with the class teacher, {d} January 2026): {n} likes trains and wants to drive one.",
          "Parents' views (phone call, {d} January 2026): we hope {n} will have friends."),
    "B": ("{n} reads {d} words a minute and guesses any word of more than five letters.",
          "{n} struggles in class and has some difficulties with learning.", "{n} cannot yet follow {d} steps at once."),
    "E": ("By July 2027 {n} will read {d} more words aloud than in March, in four lessons out of five.",
          "{n} will improve his reading.", "{n} will have access to a social skills group."),
    "F": ("A registered speech and language therapist will see {n} one-to-one for {d} minutes every week in term time to "
          "build three-word phrases.", "{n} will have access to regular occupational therapy as required.",
          "Up to {d} hours a week of support from a teaching assistant.", "{n} would benefit from a small group."),
    "G": ("A community nurse will check {n}'s feeding tube for {d} minutes every four weeks at school.",),
}  # fmt: skip


def made_up(words: int, dice: random.Random) -> Plan:
    """A plan of about so many words; no two sentences alike, so that nothing is answered from memory."""
    parts, count = [], 0
    while count < words:
        section = dice.choice("ABBEEFFFFG")
        text = " ".join(
            dice.choice(SENTENCES[section]).format(n="Kofi", d=dice.randint(2, 9999)) for _ in range(dice.randint(1, 3))
        )
        count += len(text.split())
        parts.append(Part(f"{section}{len(parts)}", section, text))
    context = Context(
        plan_date=date(2026, 3, 10), child=Child("Kofi", "he/him", 8, 3), whole_section=True, whole_plan=True
    )
    return Plan(tuple(parts), context)


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few rounds, nothing remembered from the round before."""
    seconds = []
    for _ in range(ROUNDS):
        for remembered in REMEMBERED:
            remembered.cache_clear()
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def peer(text: str) -> float | str:
    """Seconds of the general prose linter on the same words."""
    if importlib.util.find_spec("proselint") is None:
        return "not installed"
    import proselint.tools  # type: ignore[import-not-found]

    return best_of(lambda: proselint.tools.lint(text))


def main() -> None:
    """Measure and print."""
    dice = random.Random(1)
    long_plan = made_up(PAGES * WORDS_A_PAGE, dice)
    section = "\n\n".join(part.text for part in long_plan.parts if part.section == "F")[: 3 * WORDS_A_PAGE * 6]
    plans = [made_up(900, dice) for _ in range(PLANS)]
    began = time.perf_counter()
    findings = sum(len(lint(plan)) for plan in plans)
    spent = time.perf_counter() - began
    print(
        json.dumps(
            {
                "plan_of_30_pages_s": round(best_of(lambda: lint(long_plan)), 3),
                "section_of_3_pages_as_typed_s": round(best_of(lambda: lint_section("F", section)), 4),
                "plans_a_minute": round(60 * PLANS / spent),
                "findings": findings,
                "proselint_on_30_pages_s": peer("\n".join(part.text for part in long_plan.parts)),
            }
        )
    )


if __name__ == "__main__":
    main()
