"""The filters and forms of the waiting lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency
from kept.design.forms import DateField, RadiosWithHints
from kept.waiting import listing, words
from kept.waiting.models import Pathway, Service, Stage, Standard
from kept.waiting.reading import COLUMNS
from kept.waiting.words import EventKind, Priority

OVER = [("", "Any"), ("13", "13 weeks"), ("18", "18 weeks"), ("26", "26 weeks"), ("52", "52 weeks"), ("104", "2 years")]
NOTE = {"rows": "3"}
PRIORITIES = list(Priority.choices)
MOST_PLACES = 60  # of one clinic


class FilterForm(forms.Form):
    """What a list is asked for."""

    mark_optional = False
    q = forms.CharField(label="Name, NHS number or reference", required=False, max_length=80)
    state = forms.ChoiceField(label="Who", required=False, choices=list(listing.SHOWN.items()))
    priority = forms.ChoiceField(label="Priority", required=False, choices=[("", "Any"), *PRIORITIES])
    over = forms.ChoiceField(label="Waited more than", required=False, choices=OVER)
    late = forms.BooleanField(label="Past the target only", required=False)

    def wanted(self, address: Mapping[str, str]) -> listing.Wanted:
        """All that is asked, with nothing in it that the form does not offer."""
        self.is_valid()
        facts = getattr(self, "cleaned_data", {})
        sort = address.get("sort", "")
        return listing.Wanted(
            q=facts.get("q") or "",
            state=facts.get("state") or "",
            priority=int(facts.get("priority") or 0),
            over=int(facts.get("over") or 0),
            late=bool(facts.get("late")),
            sort=sort if sort in listing.SORTS else "next",
        )


class ClinicForm(forms.Form):
    """On which day offers made here are."""

    mark_optional = False
    clinic = DateField(label="Offers are for the clinic on")


class PlacesForm(forms.Form):
    """How many places a clinic has left."""

    clinic = DateField(label="Clinic on")
    places = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PLACES)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)


class EventForm(forms.Form):
    """What happened, in full: the day, and what belongs to this kind of event."""

    on = DateField(label="On which day?")

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if kind == EventKind.OFFERED:
            self.fields["on"].label = "When did you offer it?"
            self.fields["for_on"] = DateField(label="On which day is the appointment?")
        if kind == EventKind.NOT_BROUGHT:
            self.fields["told"] = forms.BooleanField(
                required=False,
                label="The family was told of the appointment clearly and in good time",
                help_text="Some standards set their count back only then. The wait that the family lived goes on.",
            )
        if kind == EventKind.PRIORITY:
            self.fields["priority"] = forms.TypedChoiceField(
                label="Priority", choices=PRIORITIES, coerce=int, widget=forms.RadioSelect
            )
        if kind == EventKind.PAUSED:
            self.fields["reason"] = forms.ChoiceField(
                label="Why?",
                choices=list(words.PAUSES.items()),
                widget=forms.RadioSelect,
                help_text="A shortage of staff pauses nothing: record it as a cause of delay.",
            )
        if kind == EventKind.DELAY:
            self.fields["reason"] = forms.ChoiceField(
                label="What causes the delay?", choices=list(words.CAUSES.items()), widget=forms.RadioSelect
            )
        needed = kind in {EventKind.RETURNED, EventKind.ANSWERED, EventKind.PRIORITY}
        label = {
            EventKind.RETURNED: "What has to be answered?",
            EventKind.ANSWERED: "Your answer",
            EventKind.PRIORITY: "Why this priority?",
        }
        self.fields["note"] = forms.CharField(
            label=label.get(EventKind(kind), "Note"), required=needed, max_length=500, widget=forms.Textarea(attrs=NOTE)
        )

    def facts(self) -> dict[str, Any]:
        """What is recorded."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class ReferForm(forms.Form):
    """A child is referred to a list."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label="To which service?", empty_label="Choose one")
    made_on = DateField(
        label="When was the child first referred, or help first asked for?",
        help_text="The wait counts from here, also when the first letter went to somebody else.",
    )
    why = forms.CharField(
        label="Why do you refer the child?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="What you see, since when, what was tried and what came of it. The family can read it.",
    )
    priority = forms.TypedChoiceField(
        label="How soon?",
        coerce=int,
        initial=Priority.ROUTINE,
        widget=RadiosWithHints(
            choice_hints={
                "1": "A safeguarding concern, a placement breaking down, a tribunal order, a legal day close by.",
                "2": "It gets worse quickly.",
            }
        ),
        choices=PRIORITIES,
    )
    priority_reason = forms.CharField(label="If urgent or soon: why?", max_length=500, required=False)
    family_knows = forms.BooleanField(
        label="The family knows and agrees", error_messages={"required": "Talk with the family first."}
    )

    def __init__(self, *args: Any, stages: QuerySet[Stage], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["stage"]
        field.queryset = stages  # type: ignore[attr-defined]
        field.label_from_instance = lambda stage: f"{stage.service.name}: {stage.name}"  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A file of referrals and where it comes from."""

    source = forms.CharField(
        label="Which system does it come from?",
        max_length=120,
        help_text="The same words each time: the columns that you choose are kept for it.",
    )
    file = forms.FileField(label="The file (CSV)", required=False, help_text="Rows of children, headings in row 1.")


