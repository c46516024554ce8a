"""Answer and score a file of labelled excerpts (`kept verify lint FILE [--check]`)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from kept.rules.plans import rulebook
from kept.rules.plans.engine import lint
from kept.rules.plans.model import Child, Context, Part, Plan, Severity, Stage

F1_AIM, BLOCKER_AIM, CLEAN_AIM = 0.90, 0.95, 0.93


def _date(words: Any) -> date | None:
    return date.fromisoformat(words) if words else None


def context_of(given: dict[str, Any]) -> Context:
    """A typed context from the excerpt's facts. Raises ValueError when the stage or the date cannot be read."""
    child = given.get("child") or {}
    stage = str(given.get("stage", "draft")).replace("_", " ").replace("-", " ")
    return Context(
        stage=Stage(stage),
        plan_date=_date(given.get("plan_date")),
        child=Child(
            first_name=child.get("first_name") or "",
            pronouns=child.get("pronouns") or "",
            age=child.get("age"),
            nc_year=child.get("nc_year"),
            also_known_as=tuple(child.get("also_known_as") or ()),
        ),
        known_people=tuple(given.get("known_people") or ()),
        setting=given.get("setting"),
        whole_section=bool(given.get("whole_section")),
        whole_plan=bool(given.get("whole_plan")),
        eotas=bool(given.get("eotas")),
        special_school=bool(given.get("special_school")),
    )


def _links(given: Any) -> tuple[str, ...] | None:
    return None if given is None else tuple(given)


def part_of(given: dict[str, Any]) -> Part:
    """A typed part from the file's object."""
    about = given.get("about")
    return Part(
        id=given["id"],
        section=given["section"],
        text=given.get("text") or "",
        meets=_links(given.get("meets")),
        serves=_links(given.get("serves")),
        supports=_links(given.get("supports")),
        about=" ".join(about) if isinstance(about, list) else about,
        commissioner_agreed=given.get("commissioner_agreed"),
        departure_reason=given.get("departure_reason"),
        attached=given.get("attached"),
    )


def plan_of(given: dict[str, Any]) -> Plan:
    """A typed plan from one excerpt or a whole plan in JSON. Raises ValueError with a sentence when it is malformed."""
    try:
        return Plan(tuple(part_of(each) for each in given["parts"]), context_of(given.get("context") or {}))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{given.get('id', 'a plan') if isinstance(given, dict) else 'a plan'} lacks {error}"
        ) from None


def answer(document: Any) -> list[dict[str, Any]]:
    """Findings per excerpt, as rule, part, words and severity."""
    if not isinstance(document, dict) or not isinstance(document.get("excerpts"), list):
        raise ValueError("the file has no list of excerpts")
    if not all(isinstance(each, dict) for each in document["excerpts"]):
        raise ValueError("every excerpt must be an object with parts")
    return [{"id": each.get("id"), "findings": _findings(each)} for each in document["excerpts"]]


def _findings(excerpt: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"rule": each.rule, "part": each.part, "words": each.words, "severity": each.severity.value}
        for each in lint(plan_of(excerpt))
    ]


def compare(document: Any, answers: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """The scores by the file's own scoring, and whether the three aims are met.

    Excerpts without `expected` are left out.
    """
    scored = {rule.id for rule in rulebook.rules().values() if rule.scored}
    severity = {rule.id: rule.severity for rule in rulebook.rules().values()}
    hit: Counter[Severity] = Counter()
    missed: Counter[Severity] = Counter()
    false = clean = untouched = right_part = 0
    lines: list[str] = []
    found = {each["id"]: each["findings"] for each in answers}
    labelled = [each for each in document["excerpts"] if "expected" in each]
    for excerpt in labelled:
        findings = [each for each in found.get(excerpt["id"], []) if each["rule"] in scored]
        raised = {each["rule"] for each in findings}
        expected = {each["rule"]: each["part"] for each in excerpt["expected"]}
        allowed = set(excerpt.get("allowed", []))
        wrong = raised - set(expected) - allowed
        for rule in expected:
            (hit if rule in raised else missed)[severity[rule]] += 1
        false += len(wrong)
        right_part += sum(
            (rule, part) in {(each["rule"], each["part"]) for each in findings} for rule, part in expected.items()
        )
        if excerpt.get("clean", not expected):
            clean += 1
            untouched += not wrong
        absent = sorted(set(expected) - raised)
        if absent or wrong:
            lines.append(
                f"{excerpt['id']}: missed {', '.join(absent) or 'none'}; raised wrongly"
                f" {', '.join(sorted(wrong)) or 'none'}"
            )
    if not labelled:
        return ["No excerpt is labelled; nothing to compare."], True
    true, absent_count = sum(hit.values()), sum(missed.values())
    f1 = 2 * true / max(2 * true + false + absent_count, 1)
    blockers = _share(hit[Severity.BLOCKER], hit[Severity.BLOCKER] + missed[Severity.BLOCKER])
    kept = _share(untouched, clean)
    lines.append(
        f"micro precision {_share(true, true + false):.3f}, recall"
        f" {_share(true, true + absent_count):.3f}, F1 {f1:.3f} (aim {F1_AIM})"
    )
    lines += [
        f"recall {each.value}: {_share(hit[each], hit[each] + missed[each]):.3f} ({hit[each]} of"
        f" {hit[each] + missed[each]})"
        for each in Severity
        if hit[each] + missed[each]
    ]
    lines.append(f"blocker recall {blockers:.3f} (aim {BLOCKER_AIM})")
    lines.append(f"clean excerpts untouched {kept:.3f} ({untouched} of {clean}; aim {CLEAN_AIM})")
    lines.append(f"right part named {_share(right_part, true):.3f}")
    return lines, f1 >= F1_AIM and blockers >= BLOCKER_AIM and kept >= CLEAN_AIM


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
