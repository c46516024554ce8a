"""The forms of planning: what would be different, a post, how a profession works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from kept.design.forms import DateField
from kept.forecasts.inputs import Change
from kept.forecasts.models import Post, Profession
from kept.forecasts.words import PostKind

MOST_HIRES, MOST_SLOTS, MOST_WEEKS = 30, 500, 156
HUNDRED = 100


class WhatIfForm(forms.Form):
    """What if? Every field is optional; nothing at all simulates the plan as it stands."""

    hires = forms.IntegerField(label="Hire how many people, full time?", required=False, min_value=0,
                               max_value=MOST_HIRES, initial=2)  # fmt: skip
    profession = forms.ChoiceField(label="Of which profession?", required=False)
    advert_week = forms.IntegerField(label="Advertised in how many weeks from now?", required=False, min_value=0,
                                     max_value=MOST_WEEKS, initial=0)  # fmt: skip
    locum_slots = forms.FloatField(label="Extra appointments a week", required=False, min_value=0, max_value=MOST_SLOTS,
                                   help_text="Weekend clinics, a locum, or another provider.")  # fmt: skip
    locum_weeks = forms.IntegerField(label="For how many weeks?", required=False, min_value=0, max_value=MOST_WEEKS)
    missed = forms.FloatField(label="Appointments missed, %", required=False, min_value=0, max_value=90,
                              help_text="Leave empty to keep the share of the last two years.")  # fmt: skip
    demand = forms.FloatField(label="Referrals, % of today’s", required=False, min_value=0, max_value=400)

    def __init__(self, *args: Any, professions: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["profession"].choices = [(name, name) for name in professions]  # type: ignore[attr-defined]
        if not professions:
            for name in ("hires", "profession", "advert_week", "locum_slots", "locum_weeks", "missed"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Extra appointments need the number of weeks, and the other way round."""
        found: dict[str, Any] = super().clean() or {}
        if bool(found.get("locum_slots")) != bool(found.get("locum_weeks")) and "locum_slots" in self.fields:
            self.add_error("locum_weeks", "Say how many extra appointments a week, and for how many weeks.")
        return found

    def change(self) -> Change:
        """The change that the form asks for."""
        said = self.cleaned_data
        missed, demand = said.get("missed"), said.get("demand")
        return Change(
            hires=said.get("hires") or 0, profession=said.get("profession") or "",
            advert_week=said.get("advert_week") or 0, locum_slots=said.get("locum_slots") or 0.0,
            locum_weeks=said.get("locum_weeks") or 0, demand=1.0 if demand is None else demand / HUNDRED,
            missed=None if missed is None else missed / HUNDRED,
        )  # fmt: skip


class PostForm(forms.ModelForm):
    """A post. Never the name of whoever holds it."""

    starts_on = DateField(label="First day, day of the advert, or end of training", required=False,
                          help_text="Leave empty for somebody who has long been in post.")  # fmt: skip
    ends_on = DateField(label="Last day, where it is known", required=False)
    tied_until = DateField(label="Stays at least until", required=False,
                           help_text="For people whose training was paid for.")  # fmt: skip

    class Meta:
        model = Post
        fields = ("name", "kind", "fte", "starts_on", "ends_on", "is_term_time", "people", "tied_until")
        labels = {"fte": "Full-time equivalent", "people": "How many in training"}
        help_texts = {
            "name": "For example “Therapist, north clinic”. Do not write who holds it.",
            "fte": "1 is full time; 0.6 is three days a week.",
            "people": "Only for a group in training.",
        }

    def clean(self) -> dict[str, Any]:
        """A post ends after it starts; a group in training has a day on which it ends."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        if found.get("kind") == PostKind.TRAINEES and not first:
            self.add_error("starts_on", "Say on which day the training ends.")
        return found


class ProfessionForm(forms.ModelForm):
    """How a profession works here, and what it gives to one list."""

    share = forms.FloatField(label="Working time for this list, %", validators=[MinValueValidator(0.0),
                             MaxValueValidator(100.0)])  # fmt: skip
    hours = forms.FloatField(label="Hours of work for one child", validators=[MinValueValidator(0.05)],
                             help_text="Everything counted: appointments, writing, travel.")  # fmt: skip

    class Meta:
        model = Profession
        fields = (
            "name", "hours_per_week", "leave_weeks", "sickness", "annual_leaving", "ramp_start", "ramp_weeks",
            "supervision_hours", "lead_weeks", "round_fails", "cost_per_week", "source",
        )  # fmt: skip
        help_texts = {
            "sickness": "0.045 is 4.5%.", "annual_leaving": "0.12: of 100 people, 12 leave in a year.",
            "ramp_start": "0.25: a newcomer begins with a quarter of full work.",
            "round_fails": "0.3: three adverts in ten find nobody.",
            "source": "Your own record, or where the assumption comes from.",
        }  # fmt: skip
