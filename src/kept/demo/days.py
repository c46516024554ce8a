"""What goes on from day to day in the demonstration: conversations, reviews, letters begun, rolls, a panel, an audit.

Everything goes through the action that the page calls, as the person who would do it, on the day it would have been.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from kept.access.acting import Actor, acting, acting_as_system
from kept.access.models import Agency, Area, Grant, Membership, Relation, SettingKind, User
from kept.access.roles import Role
from kept.administration import visits
from kept.cases import panels
from kept.cases.folding import state_of
from kept.cases.models import Case
from kept.demo import audits
from kept.demo import day_words as words
from kept.demo.clock import clock_at
from kept.demo.places import address_of
from kept.family import actions as families
from kept.messages import actions as messages
from kept.notices import actions as notices
from kept.notices.counting import Owed, owed_by
from kept.partners import telling
from kept.people.models import Carer, Child, ParentalLink
from kept.quality import drawing, judging
from kept.quality.models import Seat
from kept.reviews import actions as reviews
from kept.reviews import meeting
from kept.reviews.changing import compare_plans
from kept.reviews.models import Review
from kept.reviews.queries import yearly_duties
from kept.rules.calendar import ENGLAND
from kept.whereabouts import actions as whereabouts
from kept.whereabouts.rolls import with_send

Tell = Callable[[str, int, int], None]
TALKS, AHEAD, LETTERS, ROLLS, LISTED, AUDITED, ENDED = 36, 30, 8, 12, 9, 9, 16
LOOKED_AT = 25
VISIT_DAYS, SAMPLED = 11, 12
PAPERS = 8  # reviews for which somebody has written already
REVIEW_FROM, REVIEW_TO = 21, 130  # days ahead in which the twelve months end
MARKS = ((3, "good"), (3, "good"), (2, "work"), (4, "strong"), (2, "work"), (1, "poor"))


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


class Days:
    """The demonstration while its days are written: who is who, and how much was made."""

    def __init__(self, area: Area, today: date) -> None:
        self.area, self.today = area, today
        self.rng = random.Random(f"{area.slug} days")

    @contextmanager
    def as_(self, who: User, ago: int = 0) -> Iterator[Actor]:
        """Act as somebody so many days ago."""
        with acting(user=who, area=self.area, today=self.today - timedelta(days=ago)) as by:
            yield by

    def person(self, key: str) -> User:
        """One of those whom a visitor can be."""
        return User.objects.get(email=address_of(self.area, key))

    # --- conversations ------------------------------------------------------------------------------------------------

    def talks(self) -> int:
        """Questions of families, answered in time, late, or not yet; a few by telephone."""
        with acting_as_system(self.area, today=self.today):
            cases = self._cases_with_family()
            carers = {
                link.child_id: link.carer
                for link in ParentalLink.objects.filter(child__in=[case.child_id for case in cases])
                .select_related("carer__user").order_by("-pk")
            }  # fmt: skip
        for number, case in enumerate(cases):
            self._talk(case, carers[case.child_id], words.TALKS[number % len(words.TALKS)], number)
        return len(cases)

    def _cases_with_family(self) -> list[Case]:
        """Cases of people whom a visitor can be first, then the newest."""
        own = Grant.objects.filter(user=self.person("parent"), relation=Relation.FAMILY).values("child_id")
        linked = ParentalLink.objects.filter(child=OuterRef("child"), carer__isnull=False)
        running = (
            Case.objects.filter(Exists(linked), area=self.area, officer__isnull=False)
            .exclude(stage__in=("CLOSED", "CEASED", "TRANSFERRED_OUT")).select_related("child", "officer", "team")
            .distinct()
        )  # fmt: skip
        first = list(running.filter(child__in=own)[:2])
        mine = list(running.filter(officer=self.person("officer")).order_by("-opened_on")[: TALKS // 2])
        rest = list(running.exclude(officer=self.person("officer")).order_by("-opened_on")[:TALKS])
        found = {case.child_id: case for case in (*first, *mine, *rest)}
        return list(found.values())[:TALKS]

    def _talk(self, case: Case, carer: Carer, talk: tuple[str, str, str], number: int) -> None:
        subject, asked, answer = talk
        ago = (1, 3, 6, 9, 16, 25, 40)[number % 7]
        is_open = ago < 8 or number % 7 == 5  # noqa: PLR2004 - the fifth waits too long
        user = carer.user
        officer = case.officer or self.person("officer")
        hand = user or officer
        said: dict[str, Any] = {} if user else {"how": "phone", "said_by": str(carer.name), "is_theirs": True}
        with self.as_(hand, ago) as by, clock_at(by.today):
            thread = messages.start(
                by=by, child=case.child, subject=subject, text=asked.format(name=case.child.first_name),
                with_user=user, with_carer=carer, owner=case.officer, team=case.team, said_on=by.today, **said,
            )  # fmt: skip
        if is_open:
            return
        with self.as_(officer, max(0, ago - self.rng.choice((1, 2, 4, 7)))) as by, clock_at(by.today):
            messages.say(by=by, thread=thread, text=answer.format(name=case.child.first_name), answers=True,
                         said_on=by.today)  # fmt: skip

    # --- reviews ------------------------------------------------------------------------------------------------------

    def meetings(self) -> int:
        """Reviews planned for the months to come, with papers for the next ones."""
        with acting_as_system(self.area, today=self.today) as by:
            ahead = yearly_duties(by).filter(
                due_on__gte=self.today + timedelta(days=REVIEW_FROM), due_on__lte=self.today + timedelta(days=REVIEW_TO)
            )
            schools = list(Agency.objects.filter(memberships__user__in=[self.person("senco"), self.person("head")]))
            theirs = Grant.objects.filter(agency__in=schools).values("child_id")
            keys = [*ahead.filter(child__in=theirs).values_list("source_id", "due_on")[:10]]
            keys += ahead.exclude(child__in=theirs).order_by("due_on").values_list("source_id", "due_on")[:AHEAD]
            cases = Case.objects.select_related("child", "officer").in_bulk([key for key, _ in keys])
        made = 0
        for key, due in keys[:AHEAD]:
            made += due is not None and self._meeting(cases[key], due, papers=made < PAPERS)
        return made

    def _meeting(self, case: Case, due: date, *, papers: bool) -> int:
        if case.officer is None or case.stage != "PLAN_MAINTAINED":
            return 0
        first = self.today + timedelta(days=15 if papers else 25)
        day = max(due - timedelta(days=self.rng.randint(32, 50)), first)
        while not ENGLAND.is_working_day(day):
            day += timedelta(days=1)
        with self.as_(case.officer) as by:
            clock = self.rng.choice(("9.30 am", "10 am", "1.30 pm", "2 pm", "3.30 pm"))
            review = reviews.plan(by=by, child=case.child, meets_on=day, meets_at=clock)
            if papers:
                self._papers(by, review, case.child)
        return 1

    def _papers(self, by: Actor, review: Review, child: Child) -> None:
        for topic, text, how in words.PAPERS[: self.rng.randint(1, len(words.PAPERS))]:
            meeting.contribute(
                by=by,
                review=review,
                topic=topic,
                words=text.format(name=child.first_name),
                how=how.format(name=child.first_name),
            )

    # --- letters, panel, schools --------------------------------------------------------------------------------------

    def letters(self) -> int:
        """Letters that officers have begun: those that their newest cases call for and that nobody has sent."""
        officers = User.objects.filter(memberships__area=self.area, memberships__role=Role.CASE_OFFICER).order_by("pk")
        made = 0
        for officer in [self.person("officer"), *officers[:3]]:
            with self.as_(officer) as by:
                mine = Case.objects.filter(area=self.area, officer=officer).select_related("child", "area")
                for case in mine.order_by("-stage_since", "pk")[:LOOKED_AT]:
                    owed = [one for one in owed_by(state_of(case, self.today)) if one.sent is None]
                    if owed and made < LETTERS:
                        self._letter(by, case, owed[-1], written=made % 2 == 0)
                        made += 1
        return made

    def _letter(self, by: Actor, case: Case, owed: Owed, *, written: bool) -> None:
        notice = notices.start(by=by, case=case, sort=owed.sort.key, event=UUID(owed.key))
        if written and "reasons" in owed.sort.asks:
            notices.write(by=by, notice=notice, facts={"reasons": words.REASONS})

    def panel(self) -> int:
        """The list of the next panel, and of the one after."""
        with acting_as_system(self.area, today=self.today):
            running = Case.objects.filter(area=self.area, stage__in=words.SUMMARIES).select_related("child", "officer")
            found = list(running.order_by("opened_on")[:LISTED])
        day = self.today + timedelta(days=(3 - self.today.weekday()) % 7 or 7)
        for number, case in enumerate(found):
            with self.as_(case.officer or self.person("manager")) as by:
                questions = panels.questions_for(panels.Stage[case.stage])
                if questions:
                    panels.put_on_panel(
                        by=by, case=case, meets_on=day + timedelta(days=7 * (number >= LISTED * 2 // 3)),
                        question=questions[0][0],
                        summary=words.SUMMARIES[case.stage].format(name=case.child.first_name),
                    )  # fmt: skip
        return len(found)

    def rolls(self) -> int:
        """Some schools have confirmed who attends, one with a pupil on a part-time timetable."""
        with acting_as_system(self.area, today=self.today) as by:
            whereabouts.sync_all(by=by)
            kinds = (SettingKind.MAINSTREAM, SettingKind.SPECIAL, SettingKind.RESOURCED)
            schools = list(
                Agency.objects.filter(area=self.area, setting_kind__in=kinds, memberships__role=Role.SCHOOL)
                .exclude(memberships__user__in=[self.person("senco"), self.person("head")]).distinct().order_by("name")
            )  # fmt: skip
            staff = Membership.objects.filter(area=self.area, agency__in=schools, role=Role.SCHOOL).select_related(
                "user"
            )
            who = {one.agency_id: one.user for one in staff.order_by("-pk")}
        for number, school in enumerate(schools[:ROLLS]):
            with self.as_(who[school.pk], self.rng.randint(2, 20)) as by:
                said = {child.pk: whereabouts.Said("full") for child in with_send(by, school)}
                if said and number % 4 == 0:
                    said[next(iter(said))] = whereabouts.Said("part", Decimal(12), "Coming back after a long illness")
                whereabouts.confirm_roll(by=by, setting=school, said=said)
        return min(ROLLS, len(schools))

    def early(self) -> int:
        """Health tells of two small children."""
        who = self.person("therapist")
        for name, family, months, ago in words.EARLY:
            with self.as_(who, ago) as by:
                agency = next(one.agency for one in by.memberships if one.agency)
                telling.tell_of_a_child(
                    by=by, agency=agency, kind="early", given_names=name, family_name=family,
                    born_on=self.today - timedelta(days=30 * months), parent_told_on=by.today - timedelta(days=4),
                    **words.EARLY_FACTS,
                )  # fmt: skip
        return len(words.EARLY)

    def views(self) -> int:
        """What children said, written down by their parent."""
        who = self.person("parent")
        with acting_as_system(self.area, today=self.today):
            children = list(Child.objects.filter(pk__in=Grant.objects.filter(user=who).values("child_id")))
        for child in children:
            for text, facts, ago in words.VIEWS:
                with self.as_(who, ago) as by:
                    families.record_view(by=by, child=child, words=text, on=by.today, **facts)
        return len(children) * len(words.VIEWS)

    def audit(self) -> int:
        """Two audits of plans that were ended and followed, and one under way: drawn, seated, and judged by some."""
        owners = [self.person(key) for key in ("manager", "officer")]
        before = audits.Led(self.as_, self.person("director"), owners, ENDED, self.rng).all()
        with self.as_(self.person("director"), 18) as by:
            people = [one.user_id for one in drawing.pool(by) if one.agency_id]
            made = drawing.open_round(
                by=by, name="Plans issued this year", size=AUDITED, seed=by.today.toordinal(),
                since=by.today - timedelta(days=330), until=by.today, auditors=people,
                due_on=self.today + timedelta(days=10),
            )  # fmt: skip
            seats = list(
                Seat.objects.filter(area=self.area, copy__round=made)
                .select_related("auditor", "copy")
                .order_by("copy__number")
            )
        for number, seat in enumerate(seats):
            if number % 9 < 6:  # noqa: PLR2004 - two thirds have judged
                self._judge(seat, number)
        return before + 1

    def visit(self) -> int:
        """An inspection visit that began yesterday, with the children drawn for it."""
        with self.as_(self.person("director"), 1) as by:
            made = visits.plan_visit(
                by=by, name="Area SEND inspection", starts_on=by.today, ends_on=by.today + timedelta(days=VISIT_DAYS),
                inspectors=[self.person("inspector")],
            )  # fmt: skip
            return visits.draw_sample(by=by, visit=made, size=SAMPLED, seed=by.today.toordinal())

    def reviewed(self) -> int:
        """Whether the reviews that are over changed the plans, as the night compares them."""
        with acting_as_system(self.area, today=self.today) as by:
            return compare_plans(by=by)

    def _judge(self, seat: Seat, number: int) -> None:
        with self.as_(seat.auditor, self.rng.randint(1, 15)) as by:
            grades = {}
            for place, section in enumerate(judging.sections_of(seat.copy)):
                grade, kind = MARKS[(number // 3 * 2 + place + self.rng.randint(0, 1)) % len(MARKS)]
                grades[section] = (grade, words.GRADED[kind])
            judging.judge(by=by, seat=seat, grades=grades)


def load_days(area: Area, today: date, tell: Tell = quiet) -> int:
    """Write what goes on from day to day. How much was made."""
    days = Days(area, today)
    steps = (
        days.views,
        days.early,
        days.rolls,
        days.panel,
        days.letters,
        days.meetings,
        days.reviewed,
        days.audit,
        days.visit,
        days.talks,
    )
    made = 0
    for number, step in enumerate(steps, 1):
        made += step()
        tell("From day to day", number, len(steps))
    return made
