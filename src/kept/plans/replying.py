"""The family says that it has said all, or that it agrees: its reply stands in the case, and its days end there.

Points alone end nothing: more may follow within the fifteen days (SEND Regulations 2014 reg 13(1)(a)). Only the family
gives its days away, and not while another parent is still writing.
"""

from __future__ import annotations

from django.db import models, transaction

from kept.access.acting import Actor, acting_as_system
from kept.plans import comments, versions
from kept.plans.models import Version
from kept.plans.words import DRAFT_STAGES, Stage

EVENT = "family_responded"


class After(models.TextChoices):
    """What the family says besides its points."""

    MORE = "more", "I may say more. My days go on."
    ALL = "all", "This is all. You need not wait for the rest of the days."
    AGREE = "agree", "I agree with the draft plan. You can finish it."


@transaction.atomic
def send(*, by: Actor, version: Version, after: str = After.MORE) -> tuple[int, bool]:
    """Send what the person typed and, where they say so, end the family's days. (Points sent, whether the days ended).

    The days do not end while somebody else of the family has words on the draft that are not sent. Safe to repeat.
    Raises Refused.
    """
    comments.check_may_speak(by, version)
    sent = comments.send_points(by=by, version=version)
    if after not in {After.ALL, After.AGREE}:
        return sent, False
    with acting_as_system(by.area, today=by.today) as system:
        known = Version.objects.select_related("plan", "child").get(area=by.area, pk=version.pk)
        if comments.unsent_count(system, known):
            return sent, False
        if after == After.AGREE:
            versions.agree(by=system, version=known, on=by.today)
        else:
            versions.record_reply(by=system, version=known, on=by.today)
    return sent, True


def may_reply(actor: Actor, version: Version) -> bool:
    """Whether the days still run and nobody ended them: only then is there something to give away."""
    window = comments.window_of(version)
    is_open = version.stage in {Stage(one) for one in DRAFT_STAGES} and version.agreed_on is None
    return bool(is_open and window and window.left_on(actor.today))
