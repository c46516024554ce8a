"""The form of an entry, and the small forms of the desk. What is typed becomes the content that `publishing` checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from kept.access.acting import Actor
from kept.design.dates import DateField
from kept.offer.models import Location, Organisation, Term
from kept.offer.states import DAY_NAMES, Answer, Capacity, Delivery, Level, Route, Status, Withheld
from kept.rules.oruk.checklist import items_on
from kept.rules.oruk.entry import LABELS

ROWS = {"rows": "4"}
OFTEN = [("", "Every week"), ("MONTHLY", "Once a month")]
# What an entry may hold more than once and the form shows once, or not at all: field of the content -> its noun.
SEVERAL = {"phones": ("phone number", 1), "schedules": ("opening time", 1), "costs": ("price", 0)}
_HOURS = re.compile(r"(\d{1,2}[:.]\d{2})\s*(?:to|-|–|until)\s*(\d{1,2}[:.]\d{2})")
HINTS = {
    "description": "What it is and what happens there. Write for a tired parent: short sentences, no jargon. "
    "Aim for a reading age of 9 to 11.",
    "who_for": "In plain words: “Children under five who are slow to talk”.",
    "who_not_for": "Say it kindly and say where to go instead.",
    "open_to_all": "Only when there is no rule about age, need or referral.",
    "how_to_get_it": "Whom to call, which form, who must refer.",
    "fees": "If it is free, write “Free”.",
    "contact": "A team or a job, never somebody’s own number.",
    "stated_wait": "Only when we do not measure the wait. It is shown as stated, not measured.",
    "easy_read": "A few short sentences, checked by somebody with a learning disability.",
    "items": "Which items of the law’s checklist this entry answers.",
}


def _label(name: str) -> str:
    return LABELS[name]


def _line(name: str, most: int = 300, *, required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=_label(name), max_length=most, required=required, help_text=HINTS.get(name, ""), widget=widget
    )


def _text(name: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_label(name),
        max_length=20_000,
        required=required,
        help_text=HINTS.get(name, ""),
        widget=forms.Textarea(attrs=ROWS),
    )


def _choice(name: str, choices: Iterable[tuple[str, str]], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=_label(name), choices=list(choices), required=required)


class EntryForm(forms.Form):
    """All that an entry says. Rules that join fields are those of `rules.oruk.entry`, the same as for a file."""

    name = _line("name", 100)
    description = _text("description")
    level = _choice("level", Level.choices)
    status = _choice("status", Status.choices)
    minimum_age = forms.FloatField(label=_label("minimum_age"), required=False)
    maximum_age = forms.FloatField(label=_label("maximum_age"), required=False)
    who_for = _text("who_for")
    who_not_for = _text("who_not_for")
    open_to_all = forms.BooleanField(label=_label("open_to_all"), required=False, help_text=HINTS["open_to_all"])
    route = _choice("route", Route.choices)
    how_to_get_it = _text("how_to_get_it")
    bring = _text("bring")
    meanwhile = _text("meanwhile")
    fees = _line("fees")
    capacity = _choice("capacity", Capacity.choices)
    capacity_on = DateField(label=_label("capacity_on"), required=False)
    stated_wait = _line("stated_wait", 200)
    stated_wait_on = DateField(label=_label("stated_wait_on"), required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = _line("email", 254)
    url = _line("url")
    contact = _line("contact", 120)
    delivery = _choice("delivery", Delivery.choices)
    days = forms.MultipleChoiceField(
        label="Days", choices=list(DAY_NAMES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.CharField(label="Hours", max_length=40, required=False, help_text="For example, 09:30 to 16:00")
    freq = forms.ChoiceField(label="How often", choices=OFTEN, required=False)
    times_words = forms.CharField(
        label="More about the times",
        max_length=200,
        required=False,
        help_text="For example, first Tuesday of the month",
    )
    term_time = forms.BooleanField(label="In term time only", required=False)
    locations = forms.MultipleChoiceField(
        label=_label("locations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    terms = forms.MultipleChoiceField(label=_label("terms"), required=False, widget=forms.CheckboxSelectMultiple)
    languages = forms.CharField(label="Languages", max_length=200, required=False, help_text="Parted by commas")
    accreditation = _line("accreditation", 200)
    alert = _line("alert", 200)
    alert_until = DateField(label=_label("alert_until"), required=False)
    easy_read = _text("easy_read")
    video = _line("video")
    items = forms.MultipleChoiceField(
        label=_label("items"), required=False, widget=forms.CheckboxSelectMultiple, help_text=HINTS["items"]
    )
    only_these = forms.BooleanField(
        label="Take out the further numbers, times and prices that this form does not show", required=False
    )
    why = forms.CharField(label="Why you change it", max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, before: Mapping[str, Any] | None = None, **more: Any) -> None:
        """The form over `before`, the content of an entry as it stands; none for a new entry."""
        super().__init__(*args, **more)
        self.before = before or {}
        if not self.further():
            del self.fields["only_these"]
        places = Location.objects.filter(area=actor.area).order_by("name")
        self.fields["locations"].choices = [(str(place.pk), str(place)) for place in places]
        terms = Term.objects.filter(area=actor.area).select_related("taxonomy").order_by("name")
        self.fields["terms"].choices = [(str(term.pk), term.name) for term in terms]
        self.fields["items"].choices = [(item.code, f"{item.code} {item.title}") for item in items_on(actor.today)]

    def further(self) -> list[str]:
        """What the entry holds and the form does not show, such as "2 more opening times"; from a file or a feed."""
        found = []
        for name, (noun, shown) in SEVERAL.items():
            count = len(self.before.get(name) or []) - shown
            if count > 0:
                found.append(f"{count} {'more ' if shown else ''}{noun}{'' if count == 1 else 's'}")
        return found

    def content(self) -> dict[str, Any]:
        """What was typed, as the content of an entry. What the form does not show stays as it was."""
        made = dict(self.cleaned_data)
        made.pop("why")
        stays = not made.pop("only_these", False)
        phone = made.pop("phone").strip()
        typed = {name: made.pop(name) for name in ("days", "hours", "freq", "times_words", "term_time")}
        made["languages"] = [part.strip() for part in made["languages"].split(",") if part.strip()]
        made["phones"] = self._phones(phone)
        made["schedules"] = _schedules(**typed)
        for name, (_noun, shown) in SEVERAL.items():
            made[name] = made.get(name, []) + (list(self.before.get(name) or [])[shown:] if stays else [])
        return made

    def _phones(self, number: str) -> list[dict[str, Any]]:
        if not number:
            return []
        first = next(iter(self.before.get("phones") or []), {})
        return [first if first.get("number") == number else {"number": number, "words": ""}]


def _schedules(*, days: list[str], hours: str, freq: str, times_words: str, term_time: bool) -> list[dict[str, Any]]:
    """The opening time that was typed, or none. Hours that are no times are kept as words."""
    hours, words = hours.strip(), times_words.strip()
    if not days and not hours and not words:
        return []
    row: dict[str, Any] = {"days": days, "term_time": term_time}
    match = _HOURS.fullmatch(hours)
    if match:
        row["opens"], row["closes"] = (time.replace(".", ":").zfill(5) for time in match.groups())
    elif hours:
        words = "; ".join(part for part in (hours, words) if part)
    return [row | {name: value for name, value in (("freq", freq), ("words", words)) if value}]


def start_of(content: dict[str, Any]) -> dict[str, Any]:
    """The form's starting values for a content."""
    start = dict(content)
    phones, schedules = content.get("phones") or [], content.get("schedules") or []
    start["phone"] = phones[0].get("number", "") if phones else ""
    first = schedules[0] if schedules else {}
    start["days"], start["term_time"] = first.get("days", []), first.get("term_time", False)
    opens, closes = first.get("opens"), first.get("closes")
    start["hours"] = f"{opens} to {closes}" if opens and closes else ""
    start["freq"], start["times_words"] = first.get("freq", ""), first.get("words", "")
    start["languages"] = ", ".join(content.get("languages") or [])
    return start


