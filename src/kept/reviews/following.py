"""At night: what was recorded on the case itself is brought to the review, so that both say the same."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor
from kept.cases.folding import in_force
from kept.cases.models import Event
from kept.reviews.models import Review
from kept.reviews.queries import OPEN
from kept.rules.process.cycles import LONGEST


@transaction.atomic
def follow_cases(*, by: Actor) -> int:
    """Bring every open review up to its case. How many changed. Safe to repeat. Two queries, one more for a change."""
    reviews = list(Review.objects.select_for_update(of=("self",)).filter(OPEN, area=by.area).order_by("pk"))
    rows: dict[object, list[Event]] = {}
    for row in Event.objects.filter(area=by.area, case__in={one.case_id for one in reviews}).order_by("pk"):
        rows.setdefault(row.case_id, []).append(row)
    return sum(_follow(review, rows.get(review.case_id, []), by) for review in reviews)


def _follow(review: Review, rows: list[Event], by: Actor) -> bool:
    before = _facts(review)
    meeting = _latest(rows, review)
    if meeting is None or meeting.is_withdrawal:
        review.cancelled_on = by.today
        review.cancelled_because = "The meeting was withdrawn on the case."
    else:
        review.meeting_event, review.meets_on = meeting.pk, meeting.happened_on
        if review.held_on:
            review.held_on = meeting.happened_on
    for row in _of_this_review(in_force(rows), review):
        if row.kind == "review_report_issued" and review.reported_on is None:
            review.held_on, review.reported_on = review.held_on or review.meets_on, row.happened_on
        if row.kind == "review_decision" and review.decided_on is None:
            review.held_on, review.decided_on = review.held_on or review.meets_on, row.happened_on
            review.outcome, review.reasons = str(row.details.get("outcome", "")), row.note
    if _facts(review) == before:
        return False
    review.version += 1
    review.save()
    return True


def _of_this_review(rows: list[Event], review: Review) -> list[Event]:
    """What was recorded from the meeting on, up to the meeting of another: its decision is not this one's."""
    meetings = (row.happened_on for row in rows if row.kind == "review_meeting")
    until = min((on for on in meetings if on > review.meets_on + LONGEST), default=date.max)
    return [row for row in rows if review.meets_on <= row.happened_on < until]


def _latest(rows: list[Event], review: Review) -> Event | None:
    """The entry that now stands in place of the meeting's; a withdrawal where it was withdrawn."""
    by_old = {row.supersedes_id: row for row in rows if row.supersedes_id}
    found = next((row for row in rows if row.pk == review.meeting_event), None)
    while found is not None and found.pk in by_old:
        found = by_old[found.pk]
    return found


def _facts(review: Review) -> tuple[object, ...]:
    return (
        review.meeting_event,
        review.meets_on,
        review.held_on,
        review.reported_on,
        review.decided_on,
        review.cancelled_on,
    )
