"""The filters and forms of the desks. Filters are read from the address and stay in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from kept.access.models import Team
from kept.design.dates import DateField
from kept.design.forms import RadiosWithHints
from kept.design.words import number
from kept.rules.process import Stage
from kept.worklist import law, slices
from kept.worklist.queries import NO_CASE, NOBODY, OWN, SORTS, Takers, Wanted

LONGEST_PAGE_NUMBER = 5
WHEN = [
    ("", "Any time"),
    *slices.GROUPS.items(),
    *slices.TOGETHER_WORDS.items(),
    ("risk", "Held up: an earlier step is late"),
    *((key, words) for key, words, *_ in slices.LATENESS),
]
LAW = [("", "Both"), ("statutory", "Required by law"), ("planning", "Planning and guidance")]
STAGES = [
    ("", "Any stage"),
    *((stage.name, stage.value) for stage in Stage if stage is not Stage.NONE),
    (NO_CASE, "Not part of a case"),
]


class FilterForm(forms.Form):
    """The filters that every list of duties has."""

    mark_optional = False
    child = forms.CharField(label="Child or case number", required=False, max_length=80)
    when = forms.ChoiceField(label="Due", required=False, choices=WHEN)
    kind = forms.ChoiceField(label="Kind of duty", required=False, choices=slices.kind_choices)
    law = forms.ChoiceField(label="Required by law?", required=False, choices=LAW)
    stage = forms.ChoiceField(label="Stage of the case", required=False, choices=STAGES)

    def answer(self, name: str) -> Any:
        """What was chosen, empty where it was nothing that the form offers."""
        return self.cleaned_data.get(name) or "" if self.is_bound and self.is_valid() is not None else ""

    def wanted(self, address: Mapping[str, str]) -> Wanted:
        """All that the list is asked for: the filters, the order and the page."""
        number = address.get("page", "")
        sort = address.get("sort", "")
        return Wanted(
            **{name: self.answer(name) for name in ("when", "kind", "child", "law", "stage", "holder", "waits")},
            team=team_chosen(self.answer("team")),
            sort=sort if sort in SORTS else "due",
            page=int(number) if number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER else 1,
        )


class MyFilterForm(FilterForm):
    """The filters of a person's own list; of the kinds of duty only those that stand on it."""

    holder = forms.ChoiceField(
        label="With",
        required=False,
        choices=[("", "All of it"), ("me", "Me"), ("desk", "My team’s desk, nobody named")],
    )

    def __init__(self, address: Mapping[str, str], *, rules: Collection[str] | None = None) -> None:
        super().__init__(address)
        self.fields["kind"].choices = slices.kind_choices(rules, address.get("kind", ""))


