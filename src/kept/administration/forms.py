"""The forms of administration."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.access.acting import Actor
from kept.access.forms import NameField
from kept.access.models import Agency, Team, User
from kept.access.queries import agencies, teams
from kept.access.roles import ROLES, Role
from kept.administration import queries
from kept.administration.invitations import offered_roles
from kept.design.dates import DateField
from kept.design.forms import RadiosWithHints

KINDS = [
    (queries.STAFF, "People who work here"),
    (queries.FAMILIES, "Families and advocates"),
    (queries.FORMER, "No role today"),
]


class PeopleFilter(forms.Form):
    """Whom the list of people shows."""

    text = forms.CharField(label="Name or email", required=False, max_length=100)
    kind = forms.ChoiceField(label="Who", required=False, choices=KINDS)
    role = forms.ChoiceField(label="Role", required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Service", required=False, empty_label="Any")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        named = sorted((facts.name, role.value) for role, facts in ROLES.items() if role is not Role.SYSTEM)
        self.fields["role"].choices = [("", "Any"), *[(value, name) for name, value in named]]
        self.fields["agency"].queryset = agencies(actor)


class _RoleFields(forms.Form):
    role = forms.ChoiceField(label="Role", widget=RadiosWithHints)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Service they work for", required=False, empty_label="None"
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Team", required=False, empty_label="None")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        roles = offered_roles(actor)
        self.fields["role"].widget = RadiosWithHints(choice_hints={role: ROLES[role].description for role in roles})
        self.fields["role"].choices = [(role.value, ROLES[role].name) for role in roles]
        self.fields["agency"].queryset = agencies(actor)
        self.fields["team"].queryset = teams(actor)
        self.fields["team"].label_from_instance = lambda team: f"{team.name} ({team.agency})"


class InviteForm(_RoleFields):
    """Whom to invite to which role."""

    name = NameField(label="Their name")
    email = forms.EmailField(label="Their work email address", max_length=254)
    field_order = ["name", "email", "role", "agency", "team"]


class InviteFamilyForm(forms.Form):
    """Where to send a parent's or an advocate's invitation."""

    name = NameField(label="Their name")
    email = forms.EmailField(label="Their email address", max_length=254)


class RoleForm(_RoleFields):
    """One more role for somebody."""

    starts_on = DateField(label="From")
    ends_on = DateField(label="Until", required=False, help_text="Leave empty if no end is known.")


class MoveForm(forms.Form):
    """Who takes a leaver's work over."""

    to = forms.ModelChoiceField(User.objects.none(), label="Who takes the work over?", empty_label="Choose")

    def __init__(self, *args: Any, people: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")


class SureForm(forms.Form):
    """A page that asks only whether one is sure."""


class AcceptForm(forms.Form):
    """The name under which somebody joins."""

    name = NameField(help_text="As people here should see it.")


class AgencyForm(forms.ModelForm):
    """An agency."""

    class Meta:
        model = Agency
        fields = ["name", "kind", "setting_kind", "urn", "email", "phone", "postcode"]
        labels = {
            "name": "Name",
            "kind": "What it is",
            "setting_kind": "For a school or college: which kind",
            "urn": "For a school: unique reference number (URN)",
            "email": "Email",
            "phone": "Telephone",
            "postcode": "Postcode",
        }


class TeamForm(forms.ModelForm):
    """A team of an agency."""

    class Meta:
        model = Team
        fields = ["agency", "name", "email"]
        labels = {"agency": "Service", "name": "Name of the team", "email": "Email"}

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = agencies(actor)
