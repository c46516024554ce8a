"""What a family says on a draft, point by point, and what the council answers. Each action is safe to repeat.

A point is its writer's own: the other parent does not read it (the database says so too). It is kept as it is typed,
and is the council's to read from the moment at which its writer sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.predicates import BE_FAMILY, allows
from kept.access.roles import Can
from kept.cases.access import ENDED
from kept.cases.queries import cases_seen
from kept.duties.actions import DutyFacts, sync
from kept.plans.models import DraftComment, Version
from kept.plans.section_sets import set_of
from kept.plans.words import DRAFT_STAGES, FINAL_STAGES, Answer, Point, Stage
from kept.rules.process.table import clocks

SOURCE = "plans.points"
LONGEST = 10_000
CLOCK = {Stage.DRAFT: "draft.representations", Stage.PROPOSED_AMENDMENT: "amend.representations"}
MEETING = "SEND code of practice 2015, 9.77; Children and Families Act 2014 s.38(2)(b); SEND Regulations 2014 reg 13(1)"
ANSWER = "Published standard of the council: each point on a draft plan has an answer with its reason"


@dataclass(frozen=True)
class Window:
    """The days in which the family says what it thinks: the day of sending is the first, the last one counts."""

    first: date
    last: date
    citation: str

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def day_on(self, today: date) -> int:
        """Which of the days it is, from 1; more than `days` when they are over."""
        return (today - self.first).days + 1

    def left_on(self, today: date) -> int:
        """How many days are left, today counted; none when they are over."""
        return max((self.last - today).days + 1, 0)


def window_of(version: Version) -> Window | None:
    """The family's days on a draft, counted as the law's table counts them (reg 13(1)(a)); None until it is sent."""
    clock = clocks().get(CLOCK.get(Stage(version.stage), ""))
    if version.sent_on is None or clock is None or clock.length is None:
        return None
    return Window(version.sent_on, version.sent_on + timedelta(days=clock.length - 1), clock.citation)


def final_after(actor: Actor, version: Version) -> Version | None:
    """The final that was written from a draft; None while the draft is open."""
    found = Version.objects.filter(area=actor.area, plan_id=version.plan_id, number__gt=version.number)
    return found.filter(issued_on__isnull=False, stage__in=FINAL_STAGES).order_by("number").first()


def draft_with_family(actor: Actor, child_id: UUID) -> Version | None:
    """The draft that the family has now: the last one sent with no final after it."""
    found = Version.objects.filter(area=actor.area, child_id=child_id, plan__ceased_on__isnull=True)
    sent = found.filter(sent_on__isnull=False, stage__in=DRAFT_STAGES).select_related("plan", "child")
    last = sent.order_by("-number").first()
    return last if last and final_after(actor, last) is None else None


def check_may_speak(by: Actor, version: Version) -> None:
    """Raise Refused, with a sentence, unless the person is the family of the child and the draft is open."""
    if not allows(by, BE_FAMILY, version.child_id):
        raise Refused(f"Only {version.child.first_name}’s family can do this.")
    if version.sent_on is None or version.stage not in DRAFT_STAGES:
        raise Refused("This is not a draft that was sent to you.")
    if final_after(by, version):
        raise Refused("The plan was finished after this draft. Write to us, or ask for a review of the plan.")
    if _sent_later(by, version):
        raise Refused("We sent you a newer draft after this one. Say it there.")


def _sent_later(actor: Actor, version: Version) -> bool:
    found = Version.objects.filter(area=actor.area, plan_id=version.plan_id, number__gt=version.number)
    return found.filter(sent_on__isnull=False).exists()


def points_of(actor: Actor, version: Version) -> QuerySet[DraftComment]:
    """The points on a draft that the person may see, those taken back too: a parent's own, or all for the case team."""
    return DraftComment.objects.filter(area=actor.area, version=version).select_related("answered_by")


def own_points(actor: Actor, version: Version) -> list[DraftComment]:
    """The person's own points on a draft, sent and unsent, those taken back too, in the order of writing."""
    return list(points_of(actor, version).filter(by=actor.user).order_by("pk"))


def sent_points(actor: Actor, version: Version) -> list[DraftComment]:
    """The points that were sent and not taken back, as they were said."""
    found = points_of(actor, version).filter(said_on__isnull=False, withdrawn_at__isnull=True)
    return list(found.order_by("said_on", "pk"))


def unsent_count(actor: Actor, version: Version) -> int:
    """How many points the family has typed and not sent: staff learn the number, not the words."""
    return points_of(actor, version).filter(said_on__isnull=True, withdrawn_at__isnull=True).exclude(text="").count()


