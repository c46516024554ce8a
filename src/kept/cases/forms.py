"""The forms of the case pages: they read what was typed; what is possible, `kept.rules.process` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from kept.access.models import Agency, Team, User
from kept.cases.actions import ADVICE_ASKED
from kept.cases.advice import AdviceKind, Asked, kind_for
from kept.cases.labels import answer, question
from kept.cases.models import Case, Event
from kept.cases.panels import Outcome
from kept.cases.queries import MINE, NOBODY
from kept.design.forms import DateField, RadiosWithHints, SuggestingInput
from kept.design.words import day
from kept.rules.identifiers import uuid7
from kept.rules.process import Stage
from kept.rules.process.catalogue import EventKind, Field
from kept.rules.process.events import as_date
from kept.rules.process.grounds import ASKED, FactAsked

LONGEST_NOTE = 2000
LONGEST_NAME = 200
YES_NO = [("yes", "Yes"), ("no", "No")]
ANY = ("", "Any")
WITH_REQUEST = {"request_received", "became_responsible", "detained_request_received", "detained_brought_to_attention"}


def _note(label: str = "Note", hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_NOTE,
        help_text=hint or "Kept with the entry. Write it so that the family can read it.",
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class StepForm(forms.Form):
    """A form whose result is checked before it is confirmed: it carries the case as seen, and is recorded once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, label="Form")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, label="Version of the case")
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False, label="Last entry seen")

    def seen_as(self) -> dict[str, Any]:
        """What the actions are told of the page: the version of the case and the form itself."""
        return {"version": self.cleaned_data["version"], "token": self.cleaned_data["token"]}


