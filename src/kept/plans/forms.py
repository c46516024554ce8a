"""The writer's forms: one for each kind of entry. What is possible, the actions say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import shorten
from typing import Any
from uuid import UUID

from django import forms

from kept.design.forms import DateField, InputWithUnit
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.provision_form import (
    FIELDS,
    LISTED,
    MOST_STEPS,
    STEP_BOXES,
    WORDS,
    initial_provision,
    line_field,
    provision_fields,
    provision_from,
    step_problems,
    steps_in,
    words_field,
)
from kept.plans.words import Kind, Thread
from kept.rules.plans import Provision

AREAS = [
    ("", "Not said"),
    ("communication and interaction", "Communication and interaction"),
    ("cognition and learning", "Cognition and learning"),
    ("social, emotional and mental health", "Social, emotional and mental health"),
    ("sensory or physical", "Sensory or physical"),
]


def _links(label: str, entries: list[WholeEntry], labels: Mapping[UUID, str], hint: str = "") -> forms.Field:
    choices = [
        (str(one.lineage), f"{labels[one.lineage]}: {shorten(one.text, 140, placeholder=' …')}") for one in entries
    ]
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, help_text=hint)


class EntryForm(forms.Form):
    """An entry with its words, its details and its links. based_on: the revision that the writer saw."""

    mark_optional = False
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, label="Revision")
    kind_of_entry: Kind
    details_asked: Mapping[str, forms.Field] = {}

    def __init__(self, *args: Any, whole: WholePlan, kind: Kind, section: str, lineage: UUID, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind, self.section = kind, section
        self.steps = steps_in(self.data if self.is_bound else None, whole.by_lineage.get(lineage))
        if kind is Kind.PROVISION:
            self.fields.update(provision_fields(self.steps))
        self.fields["text"] = _text_field(kind)
        self.fields.update(_details(kind))
        if section in {"G", "H1", "H2"} and kind is Kind.PROVISION:
            self.fields["commissioner_agreed"] = forms.BooleanField(
                label="The body that must arrange it has agreed (reg 12(2))", required=False
            )
        self.threads = _threads(whole, kind, section, lineage)
        for thread, (label, entries, hint) in self.threads.items():
            if entries:
                self.fields[thread.name.lower()] = _links(label, entries, whole.labels, hint)

        self._keep_unlisted()

    def _keep_unlisted(self) -> None:
        """What stands in the plan and is no choice of a list, as after reading an old plan, stays choosable."""
        for name, field in self.fields.items():
            value = self.initial.get(name)
            if type(field) is forms.ChoiceField and value and value not in dict(field.choices):  # type: ignore[arg-type]
                field.choices = [*field.choices, (value, value)]  # type: ignore[misc]

    @property
    def step_rows(self) -> list[list[Any]]:
        """The boxes of each dated step."""
        return [[self[f"step{row}_{name}"] for name in STEP_BOXES] for row in range(1, self.steps + 1)]

    @property
    def has_steps(self) -> bool:
        """Whether anything stands in the boxes of a step."""
        values = [box.value() for boxes in self.step_rows for box in boxes if not box.name.endswith("_every")]
        return any(any(one) if isinstance(one, tuple) else one for one in values)

    @property
    def may_add_step(self) -> bool:
        """Whether there is room for one more."""
        return self.steps < MOST_STEPS

    def details(self) -> dict[str, Any]:
        """The details of the kind, days as text."""
        found: dict[str, Any] = {}
        for name in (*_details(self.kind), "commissioner_agreed", "person", "contract"):
            if name in self.fields:
                value = self.cleaned_data.get(name)
                found[name] = value.isoformat() if isinstance(value, date) else value
        return found

    def links(self) -> dict[Thread, list[UUID]]:
        """The links chosen, for each kind of thread that the form asks about."""
        return {
            thread: [UUID(one) for one in self.cleaned_data.get(thread.name.lower(), [])]
            for thread, (_, entries, _) in self.threads.items()
            if entries
        }

    @property
    def is_typed(self) -> bool:
        """Whether the sentence is written from the fields."""
        return self.kind is Kind.PROVISION and self.cleaned_data.get("way") == FIELDS

    def provision(self) -> Provision | None:
        """The typed provision, when the fields say it."""
        return provision_from(self.cleaned_data) if self.is_typed else None

    def clean(self) -> dict[str, Any]:
        """A provision in words needs words; a typed one says how much in the way that was chosen."""
        given = super().clean() or {}
        if self.kind is not Kind.PROVISION:
            return given
        if given.get("way") == WORDS and not given.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", "Write the provision, or choose to fill in the boxes.")
        if given.get("way") == FIELDS:
            self._clean_boxes(given)
        return given

    def _clean_boxes(self, given: dict[str, Any]) -> None:
        if not given.get("service", "").strip():
            self.add_error("service", "Say what will be provided, for example speech and language therapy.")
        if bool(given.get("review_who")) != bool(given.get("review_interval")):
            self.add_error("review_who", "Say both who reviews it and how often.")
        if given.get("weeks") == LISTED and not given.get("week_list") and "week_list" not in self.errors:
            self.add_error("week_list", "List the weeks, one a line.")
        for name, sentence in step_problems(given, range(1, self.steps + 1)).items():
            if name not in self.errors:
                self.add_error(name, sentence)


def _text_field(kind: Kind) -> forms.CharField:
    asked = {
        Kind.VIEW: ("What they said", "In their own words, with how and when they said it."),
        Kind.ASPIRATION: ("What they hope for", "In their own words."),
        Kind.STRENGTH: ("What they can do", "Something a reader can picture."),
        Kind.NEED: ("The need", "What the child finds hard, what a person would see, and how much. One need an entry."),
        Kind.OUTCOME: ("The outcome", "What the child will be able to do, and by when. Not what adults will do."),
        Kind.PROVISION: ("The words of the provision", "Only when you write it in words of your own."),
        Kind.PLACEMENT: ("Name and type of the setting", "Leave blank in a draft (section 38(5))."),
        Kind.PAYMENT: ("The direct payment", "What it pays for, how much and how often."),
        Kind.ADVICE: ("The advice", "Whose, in what role, dated when, attached or where it can be read."),
        Kind.NOTE: ("The statement", "For example that there are no such needs, and on whose advice."),
    }
    label, hint = asked[kind]
    required = kind not in {Kind.PROVISION, Kind.PLACEMENT}
    return words_field(label, hint, 6 if kind in {Kind.NEED, Kind.VIEW} else 4, required=required)


def _details(kind: Kind) -> dict[str, forms.Field]:
    """The boxes of the details of a kind, by name."""
    if kind is Kind.VIEW:
        whose = [("", "Not said"), ("child", "The child or young person"), ("parents", "The parents or carers")]
        return {
            "whose": forms.ChoiceField(label="Whose view", choices=whose, required=False),
            "gathered_on": DateField(label="When they said it", required=False),
            "method": line_field(
                "How it was gathered", "For example: talking, picture cards, a walk round the school."
            ),
        }
    if kind is Kind.NEED:
        return {"area": forms.ChoiceField(label="Area of need", choices=AREAS, required=False)}
    if kind is Kind.OUTCOME:
        return {
            "baseline": line_field("Where the child is now", "For example: one instruction out of ten."),
            "measure": line_field("How anybody can tell", "For example: counted by the teaching assistant in a week."),
            "by": DateField(label="By when", required=False),
        }
    if kind is Kind.PAYMENT:
        pounds = InputWithUnit({"class": "govuk-input--width-10"}, prefix="£")
        return {
            "pounds": forms.DecimalField(label="Amount", required=False, min_value=0, max_digits=9, widget=pounds),
            "period": forms.ChoiceField(
                label="For each", required=False, choices=[("", "Not said"), ("year", "Year"), ("month", "Month")]
            ),
        }
    if kind is Kind.ADVICE:
        return {
            "author": line_field("Whose advice"),
            "dated": DateField(label="Date of the advice", required=False),
            "attached": forms.BooleanField(label="It is attached to the plan", required=False),
        }
    return {}


def initial_of(entry: WholeEntry) -> dict[str, Any]:
    """What the boxes show of an entry that is there."""
    found: dict[str, Any] = {
        "text": entry.text,
        "based_on": entry.revision,
        "provider": entry.provider,
        **entry.details,
    }
    for thread, name in (
        (Thread.PROVISION_NEED, "meets"), (Thread.PROVISION_OUTCOME, "serves"), (Thread.OUTCOME_NEED, "about"),
        (Thread.OUTCOME_ASPIRATION, "supports"), (Thread.PAYMENT_PROVISION, "pays_for"),
    ):  # fmt: skip
        found[thread.name.lower()] = [str(one) for one in getattr(entry, name)]
    if entry.kind is Kind.PROVISION:
        found |= initial_provision(entry)
    return found


def _threads(
    whole: WholePlan, kind: Kind, section: str, lineage: UUID
) -> dict[Thread, tuple[str, list[WholeEntry], str]]:
    """What an entry of a kind may be linked to: the question, the entries to choose from, the hint."""

    def of(*kinds: Kind) -> list[WholeEntry]:
        return [one for one in whole.entries if one.kind in kinds and one.lineage != lineage]

    if kind is Kind.PROVISION:
        home = whole.section_set.section(section).needs
        needs = sorted(of(Kind.NEED), key=lambda one: one.section != home)
        return {
            Thread.PROVISION_NEED: ("Which needs does it meet?", needs, "Need drives provision: every need is met."),
            Thread.PROVISION_OUTCOME: ("Which outcomes does it work towards?", of(Kind.OUTCOME), ""),
        }
    if kind is Kind.OUTCOME:
        return {
            Thread.OUTCOME_NEED: ("Which needs is it about?", of(Kind.NEED), ""),
            Thread.OUTCOME_ASPIRATION: ("Which aspirations does it support?", of(Kind.ASPIRATION), ""),
        }
    if kind is Kind.PAYMENT:
        return {Thread.PAYMENT_PROVISION: ("Which provision does it pay for?", of(Kind.PROVISION), "")}
    return {}


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}))


NEW_PASSAGES = 4  # boxes for what an order adds


class GroundsForm(forms.Form):
    """Which advice an entry rests on; and, where the plan does something else, what and why."""

    said_by = forms.CharField(label="Whose advice", max_length=200)
    said_on = DateField(label="Date of the advice", required=False)
    place = forms.CharField(label="Page, section or sentence", max_length=80, required=False)
    words = words_field("The words of the advice", rows=3)
    instead = words_field("What the plan does instead", "Only when it does something else.", 2, required=False)
    reason = words_field("Why", "The family reads this beside the advice.", 3, required=False)


class MoveForm(forms.Form):
    """What goes with a move: why, and the day where it needs one."""

    reason = forms.CharField(
        label="Why this version is made", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": "3"})
    )
    on = DateField(label="On which day", required=False)

    def __init__(self, *args: Any, needs_day: bool = False, needs_reason: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if needs_day:
            self.fields["on"].required = True
        else:
            del self.fields["on"]
        if needs_reason:
            self.fields["reason"].required, self.fields["reason"].label = True, "Why"


class RecipientForm(forms.Form):
    """Somebody more who gets the plan."""

    to = forms.ChoiceField(label="Who they are")
    name = forms.CharField(label="Name", max_length=200)
    address = forms.CharField(label="Where it is sent", max_length=300, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        from kept.plans.words import To

        super().__init__(*args, **more)
        self.fields["to"].choices = To.choices  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """A tribunal's order: its reference, its day, and the words for each entry that it changes, takes out or adds."""

    mark_optional = False
    reference = forms.CharField(label="Reference of the order", max_length=60, help_text="As it stands on the order.")
    ordered_on = DateField(label="Day of the order")

    def __init__(self, *args: Any, whole: WholePlan, **more: Any) -> None:
        super().__init__(*args, **more)
        self.whole = whole
        self.lines = [one for one in whole.entries if one.kind in {Kind.NEED, Kind.PROVISION, Kind.PLACEMENT}]
        for one in self.lines:
            label = f"{whole.label_of(one.lineage)} as ordered"
            hint = f"Now: {one.text}"
            self.fields[f"e{one.lineage.hex}"] = words_field(label, hint, 3, required=False)
        short = {one.lineage: shorten(one.text, 80, placeholder=" …") for one in self.lines}
        taken = [(key.hex, f"{whole.label_of(key)}: {words}") for key, words in short.items()]
        self.fields["out"] = forms.MultipleChoiceField(
            label="What does the order take out?", choices=taken, required=False, widget=forms.CheckboxSelectMultiple
        )
        sections = whole.section_set.sections
        choices = [("", "Nothing new"), *((one.code, one.name) for one in sections if one.code in {"B", "F", "I"})]
        for number in range(1, NEW_PASSAGES + 1):
            where = "Something new goes in" if number == 1 else f"Something new goes in ({number})"
            what = "The new words as ordered" if number == 1 else f"The new words as ordered ({number})"
            self.fields[f"new_section{number}"] = forms.ChoiceField(label=where, choices=choices, required=False)
            self.fields[f"new_text{number}"] = words_field(what, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """New words have their section and the other way round; nothing is both changed and taken out."""
        found = super().clean() or {}
        for number in range(1, NEW_PASSAGES + 1):
            where, what = found.get(f"new_section{number}"), str(found.get(f"new_text{number}", "")).strip()
            if what and not where:
                self.add_error(f"new_section{number}", "Choose the section into which these new words go")
            if where and not what:
                self.add_error(f"new_text{number}", "Write the new words as ordered")
        for key in found.get("out", []):
            if found.get(f"e{key}", "").strip():
                self.add_error(f"e{key}", "The order cannot both change this and take it out: choose one")
        return found

    def passages(self) -> list[tuple[str, str, UUID | None]]:
        """Section, words and lineage of everything that the order changes; empty words take an entry out."""
        given, out = self.cleaned_data, set(self.cleaned_data.get("out", []))
        found: list[tuple[str, str, UUID | None]] = [
            (one.section, given[f"e{one.lineage.hex}"], one.lineage)
            for one in self.lines
            if given.get(f"e{one.lineage.hex}", "").strip()
        ]
        found += [(one.section, "", one.lineage) for one in self.lines if one.lineage.hex in out]
        for number in range(1, NEW_PASSAGES + 1):
            if given.get(f"new_section{number}"):
                found.append((given[f"new_section{number}"], given[f"new_text{number}"], None))
        return found
