"""Comments: sent by anyone, read by an editor, published without anybody in them, answered, acted on, reported.

Children and Families Act 2014, section 30(6); SEND Regulations 2014, regulations 54 to 56. Nobody who could be known
from it is named in what is published; abusive comments and those about one child's support need not be published.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system
from kept.access.models import Area
from kept.duties.actions import DutyFacts, sync
from kept.offer.access import check_edits
from kept.offer.models import Comment, Page, PublicComment, Service
from kept.offer.publishing import touch
from kept.offer.states import REPLY_WITHIN, Answer, CameBy, CommentState, Withheld
from kept.rules.oruk.text import identifying, plain

LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
MOST_WORDS = 4000
AUTHORITY = "The area’s own standard of 28 days; Children and Families Act 2014, section 30(6)"


def _reference() -> str:
    return "LO-" + "".join(secrets.choice(LETTERS) for _ in range(6))


@transaction.atomic
def send(
    *,
    area: Area,
    about: str,
    words: str,
    today: date,
    service_id: Any = None,
    page_slug: str = "",
    who: str = "",
    district: str = "",
    reply_to: str = "",
    people: int = 1,
    came_by: str = CameBy.WEB,
    received_on: date | None = None,
) -> Comment:
    """Take in a comment from anyone; a reply is owed within 28 days of the day it came. Raises Refused when empty."""
    text = plain(words, most=MOST_WORDS)
    if not text:
        raise Refused("Write your comment first.")
    came_on = received_on or today
    if came_on > today:
        raise Refused("The day it came lies in the future.")
    with acting_as_system(area, today=today) as system:
        comment = Comment.objects.create(
            area=area,
            reference=_reference(),
            about=about,
            words=text,
            service=Service.objects.filter(area=area, pk=service_id).first() if service_id else None,
            page=Page.objects.filter(area=area, slug=page_slug).first() if page_slug else None,
            who=who[:40],
            district=district[:5].upper(),
            reply_to=reply_to[:254],
            people=people,
            came_by=came_by,
            received_on=came_on,
        )
        _sync(system, comment)
    return comment


def write_down(*, by: Actor, **facts: Any) -> Comment:
    """Key in what somebody said by phone, on paper or in a group: one record, with how many said it. Raises Refused."""
    check_edits(by)
    if facts["people"] < 1:
        raise Refused("Say how many people said it: 1 or more.")
    if facts["people"] > 1 and facts["came_by"] != CameBy.GROUP:
        raise Refused("Only a group session is one record for several people. Choose “In a group”.")
    return send(area=by.area, today=by.today, **facts)


def _sync(by: Actor, comment: Comment) -> None:
    """The duty to reply: met when answered, no longer owed when it is rightly not published."""
    ended = comment.state == CommentState.NOT_PUBLISHED
    agency = comment.service.organisation.agency_id if comment.service else None
    duty = DutyFacts(
        key="reply",
        what=f"Reply to comment {comment.reference} on the Local Offer",
        authority=AUTHORITY,
        rule="offer-comment",
        is_statutory=False,
        owed_by="Local Offer team",
        starts_on=comment.received_on,
        due_on=comment.received_on + timedelta(days=REPLY_WITHIN),
        met_on=comment.answered_on,
        evidence="Answered in public" if comment.answered_on else "",
        ended_on=comment.read_on if ended else None,
        ended_because=Withheld(comment.withheld).label if ended and comment.withheld else "",
        agency_id=agency,
        path=f"/offer/comments/{comment.pk}/",
    )
    sync(by=by, source="offer-comment", source_id=comment.pk, child_id=None, duties=[duty])


@transaction.atomic
def pass_for_publishing(*, by: Actor, comment: Comment, words: str, who_answers: str) -> PublicComment:
    """Publish a comment in words that point to nobody. Raises Refused, saying what in the words may do so."""
    check_edits(by)
    ready = plain(words, most=MOST_WORDS)
    if not ready:
        raise Refused("Write the words to publish.")
    found = identifying(ready)
    if found:
        raise Refused(f"These words may show who it is about ({', '.join(found)}). Take it out, then publish.")
    comment.state, comment.withheld = CommentState.PUBLISHED, ""
    comment.read_on, comment.read_by = comment.read_on or by.today, by.user
    comment.save()
    public, _ = PublicComment.objects.update_or_create(
        area=by.area,
        comment=comment,
        defaults={
            "about": comment.about,
            "service": comment.service,
            "words": ready,
            "received_on": comment.received_on,
            "published_on": by.today,
            "people": comment.people,
            "who_answers": who_answers.strip() or "Local Offer team",
        },
    )
    touch(by.area)
    return public


@transaction.atomic
def withhold(*, by: Actor, comment: Comment, reason: str) -> None:
    """Keep a comment from being published, for one of the reasons there are. Raises Refused once it is published."""
    check_edits(by)
    if comment.state == CommentState.PUBLISHED:
        raise Refused("It is published already.")
    comment.state, comment.withheld = CommentState.NOT_PUBLISHED, Withheld(reason)
    comment.read_on, comment.read_by = comment.read_on or by.today, by.user
    comment.save()
    _sync(by, comment)


@transaction.atomic
def reply(
    *,
    by: Actor,
    public: PublicComment,
    answer: str,
    words: str,
    action: str = "",
    action_owner: str = "",
    action_due: date | None = None,
) -> None:
    """Answer a published comment. “We will do this” needs an action, an owner and a date. Raises Refused."""
    check_edits(by)
    ready = plain(words, most=MOST_WORDS)
    if not ready or not answer:
        raise Refused("Choose an answer and say it in your own words.")
    if found := identifying(ready):
        raise Refused(f"The answer may show who it is about ({', '.join(found)}). Take it out.")
    if answer == Answer.WILL_DO and not (action.strip() and action_owner.strip() and action_due):
        raise Refused("“We will do this” needs what will be done, who does it and by when.")
    public.answer, public.answer_words, public.answered_on = answer, ready, by.today
    promised = answer == Answer.WILL_DO
    public.action, public.action_owner = (action.strip(), action_owner.strip()) if promised else ("", "")
    public.action_due = action_due if promised else None
    public.save()
    comment = public.comment
    comment.answered_on = comment.answered_on or by.today
    comment.save(update_fields=["answered_on"])
    _sync(by, comment)
    _sync_action(by, public)
    touch(by.area)


def _sync_action(by: Actor, public: PublicComment) -> None:
    duties = []
    if public.action:
        duties = [
            DutyFacts(
                key="action",
                what=f"Do what was promised: {public.action}"[:300],
                authority=f"Answer to a comment on the Local Offer, {public.answered_on:%-d %B %Y}",
                rule="offer-action",
                is_statutory=False,
                owed_by=public.action_owner,
                starts_on=public.answered_on or by.today,
                due_on=public.action_due,
                met_on=public.action_done_on,
                evidence=public.result[:300],
                path=f"/offer/comments/{public.comment_id}/",
            )
        ]
    sync(by=by, source="offer-action", source_id=public.pk, child_id=None, duties=duties)


@transaction.atomic
def finish(*, by: Actor, public: PublicComment, result: str, done_on: date) -> None:
    """Say that a promised action was done, on which day and what came of it. Raises Refused."""
    check_edits(by)
    if not public.action:
        raise Refused("Nothing was promised in answer to this comment.")
    if done_on > by.today or done_on < public.received_on:
        raise Refused("The day lies between the day of the comment and today.")
    if not result.strip():
        raise Refused("Say what came of it.")
    public.action_done_on, public.result, public.answer = done_on, plain(result), Answer.DONE
    public.save()
    _sync_action(by, public)
    touch(by.area)


@dataclass(frozen=True)
class Year:
    """The summary of one year's comments: counts that add up to the list beneath them."""

    year: int
    comments: int
    people: int
    answered: int
    in_time: int
    waiting: int
    promised: int
    done: int
    by_about: tuple[tuple[str, int], ...]


def years(area: Area) -> list[int]:
    """The years in which a published comment was received, the latest first."""
    dates = PublicComment.objects.filter(area=area).dates("received_on", "year", order="DESC")
    return [day.year for day in dates]


def published(area: Area, year: int | None = None) -> list[PublicComment]:
    """The published comments, the latest first; of one year, if given."""
    found = PublicComment.objects.filter(area=area).select_related("service").order_by("-received_on", "-pk")
    return list(found.filter(received_on__year=year) if year else found)


def summary(comments: list[PublicComment], year: int) -> Year:
    """The figures of a year, from its published comments."""
    answered = [one for one in comments if one.answered_on]
    limit = timedelta(days=REPLY_WITHIN)
    return Year(
        year=year,
        comments=len(comments),
        people=sum(one.people for one in comments),
        answered=len(answered),
        in_time=sum(one.answered_on - one.received_on <= limit for one in answered if one.answered_on),
        waiting=len(comments) - len(answered),
        promised=sum(bool(one.action) for one in comments),
        done=sum(one.action_done_on is not None for one in comments),
        by_about=tuple(Counter(one.get_about_display() for one in comments).most_common()),
    )
