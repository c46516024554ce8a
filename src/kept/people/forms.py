"""The forms of people's pages: they read what was typed; what the law and the record allow, the actions check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from kept.access.models import Agency
from kept.design.forms import DateField, RadiosWithHints
from kept.people.codes import Ethnicity, Need, Pronouns, Sex
from kept.people.languages import LANGUAGES
from kept.people.models import Carer, Child, EnrolmentKind, IdentifierKind, ParentalLink
from kept.rules.dates_as_typed import say_date
from kept.rules.identifiers import uuid7

NOT_RECORDED = ("", "Not recorded")
LANGUAGE_CHOICES = [NOT_RECORDED, *sorted(LANGUAGES.items(), key=lambda pair: (pair[0] != "eng", pair[1]))]
YES_NO = [("yes", "Yes"), ("no", "No")]
MOST_NEEDS = 4
NOBODY = "none"


def _text(label: str, *, longest: int = 120, required: bool = True, hint: str = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=hint, widget=forms.TextInput(attrs=attrs)
    )


def _choice(
    label: str, choices: Iterable[tuple[str, str]], *, required: bool = False, hint: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=hint)


def _yes_no(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda answer: answer == "yes", widget=forms.RadioSelect, help_text=hint
    )


def yes_or_no(value: bool) -> str:
    """A stored truth as the answer of a form."""
    return "yes" if value else "no"


class RecordForm(forms.Form):
    """A form on a child's record: it carries the version of the record that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, label="Version of the record")

    def facts(self) -> dict[str, Any]:
        """What the action is called with."""
        return dict(self.cleaned_data)


class FindForm(forms.Form):
    """One box for everything that somebody may know of a child."""

    mark_optional = False
    q = forms.CharField(
        label="Name, date of birth, number or postcode",
        required=False,
        max_length=200,
        help_text="All or part of a name, however it is spelt, such as nia sampel 4/5/2016. "
        "Former names, NHS numbers, unique pupil and learner numbers and old addresses are found too.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AddChildForm(forms.Form):
    """All that is known when a child comes on the record; only the name and the date of birth are needed."""

    given_names = _text("Given names", hint="All first and middle names, as on the birth certificate")
    family_name = _text("Family name")
    born_on = DateField(label="Date of birth", help_text="For example, 4 5 2016")
    known_as = _text("Name they like to be called", required=False)
    sex = _choice("Sex", [NOT_RECORDED, *Sex.choices])
    pronouns = _choice(
        "Pronouns", [NOT_RECORDED, *Pronouns.choices], hint="As they or the family say. Plans are checked against it."
    )
    nhs = _text("NHS number", required=False, longest=20, hint="10 figures, such as 999 000 0018", inputmode="numeric")
    upn = _text("Unique pupil number (UPN)", required=False, longest=20, hint="A letter and 12 figures")
    uln = _text("Unique learner number (ULN)", required=False, longest=20, hint="10 figures, from age 14")
    address = forms.CharField(
        label="Address", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"})
    )
    postcode = _text("Postcode", required=False, longest=10)
    language = _choice("First language", LANGUAGE_CHOICES)
    interpreter_needed = forms.BooleanField(label="An interpreter is needed", required=False)
    ethnicity = _choice("Ethnicity", [NOT_RECORDED, *Ethnicity.choices], hint="As the family says")
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, label="Form")

    def facts(self) -> dict[str, Any]:
        """What `add_child` is called with."""
        facts = dict(self.cleaned_data)
        facts["identifiers"] = {kind: facts.pop(kind) for kind in ("nhs", "upn", "uln")}
        return facts


class NameForm(RecordForm):
    """A new name."""

    given_names = _text("Given names")
    family_name = _text("Family name")
    from_day = DateField(
        label="Used since", help_text="The day from which this name is used, such as the day of a deed poll"
    )


class DetailsForm(RecordForm):
    """What else is known of the child."""

    known_as = _text("Name they like to be called", required=False)
    born_on = DateField(label="Date of birth", help_text="Change it only to correct a mistake")
    sex = _choice("Sex", [NOT_RECORDED, *Sex.choices])
    pronouns = _choice(
        "Pronouns", [NOT_RECORDED, *Pronouns.choices], hint="As they or the family say. Plans are checked against it."
    )
    language = _choice("First language", LANGUAGE_CHOICES)
    interpreter_needed = forms.BooleanField(label="An interpreter is needed", required=False)
    ethnicity = _choice("Ethnicity", [NOT_RECORDED, *Ethnicity.choices], hint="As the family says")
    looked_after_from = DateField(label="Looked after by the council since", required=False)
    left_area_on = DateField(label="Left the area on", required=False)
    died_on = DateField(label="Died on", required=False)


