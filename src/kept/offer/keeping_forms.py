"""The forms of what editors keep beside the entries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from kept.access.acting import Actor
from kept.design.dates import DateField
from kept.offer.models import Service
from kept.offer.states import About, CameBy
from kept.offer.voice_views import WHO
from kept.rules.oruk.checklist import items_on
from kept.rules.oruk.consultees import on_list

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}")


def _text(
    label: str, rows: str = "4", *, required: bool = False, hint: str = "", most: int = 20_000
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


class OrganisationForm(forms.Form):
    """Who provides services."""

    name = forms.CharField(label="Name", max_length=200)
    description = _text("What it does", required=True, hint="One or two sentences. The open data needs it.", most=2000)
    url = forms.URLField(label="Web address", max_length=300, required=False, assume_scheme="https")
    email = forms.EmailField(label="Email address of a team", required=False)
    is_trusted = forms.BooleanField(
        label="Its changes are published at once",
        required=False,
        help_text="One change in five, and its first, is put on your desk afterwards.",
    )


class LocationForm(forms.Form):
    """A place where services are given."""

    name = forms.CharField(label="Name of the place", max_length=200, help_text="Never a refuge or somebody’s home.")
    address_1 = forms.CharField(label="Building and street", max_length=200)
    city = forms.CharField(label="Town or city", max_length=100)
    county = forms.CharField(label="County", max_length=100, required=False)
    postcode = forms.CharField(label="Postcode", max_length=9)
    uprn = forms.RegexField(
        r"^\d{1,12}$", label="Property number (UPRN)", required=False, help_text="Up to 12 digits, if you know it"
    )
    accessibility = _text("How accessible it is", hint="One feature a line: “Step-free entrance”", most=2000)

    def clean_postcode(self) -> str:
        """The postcode as it is written."""
        flat = self.cleaned_data["postcode"].upper().replace(" ", "")
        ready = f"{flat[:-3]} {flat[-3:]}"
        if not POSTCODE.fullmatch(ready):
            raise forms.ValidationError("Enter a full UK postcode, such as QX1 1AB.")
        return ready

    def clean_accessibility(self) -> list[str]:
        """One sentence for each feature."""
        return [line.strip() for line in self.cleaned_data["accessibility"].splitlines() if line.strip()]


class PageForm(forms.Form):
    """A page of guidance."""

    title = forms.CharField(label="Title", max_length=120)
    slug = forms.SlugField(label="End of its address", max_length=60, help_text="For example, ask-for-an-assessment")
    body = _text("The page", "16", required=True, hint="Paragraphs parted by an empty line; “- ” begins a point; "
                 "“## ” a heading.")  # fmt: skip
    easy_read = _text("Easy read", "8", hint="A few short sentences, checked by somebody with a learning disability.")
    video = forms.URLField(label="British Sign Language video", max_length=300, required=False, assume_scheme="https")
    contact = forms.CharField(label="Whom to ask", max_length=200, required=False, help_text="A team, with its phone")
    items = forms.MultipleChoiceField(
        label="Items of the law that it answers", required=False, widget=forms.CheckboxSelectMultiple
    )
    is_published = forms.BooleanField(label="Families see it", required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["items"].choices = [(item.code, f"{item.code} {item.title}") for item in items_on(actor.today)]


class SynonymForm(forms.Form):
    """What else to search for."""

    typed = forms.CharField(label="When families type", max_length=60, help_text="For example, salt")
    also = forms.CharField(
        label="Also search for", max_length=300, required=False,
        help_text="Parted by semicolons: speech and language therapy; talking",
    )  # fmt: skip
    note = forms.CharField(label="Why", max_length=200, required=False)
    is_on = forms.BooleanField(label="Use it", required=False, help_text="Leave empty to switch the word off.")


class SampleForm(forms.Form):
    """What an editor found in a sampled change."""

    answer = forms.ChoiceField(
        label="Is this change right?",
        choices=[("yes", "Yes, leave it"), ("no", "No, put back what was there before")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="What is wrong, if you put it back", max_length=300, required=False)


class WrittenDownForm(forms.Form):
    """A comment that came by phone, on paper or in a group."""

    came_by = forms.ChoiceField(label="How did it come?", widget=forms.RadioSelect,
                                choices=[pair for pair in CameBy.choices if pair[0] != CameBy.WEB])  # fmt: skip
    received_on = DateField(label="On which day?")
    about = forms.ChoiceField(label="What is it about?", choices=About.choices, widget=forms.RadioSelect)
    service_id = forms.ChoiceField(label="Which entry, if one", required=False)
    words = _text("What was said", "6", required=True, hint="As near to their own words as you can.", most=4000)
    people = forms.IntegerField(label="How many people said it", initial=1, min_value=1, max_value=10_000)
    who = forms.ChoiceField(label="Who they are", choices=WHO, required=False)
    district = forms.CharField(label="First part of their postcode", max_length=5, required=False)
    reply_to = forms.CharField(
        label="How to reach them, if they want an answer themselves", max_length=254, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        found = Service.objects.filter(area=actor.area, is_published=True).order_by("name").values_list("pk", "name")
        self.fields["service_id"].choices = [("", "None"), *((str(key), name) for key, name in found)]


class ConsultedForm(forms.Form):
    """Who was asked."""

    code = forms.ChoiceField(label="Who was asked?")
    on = DateField(label="On which day?")
    how = forms.CharField(label="How were they asked?", max_length=200, help_text="For example, an evening at a school")
    people = forms.IntegerField(label="How many answered?", initial=0, min_value=0, max_value=100_000)
    changed = forms.CharField(label="What changed because of it, if anything yet", max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].choices = [(one.code, f"({one.code}) {one.who}") for one in on_list(today)]


class PlacesForm(forms.Form):
    """A file that says where postcodes are."""

    file = forms.FileField(
        label="A CSV file of the ONS Postcode Directory, or with the columns postcode, latitude, longitude",
        help_text="Cut it to your area first: up to 60 MB.",
    )
    district = forms.CharField(
        label="Code of the local authority", max_length=12, required=False,
        help_text="For example, E06000033. Only its postcodes are kept. Leave empty to keep all of the file.",
    )  # fmt: skip
    go = forms.BooleanField(label="Keep them", required=False, help_text="Leave empty for a dry run.")
