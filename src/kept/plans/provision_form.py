"""The boxes of a typed provision: from the boxes to the facts and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kept.design.forms import DateField, InputWithUnit, RadiosWithHints, SuggestingInput
from kept.plans.facts import WholeEntry
from kept.rules.dates_as_typed import read_date
from kept.rules.delivery.calendars import monday_of
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften, Ratio, Review, Step

LONGEST = 20_000
FIELDS, WORDS = "fields", "words"
UNITS = [
    ("", "Choose"), ("day", "school day"), ("week", "week"), ("fortnight", "fortnight"), ("month", "month"),
    ("half-term", "half-term"), ("term", "term"), ("year", "year"),
]  # fmt: skip
MODES = [
    ("direct", "Work with the child"),
    ("coaching", "Coaching of the staff who work with the child"),
    ("programme writing", "Writing a programme that others deliver"),
    ("training", "Training of staff"),
    ("review", "Looking again whether it is needed"),
    ("equipment", "Equipment"),
    ("environment", "Changes to the room"),
]
LISTED = "listed"
WEEKS = [
    ("", "Not said"),
    ("term time", "School weeks (38)"),
    ("year-round", "All year, holidays too"),
    (LISTED, "Only the weeks that I list"),
]
TOGETHER = [("group", "A group"), ("class", "A class")]
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
MOST_STEPS, MOST_WEEKS = 40, 60
STEP_BOXES = ("until", "minutes", "times", "every", "unit")
_STEP_NAME = re.compile(r"^step(\d{1,2})_(?:until|minutes|times|unit)")


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


def times_field(label: str) -> forms.IntegerField:
    """A box for how many times."""
    widget = InputWithUnit({"inputmode": "numeric", "class": "govuk-input--width-3"}, suffix="times")
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=50, widget=widget)


def every_field(label: str) -> forms.IntegerField:
    """A box for the number in "every 3 weeks"; blank is every one."""
    widget = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=52, widget=widget)


class WeekListField(forms.CharField):
    """Weeks, one a line, each by a day in it. The value is the Mondays, in order, each once."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": "3"}), required=False, max_length=3000, **more)

    def prepare_value(self, value: Any) -> Any:
        """Days as people write them, a line each."""
        return value if isinstance(value, str) or value is None else "\n".join(_said(day) for day in value)

    def clean(self, value: Any) -> tuple[date, ...]:
        """The Mondays. A line that is no day is named."""
        lines = [line.strip(" ,;") for line in (super().clean(value) or "").splitlines() if line.strip(" ,;")]
        if len(lines) > MOST_WEEKS:
            raise ValidationError(f"List at most {MOST_WEEKS} weeks; for more, say school weeks or all year.")
        found = set()
        for line in lines:
            try:
                found.add(monday_of(read_date(line)))
            except ValueError:
                raise ValidationError(f"“{line[:40]}” is not a day. Write each week on its own line, such as "
                                      "26 October 2026.") from None  # fmt: skip
        return tuple(sorted(found))


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def provision_fields(steps: int = 1) -> dict[str, forms.Field]:
    """The typed fields of a provision, in the order in which a person thinks of them, with so many dated steps."""
    ways = [(FIELDS, "Fill in the boxes"), (WORDS, "Write it in words of my own")]
    hints = {FIELDS: "The sentence is written from them, so words and numbers cannot differ.",
             WORDS: "The numbers are read from the words."}  # fmt: skip
    amounts = [
        ("session", "A length for each session"),
        ("weekly", "A total for the week"),
        ("coverage", "All through something, such as every lesson"),
        ("none", "No amount: equipment, a place, a training day"),
    ]
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
        "times": times_field("How many times"),
        "every": every_field("In every"),
        "unit": forms.ChoiceField(label="Days, weeks or terms", choices=UNITS, required=False),
        "trigger": line_field("Or each time what happens", "Instead of how often. For example: the fire alarm sounds."),
        "floor": forms.ChoiceField(label="Is that exact?", choices=floors, required=False, initial="exact"),
        "weeks": forms.ChoiceField(label="In which weeks", choices=WEEKS, required=False),
        "week_list": WeekListField(
            label="Which weeks", help_text="One a line, each by the day on which it begins: 26 October 2026."
        ),
        "pupils": number_field("Pupils in the group at most", "pupils", "1 for one-to-one.", 40),
        "together": forms.ChoiceField(label="In a group or a class", choices=TOGETHER, required=False),
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
        "provider": line_field("Which organisation provides it", "Printed beneath the sentence."),
        "person": line_field("Who it is at present"),
        "contract": line_field("Under which contract"),
    }  # fmt: skip
    for row in range(1, steps + 1):
        fields |= {
            f"step{row}_until": DateField(label=f"Step {row}: until", required=False),
            f"step{row}_minutes": number_field(f"Step {row}: minutes each time", "minutes"),
            f"step{row}_times": times_field(f"Step {row}: how many times"),
            f"step{row}_every": every_field(f"Step {row}: in every"),
            f"step{row}_unit": forms.ChoiceField(
                label=f"Step {row}: days, weeks or terms", choices=UNITS, required=False
            ),
        }
    return fields