class EventForm(StepForm):
    """What happened, on which day, with the details that its kind asks for.

    fixed: details that the button pressed already decided. choices: names to choose from, by detail.
    """

    def __init__(
        self,
        *args: Any,
        kind: EventKind,
        fixed: Mapping[str, str] | None = None,
        suggestions: Mapping[str, Sequence[str]] | None = None,
        needs_reason: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        self.fixed = dict(fixed or {})
        self.fields["date"] = DateField(
            label=f"Date on which {kind.words}",
            help_text="For example, 27 3 2026. A coming day may be given."
            if kind.planned
            else "For example, 27 3 2026",
        )
        self.asked = [field for field in kind.fields if field.name not in {*self.fixed, *_said_by_date(kind)}]
        for field in self.asked:
            self.fields[field.name] = _detail(kind.type, field, (suggestions or {}).get(field.name, ()))
        if needs_reason:
            hint = "It stays beside both entries, and the family can read it."
            self.fields["note"] = _note("Why is this corrected?", hint, required=True)
        else:
            self.fields["note"] = _note()

    def details(self) -> dict[str, Any]:
        """The details as they are kept: dates as ISO texts, empty ones left out."""
        found: dict[str, Any] = dict(self.fixed)
        for field in self.asked:
            value = self.cleaned_data.get(field.name)
            if value is not None and value != "":
                found[field.name] = value.isoformat() if field.kind == "date" else value
        return found | {name: self.cleaned_data["date"].isoformat() for name in _said_by_date(self.kind)}

    def facts(self) -> dict[str, Any]:
        """The event: its kind, day and details."""
        return {"kind": self.kind.type, "on": self.cleaned_data["date"], "details": self.details()}


def _said_by_date(kind: EventKind) -> tuple[str, ...]:
    """Details that say the event's own date again, so that it is asked for once."""
    return ("received",) if kind.type in ADVICE_ASKED else ()


def _detail(kind: str, field: Field, names: Sequence[str]) -> forms.Field:
    """The form's field for a detail of an event."""
    label = question(kind, field)
    if field.kind == "date":
        return DateField(label=label, required=field.required)
    if field.kind == "bool":
        return yes_no(label, required=field.required)
    if field.kind == "choice":
        choices = [(value, answer(field.name, value)) for value in field.choices]
        return forms.ChoiceField(label=label, choices=choices, required=field.required, widget=forms.RadioSelect)
    return forms.CharField(
        label=label, max_length=LONGEST_NAME, required=field.required, widget=SuggestingInput(suggestions=names)
    )


def yes_no(label: str, *, required: bool = True) -> forms.TypedChoiceField:
    """A question answered by yes or no; None when it may be left and was."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=required,
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def initial_of(event: Event) -> dict[str, Any]:
    """An entry as the answers of its form, to be corrected."""
    found: dict[str, Any] = {"date": event.happened_on}
    for name, value in event.details.items():
        found[name] = ("yes" if value else "no") if isinstance(value, bool) else as_date(value) or value
    return found


def start_of(case: Case, rows: Iterable[Event]) -> dict[str, Any]:
    """The hidden fields of a form about a case as it stands now."""
    return {"version": case.version, "seen": max((row.pk for row in rows), default=None)}


class OpenForm(EventForm):
    """A new case: the first event, and who has it."""

    def __init__(self, *args: Any, officers: Sequence[User], teams: Sequence[Team], me: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.officers = {str(user.pk): user for user in officers}
        self.teams = {str(team.pk): team for team in teams}
        self.fields["officer"] = _officer("Who has the case?", officers, me)
        if self.teams:
            self.fields["team"] = _team(teams)
        self.order_fields(["date", *(field.name for field in self.kind.fields), "officer", "team", "note"])

    def people(self) -> dict[str, Any]:
        """Who has it."""
        return {
            "officer": self.officers.get(self.cleaned_data["officer"]),
            "team": self.teams.get(self.cleaned_data.get("team", "")),
        }


def _officer(label: str, officers: Sequence[User], me: User) -> forms.ChoiceField:
    named = [(str(user.pk), f"{user.name} (me)" if user == me else user.name) for user in officers]
    mine_first = sorted(named, key=lambda pair: pair[0] != str(me.pk))
    return forms.ChoiceField(label=label, choices=[("", "Nobody yet"), *mine_first], required=False)


def _team(teams: Sequence[Team]) -> forms.ChoiceField:
    named = [(str(team.pk), f"{team.name}, {team.agency.name}") for team in teams]
    return forms.ChoiceField(label="Team", choices=[("", "No team"), *named], required=False)


class AssignForm(StepForm):
    """Who has a case and who stands in."""

    mark_optional = False

    def __init__(self, *args: Any, officers: Sequence[User], teams: Sequence[Team], me: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.officers = {str(user.pk): user for user in officers}
        self.teams = {str(team.pk): team for team in teams}
        self.fields["officer"] = _officer("Case officer", officers, me)
        self.fields["deputy"] = _officer("Deputy, who stands in", officers, me)
        if self.teams:
            self.fields["team"] = _team(teams)

    def people(self) -> dict[str, Any]:
        """What `assign` is called with."""
        officer, deputy = (self.officers.get(self.cleaned_data[name]) for name in ("officer", "deputy"))
        team = self.teams.get(self.cleaned_data.get("team", ""))
        return {"officer": officer, "deputy": deputy, "team": team, "version": self.cleaned_data["version"]}


class AskForm(StepForm):
    """Which bodies are asked for advice, and when each received the request.

    before: by body, what is known of an earlier request, in words.
    """

    def __init__(self, *args: Any, advisers: Sequence[Agency], before: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.advisers = {str(agency.pk): agency for agency in advisers}
        if self.advisers:
            choices = [
                (key, f"{agency.name} ({before[agency.name]})" if agency.name in before else agency.name)
                for key, agency in self.advisers.items()
            ]
            self.fields["bodies"] = forms.MultipleChoiceField(
                label="Who is asked?",
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Choose all that apply. Each gets a time limit of its own.",
            )
        self.fields["other"] = forms.CharField(
            label="Anybody else, by name", max_length=LONGEST_NAME, required=False, help_text="One person or body"
        )
        self.fields["other_kind"] = forms.ChoiceField(
            label="What would they advise on?", choices=AdviceKind.choices, required=False, initial=AdviceKind.OTHER
        )
        self.fields["asked_on"] = DateField(label="Date on which we asked", help_text="For example, 27 3 2026")
        self.fields["date"] = DateField(
            label="Date on which they received the request",
            help_text="The six weeks run from this day. Leave empty if it came on the day on which we asked.",
            required=False,
        )
        self.fields["note"] = _note("What are they asked?")

    def clean(self) -> dict[str, Any]:
        """At least one body; asked no later than received, and received on that day unless another is given."""
        found = super().clean() or {}
        if not found.get("other", "").strip():
            found["other_kind"] = ""  # of nobody
        if not found.get("date") and "date" not in self.errors:
            found["date"] = found.get("asked_on")
        if not found.get("bodies") and not found.get("other", "").strip():
            first = "bodies" if self.advisers else "other"
            self.add_error(first, "Choose at least one body, or write a name")
        asked, received = found.get("asked_on"), found.get("date")
        if asked and received and asked > received:
            self.add_error("date", f"They cannot have received it before we asked, on {day(asked)}")
        return found

    def asked(self) -> list[Asked]:
        """The bodies, with the team that answers where an agency has only one."""
        chosen = [self.advisers[key] for key in self.cleaned_data.get("bodies", ())]
        found = [Asked(agency.name, kind_for(agency), agency, _only_team(agency)) for agency in chosen]
        other = " ".join(self.cleaned_data["other"].split())
        if other and other not in {one.body for one in found}:
            found.append(Asked(other, self.cleaned_data["other_kind"] or AdviceKind.OTHER.value))
        return found


def _only_team(agency: Agency) -> Team | None:
    teams = list(agency.teams.all())
    return teams[0] if len(teams) == 1 else None


class ExceptionForm(StepForm):
    """The facts of one exception, only those that its ground asks for."""

    def __init__(self, *args: Any, ground: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = ASKED[ground]
        for one in self.asked:
            self.fields[f"fact_{one.name}"] = _fact(one)
        self.fields["impractical"] = forms.BooleanField(
            label="Because of this it was impractical to keep the time limit",
            required=False,
            help_text="The law asks for this as well as the facts. A delay for another reason is not excepted.",
        )
        self.fields["date"] = DateField(label="Date on which this was established", help_text="For example, 27 3 2026")
        self.fields["note"] = _note("What shows it?", "Such as an email from the school of 3 March 2026", required=True)

    def given(self) -> dict[str, Any]:
        """The facts as they are kept; empty ones left out."""
        found = {one.name: self.cleaned_data[f"fact_{one.name}"] for one in self.asked}
        return {name: getattr(value, "isoformat", lambda v=value: v)() for name, value in found.items() if value}


def _fact(one: FactAsked) -> forms.Field:
    if one.kind == "date":
        return DateField(label=one.question, required=one.required)
    return forms.CharField(
        label=one.question, required=one.required, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": "3"})
    )


class WithdrawForm(StepForm):
    """Why an entry was a mistake."""

    note = _note("Why was this recorded in error?", "It stays beside the entry.", required=True)


class PanelForm(StepForm):
    """Put a case on the list of a panel."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["question"] = forms.ChoiceField(
            label="What is the panel asked?", choices=questions, widget=forms.RadioSelect
        )
        self.fields["meets_on"] = DateField(label="Day of the meeting", help_text="For example, 27 3 2026")
        self.fields["summary"] = _note("What should the panel know?")


