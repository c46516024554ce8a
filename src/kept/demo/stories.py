"""A handful of children whose cases show what is good and what is bad: each page has something to show of both.

Days are counted back from today, so that a draft is always in its fifteen days and an order always running.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kept.demo.drawing import working, years_before
from kept.demo.histories import BODIES
from kept.demo.lives import Life
from kept.rules.process import Event


@dataclass(frozen=True)
class Story:
    """A child with a case worth looking at: `title` says why."""

    key: str
    title: str
    life: Life
    events: tuple[Event, ...]
    separated: bool = False
    young_person: bool = False
    demo_parent: bool = False
    facts: dict[str, str] = field(default_factory=dict)


class Days:
    """Short ways to write events so many days ago."""

    def __init__(self, today: date) -> None:
        self.today = today

    def ago(self, days: int) -> date:
        """The day so many days ago, moved off a weekend."""
        day = working(self.today - timedelta(days=days))
        return day if day <= self.today else self.today - timedelta(days=self.today.weekday() - 4)

    def event(self, kind: str, days: int, /, **details: object) -> Event:
        """An event so many days ago."""
        return Event(kind, self.ago(days), details)

    def asked(self, days: int, decided: int, outcome: str = "assess") -> list[Event]:
        """A request, the talk with the family, and the decision, days ago."""
        return [
            self.event("request_received", days, by="parent"),
            self.event("family_consulted", days - 6),
            self.event("assess_decision", decided, outcome=outcome),
        ]

    def advice(self, asked: int, answered: int, missing: tuple[str, ...] = ()) -> list[Event]:
        """All bodies asked, and all but the missing answering."""
        received = self.ago(asked).isoformat()
        made = [self.event("advice_requested", asked, **{"from": body, "received": received}) for body in BODIES]
        return made + [self.event("advice_received", answered, **{"from": b}) for b in BODIES if b not in missing]

    def plan(self, days: int) -> list[Event]:
        """A plan issued in time, so many days ago."""
        return [
            *self.asked(days + 135, days + 105),
            *self.advice(days + 104, days + 66),
            self.event("draft_plan_served", days + 40),
            self.event("family_responded", days + 30),
            self.event("final_plan_sent", days),
            self.event("plan_first_made", days),
            self.event("decision_notice_sent", days, decision="final_plan"),
            self.event("provision_in_place", days),
            self.event("health_provision_in_place", days),
        ]

    def review(self, days: int) -> list[Event]:
        """A review that kept the plan as it was, decided so many days ago."""
        return [
            self.event("review_notice_given", days + 50),
            self.event("review_advice_circulated", days + 38),
            self.event("review_meeting", days + 21),
            self.event("review_report_issued", days + 10),
            self.event("review_decision", days, outcome="maintain"),
            self.event("review_completed", days),
        ]


def _late_with_exception(d: Days) -> list[Event]:
    facts = {
        "from": d.ago(120).isoformat(),
        "to": d.ago(100).isoformat(),
        "description": "A bereavement in the family: they asked us to wait three weeks.",
    }
    return [
        *d.asked(180, 142),
        *d.advice(140, 95, missing=("Social care",)),
        d.event(
            "exception_recorded", 110, clock="assess.final_plan", exception="reg13_3.exceptional_personal",
            facts=facts, impractical=True,
        ),
    ]  # fmt: skip


def _refused(d: Days) -> list[Event]:
    return [
        *d.asked(170, 131, "refuse"),
        d.event("decision_notice_sent", 131, decision="refuse_assess"),
        d.event("mediation_adviser_contacted", 118),
        d.event("mediation_requested", 116),
        d.event("mediation_held", 98),
        d.event("mediation_certificate_issued", 97),
        d.event("appeal_lodged", 77),
        d.event("appeal_sent_to_la", 71),
        d.event("la_response", 35),
    ]


def _draft(d: Days) -> list[Event]:
    return [
        *d.asked(118, 84),
        *d.advice(83, 45),
        d.event("draft_plan_served", 6),
        d.event("school_consulted", 5, school="The school that the family prefers"),
    ]


def _overdue_review(d: Days) -> list[Event]:
    return [*d.plan(430)]


def _awaiting_place(d: Days) -> list[Event]:
    return [*d.plan(40)]


def _order(d: Days) -> list[Event]:
    return [
        *d.plan(330),
        d.event("mediation_adviser_contacted", 300),
        d.event("mediation_certificate_issued", 297),
        d.event("appeal_lodged", 280),
        d.event("appeal_sent_to_la", 274),
        d.event("la_response", 240),
        d.event("tribunal_order", 17, kind="amend"),
    ]


def _sixteen(d: Days) -> list[Event]:
    return [*d.plan(560), *d.review(220)]


def _separated(d: Days) -> list[Event]:
    return [*d.asked(75, 41), *d.advice(40, 12, missing=("Health", "Social care"))]


def _moved_in(d: Days) -> list[Event]:
    return [
        Event("plan_first_made", d.ago(500)),
        Event("move_known", d.ago(45)),
        Event("moved", d.ago(30)),
        Event("plan_transferred", d.ago(20)),
        Event("new_la_notice", d.ago(8)),
    ]


def _good(d: Days) -> list[Event]:
    return [*d.plan(500), *d.review(150)]


def _new_request(d: Days) -> list[Event]:
    return [d.event("request_received", 20, by="school"), d.event("family_consulted", 14)]


def _no_plan(d: Days) -> list[Event]:
    return [
        *d.asked(140, 104),
        *d.advice(103, 66),
        d.event("no_plan_decision", 30),
        d.event("decision_notice_sent", 30, decision="refuse_issue"),
    ]


# key | title | age | need | setting | events | flags
_ROWS: tuple[tuple[str, str, float, str, str, Callable[[Days], list[Event]], tuple[str, ...]], ...] = (
    ("late", "A plan that is late, with a recorded exception", 7.4, "ASD", "mainstream", _late_with_exception, ()),
    ("refused", "Refused an assessment: mediated, now appealed", 9.6, "SEMH", "mainstream", _refused, ()),
    ("draft", "A draft plan in the family's fifteen days", 5.3, "SLCN", "mainstream", _draft, ("demo_parent",)),
    ("overdue-review", "An annual review that is overdue", 11.8, "MLD", "special", _overdue_review, ()),
    ("awaiting", "A plan that names a school with no place yet", 10.2, "ASD", "awaiting", _awaiting_place, ()),
    ("order", "A Tribunal's order that must be carried out now", 13.1, "ASD", "special", _order, ()),
    ("sixteen", "A young person of 16, with rights of their own", 16.4, "SPLD", "college", _sixteen, ("young_person",)),
    ("separated", "Parents apart, one at a hidden address", 6.7, "SLCN", "mainstream", _separated, ("separated",)),
    ("moved-in", "A move into the area with a plan", 8.9, "PD", "mainstream", _moved_in, ()),
    ("good", "Everything done, and in time", 12.5, "HI", "mainstream", _good, ()),
    ("new", "A request that has just come in", 4.2, "SLCN", "early_years", _new_request, ()),
    ("no-plan", "Assessed, and no plan will be made", 14.3, "SEMH", "mainstream", _no_plan, ()),
)  # fmt: skip


def stories(today: date, rng: random.Random) -> list[Story]:
    """The scenario children, with what happened so far."""
    days = Days(today)
    made = []
    for key, title, age, need, place, events, marks in _ROWS:
        life = Life(
            "story", years_before(today, age), need, sex=rng.choice("FM"),
            ethnicity=rng.choice(("WBRI", "APKN", "BAFR", "WOTH", "BCRB", "AIND")), place=place,
        )  # fmt: skip
        ordered = tuple(sorted(events(days), key=lambda event: event.date))
        made.append(Story(key, title, life, ordered, **dict.fromkeys(marks, True)))  # type: ignore[arg-type]
    return made
