"""The demonstration's improvement programme: figures computed, then everything recorded on the day it happened.

Each step goes through the same action, as the person who may take it, as in a live area: what the rules refuse is
refused here too. Statuses are then what the rules make of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, acting, acting_as_system
from kept.access.models import Agency, Area, User
from kept.demo import improvement_facts as told
from kept.demo.improvement_facts import Deed, Proof, Step, Wanting
from kept.demo.places import address_of
from kept.improvement import actions, governance, packs, queries
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Finding, Programme
from kept.measures import rebasing
from kept.measures.catalogue import COMPUTED
from kept.measures.computing import compute, month_after, month_of

MONTHS = 14
OTHER = {"director": "clinical-officer", "clinical-officer": "director"}
AGENCIES = {  # how each organisation's name ends, after the name of the town
    "send": "Council SEND service", "ep": "Educational Psychology Service", "care": "Children's Social Care",
    "therapy": "Community Health NHS Trust", "icb": "Integrated Care Board",
}  # fmt: skip
Tell = Callable[[str, int, int], None]
Do = Callable[..., object]


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def load_programme(area: Area, today: date, tell: Tell = quiet, *, figures: bool = True) -> Programme:
    """Compute the measures of a demonstration and record its programme, oldest first. figures: compute them first."""
    with transaction.atomic():
        if figures:
            with acting_as_system(area, today=today) as by:
                compute(by=by)
        programme = _Story(area, today).write(tell)
        with acting_as_system(area, today=today) as by:  # what is counted of the programme itself
            compute(by=by, definitions=[one for one in COMPUTED if one.about == "milestone"])
        return programme


class _Story:
    """The programme while it is being written: who is who, what was made, and what happens on which day."""

    def __init__(self, area: Area, today: date) -> None:
        self.area, self.today = area, today
        self.begins = month_after(month_of(today), -MONTHS)
        self.people = {key: User.objects.get(email=address_of(area, key)) for key in (*OTHER, "forum", "analyst")}
        self.agencies: dict[str, Agency] = {}
        self.happenings: list[tuple[int, int, str, Do]] = []
        self.order = count()

    def day(self, at: int) -> date:
        """The day so many days after the beginning."""
        return self.begins + timedelta(days=at)

    def at(self, when: int, who: str, do: Do) -> None:
        """Put something into a day: a person does it then."""
        heappush(self.happenings, (when, next(self.order), who, do))

    def acting(self, who: str, at: int) -> Any:
        """Act as one of the people on a day."""
        return acting(user=self.people[who], area=self.area, today=min(self.day(at), self.today))

    def write(self, tell: Tell) -> Programme:
        """Begin, then let everything happen in the order of its days."""
        with self.acting("director", 0) as by:
            known = Agency.objects.filter(area=self.area)
            self.agencies = {key: known.get(name__endswith=words) for key, words in AGENCIES.items()}
            programme = actions.start(
                by=by, kind="priority", name=told.NAME, started_on=self.begins,
                report_on=self.begins - timedelta(days=52), published_on=self.day(40),
                council_officer=self.people["director"], nhs_officer=self.people["clinical-officer"],
            )  # fmt: skip
            for what, pounds, yearly, promised, realised in told.MONEY:
                actions.invest(
                    by=by, programme=programme, what=what, pounds=pounds, is_yearly=yearly, promised=promised,
                    realised=realised,
                )  # fmt: skip
            for wanting in told.FINDINGS:
                self.finding(by, programme, wanting)
        self.governance(programme)
        self.at(told.LIMITS.at, "analyst", self.limits)
        done = 0
        while self.happenings and self.day(self.happenings[0][0]) <= self.today:
            when, _, who, do = heappop(self.happenings)
            with self.acting(who, when) as by:
                do(by=by)
            done += 1
            if done % 20 == 0:
                tell("The programme's days", when, max(when, (self.today - self.begins).days))
        return programme

    def finding(self, by: Actor, programme: Programme, one: Wanting) -> None:
        """A finding with its causes and measures on the first day; the rest on its own day."""
        bodies = [self.agencies[key] for key in one.bodies]
        made = actions.find(
            by=by, programme=programme, kind=one.kind, text=one.text, outcome=one.outcome, bodies=bodies
        )
        causes = [
            actions.name_cause(by=by, finding=made, statement=each.statement, how_tested=each.how_tested)
            for each in one.causes
        ]
        by_then = month_after(self.begins, 24)
        for code, target, why in one.measures:
            actions.aim(by=by, finding=made, code=code, target=target, target_on=by_then if target else None, why=why)
        for cause in [each for each in causes if each.how_tested]:
            self.at(12, "director", partial(actions.agree_cause, cause=cause))
            self.at(20, "clinical-officer", partial(actions.agree_cause, cause=cause))
        for deed in one.deeds:
            self.at(25, "director", self.deed(made, [causes[at] for at in deed.causes], deed))
        for proof in one.proofs:
            self.at(proof.at, proof.by, self.proof(made, proof))
        for said in one.verdicts:
            given = {name: value for name, value in vars(said).items() if name != "at"}
            self.at(said.at, "forum", partial(actions.judge, finding=made, **given))
        if one.claim:
            self.at(one.claim[0], "director", self.claim(made, one.claim[1], one.answers))

    def deed(self, finding: Finding, causes: list[Any], one: Deed) -> Do:
        """An action and its milestones; news, moves and evidence follow on their days."""

        def do(by: Actor) -> None:
            lead = self.people["clinical-officer" if one.agency == "therapy" else "director"]
            action = actions.act(
                by=by, finding=finding, causes=causes, what=one.what, agency=self.agencies[one.agency], lead=lead,
                starts_on=self.day(one.starts), effect_code=one.code, effect_size=one.size, lag_months=one.lag,
                because=one.because,
            )  # fmt: skip
            made = [
                actions.promise(
                    by=by, action=action, deliverable=step.deliverable, acceptance_test=step.test,
                    promised_on=self.day(step.promised),
                )
                for step in one.steps
            ]  # fmt: skip
            self.later(finding, action, list(zip(one.steps, made, strict=True)), one)

        return do

    def later(self, finding: Finding, action: Any, steps: list[tuple[Step, Any]], one: Deed) -> None:
        """What was still to come when the action was agreed; it is put into the days that follow."""
        owner = "clinical-officer" if one.agency == "therapy" else "director"
        for when, words in one.news:
            self.at(when, owner, partial(actions.tell, action=action, words=words))
        for step, milestone in steps:
            for when, to, why in step.moves:
                self.at(when, owner, partial(actions.move, milestone=milestone, expected_on=self.day(to), why=why))
            if step.accepted is not None:
                self.at(step.accepted - 6, owner, self.submit(finding, milestone, step.evidence, owner, step.accepted))

    def submit(self, finding: Finding, milestone: Any, what: str, owner: str, accepted: int) -> Do:
        """Evidence of delivery; six days later the other agency has looked at it."""

        def do(by: Actor) -> None:
            made = actions.submit(
                by=by, finding=finding, claim="delivery", kind="document", what=what,
                source="Shared folder of the programme", milestone=milestone,
            )  # fmt: skip
            with self.acting(OTHER[owner], accepted) as other:
                actions.review(by=other, evidence=made, accepted=True, said="Seen, and it meets the test.")

        return do

    def proof(self, finding: Finding, one: Proof) -> Do:
        """Evidence of more than delivery, and what the other agency says of it ten days later."""

        def do(by: Actor) -> None:
            made = actions.submit(
                by=by, finding=finding, claim=one.claim, kind=one.kind, what=one.what, source=one.source
            )
            with self.acting(OTHER[one.by], one.at + 10) as other:
                actions.review(by=other, evidence=made, accepted=one.accepted, said=one.said)

        return do

    def claim(self, finding: Finding, words: str, answer: str) -> Do:
        """The director claims that it worked. A refusal is told to the programme as news, as a live area would."""

        def do(by: Actor) -> None:
            [found] = queries.stood(
                self.area, [queries.findings(self.area).get(pk=finding.pk)], today=by.today, whole=True
            )
            try:
                with transaction.atomic():
                    actions.claim_impact(by=by, finding=finding, words=words, answers=[answer] * len(found.against))
            except NotAllowed as refused:
                action = finding.actions.first()
                if action:
                    actions.tell(by=by, action=action, words=f"We said: “{words}” {refused}")

        return do

    def limits(self, by: Actor) -> None:
        """The analyst sets new limits on a chart, if its figures moved and stayed; what is refused is not set."""
        one = told.LIMITS
        try:
            with transaction.atomic():
                rebasing.set_on_chart(
                    by=by, code=one.code, kind=rebasing.Setting.REBASE, starts=month_of(self.day(one.since)),
                    happened=one.happened, reason=one.reason,
                )  # fmt: skip
        except rebasing.NotAllowed:
            return

    def governance(self, programme: Programme) -> None:
        """Questions, meetings and packs."""
        for question in told.QUESTIONS:
            self.at(question[0], question[1], self.question(programme, question))
        for given in told.MEETINGS:
            self.at(given[1], "director", self.meeting(programme, given))
        for when, title in told.PACKS:
            self.at(when, "director", partial(packs.freeze, programme=programme, title=title))

    def question(self, programme: Programme, given: tuple[Any, ...]) -> Do:
        """A challenge, its answer, and whether whoever asked was content."""
        _, who, on_behalf_of, words, replied, reply, resolved = given

        def do(by: Actor) -> None:
            made = actions.challenge(by=by, programme=programme, on_behalf_of=on_behalf_of, words=words)
            if replied is not None:
                with self.acting("director", replied) as director:
                    actions.reply(by=director, challenge=made, words=reply)
            if resolved is not None:
                with self.acting(who, resolved) as asker:
                    actions.resolve(by=asker, challenge=made)

        return do

    def meeting(self, programme: Programme, given: tuple[Any, ...]) -> Do:
        """A meeting with the agenda that was built for it, its minutes and what it decided."""
        body, _, minutes, note, decided = given

        def do(by: Actor) -> None:
            made = governance.call(by=by, programme=programme, body=body, meets_on=by.today)
            governance.minute(by=by, meeting=made, minutes=minutes)
            if note:
                governance.publish_note(by=by, meeting=made, words=note)
            for what, due, done in decided:
                one = governance.decide(
                    by=by, meeting=made, what=what, owner=self.people["director"], due_on=self.day(due)
                )
                if done is not None and self.day(done) <= self.today:
                    with self.acting("director", done) as later:
                        governance.carry_out(by=later, decision=one)

        return do