class IdentifierForm(RecordForm):
    """A number by which others know the child."""

    kind = forms.ChoiceField(label="Which number is it?", choices=IdentifierKind.choices, widget=forms.RadioSelect)
    value = _text(
        "Number", longest=40, hint="Spaces and hyphens do not matter. A number of the same kind becomes a former one."
    )


class AddressForm(RecordForm):
    """Where the child lives."""

    lines = forms.CharField(label="Address", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}))
    postcode = _text("Postcode", required=False, longest=10)
    starts_on = DateField(label="Since when?")
    second_home = forms.BooleanField(
        label="This is one more home: the addresses recorded now stay",
        required=False,
        help_text="As with parents who live apart",
    )
    holder = _choice("Whose home is it?", [("", "The family's")])
    is_confidential = forms.BooleanField(
        label="Keep this address confidential",
        required=False,
        help_text="A refuge, or wherever somebody would be in danger if it were known. Only the case team and the "
        "person whose home it is will see it: not the other parent, not the school.",
    )

    def __init__(self, *args: Any, carers: Iterable[Carer] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.carers = {str(carer.pk): carer for carer in carers}
        self.fields["holder"].choices = [
            ("", "The family's"),
            *((key, carer.name) for key, carer in self.carers.items()),
        ]

    def facts(self) -> dict[str, Any]:
        """What `move_address` is called with."""
        facts = super().facts()
        facts["holder"] = self.carers.get(facts["holder"])
        facts["replaces"] = [] if facts.pop("second_home") else None
        return facts


class NeedsForm(RecordForm):
    """The child's needs in order."""

    on = DateField(label="Since when is this so?")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = ["Primary need", "Second need", "Third need", "Fourth need"]
        for rank, label in enumerate(labels[:MOST_NEEDS], start=1):
            nothing = [] if rank == 1 else [("", "None")]
            choices = [("", "Choose one"), *Need.choices] if rank == 1 else [*nothing, *Need.choices]
            self.fields[f"need_{rank}"] = forms.ChoiceField(label=label, choices=choices, required=rank == 1)
        self.order_fields([f"need_{rank}" for rank in range(1, MOST_NEEDS + 1)])

    def facts(self) -> dict[str, Any]:
        """What `set_needs` is called with."""
        facts = super().facts()
        needs = [facts.pop(f"need_{rank}") for rank in range(1, MOST_NEEDS + 1)]
        return facts | {"needs": [need for need in needs if need]}


class SettingForm(RecordForm):
    """Where the child is educated."""

    kind = forms.ChoiceField(
        label="How is the child educated?",
        choices=EnrolmentKind.choices,
        widget=RadiosWithHints(
            choice_hints={EnrolmentKind.ON_ROLL: "The people of the setting will see the child's record"}
        ),
    )
    setting = _choice(
        "School, college or early years setting", [("", "None")], hint="Only if on roll or awaiting a place"
    )
    sen_unit = forms.BooleanField(label="In its resourced provision or SEN unit", required=False)
    starts_on = DateField(label="First day", help_text="May lie ahead")
    stays = forms.BooleanField(
        label="The child also stays at the settings recorded now", required=False, help_text="Registered at two schools"
    )

    def __init__(self, *args: Any, settings: Iterable[Agency] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.settings = {str(setting.pk): setting for setting in settings}
        names = ((key, " ".join([setting.name, setting.postcode]).strip()) for key, setting in self.settings.items())
        self.fields["setting"].choices = [("", "None"), *names]

    def facts(self) -> dict[str, Any]:
        """What `enrol` is called with."""
        facts = super().facts()
        facts["setting"] = self.settings.get(facts["setting"])
        facts["leaves"] = [] if facts.pop("stays") else None
        return facts


class LeaveForm(RecordForm):
    """The last day at a setting."""

    ends_on = DateField(label="Last day", help_text="The people of the setting see the record until then")

    def facts(self) -> dict[str, Any]:
        """What `leave` is called with."""
        facts = super().facts()
        return {"on": facts["ends_on"], "version": facts["version"]}


class ContactForm(RecordForm):
    """How a parent or carer is called and reached."""

    name = _text("Full name", longest=150, autocomplete="off")
    email = _text("Email address", longest=254, required=False, inputmode="email", spellcheck="false")
    phone = _text("Telephone number", longest=40, required=False, inputmode="tel")
    prefers = forms.ChoiceField(
        label="How do they like to hear from us?",
        choices=Carer._meta.get_field("prefers").choices or (),
        widget=forms.RadioSelect,
        initial="post",
    )
    language = _choice("Language they like to use", LANGUAGE_CHOICES)
    interpreter_needed = forms.BooleanField(label="An interpreter is needed", required=False)


CONTACT = ("name", "email", "phone", "prefers", "language", "interpreter_needed")


class LinkForm(RecordForm):
    """How a parent or carer is joined to the child."""

    relationship = _text(
        "Relationship to the child", longest=60, hint="Such as mother, father, grandparent, foster carer"
    )
    has_responsibility = _yes_no(
        "Do they have parental responsibility?",
        "A mother has it from birth. A father has it if he is on the birth certificate (from 1 December 2003) or was "
        "married to the mother; others by a court order or agreement.",
    )
    evidence = _text(
        "What shows it?", longest=200, required=False, hint="Such as birth certificate seen, or order of 3 March 2026"
    )
    limits = _text("Limits set by a court", longest=200, required=False)
    lives_with = _yes_no("Does the child live with them, all or part of the time?")
    withheld_because = _text(
        "Why they may not see the record",
        longest=200,
        required=False,
        hint="Leave empty for nearly everybody. If a court or safety asks for it, their account will not open it.",
    )
    starts_on = DateField(label="Since when is this so?", help_text="For a parent, often the child's date of birth")


class AddCarerForm(ContactForm, LinkForm):
    """A parent or carer and how they are joined to the child, in one form."""

    field_order = (
        "name", "relationship", "has_responsibility", "evidence", "limits", "lives_with", "starts_on",
        "withheld_because", "email", "phone", "prefers", "language", "interpreter_needed",
    )  # fmt: skip

    def offer(self, carers: Iterable[Carer], said: Iterable[str]) -> None:
        """Ask whether the person is one of those already on the record."""
        choices = [(str(carer.pk), words) for carer, words in zip(carers, said, strict=True)]
        self.fields["same_as"] = forms.ChoiceField(
            label="Is it one of these people, who are already on the record?",
            choices=[*choices, (NOBODY, "No, this is somebody else")],
            widget=forms.RadioSelect,
        )
        self.order_fields(["same_as", *self.field_order])

    def contact(self) -> dict[str, Any]:
        """What `add_carer` is called with."""
        return {name: self.cleaned_data[name] for name in CONTACT}

    def facts(self) -> dict[str, Any]:
        """What `link_carer` is called with, besides the carer."""
        return {name: value for name, value in super().facts().items() if name not in {*CONTACT, "same_as"}}


class EndLinkForm(RecordForm):
    """The end of how a carer is joined to the child."""

    on = DateField(label="Last day")
    why = _text("Why does it end, and what shows it?", longest=200, hint="Such as adoption order of 3 March 2026")
    stays = forms.BooleanField(
        label="They stay on the record, without parental responsibility",
        required=False,
        help_text="A parent whose responsibility a court has ended, but who still has contact",
    )

    def __init__(self, *args: Any, link: ParentalLink, **more: Any) -> None:
        super().__init__(*args, **more)
        if not link.has_responsibility:
            del self.fields["stays"]


class SameChildForm(forms.Form):
    """Is the child to be added one of these?"""

    answer = forms.ChoiceField(label="Is it one of these children?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, children: Iterable[Child], **more: Any) -> None:
        super().__init__(*args, **more)
        names = [(str(child.pk), f"Yes, it is {child.full_name}, born {say_date(child.born_on)}") for child in children]
        self.fields["answer"].choices = [*names, (NOBODY, "None of these: add a new child")]

    def chosen(self) -> UUID | None:
        """The child it is, or None for a new one."""
        answer = self.cleaned_data["answer"]
        return None if answer == NOBODY else UUID(answer)
