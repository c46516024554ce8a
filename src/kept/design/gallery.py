"""The examples of the gallery: made-up facts that show every component in every state."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from kept.design.charts import Clock
from kept.design.forms import (
    CheckboxesWithHints,
    DateField,
    InputWithUnit,
    RadiosWithHints,
    SuggestingInput,
)

TODAY = date(2026, 7, 14)
NEEDS = [
    ("communication", "Communication and interaction"),
    ("cognition", "Cognition and learning"),
    ("health", "Social, emotional and mental health"),
    ("physical", "Sensory or physical"),
]
SETTINGS = [
    ("", "---------"),
    ("Mainstream", [("primary", "Primary school"), ("secondary", "Secondary school")]),
    ("Special", [("special", "Special school"), ("unit", "Resourced provision")]),
]


class EveryField(forms.Form):
    """A field of every kind."""

    name = forms.CharField(
        label="Child's full name", max_length=120, help_text="As it stands on the birth certificate."
    )
    nhs_number = forms.CharField(
        label="NHS number", max_length=10, required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    email = forms.EmailField(label="Email address", widget=forms.EmailInput({"autocomplete": "email"}))
    telephone = forms.CharField(
        label="Telephone number", required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    born_on = DateField(label="Date of birth", latest=TODAY, help_text="For example, 27 3 2017.")
    minutes = forms.IntegerField(
        label="Time each week", min_value=1, max_value=600, widget=InputWithUnit(suffix="minutes")
    )
    cost = forms.DecimalField(
        label="Cost of a year", decimal_places=2, required=False, widget=InputWithUnit(prefix="£")
    )
    school = forms.CharField(
        label="School", widget=SuggestingInput(["Alder Primary School", "Birch Academy", "Cedar School"])
    )
    placed_at = forms.ChoiceField(label="Kind of setting", choices=SETTINGS)
    knows_plan = forms.NullBooleanField(label="Has a plan been made before?", required=False)
    answer = forms.ChoiceField(
        label="What has the panel decided?",
        choices=[("yes", "Assess"), ("no", "Do not assess"), ("later", "Ask for more advice")],
        widget=RadiosWithHints(choice_hints={"no": "The parents will have a right of appeal."}),
    )
    needs = forms.MultipleChoiceField(
        label="Areas of need",
        choices=NEEDS,
        help_text="Choose all that apply.",
        widget=CheckboxesWithHints(choice_hints={"physical": "Sight, hearing, or a physical disability."}),
    )
    views = forms.CharField(label="What the family told us", widget=forms.Textarea({"rows": 4}), required=False)
    summary = forms.CharField(label="Summary in plain words", max_length=200, widget=forms.Textarea)
    report = forms.FileField(
        label="Report", help_text="A PDF or Word file of up to 20 MB.", widget=forms.FileInput({"accept": ".pdf,.docx"})
    )
    secret = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"}))
    agrees = forms.BooleanField(
        label="The parents agree to share this with health", help_text="They can change their mind at any time."
    )
    kept_as_is = forms.CharField(label="Reference", disabled=True, required=False, initial="KPT-0042")
    token = forms.CharField(widget=forms.HiddenInput, initial="made-up")


class FilterExample(forms.Form):
    """A few filters; nothing here is required, so nothing is marked optional."""

    mark_optional = False
    q = forms.CharField(label="Name or number", widget=forms.TextInput({"type": "search"}))
    team = forms.ChoiceField(label="Team", choices=[("", "All teams"), ("north", "North"), ("south", "South")])
    status = forms.ChoiceField(label="Status", choices=[("", "Any"), ("overdue", "Overdue"), ("due_soon", "Due soon")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


WRONG = {
    "name": "",
    "email": "alder at example",
    "born_on-day": "31",
    "born_on-month": "2",
    "born_on-year": "2017",
    "minutes": "lots",
    "cost": "12.345",
    "school": "",
    "answer": "",
    "summary": "word " * 50,
    "views": "They said:\n“He loves swimming.”",
    "needs": ["cognition"],
}


def _after(days: int) -> date:
    return TODAY + timedelta(days=days)


CLOCKS = [
    Clock("Decide whether to assess", _after(-126), _after(-84), "met", _after(-98), "6 weeks from the request"),
    Clock(
        "Advice from educational psychology",
        _after(-98),
        _after(-56),
        "met_late",
        _after(-35),
        "6 weeks from being asked",
    ),
    Clock("Advice from social care", _after(-98), _after(-56), "overdue", None, "6 weeks from being asked"),
    Clock(
        "Decide whether to make a plan", _after(-126), _after(-14), "released", _after(-14), "16 weeks, parents away"
    ),
    Clock("Final plan", _after(-126), _after(14), "open", None, "20 weeks from the request"),
]
COLUMNS = [
    {"key": "child", "text": "Child", "sort": "child"},
    {"key": "what", "text": "What is owed"},
    {"key": "due", "text": "Due", "sort": "due"},
    {"key": "days", "text": "Days left", "numeric": True, "sort": "days"},
    {"key": "status", "text": "Status"},
]
EVENTS = [
    {
        "on": _after(-14),
        "title": "Draft plan sent",
        "by": "Case officer, North team",
        "status": "met",
        "href": "#timeline",
    },
    {
        "on": _after(-35),
        "title": "Advice received",
        "by": "Educational psychology",
        "status": "met_late",
        "text": "Three weeks after it was due.",
    },
    {"on": _after(-126), "title": "Assessment asked for", "by": "The parents"},
]
TASKS = [
    {"text": "About your child", "href": "#cards", "done": True},
    {"text": "Who helps now", "href": "#cards", "status": "In progress", "hint": "Two people added so far"},
    {"text": "Check and send", "status": "Cannot start yet"},
]
STATUSES = ("open", "due_soon", "overdue", "met", "met_late", "released", "ended", "paused")


def table_rows() -> list[dict[str, Any]]:
    """Rows for the table; statuses are keys, which the page turns into tags."""
    return [
        {
            "child": "Made-up Child A",
            "what": "Advice from social care",
            "due": _after(-56),
            "days": "56 late",
            "status": "overdue",
        },
        {"child": "Made-up Child B", "what": "Final plan", "due": _after(3), "days": 3, "status": "due_soon"},
        {"child": "Made-up Child C", "what": "Reply to a complaint", "due": _after(14), "days": 14, "status": "open"},
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery's page shows."""
    return {
        "example_area": SimpleNamespace(name="Made-up Area SEND service"),
        "example_actor": SimpleNamespace(user=SimpleNamespace(name="Made-up Person")),
        "example_navigation": [
            {"text": "My work", "href": "#", "active": True},
            {"text": "Cases", "href": "#tables"},
            {"text": "Team", "href": "#figures"},
        ],
        "breadcrumbs": [{"text": "Home", "href": "/"}, {"text": "Design"}],
        "day": TODAY,
        "form": EveryField(data=WRONG, files=MultiValueDict()) if "wrong" in request.GET else EveryField(),
        "filter_form": FilterExample(request.GET),
        "statuses": STATUSES,
        "clocks": CLOCKS,
        "columns": COLUMNS,
        "rows": table_rows(),
        "sort": request.GET.get("sort", "due"),
        "page": Paginator(range(240), 20).get_page(request.GET.get("page")),
        "no_page": Paginator([], 20).get_page(1),
        "events": EVENTS,
        "tasks": TASKS,
        "message_examples": [
            {"tags": "success", "message": "The draft plan was sent to the parents."},
            {"tags": "info", "message": "Two other people are reading this record."},
            {"tags": "error", "message": "The letter could not be sent. Print it instead."},
        ],
        "bars": [
            ("Communication and interaction", 412),
            ("Social, emotional and mental health", 305),
            ("Sensory or physical", 64),
        ],
        "months": ["Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026"],
        "lines": [("Kept", [61, 64, 63, None, 70, 74]), ("England", [46, 46, 47, 47, 48, 48])],
    }