FIELD_OF = {"phones": "phone", "schedules": "hours"}


def add_problems(form: forms.Form, problems: dict[str, str]) -> None:
    """Put each problem beside the field where it is mended."""
    for name, sentence in problems.items():
        field = FIELD_OF.get(name, name)
        form.add_error(field if field in form.fields else None, sentence)


class NewEntryForm(forms.Form):
    """Whose entry it will be."""

    organisation = forms.ChoiceField(label="Organisation")

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = [(str(one.pk), one.name) for one in organisations]


class DecideForm(forms.Form):
    """An editor's answer to a provider's change."""

    answer = forms.ChoiceField(
        label="Publish this change?",
        choices=[("yes", "Yes, publish it"), ("no", "No, send it back")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why, if you send it back", max_length=300, required=False)


class PassForm(forms.Form):
    """The words of a comment that will be published."""

    words = forms.CharField(
        label="Words to publish",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="Take out anything that shows who it is about. Where few families use the service, write a summary.",
    )
    who_answers = forms.CharField(label="Who answers", max_length=120, initial="Local Offer team")


class WithholdForm(forms.Form):
    """Why a comment is not published."""

    reason = forms.ChoiceField(label="Why it is not published", choices=Withheld.choices, widget=forms.RadioSelect)


class ReplyForm(forms.Form):
    """The answer to a comment, and the action it promises."""

    answer = forms.ChoiceField(
        label="Answer", choices=[pair for pair in Answer.choices if pair[0]], widget=forms.RadioSelect
    )
    words = forms.CharField(label="In your words", max_length=4000, widget=forms.Textarea(attrs={"rows": "4"}))
    action = forms.CharField(label="What will be done", max_length=300, required=False)
    action_owner = forms.CharField(label="Who does it", max_length=120, required=False)
    action_due = DateField(label="By when", required=False)


class FinishForm(forms.Form):
    """A promised action was done."""

    result = forms.CharField(label="What came of it", max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}))
    done_on = DateField(label="Done on")


class LineForm(forms.Form):
    """Who owns an item of the checklist."""

    code = forms.CharField(widget=forms.HiddenInput)
    owner = forms.CharField(label="Who owns this item", max_length=120, required=False)
    not_applicable_because = forms.CharField(label="Why it does not apply here, if so", max_length=300, required=False)


class ImportForm(forms.Form):
    """A file of entries."""

    file = forms.FileField(label="A CSV file, or a JSON file of an Open Referral UK feed")
    organisation = forms.CharField(
        label="Name of the source", max_length=100, help_text="For example, the council’s old site"
    )
    go = forms.BooleanField(label="Publish what is right", required=False, help_text="Leave empty for a dry run.")