class ColumnsForm(forms.Form):
    """Which column is what, and which of their lists is which of ours."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        mapping: Mapping[str, str],
        stages: Iterable[Stage],
        list_words: Sequence[str],
        stage_words: Mapping[str, str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.list_words = list_words
        choices = [("", "Not in this file"), *((heading, heading) for heading in headings if heading)]
        for column in COLUMNS:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=False, initial=mapping.get(column.key, "")
            )
        ours = [(str(stage.pk), f"{stage.service.name}: {stage.name}") for stage in stages]
        self.fields["only"] = forms.ChoiceField(
            label="All rows belong to the list", choices=[("", "As the file says"), *ours], required=False,
            initial=ours[0][0] if len(ours) == 1 else "",
        )  # fmt: skip
        for place, word in enumerate(list_words):
            guess = next((key for key, words_ in ours if word.lower() in words_.lower()), "")
            self.fields[f"list_{place}"] = forms.ChoiceField(
                label=f"Their list “{word}” is",
                choices=[("", "Not one of ours"), *ours],
                required=False,
                initial=stage_words.get(word.lower(), guess),
            )
        self.fields["reported_total"] = forms.IntegerField(
            label="How many open referrals does the sender say it has?", required=False, min_value=0
        )

    def mapping(self) -> dict[str, str]:
        """Our field to their heading, as chosen or else as guessed."""
        return {column.key: self._answer(f"column_{column.key}") for column in COLUMNS}

    def stage_words(self) -> dict[str, str]:
        """Their word for a list, in small letters, to the key of ours."""
        found = {word.lower(): self._answer(f"list_{place}") for place, word in enumerate(self.list_words)}
        return {word: key for word, key in found.items() if key}

    @property
    def only(self) -> str:
        """The key of the list that all rows belong to."""
        return self._answer("only")

    def _answer(self, name: str) -> str:
        if self.is_bound and name in self.data:
            return str(self.data[name])
        return str(self.fields[name].initial or "")


class AnswerForm(forms.Form):
    """A word with an answer to a check."""

    note = forms.CharField(label="Note", max_length=300, required=False)


class ServiceForm(forms.ModelForm):
    """A service that children wait for."""

    class Meta:
        model = Service
        fields = (
            "kind", "name", "agency", "upper_age", "longest_pause_days", "discipline", "reserved_percent",
            "contact_weeks", "ends_on",
        )  # fmt: skip
        field_classes = {"ends_on": DateField}

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        found = Agency.objects.filter(area=actor.area).order_by("name")
        self.fields["agency"].queryset = (  # type: ignore[attr-defined]
            found if actor.reaches_area else found.filter(pk__in=actor.agency_ids)
        )


class PathwayForm(forms.ModelForm):
    """A pathway."""

    class Meta:
        model = Pathway
        fields = ("name", "ends_on")
        field_classes = {"ends_on": DateField}

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)


class StageForm(forms.ModelForm):
    """One list."""

    standard = forms.ChoiceField(label="Standard it is counted by", required=False)
    attended_means = forms.ChoiceField(
        label="A first attended appointment is also",
        required=False,
        choices=[("", "Nothing else"), *((kind, EventKind(kind).label) for kind in words.STOPS)],
    )
    ends_with = forms.MultipleChoiceField(
        label="The child has been seen when",
        widget=forms.CheckboxSelectMultiple,
        initial=[EventKind.ATTENDED],
        choices=[(kind, EventKind(kind).label) for kind in (EventKind.ATTENDED, *words.STOPS)],
    )

    class Meta:
        model = Stage
        fields = (
            "pathway", "service", "order", "name", "standard", "attended_means", "ends_with", "urgent_weeks",
            "soon_weeks", "routine_weeks", "profession", "hours", "ends_on",
        )  # fmt: skip
        field_classes = {"ends_on": DateField}

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        mine = Service.objects.filter(area=actor.area)
        self.fields["pathway"].queryset = Pathway.objects.filter(area=actor.area)  # type: ignore[attr-defined]
        self.fields["service"].queryset = (  # type: ignore[attr-defined]
            mine if actor.reaches_area else mine.filter(agency__in=actor.agency_ids)
        )
        rows = dict(Standard.objects.filter(area=actor.area).values_list("key", "name"))
        self.fields["standard"].choices = [("", "None: no standard is published"), *rows.items()]  # type: ignore[attr-defined]
