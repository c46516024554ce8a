"""The linter: run every check, let the rules that silence others do so, and say what was found in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from kept.rules.plans import rulebook
from kept.rules.plans.checks import (
    acronyms,
    ages,
    health_care,
    names,
    needs,
    outcomes,
    placement,
    pronouns,
    provision_advice,
    provision_change,
    provision_conditions,
    provision_content,
    provision_elements,
    provision_kinds,
    provision_taper,
    provision_words,
    settings_left,
    structure,
    threads,
    views,
    wording,
)
from kept.rules.plans.model import SECTIONS, Context, Finding, Part, Plan, Severity
from kept.rules.plans.reading import Document, Hit, PartCheck, PlanCheck, read

_F, _E, _B, _A = ("F",), ("E",), ("B",), ("A",)
# Rule, the sections whose parts it reads, the check.
PART_CHECKS: tuple[tuple[str, tuple[str, ...], PartCheck], ...] = (
    ("F01", _F, provision_elements.amount),
    ("F02", _F, provision_elements.frequency),
    ("F03", _F, provision_words.vague_frequency),
    ("F04", _F, provision_words.opportunity),
    ("F05", _F, provision_conditions.discretion),
    ("F06", _F, provision_conditions.resources),
    ("F07", _F, provision_advice.permissive),
    ("F08", _F, provision_elements.provider),
    ("F09", _F, provision_elements.expertise),
    ("F10", _F, provision_elements.group_size),
    ("F11", _F, provision_content.content),
    ("F12", _F, provision_kinds.delegated),
    ("F13", _F, provision_kinds.money),
    ("F14", _F, provision_change.unilateral),
    ("F15", _F, provision_change.ceiling),
    ("F16", _F, provision_taper.taper),
    ("F21", _F, provision_kinds.universal),
    ("F22", _F, provision_kinds.split),
    ("F23", _F, provision_kinds.training),
    ("F24", _F, provision_kinds.weeks),
    ("F25", _F, provision_kinds.transport),
    ("F26", _F, provision_kinds.equipment),
    ("F27", _F, provision_kinds.family),
    ("F28", _F, provision_kinds.start),
    ("F29", _F, provision_kinds.bundle),
    ("F32", _F, provision_kinds.bulk_hours),
    ("B01", _B, needs.label_only),
    ("B02", _B, needs.provision_as_need),
    ("B04", _B, needs.vague),
    ("B05", _B, needs.hedged),
    ("B07", _B, needs.no_strength),
    ("C03", ("C",), needs.no_health),
    ("D01", ("D",), needs.no_social_care),
    ("E01", _E, outcomes.service),
    ("E02", _E, outcomes.immeasurable),
    ("E03", _E, outcomes.undated),
    ("E04", _E, outcomes.baseline),
    ("E07", _E, outcomes.staff_task),
    ("E08", _E, outcomes.life_goal),
    ("E09", _E, outcomes.past_date),
    ("E12", _E, outcomes.several),
    ("E13", _E, outcomes.absolute),
    ("A03", _A, views.adult_words),
    ("A09", _A, views.stale_views),
    ("G02", ("G",), health_care.vague_health),
    ("G03", ("G",), health_care.not_agreed),
    ("G04", ("G",), health_care.plan_not_attached),
    ("G05", ("G",), health_care.no_organisation),
    ("H01", ("H1", "H2"), health_care.wrong_subsection),
    ("H02", ("H1",), health_care.adult_in_h1),
    ("H03", ("H1", "H2"), health_care.vague_care),
    ("J03", ("J",), placement.no_budget_statement),
    ("S05", (*SECTIONS, "summary"), wording.residue),
    ("S06", (*SECTIONS, "summary"), names.wrong_name),
    ("S07", (*SECTIONS, "summary"), pronouns.wrong_pronoun),
    ("S08", (*SECTIONS, "summary"), ages.out_of_date),
    ("S09", (*SECTIONS, "summary"), settings_left.old_setting),
    ("S14", ("A", "E", "summary"), wording.readability),
    ("S15", (*SECTIONS, "summary"), wording.blame),
    ("S17", (*SECTIONS, "summary"), wording.third_party),
)
PLAN_CHECKS: tuple[tuple[tuple[str, ...], PlanCheck], ...] = (
    (("S01",), structure.missing_sections),
    (("S02",), structure.empty_sections),
    (("S03",), placement.draft_names),
    (("S04",), placement.final_blank),
    (("S10", "S11"), structure.administration),
    (("S12",), wording.repeated),
    (("S13",), acronyms.acronyms),
    (("S16",), wording.too_long),
    (("S18",), threads.contradictions),
    (("S19",), structure.unsourced),
    (("S20",), structure.ordered_text),
    (("A01",), views.own_views),
    (("A02",), views.method),
    (("A04",), views.aspirations),
    (("A05",), views.strengths),
    (("A06",), views.parents),
    (("A07",), views.stranded),
    (("A08",), views.how_to_talk),
    (("B03", "C02", "D02"), threads.need_unmet),
    (("B06",), threads.need_left_out),
    (("C01",), needs.learning_in_health),
    (("E05", "E06", "E14", "F19"), threads.outcome_links),
    (("E10",), outcomes.adulthood),
    (("E11",), outcomes.short_steps),
    (("F17",), provision_kinds.reviewed),
    (("F18",), threads.provision_unneeded),
    (("F20",), threads.weaker_than_advice),
    (("F30",), structure.package_elsewhere),
    (("F31",), outcomes.adulthood_provision),
    (("G01",), health_care.educates),
    (("H04",), structure.section_two),
    (("I03",), placement.no_type),
    (("I04",), placement.home_named),
    (("I05",), placement.conditional),
    (("I06",), structure.transfer_date),
    (("J01",), placement.unlinked_payment),
    (("J02",), placement.payment_too_small),
    (("K01",), placement.missing_advice),
    (("K02",), placement.undated_advice),
    (("K03",), placement.not_attached),
    (("K04",), placement.late_advice),
    (("K05",), placement.vague_advice),
    (("R01", "R02", "R03", "R04", "R05"), structure.process_dates),
    (("L01", "L02", "L03", "L04", "L05", "L06", "L07"), structure.delivery),
)
# The precedence of the rules file: a rule raised on a part silences these on the same part.
SILENCES: dict[str, frozenset[str]] = {
    "F12": frozenset({"F01", "F02", "F08", "F09", "F10", "F11"}),
    "F13": frozenset({"F01", "F02", "F08", "F09", "F11"}),
    "F21": frozenset({"F01", "F02", "F08", "F11"}),
    "F23": frozenset({"F01", "F02", "F08", "F09", "F11"}),
    "F25": frozenset({"F01", "F02", "F08", "F09", "F11"}),
    "F26": frozenset({"F01", "F02", "F08", "F11"}),
    "F27": frozenset({"F01", "F02", "F08", "F09", "F11"}),
    "F03": frozenset({"F02"}),
    "E01": frozenset({"E02"}),
    "E07": frozenset({"E01", "E02"}),
    "E08": frozenset({"E01", "E02", "E03"}),
    "B01": frozenset({"B04"}),
    "B02": frozenset({"B04"}),
    "G01": frozenset({"G02"}),
}
_LOWER = {
    Severity.BLOCKER: Severity.MAJOR,
    Severity.MAJOR: Severity.MINOR,
    Severity.MINOR: Severity.INFO,
    Severity.INFO: Severity.INFO,
}
_EASED_IN_SPECIAL_SCHOOLS = frozenset({"F10", "F32"})
_ORDER = {severity: place for place, severity in enumerate(Severity)}


def implemented() -> frozenset[str]:
    """The ids of the rules that a check computes."""
    return frozenset(rule for rule, _, _ in PART_CHECKS) | frozenset(rule for each, _ in PLAN_CHECKS for rule in each)


def _raise(document: Document) -> list[Hit]:
    hits: list[Hit] = []
    for reading in document.readings:
        if reading.blank and reading.part.section != "J":
            continue
        for _, sections, check in PART_CHECKS:
            if reading.part.section in sections:
                hits.extend(check(reading, document))
    for _, plan_check in PLAN_CHECKS:
        hits.extend(plan_check(document))
    return hits


def _silence(hits: Iterable[Hit]) -> list[Hit]:
    kept = list(hits)
    raised: dict[str, set[str]] = {}
    for hit in kept:
        raised.setdefault(hit.part, set()).add(hit.rule)
    quiet = {
        (part, silenced)
        for part, found in raised.items()
        for rule in found
        for silenced in SILENCES.get(rule, frozenset())
    }
    return [hit for hit in kept if (hit.part, hit.rule) not in quiet]


def _finding(hit: Hit, texts: dict[str, str], context: Context) -> Finding:
    rule = rulebook.rules()[hit.rule]
    text = texts.get(hit.part, "")
    eased = context.special_school and hit.rule in _EASED_IN_SPECIAL_SCHOOLS
    severity = _LOWER[rule.severity] if eased else rule.severity
    return Finding(
        rule=rule.id,
        part=hit.part,
        words=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        severity=severity,
        why=rule.why,
        authority=rule.authority,
        rewrite=rule.rewrite.replace("{name}", context.child.first_name or "[name]"),
        plain=rule.plain,
    )


def lint(plan: Plan, *, only: frozenset[str] | None = None) -> list[Finding]:
    """Every finding on a plan, the gravest first, then in the order of the plan.

    `only` limits the rules. A rule out of force on the context's `effective_on` is left out.
    """
    document = read(plan)
    on = plan.context.effective_on
    known = rulebook.rules()
    hits = [hit for hit in _silence(_raise(document)) if known[hit.rule].in_force(on)]
    if only is not None:
        hits = [hit for hit in hits if hit.rule in only]
    place = {reading.part.id: index for index, reading in enumerate(document.readings)}
    texts = {reading.part.id: reading.text.raw for reading in document.readings}
    findings = [_finding(hit, texts, plan.context) for hit in hits]
    return sorted(findings, key=lambda each: (_ORDER[each.severity], place.get(each.part, -1), each.start, each.rule))


def lint_section(section: str, text: str, context: Context | None = None, *, part: str = "") -> list[Finding]:
    """Findings on one section as it is typed: its entries, one a paragraph, without what needs the rest of the plan."""
    known = context or Context()
    entries = text.split("\n\n")
    alone = len([each for each in entries if each.strip()]) <= 1
    parts, offset = [], 0
    for entry in entries:
        if entry.strip() or len(entries) == 1:
            name = part if part and alone else f"{part or section}{len(parts) + 1}"
            parts.append(Part(name, section, entry, start=offset))
        offset += len(entry) + 2
    return lint(Plan(tuple(parts), known))