def steps_in(data: Mapping[str, Any] | None, entry: WholeEntry | None = None) -> int:
    """How many steps the form shows: those that were typed or kept, at least one; one more where that was asked for."""
    if data is None:
        kept = len(entry.provision.steps) if entry and entry.provision else 0
        return max(kept, 1)
    found = [int(match.group(1)) for name in data if (match := _STEP_NAME.match(name))]
    return min(max([1, *found]) + (data.get("press") == "step"), MOST_STEPS)


def step_problems(given: Mapping[str, Any], steps: Iterable[int]) -> dict[str, str]:
    """What is missing in each step that was begun, by box. A step left empty is no step."""
    found = {}
    for row in steps:
        until, minutes, times, unit = (given.get(f"step{row}_{name}") for name in ("until", "minutes", "times", "unit"))
        if not (until or minutes or times or unit):
            continue
        if not until:
            found[f"step{row}_until"] = f"Say until which day step {row} lasts, or leave the whole step empty."
        if not minutes:
            found[f"step{row}_minutes"] = f"Say how many minutes each time in step {row}."
        if not unit:
            found[f"step{row}_unit"] = f"Say how often in step {row}: a day, a week or a term."
    return found


def _often(times: int | None, unit: str, every: int | None) -> HowOften | None:
    return HowOften(times or 1, unit, every or 1) if unit else None


def _steps(given: Mapping[str, Any]) -> tuple[Step, ...]:
    rows = sorted({int(match.group(1)) for name in given if (match := _STEP_NAME.match(name))})
    found = []
    for row in rows:
        until, minutes, times, every, unit = (given.get(f"step{row}_{name}") for name in STEP_BOXES)
        often = _often(times, unit or "", every)
        if until and minutes and often:
            found.append(Step(until, minutes, often))
    return tuple(found)


def _trigger(words: str) -> str:
    return words.strip().rstrip(".").removeprefix("each time ").removeprefix("whenever ")


def provision_from(given: Mapping[str, Any]) -> Provision:
    """The typed provision that the boxes say. Only the way of saying how much that was chosen counts."""
    amount = given.get("amount") or "none"
    pupils, adults = given.get("pupils"), given.get("adults") or 1
    weeks = given.get("weeks", "")
    review_who = given.get("review_who", "").strip()
    return Provision(
        service=given.get("service", "").strip(),
        mode=given.get("mode") or "direct",
        session_minutes=given.get("session_minutes") if amount == "session" else None,
        weekly_minutes=given.get("weekly_minutes") if amount == "weekly" else None,
        coverage=given.get("coverage", "").strip() if amount == "coverage" else "",
        often=None
        if amount in {"weekly", "coverage"}
        else _often(given.get("times"), given.get("unit", ""), given.get("every")),
        weeks="" if weeks == LISTED else weeks,
        ratio=Ratio(pupils, adults, given.get("together") or "group" if adults == 1 else "group") if pupils else None,
        role=given.get("role", "").strip(),
        expertise=given.get("expertise", "").strip(),
        supervised_by=given.get("supervised_by", "").strip(),
        place=given.get("place", ""),
        start=given.get("start"),
        end=given.get("end"),
        steps=_steps(given),
        review=Review(review_who, given.get("review_interval", ""), given.get("review_measure", "").strip())
        if review_who
        else None,
        minimum=given.get("floor") == "floor",
        focus=given.get("focus", "").strip().rstrip(".").removeprefix("to "),
        trigger="" if amount in {"weekly", "coverage"} else _trigger(given.get("trigger", "")),
        week_list=tuple(given.get("week_list") or ()) if weeks == LISTED else (),
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
        "every": one.often.every if one.often else 1, "trigger": one.trigger,
        "floor": "floor" if one.minimum else "exact", "weeks": LISTED if one.week_list else one.weeks,
        "week_list": one.week_list, "together": one.ratio.of if one.ratio else "group",
        "pupils": one.ratio.pupils if one.ratio else None, "adults": one.ratio.adults if one.ratio else None,
        "role": one.role, "expertise": one.expertise, "supervised_by": one.supervised_by, "place": one.place,
        "focus": one.focus, "start": one.start, "end": one.end,
    }  # fmt: skip
    if one.review:
        found |= {"review_who": one.review.who, "review_interval": one.review.interval,
                  "review_measure": one.review.measure}  # fmt: skip
    for row, step in enumerate(one.steps, 1):
        said = (step.until, step.minutes, step.often.times, step.often.every, step.often.unit)
        found |= {f"step{row}_{name}": value for name, value in zip(STEP_BOXES, said, strict=True)}
    return found