def unanswered(actor: Actor, version: Version) -> list[DraftComment]:
    """Points on a draft, or on the drafts before a final, that have no answer yet. The gate asks this."""
    return [point for point in table_for(actor, version) if not point.answer]


def table_for(actor: Actor, version: Version) -> list[DraftComment]:
    """The points with their answers that belong to a version: for a final, those on the drafts that led to it.

    It goes with the final to the family. A parent is given their own points only.
    """
    found = DraftComment.objects.filter(area=actor.area, version__plan_id=version.plan_id)
    if version.stage in DRAFT_STAGES:
        found = found.filter(version=version)
    else:
        before = Version.objects.filter(
            area=actor.area, plan_id=version.plan_id, number__lt=version.number, issued_on__isnull=False
        )
        last = before.order_by("-number").values_list("number", flat=True).first() or 0
        found = found.filter(version__number__gt=last, version__number__lte=version.number)
    if not actor.can(Can.EDIT_PLANS):
        found = found.filter(by=actor.user)
    sent = found.filter(said_on__isnull=False, withdrawn_at__isnull=True)
    return list(sent.select_related("answered_by", "written_by", "version").order_by("section", "said_on", "pk"))


def _clean(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST:
        raise Refused(f"This has {len(text):,} letters. Keep it to {LONGEST:,}, or send us the long part as a paper.")
    return text


@transaction.atomic
def save_point(
    *,
    by: Actor,
    version: Version,
    text: str,
    kind: str = Point.COMMENT,
    lineage: UUID | None = None,
    section: str = "",
    rule: str = "",
) -> DraftComment | None:
    """Keep what is typed on one entry (or on the whole), as often as it is typed. Nothing is kept of an empty box.

    rule: the check that it came from. Returns the point, or None when there is none. Raises Refused.
    """
    check_may_speak(by, version)
    text = _clean(text)
    if lineage and not version.entries.filter(lineage=lineage).exists():
        raise Refused("This part is not in the draft.")
    open_ones = DraftComment.objects.select_for_update().filter(
        area=by.area, version=version, by=by.user, kind=kind, lineage=lineage, rule=rule, said_on__isnull=True
    )
    point = open_ones.filter(withdrawn_at__isnull=True).first()
    if point is None:
        if not text:
            return None
        said_by = by.user.name[:200]
        facts = {"kind": kind, "lineage": lineage, "section": section, "rule": rule, "said_by": said_by}
        return DraftComment.objects.create(
            area=by.area, version=version, child_id=version.child_id, by=by.user, text=text, **facts
        )
    if not text:
        return take_back(by=by, point=point)
    if point.text != text:
        point.text = text
        point.save(update_fields=["text", "saved_at"])
    return point


def _own(by: Actor, point: DraftComment) -> DraftComment:
    found = DraftComment.objects.select_for_update(of=("self",)).select_related("version__child")
    held = found.filter(area=by.area, pk=point.pk, by=by.user).first()
    if held is None:
        raise Refused("This is not yours to change.")
    check_may_speak(by, held.version)
    if held.answer:
        raise Refused("We have answered this. You can say more in a new point.")
    return held


@transaction.atomic
def take_back(*, by: Actor, point: DraftComment) -> DraftComment:
    """Take a point back, sent or not; it can be put back. Raises Refused once it is answered."""
    held = _own(by, point)
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at", "saved_at"])
        sync_points(by, held.version)
    return held


@transaction.atomic
def put_back(*, by: Actor, point: DraftComment) -> DraftComment:
    """Undo `take_back`. Words typed meanwhile on the same entry stay: the two become one point. Raises Refused."""
    held = _own(by, point)
    if held.withdrawn_at is None:
        return held
    twin = None
    if held.said_on is None:
        same = DraftComment.objects.filter(area=by.area, version=held.version, by=by.user, said_on__isnull=True)
        same = same.filter(kind=held.kind, lineage=held.lineage, rule=held.rule, withdrawn_at__isnull=True)
        twin = same.exclude(pk=held.pk).first()
    if twin:
        held.text = _clean(f"{held.text}\n{twin.text}" if twin.text != held.text else held.text)
        twin.withdrawn_at = timezone.now()
        twin.save(update_fields=["withdrawn_at", "saved_at"])
    held.withdrawn_at = None
    held.save(update_fields=["text", "withdrawn_at", "saved_at"])
    sync_points(by, held.version)
    return held


@transaction.atomic
def send_points(*, by: Actor, version: Version) -> int:
    """Send everything that the person has typed on a draft to the council. How many were sent. Raises Refused.

    The family's fifteen days are not ended by it: more points may follow.
    """
    check_may_speak(by, version)
    mine = DraftComment.objects.filter(area=by.area, version=version, by=by.user)
    unsent = mine.filter(said_on__isnull=True, withdrawn_at__isnull=True).exclude(text="")
    sent = unsent.update(said_on=by.today, saved_at=timezone.now())
    if sent:
        sync_points(by, version)
    return sent


@transaction.atomic
def ask_for(*, by: Actor, version: Version, kind: str, text: str) -> DraftComment:
    """Ask for a meeting, or for a school, college or other place to be named. Sent at once. Raises Refused."""
    if kind not in {Point.MEETING, Point.SETTING}:
        raise Refused("Choose what you ask for.")
    if not _clean(text):
        raise Refused("Say which place you ask for." if kind == Point.SETTING else "Say when you can meet us.")
    places = set_of(version.section_set).of_role("placement") if kind == Point.SETTING else ()
    point = save_point(by=by, version=version, text=text, kind=kind, section=places[0].code if places else "")
    if point is None:
        raise Refused("Write what you ask for.")
    point.said_on = by.today
    point.save(update_fields=["said_on", "saved_at"])
    sync_points(by, version)
    return point


@transaction.atomic
def answer_point(*, by: Actor, point: DraftComment, answer: str, reason: str = "") -> DraftComment:
    """Answer a point: accept it, accept a part, or not, with the reason. Raises Refused.

    An answer that went with a final is never changed; a point that had none may still be answered.
    """
    check_can(by, Can.EDIT_PLANS)
    held = (
        DraftComment.objects.select_for_update(of=("self",))
        .select_related("version__child")
        .get(area=by.area, pk=point.pk)
    )
    reason = _clean(reason)
    if answer not in Answer:
        raise Refused("Choose an answer.")
    if held.said_on is None or held.withdrawn_at is not None:
        raise Refused("The family took this point back, or has not sent it.")
    if answer != Answer.ACCEPT and not reason:
        raise Refused("Give the reason. The family reads it with the final plan.")
    if held.kind == Point.MEETING and answer == Answer.ACCEPT and not reason:
        raise Refused("Say when and where you meet.")
    if (held.answer, held.answer_reason) == (answer, reason):
        return held
    if held.answer and final_after(by, held.version):
        raise Refused("This answer went to the family with the final plan. It stands as it was sent.")
    held.answer, held.answer_reason = answer, reason
    held.answered_by, held.answered_on = by.user, by.today
    held.save(update_fields=["answer", "answer_reason", "answered_by", "answered_on"])
    sync_points(by, held.version)
    return held


def sync_points(by: Actor, version: Version) -> None:
    """The duties that follow from the points on a draft, all parents' together, brought into the ledger.

    A parent cannot read the other's points, so Kept itself counts them.
    """
    with acting_as_system(by.area, today=by.today) as system:
        known = Version.objects.select_related("child", "plan").get(area=by.area, pk=version.pk)
        duties = list(_duties(system, known))
        sync(by=system, source=SOURCE, source_id=known.pk, child_id=known.child_id, duties=duties)


def _holder(by: Actor, version: Version) -> UUID:
    """Whoever has the case now answers, else whoever wrote the draft."""
    found = cases_seen(by).filter(child_id=version.child_id, officer__isnull=False).exclude(stage__in=ENDED)
    return found.order_by("-opened_on").values_list("officer_id", flat=True).first() or version.writer_id


def _duties(by: Actor, version: Version) -> list[DutyFacts]:
    points, window = sent_points(by, version), window_of(version)
    common: dict[str, Any] = {
        "owed_by": "the council",
        "is_statutory": False,
        "path": f"/plans/versions/{version.pk}/points/",
        "person_id": _holder(by, version),
    }
    made = []
    if points:
        open_ones = [point for point in points if not point.answer]
        made.append(
            DutyFacts(
                key="answer",
                what="Answer each point that the family made on the draft plan",
                authority=ANSWER,
                rule="plans.answer_points",
                starts_on=min(point.said_on for point in points if point.said_on),
                due_on=None,
                met_on=None if open_ones else max(point.answered_on for point in points if point.answered_on),
                evidence="" if open_ones else "Table of points and answers",
                **common,
            )
        )
    for point in points:
        if point.kind == Point.MEETING and point.said_on:
            made.append(
                DutyFacts(
                    key=f"meeting.{point.pk}",
                    what="Agree a meeting with the family about the draft plan",
                    authority=MEETING,
                    rule="plans.meeting",
                    starts_on=point.said_on,
                    due_on=max(window.last, point.said_on) if window else None,
                    met_on=point.answered_on,
                    evidence="Answer to the family" if point.answered_on else "",
                    **common,
                )
            )
    return made
