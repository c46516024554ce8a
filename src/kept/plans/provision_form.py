"""The boxes of a typed provision: from the boxes to the facts and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from kept.design.forms import DateField, InputWithUnit, RadiosWithHints, SuggestingInput
from kept.plans.facts import WholeEntry
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften, Ratio, Review, Step

LONGEST = 20_000
FIELDS, WORDS = "fields", "words"
UNITS = [("", "Choose"), *((unit, f"each {unit}") for unit in ("week", "fortnight", "half-term", "term", "year"))]
UNITS.insert(1, ("day", "each school day"))
MODES = [
    ("direct", "Work with the child"),
    ("coaching", "Coaching of the staff who work with the child"),
    ("programme writing", "Writing a programme that others deliver"),
    ("training", "Training of staff"),
    ("review", "Looking again whether it is needed"),
    ("equipment", "Equipment"),
    ("environment", "Changes to the room"),
]
WEEKS = [("", "Not said"), ("term time", "School weeks (38)"), ("year-round", "All year, holidays too")]
PLACES = [
    ("", "Not said"),
    ("class", "In class"),
    ("withdrawn", "Withdrawn from class"),
    ("home", "At home"),
    ("clinic", "At the clinic"),
]
INTERVALS = [
    ("", "Not said"),
    ("each half-term", "Each half-term"),
    ("each term", "Each term"),
    ("each year", "Each year"),
]
SERVICES = (
    "speech and language therapy", "occupational therapy", "physiotherapy", "literacy teaching", "numeracy teaching",
    "specialist teaching for hearing impairment", "specialist teaching for vision impairment", "mentoring",
    "social skills teaching", "one-to-one support", "mobility training", "counselling",
)  # fmt: skip
ROLES = (
    "speech and language therapist", "occupational therapist", "physiotherapist", "teaching assistant",
    "qualified teacher", "specialist teacher", "teacher of the deaf", "qualified teacher of vision impairment",
    "educational psychologist", "learning mentor", "therapy assistant", "habilitation specialist",
)  # fmt: skip
COVERAGE = ("full time", "in all lessons", "in every English lesson", "in every mathematics lesson",
            "during all transitions", "at every lunchtime")  # fmt: skip
STEP_ROWS = (1, 2, 3)


def words_field(label: str, hint: str = "", rows: int = 4, *, required: bool = True) -> forms.CharField:
    """A box for several lines."""
    box = forms.Textarea(attrs={"rows": str(rows), "spellcheck": "true"})
    return forms.CharField(label=label, help_text=hint, widget=box, max_length=LONGEST, required=required)


def line_field(label: str, hint: str = "", suggestions: tuple[str, ...] = (), longest: int = 200) -> forms.CharField:
    """A box for one line, with suggestions where given."""
    widget = SuggestingInput(suggestions) if suggestions else None
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, widget=widget)


def number_field(label: str, unit: str = "", hint: str = "", most: int = 5000) -> forms.IntegerField:
    """A box for a whole number from 1."""
    widget = InputWithUnit({"inputmode": "numeric", "class": "govuk-input--width-5"}, suffix=unit)
    return forms.IntegerField(label=label, help_text=hint, required=False, min_value=1, max_value=most, widget=widget)


def provision_fields() -> dict[str, forms.Field]:
    """The typed fields of a provision, in the order in which a person thinks of them."""
    ways = [(FIELDS, "Fill in the boxes"), (WORDS, "Write it in words of my own")]
    hints = {FIELDS: "The sentence is written from them, so words and numbers cannot differ.",
             WORDS: "The numbers are read from the words."}  # fmt: skip
    amounts = [
        ("session", "A length for each session"),
        ("weekly", "A total for the week"),
        ("coverage", "All through something, such as every lesson"),
        ("none", "No amount: equipment, a place, a training day"),
    ]
    often = InputWithUnit({"inputmode": "numeric", "class": "govuk-input--width-3"}, suffix="times")
    floors = [("exact", "Exactly this"), ("floor", "At least this")]
    fields: dict[str, forms.Field] = {
        "way": forms.ChoiceField(label="How do you want to write it?", choices=ways, initial=FIELDS,
                                 widget=RadiosWithHints(choice_hints=hints)),
        "service": line_field("What will be provided", suggestions=SERVICES),
        "mode": forms.ChoiceField(label="What kind of work", choices=MODES, required=False),
        "amount": forms.ChoiceField(label="How much", choices=amounts, required=False, initial="session",
                                    widget=forms.RadioSelect),
        "session_minutes": number_field("Minutes each time", "minutes"),
        "weekly_minutes": number_field("Minutes a week", "minutes"),
        "coverage": line_field("All through what", "For example: in all lessons.", COVERAGE),
        "times": forms.IntegerField(label="How many times", required=False, min_value=1, max_value=50, widget=often),
        "unit": forms.ChoiceField(label="In each", choices=UNITS, required=False),
        "floor": forms.ChoiceField(label="Is that exact?", choices=floors, required=False, initial="exact"),
        "weeks": forms.ChoiceField(label="In which weeks", choices=WEEKS, required=False),
        "pupils": number_field("Pupils in the group at most", "pupils", "1 for one-to-one.", 40),
        "adults": number_field("Adults", "adults", "Leave blank for one.", 10),
        "role": line_field("Who does it", "A role, not a name.", ROLES),
        "expertise": line_field("What they are trained in"),
        "supervised_by": line_field("Who supervises them", suggestions=ROLES),
        "place": forms.ChoiceField(label="Where", choices=PLACES, required=False),
        "focus": line_field("To do what", "Begins with a verb: teach her to read words with two sounds.",
                       longest=600),
        "start": DateField(label="From", required=False),
        "end": DateField(label="Until", required=False),
        "review_who": line_field("Who reviews it", suggestions=ROLES),
        "review_interval": forms.ChoiceField(label="How often it is reviewed", choices=INTERVALS, required=False),
        "review_measure": line_field("Reviewed against what"),
        "provider": line_field("Which organisation provides it", "Kept for delivery; not printed in the plan."),
    }  # fmt: skip
    for row in STEP_ROWS:
        fields |= {
            f"step{row}_until": DateField(label=f"Step {row}: until", required=False),
            f"step{row}_minutes": number_field(f"Step {row}: minutes each time", "minutes"),
            f"step{row}_times": number_field(f"Step {row}: times", "times", most=50),
            f"step{row}_unit": forms.ChoiceField(label=f"Step {row}: in each", choices=UNITS, required=False),
        }
    return fields


def _often(times: int | None, unit: str) -> HowOften | None:
    return HowOften(times or 1, unit) if unit else None


def provision_from(given: Mapping[str, Any]) -> Provision:
    """The typed provision that the boxes say. Only the way of saying how much that was chosen counts."""
    amount = given.get("amount") or "none"
    steps = tuple(
        Step(given[f"step{row}_until"], given[f"step{row}_minutes"], often)
        for row in STEP_ROWS
        if given.get(f"step{row}_until") and given.get(f"step{row}_minutes")
        for often in [_often(given.get(f"step{row}_times"), given.get(f"step{row}_unit", "") or "week")]
        if often
    )
    pupils = given.get("pupils")
    review_who = given.get("review_who", "").strip()
    return Provision(
        service=given.get("service", "").strip(),
        mode=given.get("mode") or "direct",
        session_minutes=given.get("session_minutes") if amount == "session" else None,
        weekly_minutes=given.get("weekly_minutes") if amount == "weekly" else None,
        coverage=given.get("coverage", "").strip() if amount == "coverage" else "",
        often=None if amount in {"weekly", "coverage"} else _often(given.get("times"), given.get("unit", "")),
        weeks=given.get("weeks", ""),
        ratio=Ratio(pupils, given.get("adults") or 1) if pupils else None,
        role=given.get("role", "").strip(),
        expertise=given.get("expertise", "").strip(),
        supervised_by=given.get("supervised_by", "").strip(),
        place=given.get("place", ""),
        start=given.get("start"),
        end=given.get("end"),
        steps=steps,
        review=Review(review_who, given.get("review_interval", ""), given.get("review_measure", "").strip())
        if review_who
        else None,
        minimum=given.get("floor") == "floor",
        focus=given.get("focus", "").strip().rstrip(".").removeprefix("to "),
    )


def initial_provision(entry: WholeEntry) -> dict[str, Any]:
    """What the boxes show of a provision that is there."""
    one = entry.provision or Provision()
    amount = "session" if one.session_minutes else "weekly" if one.weekly_minutes else "none"
    found: dict[str, Any] = {
        "way": FIELDS if entry.is_typed else WORDS,
        "service": one.service, "mode": one.mode, "amount": "coverage" if one.coverage else amount,
        "session_minutes": one.session_minutes, "weekly_minutes": one.weekly_minutes, "coverage": one.coverage,
        "times": one.often.times if one.often else None, "unit": one.often.unit if one.often else "",
        "floor": "floor" if one.minimum else "exact", "weeks": one.weeks,
        "pupils": one.ratio.pupils if one.ratio else None, "adults": one.ratio.adults if one.ratio else None,
        "role": one.role, "expertise": one.expertise, "supervised_by": one.supervised_by, "place": one.place,
        "focus": one.focus, "start": one.start, "end": one.end,
    }  # fmt: skip
    if one.review:
        found |= {"review_who": one.review.who, "review_interval": one.review.interval,
                  "review_measure": one.review.measure}  # fmt: skip
    for row, step in zip(STEP_ROWS, one.steps, strict=False):
        found |= {f"step{row}_until": step.until, f"step{row}_minutes": step.minutes,
                  f"step{row}_times": step.often.times, f"step{row}_unit": step.often.unit}  # fmt: skip
    return found
