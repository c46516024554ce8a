"""From a life to its dated events: request, decision, advice, draft, plan, reviews, transfers, appeals, the end.

Pure. Every event is possible by `kept.rules.process.check_event`; what would lie after `today` is left out, except the
phase transfers that are planned ahead.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kept.demo.drawing import working
from kept.demo.frame import Life, decided_on
from kept.rules.process import Event

A_DAY = timedelta(days=1)
BODIES = ("Educational psychology", "Health", "Social care", "School or setting")
PHASES = {4: "other", 11: "other", 16: "secondary_to_post16"}  # age on 31 August before the move
CEASING = 150  # days before the end of a plan in which nothing else is recorded
UNTIL_DECIDED = 75
UNTIL_DECIDED_IN_RECESS = 105  # the time to appeal is longer over August and the new year
RECESS = {8, 9, 12, 1}
SECTION_F_LATE = 0.12
NOT_IN_PLACE = 0.03
ADVICE_LATE = 0.3
NO_REPLY = 0.1
LAST_BIRTHDAY = 26
Details = Mapping[str, Any]


class History:
    """Collects the events of one child, in order."""

    def __init__(self, life: Life, today: date, rng: random.Random) -> None:
        self.life, self.today, self.rng = life, today, rng
        self.events: list[Event] = []
        self.busy_until: date | None = None

    def add(self, kind: str, day: date, /, **details: Any) -> date:
        """One event."""
        self.events.append(Event(kind, day, details))
        return day

    def after(self, day: date, first: int, last: int) -> date:
        """A working day so many days later."""
        return working(day + timedelta(days=self.rng.randint(first, max(first, last))))

    def until_today(self) -> list[Event]:
        """What has happened, oldest first; of what lies ahead, only planned phase transfers."""
        kept = [e for e in self.events if e.date <= self.today or e.type == "phase_transfer"]
        limit = self.life.born_on + timedelta(days=round(LAST_BIRTHDAY * 365.25) - 1)
        return sorted((e for e in kept if e.date <= limit), key=lambda event: event.date)


def history(life: Life, *, today: date, rng: random.Random) -> list[Event]:
    """The events of a child until today, oldest first."""
    made = History(life, today, rng)
    if life.requested_on:
        _request(made)
    if life.planned_on:
        _plan(made, life.planned_on)
    return made.until_today()


def _request(made: History) -> None:
    life = made.life
    asked = life.requested_on
    if asked is None:
        return
    old = (asked - life.born_on).days > 16 * 365.25
    by = (
        made.rng.choice(("young_person", "parent", "post16"))
        if old
        else made.rng.choice(("school", "school", "parent"))
    )
    made.add("request_received", asked, by=by)
    if life.kind == "withdrawn":
        made.add("withdrawn", made.after(asked, 8, 17))
        return
    decided = decided_on(life)
    made.add("family_consulted", asked + timedelta(days=made.rng.randint(2, 9)))
    made.add("assess_decision", decided, outcome="refuse" if life.kind == "refused" else "assess")
    if life.kind == "refused":
        _refusal(made, decided, "refuse_assess")
        return
    ends = life.no_plan_on if life.kind == "no_plan" else life.planned_on
    if ends is None:
        return
    if life.kind == "no_plan":
        _advice(made, decided, ends - A_DAY)
        made.add("no_plan_decision", ends)
        _refusal(made, ends, "refuse_issue")
        return
    draft = _draft_day(made, decided, ends)
    _advice(made, decided, draft - A_DAY)
    _draft(made, draft, ends)
    if life.excepted:
        _exception(made, asked, ends)


def _draft_day(made: History, decided: date, ends: date) -> date:
    earliest = decided + timedelta(days=(ends - decided).days // 2)
    return max(earliest, ends - timedelta(days=made.rng.randint(19, 34)))


def _advice(made: History, decided: date, latest: date) -> None:
    """Ask four bodies; some answer after their six weeks, and one in forty not before the draft."""
    room = max(8, (latest - decided).days - 3)
    for body in BODIES:
        received = made.after(decided, 1, 3)
        made.add("advice_requested", received, **{"from": body, "received": received.isoformat()})
        late = made.rng.random() < ADVICE_LATE
        days = made.rng.randint(43, 80) if late else made.rng.randint(16, 42)
        answered = min(received + timedelta(days=min(days, room)), latest)
        if made.rng.random() > 1 / 40:
            made.add("advice_received", max(answered, received), **{"from": body})


def _draft(made: History, draft: date, ends: date) -> None:
    made.add("draft_plan_served", draft)
    school = "The school named in the draft"
    made.add("school_consulted", draft + A_DAY, school=school)
    if made.rng.random() > NO_REPLY:
        made.add("school_replied", min(ends, draft + timedelta(days=made.rng.randint(6, 15))), school=school)
    made.add("family_responded", min(ends, draft + timedelta(days=made.rng.randint(5, 15))))


def _exception(made: History, asked: date, ends: date) -> None:
    """Personal circumstances that made the limit impractical (reg 13(3)); recorded when they became known."""
    begins = asked + timedelta(days=made.rng.randint(60, 110))
    facts = {
        "from": begins.isoformat(),
        "to": (begins + timedelta(days=made.rng.randint(14, 28))).isoformat(),
        "description": made.rng.choice(
            (
                "A bereavement in the family: they asked us to wait.",
                "The child was in hospital and could not be seen.",
                "The family was made homeless and moved twice.",
            )
        ),
    }
    made.add(
        "exception_recorded",
        min(begins + timedelta(days=10), ends),
        clock="assess.final_plan",
        exception="reg13_3.exceptional_personal",
        facts=facts,
        impractical=True,
    )


def _refusal(made: History, decided: date, decision: str) -> None:
    """The notice of a refusal, then mediation or an appeal where there was one."""
    life = made.life
    made.add("decision_notice_sent", decided, decision=decision)
    if life.mediated:
        contacted = made.after(decided, 8, 16)
        made.add("mediation_adviser_contacted", contacted)
        asked = made.add("mediation_requested", contacted + A_DAY)
        held = made.add("mediation_held", asked + timedelta(days=made.rng.randint(9, 12)))
        made.add("mediation_certificate_issued", held + A_DAY)
    if life.appeal_on:
        _appeal(made, life.appeal_on, decided, certificate=not life.mediated)


def _appeal(made: History, lodged: date, decided: date, *, certificate: bool) -> date:
    """An appeal from certificate to end; how it ended is not in dispute, so nothing further is ordered."""
    if certificate:
        contacted = made.add(
            "mediation_adviser_contacted", min(lodged - timedelta(days=6), decided + timedelta(days=20))
        )
        made.add("mediation_certificate_issued", contacted + timedelta(days=3))
    made.add("appeal_lodged", lodged)
    sent = made.add("appeal_sent_to_la", made.after(lodged, 3, 9))
    made.add("la_response", made.after(sent, 25, 44))
    return made.add("appeal_finally_determined", made.after(sent, 150, 330))


def _in_place(made: History, day: date) -> None:
    """Section F and section G: from the day, a little later, or not yet."""
    for kind in ("provision_in_place", "health_provision_in_place"):
        draw = made.rng.random()
        if draw > NOT_IN_PLACE:
            made.add(kind, day if draw > SECTION_F_LATE else day + timedelta(days=made.rng.randint(3, 21)))


def _plan(made: History, planned: date) -> None:
    life = made.life
    if life.requested_on:
        made.add("final_plan_sent", planned)
        made.add("plan_first_made", planned)
        made.add("decision_notice_sent", planned, decision="final_plan")
        _in_place(made, planned)
        if life.appeal_on:
            made.busy_until = _appeal(made, life.appeal_on, planned, certificate=True)
    else:
        made.add("plan_first_made", planned)
    end = life.ceases_on - timedelta(days=CEASING) if life.ceases_on else None
    _reviews(made, planned, end)
    _phases(made, planned, end)
    if life.ceases_on:
        _cease(made, life.ceases_on)


def _reviews(made: History, planned: date, end: date | None) -> None:
    due = _year_later(planned)
    free = planned + timedelta(days=60)
    for year in range(planned.year + 1, made.today.year + 1):
        if year in made.life.skips:
            continue
        meeting = _meeting_day(made, year, due, free)
        if meeting is None:
            continue
        slow = year in made.life.slow
        decided = working(meeting + timedelta(days=made.rng.randint(30, 55) if slow else made.rng.randint(14, 24)))
        amends = year in made.life.amends
        finished = decided + timedelta(days=made.rng.randint(24, 54)) if amends else decided
        if end and finished >= end:
            return
        _one_review(made, meeting, decided, finished if amends else None)
        due, free = _year_later(decided), finished + timedelta(days=40)


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))


def _meeting_day(made: History, year: int, due: date, free: date) -> date | None:
    """A day in the year: in time for the decision where that can be, and after what was going on before."""
    day = due - timedelta(days=made.rng.randint(34, 58))
    if day.year < year:
        day = (
            date(year, 1, 8) + timedelta(days=made.rng.randint(0, 20))
            if due.year >= year
            else day.replace(year=year, day=min(day.day, 28))
        )
    day = working(max(day, free))
    return day if day.year == year else None


def _one_review(made: History, meeting: date, decided: date, amended: date | None) -> None:
    rng = made.rng
    made.add("review_notice_given", meeting - timedelta(days=rng.randint(12, 35)))
    made.add("review_advice_circulated", meeting - timedelta(days=rng.randint(11, 21)))
    made.add("review_meeting", meeting)
    made.add("review_report_issued", min(decided, meeting + timedelta(days=rng.randint(7, 16))))
    made.add("review_decision", decided, outcome="amend" if amended else "maintain")
    made.add("review_completed", decided)
    if amended is None:
        return
    made.add("amendment_notice_sent", decided)
    made.add("family_responded", decided + timedelta(days=rng.randint(5, 14)))
    made.add("amended_plan_sent", amended)
    made.add("decision_notice_sent", amended, decision="amended_plan")
    _in_place(made, amended)


def _phases(made: History, planned: date, end: date | None) -> None:
    """Moves to reception, to secondary school and after year 11, from two years ago to next September."""
    for year in range(made.today.year - 2, made.today.year + 2):
        august = date(year, 8, 31)
        born = made.life.born_on
        age = august.year - born.year - ((born.month, born.day) > (8, 31))
        starts = date(year, 9, 1)
        limit = date(year, 3, 31) if age == 16 else date(year, 2, 15)  # noqa: PLR2004
        if age not in PHASES or planned > limit - timedelta(days=60) or (end and end < starts):
            continue
        if starts > made.today and made.today < date(year - 1, 9, 10):
            continue
        made.add("phase_transfer", starts, kind=PHASES[age])
        late = made.rng.random() < 0.15  # noqa: PLR2004
        done = (
            limit + timedelta(days=made.rng.randint(2, 40)) if late else limit - timedelta(days=made.rng.randint(1, 70))
        )
        made.add("phase_plan_finalised", done)


def _cease(made: History, ends: date) -> None:
    life = made.life
    if life.reason == "transfer":
        made.add("move_known", ends - timedelta(days=made.rng.randint(15, 40)))
        moved = made.add("moved", ends - timedelta(days=made.rng.randint(1, 14)))
        made.add("icb_notified", moved + timedelta(days=made.rng.randint(1, 14)))
        made.add("plan_transferred", ends)
        return
    decided = ends - timedelta(days=UNTIL_DECIDED_IN_RECESS if ends.month in RECESS else UNTIL_DECIDED)
    made.add("cease_considered", decided - timedelta(days=made.rng.randint(15, 35)))
    made.add("cease_decision", decided, reason=life.reason)
    made.add("decision_notice_sent", decided, decision="cease")
    made.add("plan_ceased", ends, reason=life.reason)


def recorded_on(event: Event) -> date:
    """The day on which an event was written down: its own, but a planned transfer in the September before."""
    return date(event.date.year - 1, 9, 10) if event.type == "phase_transfer" else event.date


def as_recorded(events: list[Event]) -> list[Event]:
    """The events in the order in which they were written down."""
    return sorted(events, key=recorded_on)
