"""Points of a family that did not come through its page: an officer writes down a letter, a call or a meeting.

They are answered like all others and stand in the same table. With an account the point is that parent's own, who sees
it and may take it back; without one it is kept by the officer in that parent's name. Each parent's stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import User
from kept.access.roles import Can
from kept.people.queries import family_of
from kept.plans import comments, versions
from kept.plans.models import DraftComment, Version
from kept.plans.section_sets import set_of
from kept.plans.words import DRAFT_STAGES, Point


@dataclass(frozen=True)
class Speaker:
    """One who may have said it: a parent or carer who may see the record, or the child or young person."""

    key: str
    name: str
    words: str
    user: User | None = None


def speakers(actor: Actor, version: Version) -> list[Speaker]:
    """Who of the family may have said it. The child or young person stands last."""
    around = [one for one in family_of(actor, version.child_id) if one.is_running and one.link.opens_the_record]
    found = [
        Speaker(str(one.carer.pk), one.carer.name, f"{one.carer.name}, {one.link.relationship}", one.carer.user)
        for one in around
        if one.carer
    ]
    return [*found, Speaker("child", version.child.full_name, f"{version.child.full_name} themself")]


@transaction.atomic
def write_down(
    *, by: Actor, version: Version, speaker: Speaker, text: str, on: date, kind: str = Point.COMMENT,
    lineage: UUID | None = None, is_all: bool = False,
) -> DraftComment:  # fmt: skip
    """Write down a point that came another way. is_all: they said that this is all, so their days end.

    Twice the same of one person on one day is once. Raises Refused with a sentence.
    """
    check_can(by, Can.EDIT_PLANS)
    version = Version.objects.select_for_update(of=("self",)).select_related("child", "plan").get(pk=version.pk)
    if version.sent_on is None or version.stage not in DRAFT_STAGES:
        raise Refused("This version was not sent to the family.")
    if comments.final_after(by, version):
        raise Refused("The plan was finished after this draft. Write it down on the case, or bring it to the review.")
    if not version.sent_on <= on <= by.today:
        raise Refused("The family can only have said it between the day the draft was sent and today.")
    if not text.strip():
        raise Refused("Write what they said.")
    entry = version.entries.filter(lineage=lineage).first() if lineage else None
    if lineage and entry is None:
        raise Refused("This part is not in the draft.")
    places = set_of(version.section_set).of_role("placement") if kind == Point.SETTING else ()
    point, made = DraftComment.objects.get_or_create(
        area=by.area, version=version, child_id=version.child_id, by=speaker.user or by.user,
        said_by=speaker.name[:200], kind=kind, lineage=lineage, text=text.replace("\x00", "").strip(),
        said_on=on, withdrawn_at=None,
        defaults={
            "section": entry.section if entry else places[0].code if places else "", "written_by": by.user,
        },
    )  # fmt: skip
    if made:
        comments.sync_points(by, version)
    if is_all:
        versions.record_reply(by=by, version=version, on=on)
    return point