class ConsiderForm(forms.Form):
    """What a panel recommended and how it ended."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, label="Result seen")
    outcome = forms.ChoiceField(
        label="How did the panel end?",
        choices=Outcome.choices,
        widget=RadiosWithHints(choice_hints={Outcome.PUT_OFF: "Say below when it meets again"}),
    )
    recommendation = _note(
        "What does the panel recommend, and why?", "The family may ask for its reasons.", required=True
    )
    again_on = DateField(label="If put off, the day of the next meeting", required=False)

    def clean(self) -> dict[str, Any]:
        """A later day when it was put off."""
        found = super().clean() or {}
        if found.get("outcome") == Outcome.PUT_OFF and not found.get("again_on") and "again_on" not in self.errors:
            self.add_error("again_on", "Enter the day of the next meeting")
        return found


class FilterForm(forms.Form):
    """What the case list is asked for. All of it stands in the address."""

    mark_optional = False
    q = forms.CharField(label="Name, date of birth, number or case", required=False, max_length=200)
    which = forms.ChoiceField(
        label="Cases", choices=[("open", "Open"), ("ended", "Ended"), ("all", "Open and ended")], required=False
    )
    stage = forms.ChoiceField(label="Stage", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    due = forms.ChoiceField(
        label="Next due",
        required=False,
        choices=[ANY, ("late", "Late"), ("week", "In 7 days"), ("month", "In 28 days"), ("none", "Nothing due")],
    )
    plan = forms.ChoiceField(label="Has a plan", choices=[ANY, ("yes", "Yes"), ("no", "No")], required=False)

    def __init__(self, *args: Any, officers: Sequence[User] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = [ANY, *((stage.name, stage.value) for stage in Stage if stage is not Stage.NONE)]
        named = [(str(user.pk), user.name) for user in officers]
        self.fields["officer"].choices = [ANY, (MINE, "Me, or me as deputy"), (NOBODY, "Nobody yet"), *named]


class FindChildForm(forms.Form):
    """One box to find the child of a new request."""

    mark_optional = False
    q = forms.CharField(
        label="Name, date of birth, number or postcode of the child",
        required=False,
        max_length=200,
        help_text="All or part of a name, however it is spelt. The family's first words on the phone will do.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def uuid_or_none(text: str | None) -> UUID | None:
    """A key as typed in an address; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
