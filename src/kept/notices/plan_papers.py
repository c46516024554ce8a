"""The plan itself as a paper of a notice: made from what is written in Kept, so that nobody saves and uploads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kept.access.acting import Actor, Refused
from kept.notices import actions
from kept.notices.models import Enclosure, Notice
from kept.plans.comments import draft_with_family
from kept.plans.models import Version
from kept.plans.outputs.from_plan import paper_of
from kept.plans.outputs.pdf import as_pdf
from kept.plans.queries import version_in_force, whole_plan
from kept.plans.review_days import next_reviews


@dataclass(frozen=True)
class Wanted:
    """Which version a required paper is, and what is said when there is none."""

    is_draft: bool
    missing: str


DRAFT = Wanted(True, "No draft of the plan was sent from Kept. Send it first on the page of the plan, or put in a PDF.")
FORCE = Wanted(False, "No plan is in force in Kept. Issue it first on the page of the plan, or put in a PDF.")
PLANS: Mapping[str, Wanted] = {
    "draft plan": DRAFT,
    "final plan": FORCE,
    "amended plan": FORCE,
    "existing plan": FORCE,
    "plan": FORCE,
}


def put_in(*, by: Actor, notice: Notice, what: str) -> Enclosure:
    """Put the plan in as a PDF, as it was sent to the family or is in force today. Raises Refused with a sentence."""
    wanted = PLANS.get(what)
    if wanted is None:
        raise Refused("This paper is not made from the plan: put in a file.")
    version = _version(by, notice.child_id, is_draft=wanted.is_draft)
    whole = whole_plan(by, version.pk) if version else None
    if version is None or whole is None:
        raise Refused(wanted.missing)
    review_by = None if wanted.is_draft else next_reviews(by, [notice.child_id]).get(notice.child_id)
    made = as_pdf(paper_of(whole, tables=(), review_by=review_by))
    title = f"{what[:1].upper()}{what[1:]}, version {version.number}"
    return actions.enclose(by=by, notice=notice, title=title, what=what, content=made)


def _version(by: Actor, child_id: UUID, *, is_draft: bool) -> Version | None:
    return draft_with_family(by, child_id) if is_draft else version_in_force(by, child_id, by.today)
