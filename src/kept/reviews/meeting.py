"""What people write for a review, and what the meeting judges. Each is one transaction, safe to repeat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.access.models import Agency
from kept.design.words import day
from kept.messages.actions import speaker
from kept.reviews import plan_facts, states
from kept.reviews.access import check_may_run, check_may_write, is_family
from kept.reviews.actions import locked, saved, sync_advice
from kept.reviews.models import Contribution, Feedback, Judgement, Progress, Review, TypedEntry
from kept.reviews.packs import A_YEAR, previous
from kept.reviews.plan_facts import Item
from kept.reviews.states import State, state_of
from kept.reviews.words import TOPIC, Changed
from kept.rules.reviews import NotProven, Verdict, check_judgement

LONGEST = 10_000
FAMILY = "The family"  # everybody invited reads it, and parents who have parted may be in danger
SECTIONS = ("E", "F", "G", "H1", "H2")


def _checked(words: str) -> str:
    words = words.replace("\x00", "").strip()
    if not words:
        raise Refused("Write something before you save it.")
    if len(words) > LONGEST:
        raise Refused(f"That is {len(words):,} letters. Keep it to {LONGEST:,}, or send the long part as a document.")
    return words


@transaction.atomic
def contribute(
    *, by: Actor, review: Review, topic: str, words: str, how: str = "", agency: Agency | None = None
) -> Contribution:
    """Write one part of the papers; a new telling stands beside the old, and the latest is shown. Raises Refused.

    agency: for whose service advice is given; the person's own unless told otherwise.
    """
    known = TOPIC.get(topic)
    if known is None:
        raise Refused("There is no such part of the papers.")
    check_may_write(by, review.child_id, by_family=known.by_family)
    current = locked(by, review)
    if state_of(current, by.today) in {State.REPORTED, State.DECIDED, State.CANCELLED}:
        raise Refused("The report has gone out, so the papers are closed. Write to the case officer instead.")
    if topic == "child" and not how.strip():
        raise Refused("Say how they were asked: in talk, with pictures, by somebody who knows their signs.")
    words = _checked(words)
    mine = current.contributions.filter(area=by.area, topic=topic, by=by.user).last()
    if mine is not None and mine.words == words and mine.how == how.strip():
        return mine
    family = is_family(by, review.child_id)
    if agency is None and not family:
        own = next((m.agency for m in by.memberships if m.agency), None)
        agency = own
    made = Contribution.objects.create(
        area=by.area, review=current, child_id=current.child_id, topic=topic, words=words, how=how.strip()[:200],
        said_by=FAMILY if family else speaker(by)[:200], agency=agency, on=by.today, by=by.user,
    )  # fmt: skip
    sync_advice(by, current)
    return made


@transaction.atomic
def type_in(*, by: Actor, review: Review, section: str, text: str) -> TypedEntry:
    """Add an outcome or help that stands in the paper plan only. Raises Refused."""
    check_may_run(by, review.child_id)
    if section not in SECTIONS:
        raise Refused("Only outcomes (E) and help (F, G, H1, H2) are judged at a review.")
    text = _checked(text)
    current = locked(by, review)
    found = current.typed.filter(area=by.area, section=section, text=text).first()
    return found or TypedEntry.objects.create(
        area=by.area, review=current, child_id=current.child_id, section=section, text=text, by=by.user
    )


@transaction.atomic
def measure(*, by: Actor, review: Review, lineage: UUID, value: str, on: date) -> Progress:
    """Write down where a child stands on one outcome. Raises Refused."""
    check_may_write(by, review.child_id, by_family=False)
    if on > by.today:
        raise Refused("It cannot have been measured after today.")
    if on < review.child.born_on:
        raise Refused(f"{day(on)} is before the date of birth.")
    if not value.strip():
        raise Refused("Say what was measured, as the outcome says it: a score, a count, what they can do now.")
    outcomes = {item.lineage for item in plan_facts.items_of(by, review) if not item.is_provision}
    if lineage not in outcomes:
        raise Refused("Choose an outcome of this plan.")
    known = Progress.objects.filter(
        area=by.area, child_id=review.child_id, lineage=lineage, on=on, value=value.strip()[:300]
    )
    return known.first() or Progress.objects.create(
        area=by.area, child_id=review.child_id, lineage=lineage, on=on, value=value.strip()[:300], by=by.user,
        said_by=speaker(by)[:200],
    )  # fmt: skip


@transaction.atomic
def held(*, by: Actor, review: Review, came: Collection[UUID], version: int | None = None) -> Review:
    """Say that the meeting was held on its day, and who came. Held on another day: move it first. Raises Refused."""
    check_may_run(by, review.child_id, "held")
    current = locked(by, review, version)
    states.check_may(current, "held", by.today)
    if current.meets_on > by.today:
        raise Refused(
            f"The meeting is on {day(current.meets_on)}. If it was held earlier, move it to the day on which it was."
        )
    for one in current.invitees.filter(area=by.area):
        one.came = one.pk in came
        one.save(update_fields=["came"])
    current.held_on = current.meets_on
    saved(current, "held_on")
    sync_advice(by, current)
    return current


@dataclass(frozen=True)
class Said:
    """What was said of one entry. family: where the family sees it otherwise."""

    verdict: str
    evidence: str
    given_because: str = ""
    family: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.verdict or self.evidence.strip())


@transaction.atomic
def judge(*, by: Actor, review: Review, said: Mapping[UUID, Said]) -> dict[UUID, str]:
    """Judge outcomes and help. What may stand is kept; the answer says of each other one what is wrong with it.

    Raises Refused when nothing may be judged now.
    """
    check_may_run(by, review.child_id, "judge")
    current = locked(by, review)
    states.check_may(current, "judge", by.today)
    items = {item.lineage: item for item in plan_facts.items_of(by, current)}
    before = previous(by, current)
    since = before.held_on if before and before.held_on else current.meets_on - A_YEAR
    until = min(by.today, current.meets_on)
    shown = plan_facts.shown_of(by, current.child_id, list(items.values()), since=since, until=until)
    wrong = {}
    for lineage, one in said.items():
        item = items.get(lineage)
        if item is None or one.is_empty:
            continue
        try:
            if one.verdict not in set(Verdict):
                raise NotProven("Choose what the meeting says of it.")
            check_judgement(
                section=item.section, verdict=Verdict(one.verdict), evidence=one.evidence, shown=shown.get(lineage),
                given_because=one.given_because,
            )  # fmt: skip
        except NotProven as problem:
            wrong[lineage] = str(problem)
            continue
        _keep(by, current, item, one)
    saved(current)
    return wrong


def _keep(by: Actor, review: Review, item: Item, said: Said) -> None:
    facts = {
        "section": item.section,
        "text": item.text,
        "verdict": said.verdict,
        "evidence": said.evidence.strip(),
        "given_because": said.given_because.strip(),
        "family_disagrees": said.family.strip(),
    }
    known = Judgement.objects.filter(area=by.area, review=review, lineage=item.lineage).first()
    if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
        return
    Judgement.objects.update_or_create(
        area=by.area,
        review=review,
        lineage=item.lineage,
        defaults={**facts, "child_id": review.child_id, "by": by.user},
    )


@transaction.atomic
def say_afterwards(*, by: Actor, review: Review, changed: str, words: str = "") -> Feedback:
    """A family says whether the meeting changed something. Each says it once. Raises Refused."""
    if not is_family(by, review.child_id):
        raise Refused("Only the child’s family, or the young person, says this.")
    if review.held_on is None:
        raise Refused("The meeting has not been held yet.")
    if changed not in Changed.values:
        raise Refused("Choose yes, partly or no.")
    made, _ = Feedback.objects.get_or_create(
        area=by.area,
        review=review,
        by=by.user,
        defaults={"child_id": review.child_id, "changed": changed, "words": words.strip()[:LONGEST], "on": by.today},
    )
    return made
