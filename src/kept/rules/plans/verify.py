"""Answer and score a file of labelled excerpts (`kept verify lint FILE [--check]`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kept.rules.case_files import Case, answered, cases_in, checked, field, fields, shown
from kept.rules.plans import rulebook
from kept.rules.plans.engine import lint
from kept.rules.plans.model import Child, Context, Part, Plan, Severity, Stage

NOUN = "Excerpt"
F1_AIM, BLOCKER_AIM, CLEAN_AIM = 0.90, 0.95, 0.93


def context_of(given: Mapping[str, Any]) -> Context:
    """A typed context from the excerpt's facts. Raises ValueError with a sentence that names a malformed field."""
    child = field(given, "child", "object", required=False) or {}
    return Context(
        stage=_stage(given),
        plan_date=field(given, "plan_date", "date", required=False) if given.get("plan_date") else None,
        child=Child(
            first_name=field(child, "first_name", "text", required=False) or "",
            pronouns=field(child, "pronouns", "text", required=False) or "",
            age=field(child, "age", "number", required=False),
            nc_year=field(child, "nc_year", "number", required=False),
            also_known_as=tuple(fields(child, "also_known_as", "text", required=False)),
        ),
        known_people=tuple(fields(given, "known_people", "text", required=False)),
        setting=field(given, "setting", "text", required=False),
        whole_section=bool(given.get("whole_section")),
        whole_plan=bool(given.get("whole_plan")),
        eotas=bool(given.get("eotas")),
        special_school=bool(given.get("special_school")),
    )


def _stage(given: Mapping[str, Any]) -> Stage:
    words = (field(given, "stage", "text", required=False) or Stage.DRAFT).replace("_", " ").replace("-", " ")
    if words not in list(Stage):
        raise ValueError(f"stage must be one of {', '.join(Stage)}, not {shown(words)}.")
    return Stage(words)


def _links(given: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    return None if given.get(name) is None else tuple(fields(given, name, "text"))


def part_of(given: Mapping[str, Any]) -> Part:
    """A typed part from the file's object. Raises ValueError with a sentence that names a malformed field."""
    about = given.get("about")
    return Part(
        id=field(given, "id", "text"),
        section=field(given, "section", "text"),
        text=field(given, "text", "text", required=False) or "",
        meets=_links(given, "meets"),
        serves=_links(given, "serves"),
        supports=_links(given, "supports"),
        about=" ".join(fields(given, "about", "text"))
        if isinstance(about, list)
        else field(given, "about", "text", required=False),
        commissioner_agreed=given.get("commissioner_agreed"),
        departure_reason=given.get("departure_reason"),
        attached=given.get("attached"),
    )


def plan_of(given: Any) -> Plan:
    """A typed plan from one excerpt or a whole plan in JSON. Raises ValueError with a sentence when it is malformed."""
    plan = checked("a plan", given, "object")
    parts = []
    for place, part in enumerate(fields(plan, "parts", "object")):
        try:
            parts.append(part_of(part))
        except ValueError as error:
            raise ValueError(f"parts[{place}]: {error}") from None
    return Plan(tuple(parts), context_of(field(plan, "context", "object", required=False) or {}))


def answer(document: Any) -> list[dict[str, Any]]:
    """Findings per excerpt, as rule, part, words and severity; a malformed one has an `error`, a sentence, instead."""
    return [{"id": name, **outcome} for name, outcome in answered(_excerpts(document), _findings, noun=NOUN)]


def _excerpts(document: Any) -> list[Case]:
    if not isinstance(document, Mapping) or not isinstance(document.get("excerpts"), list):
        raise ValueError("the file has no list of excerpts.")
    return cases_in(document["excerpts"], noun=NOUN)


def _findings(excerpt: Mapping[str, Any]) -> dict[str, Any]:
    found = [
        {"rule": each.rule, "part": each.part, "words": each.words, "severity": each.severity.value}
        for each in lint(plan_of(excerpt))
    ]
    return {"findings": found}


def compare(document: Any, answers: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """The scores by the file's own scoring, and whether the three aims are met.

    Excerpts without `expected` are left out.
    """
    scored = {rule.id for rule in rulebook.rules().values() if rule.scored}
    severity = {rule.id: rule.severity for rule in rulebook.rules().values()}
    hit: Counter[Severity] = Counter()
    missed: Counter[Severity] = Counter()
    false = clean = untouched = right_part = 0
    found = {each["id"]: each["findings"] for each in answers if "findings" in each}
    labelled, lines = _labelled(document)
    faults = list(lines)
    for excerpt in labelled:
        findings = [each for each in found.get(excerpt["id"], []) if each["rule"] in scored]
        raised = {each["rule"] for each in findings}
        expected = {each["rule"]: each.get("part") for each in excerpt["expected"] if each["rule"] in scored}
        allowed = set(excerpt.get("allowed") or ())
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
        return [*lines, "No excerpt is labelled; nothing to compare."], not faults
    true, absent_count = sum(hit.values()), sum(missed.values())
    f1 = _share(2 * true, 2 * true + false + absent_count)
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
    return lines, not faults and f1 >= F1_AIM and blockers >= BLOCKER_AIM and kept >= CLEAN_AIM


def _labelled(document: Any) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The excerpts with labels, and a sentence about each whose labels cannot be read."""
    labelled, faults = [], []
    for case in _excerpts(document):
        if case.id is None or case.refusal or case.given.get("expected") is None:
            continue
        try:
            for label in fields(case.given, "expected", "object"):
                field(label, "rule", "text")
                field(label, "part", "text", required=False)
            fields(case.given, "allowed", "text", required=False)
            labelled.append(case.given)
        except ValueError as error:
            faults.append(f"{NOUN} {case.id}: {error}")
    return labelled, faults


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
