"""Wording checks of an education, health and care plan: what cannot be enforced, measured, read or trusted, and why."""

from kept.rules.plans.engine import implemented, lint, lint_section
from kept.rules.plans.model import Child, Context, Delivery, Finding, Ordered, Part, Plan, Process, Severity, Stage
from kept.rules.plans.provision import Provision, read_provision
from kept.rules.plans.provision_sentence import write_provision
from kept.rules.plans.rulebook import Rule, authorities, rules, unimplemented

__all__ = [
    "Child", "Context", "Delivery", "Finding", "Ordered", "Part", "Plan", "Process", "Provision", "Rule", "Severity",
    "Stage", "authorities", "implemented", "lint", "lint_section", "read_provision", "rules", "unimplemented",
    "write_provision",
]  # fmt: skip