class TeamFilterForm(FilterForm):
    """The filters of the list behind the overview: who holds it, which team, what it waits for."""

    holder = forms.ChoiceField(label="With", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    waits = forms.CharField(label="Waiting for", required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, holders: Mapping[str, str], teams: Iterable[Team], has_own: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        by_kind: dict[str, list[tuple[str, str]]] = {kind: [] for kind in ("person", "team", "agency")}
        for key, words in holders.items():
            by_kind.setdefault(key.split(":", 1)[0], []).append((key, words))
        self.fields["holder"].choices = [
            ("", "Anybody"),
            ("me", "Me"),
            (NOBODY, "Nobody yet"),
            ("People", by_kind["person"]),
            ("Desks of teams, nobody named", by_kind["team"]),
            ("Other bodies", by_kind["agency"]),
        ]
        self.fields["team"].choices = team_choices(teams, has_own=has_own)


class ScopeForm(forms.Form):
    """Of which team the overview speaks."""

    mark_optional = False
    team = forms.ChoiceField(label="Team", required=False)
    law = forms.ChoiceField(label="Required by law?", required=False, choices=LAW)

    def __init__(
        self, address: Mapping[str, str], *, teams: Iterable[Team], has_own: bool = False, **more: Any
    ) -> None:
        """has_own: whether there is a service of the person's own; it is what they begin with."""
        super().__init__({**address, "team": OWN} if has_own and "team" not in address else address, **more)
        self.fields["team"].choices = team_choices(teams, has_own=has_own)

    def answer(self, name: str) -> str:
        """What was chosen, empty where it was nothing that the form offers."""
        return self.cleaned_data.get(name, "") if self.is_bound and self.is_valid() is not None else ""


def team_choices(teams: Iterable[Team], *, has_own: bool = False) -> list[tuple[str, str]]:
    """Teams as choices, and before them the person's own service where they have one apart from the council's."""
    own = [(OWN, "My own service")] if has_own else []
    named = [(str(team.pk), f"{team.name}, {team.agency.name}") for team in teams]
    return [*own, ("", "All teams"), *named]


def team_chosen(answer: str) -> UUID | str | None:
    """What `team_choices` gave, as a list is asked for it."""
    return answer if answer == OWN else UUID(answer) if answer else None


class GiveForm(forms.Form):
    """To whom the chosen duties go, and why."""

    to = forms.ChoiceField(label="Who takes this work?", widget=RadiosWithHints)
    why = forms.CharField(
        label="Why?",
        required=False,
        max_length=300,
        help_text="The reason stays in the history of each duty. Do not write about the child.",
    )

    def __init__(self, *args: Any, takers: Takers, **more: Any) -> None:
        super().__init__(*args, **more)
        self.takers = takers
        people = [(f"person:{user.pk}", user.name) for user in takers.people]
        desks = [(f"team:{team.pk}", f"Desk of {team.name}, nobody named") for team in takers.teams]
        self.fields["to"].choices = [*people, *desks]
        hints: dict[str, str] = {}
        for user in takers.people:
            late, soon = takers.late.get(user.pk, 0), takers.soon.get(user.pk, 0)
            hints[f"person:{user.pk}"] = f"{number(late)} late, {number(soon)} due in the next 7 days"
        self.fields["to"].widget.choice_hints = hints

    def taker(self) -> dict[str, Any]:
        """The person or the team that was chosen, as `actions.give` takes it."""
        kind, _, key = self.cleaned_data["to"].partition(":")
        among = self.takers.people if kind == "person" else self.takers.teams
        return {kind: next(one for one in among if str(one.pk) == key)}


class CalendarForm(forms.Form):
    """Whose dates the calendar shows."""

    mark_optional = False
    whose = forms.ChoiceField(label="Whose dates", required=False)
    kind = forms.ChoiceField(label="Kind of duty", required=False, choices=slices.kind_choices)
    law = forms.ChoiceField(label="Required by law?", required=False, choices=LAW)

    def __init__(self, *args: Any, teams: Iterable[Team], sees_all: bool, sees_mine: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        own = [("", "Mine and my team’s desk")] if sees_mine else []
        everything = [("all", "Everybody’s")] if sees_all else []
        named = [(str(team.pk), team.name) for team in teams] if sees_all else []
        self.fields["whose"].choices = [*own, *everything, *named]

    def answer(self, name: str) -> str:
        """What was chosen, empty where it was nothing that the form offers."""
        return self.cleaned_data.get(name, "") if self.is_bound and self.is_valid() is not None else ""


class LinkForm(forms.Form):
    """The name of a new private calendar address."""

    name = forms.CharField(
        label="Where will you use it?", max_length=60, help_text="For example, work phone, or Outlook on my laptop"
    )


class LawSearchForm(forms.Form):
    """Search among the time limits."""

    mark_optional = False
    q = forms.CharField(label="Words, or a regulation", required=False, max_length=100)
    family = forms.ChoiceField(label="About", required=False)
    mark = forms.ChoiceField(
        label="How far it was checked",
        required=False,
        choices=[("", "Any"), *((key, f"{mark.words} ({mark.letter})") for key, mark in law.MARKS.items())],
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["family"].choices = [("", "Everything"), *law.families()]

    def answer(self, name: str) -> str:
        """What was asked, empty where it was nothing that the form offers."""
        return self.cleaned_data.get(name, "") if self.is_bound and self.is_valid() is not None else ""


class TryForm(forms.Form):
    """A date to count from."""

    mark_optional = False
    start = DateField(label="If it began on", required=False, help_text="For example, 27 3 2026")


class ReadingForm(forms.Form):
    """How the area reads a point of law, from which day, and why."""

    choice = forms.ChoiceField(label="Read it so", widget=forms.RadioSelect)
    starts_on = DateField(label="From", help_text="Today, or a day of the coming year")
    why = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="On whose advice, and what decided it. It is kept beside the choice for everybody who works here.",
    )

    def __init__(self, *args: Any, choices: Mapping[str, str], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["choice"].choices = list(choices.items())
        self.fields["starts_on"].initial = today
        if len(choices) == 1:
            self.fields["choice"].initial = next(iter(choices))
