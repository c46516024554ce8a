"""Audits of plans in the demonstration: two that were ended, with what was settled and done since, and one under way.

Each is drawn, judged, settled and followed by the actions that the pages call, as the person who would, on that day.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from kept.access.acting import Actor
from kept.access.models import User
from kept.quality import drawing, following, judging
from kept.quality.models import Copy, Machine, Round, Seat
from kept.quality.queries import judged
from kept.rules.quality import Grade
from kept.rules.quality.agreement import WHOLE

As = Callable[[User, int], AbstractContextManager[Actor]]
SETTLED = "Read again with both reasons in front of us: this is what the section says."
SLIP, WEAK_BY_CHANCE = 0.22, 0.15
WORDS: dict[int, str] = {
    4: "The child can be heard in it, and every need leads to help that can be checked.",
    3: "Clear and specific. It says who, how often and for how long; one amount is missing.",
    2: "Says “access to” and “as appropriate” three times: a family could not tell whether it came.",
    1: "Needs are named in section B that nothing in section F meets.",
}


@dataclass(frozen=True)
class Done:
    """Something that was to be done: which section, days after the end, and how it went."""

    what: str
    section: str
    after: int
    evidence: str
    sent_back: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Story:
    """One audit: days ago it was drawn, how good plans were then, and what followed."""

    ago: int
    took: int
    good: float
    done: Sequence[Done]


STORIES = (
    Story(
        330, 40, 2.8,
        (
            Done("A half-day for all writers on saying how often, how long and by whom", "F", 35,
                 "Eleven of twelve writers came; their worked examples are in the shared folder."),
            Done("Ask therapists for minutes and qualifications in every piece of advice", "F", 50,
                 "The form for advice asks for both since the spring; the last ten all had them.",
                 sent_back="Show that advice has changed, not only the form."),
            Done("Put the child’s own words first in section A", "A", 30,
                 "The template was changed; eight new plans were looked at and all begin with the child."),
        ),
    ),
    Story(
        150, 35, 3.2,
        (
            Done("Outcomes without a measure: a second reader before a draft goes out", "E", 40,
                 "Second reader’s initials on the last fifteen drafts."),
            Done("Health provision: agree with the trust what goes into section G", "G", 60, "", is_open=True),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Led:
    """Who runs the audits and closes actions, and who does what follows. size: plans in each."""

    as_: As
    lead: User
    owners: Sequence[User]
    size: int
    rng: random.Random

    def all(self) -> int:
        """Make the audits that were ended; how many."""
        return sum(self._one(story) for story in STORIES)

    def _one(self, story: Story) -> int:
        made, copies = self._drawn(story)
        if made is None:
            return 0
        with self.as_(self.lead, story.ago) as by:
            weak = {one.copy_id: {row[2] for row in one.findings} for one in Machine.objects.filter(copy__in=copies)}
            seats = list(Seat.objects.filter(area=by.area, copy__in=copies).select_related("auditor", "copy"))
        truth = {copy.pk: _truth(copy, weak.get(copy.pk, set()), story.good, self.rng) for copy in copies}
        for seat in seats:
            grades = {section: _seen(grade, self.rng) for section, grade in truth[seat.copy_id].items()}
            with self.as_(seat.auditor, story.ago - self.rng.randint(3, 26)) as by:
                judging.judge(by=by, seat=seat, grades=grades)
        with self.as_(self.lead, story.ago - story.took) as by:
            for row in judged(by, copies):
                for section in row.apart:
                    judging.moderate(
                        by=by, copy=row.copy, section=section, grade=truth[row.copy.pk][section], why=SETTLED
                    )
            judging.close_round(by=by, round=made)
        for number, done in enumerate(story.done):
            self._follow(self.owners[number % len(self.owners)], made, story.ago - story.took, done)
        return 1

    def _drawn(self, story: Story) -> tuple[Round | None, list[Copy]]:
        """The round with its copies; None where too few plans had been issued."""
        with self.as_(self.lead, story.ago) as by:
            people = [one.user_id for one in drawing.pool(by) if one.agency_id]
            since, until = by.today - timedelta(days=330), by.today
            if len(drawing.frame(by, since=since, until=until)) < self.size:
                return None, []
            made = drawing.open_round(
                by=by, name=f"Plans issued up to {by.today:%B %Y}", size=self.size, seed=by.today.toordinal(),
                since=since, until=until, auditors=people, due_on=by.today + timedelta(days=28),
            )  # fmt: skip
            return made, list(Copy.objects.filter(area=by.area, round=made))

    def _follow(self, owner: User, made: Round, ago: int, done: Done) -> None:
        with self.as_(self.lead, ago) as by:
            action = following.add_action(
                by=by, round=made, what=done.what, owner=owner, section=done.section,
                due_on=by.today + timedelta(days=done.after + 60),
            )  # fmt: skip
        if done.is_open:
            return
        if done.sent_back:
            with self.as_(owner, ago - done.after // 2) as by:
                following.say_done(by=by, action=action, evidence="The form was changed.")
            with self.as_(self.lead, ago - done.after // 2 - 4) as by:
                following.close_action(by=by, action=action, enough=False, why=done.sent_back)
        with self.as_(owner, ago - done.after) as by:
            following.say_done(by=by, action=action, evidence=done.evidence)
        with self.as_(self.lead, ago - done.after - 5) as by:
            following.close_action(by=by, action=action, enough=True)


def _truth(copy: Copy, weak: set[str], good: float, rng: random.Random) -> dict[str, int]:
    """How good each section is: worse where the wording check found something, which it does not always see."""
    found = {}
    for section in judging.sections_of(copy):
        low = section in weak or rng.random() < WEAK_BY_CHANCE
        found[section] = _grade(rng.gauss(good - (0.6 if low else -0.5), 0.6))
    found[WHOLE] = _grade(sum(grade for section, grade in found.items() if section != WHOLE) / max(1, len(found) - 1))
    return found


def _grade(value: float) -> int:
    return min(max(round(value), Grade.INADEQUATE), Grade.OUTSTANDING)


def _seen(grade: int, rng: random.Random) -> tuple[int, str]:
    """A grade as one auditor sees it: now and then one off, rarely two."""
    luck = rng.random()
    off = rng.choice((-1, 1)) * (2 if luck < SLIP / 6 else 1 if luck < SLIP else 0)
    seen = _grade(grade + off)
    return seen, WORDS[seen]
