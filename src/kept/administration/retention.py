"""What becomes of records whose time is up: listed by night, decided by one person, confirmed by another, removed.

The rules are data (`kept.rules.retention`). Nothing is removed by the clock alone. What goes is everything that names
the child; what stays is this review (a key, a rule, dates, two names and counts) and the lines of the trails, without
what the fields held.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from kept.access import accounts
from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Membership, User
from kept.access.roles import Can
from kept.access.trails.security import Happened, note
from kept.administration.models import RetentionPeriod, RetentionReview
from kept.administration.retention_models import Decision, Of
from kept.cases.access import ENDED
from kept.cases.models import Case, Event
from kept.documents.models import Document
from kept.duties.actions import DutyFacts, sync
from kept.people.models import Child
from kept.rules.ages.ages import birthday
from kept.rules.retention import RULES, Account, Due, Record, account_due, record_due
from kept.rules.retention.rules import ACCOUNT

SOURCE = "administration.retention"
MOST_A_NIGHT = 200
DAYS_TO_DECIDE = 3  # months
YOUNGEST = 24  # no record is due before this birthday
LONGEST_KEPT = 10  # years
SHORTEST_REASON = 10
# A case that had a plan: when in doubt it had one, because such a record is kept longer.
PLAN = Q(has_plan=True) | Q(events__kind__contains="plan_sent") | Q(stage__in=("CEASED", "TRANSFERRED_OUT"))


def years_in_force(by: Actor) -> dict[str, int]:
    """The area's own years by rule, as they stand today; nothing for a rule that it left as usual."""
    rows = RetentionPeriod.objects.filter(area=by.area, from_on__lte=by.today).order_by("from_on", "made_at", "pk")
    return dict(rows.values_list("rule", "years"))


def _records(by: Actor) -> Iterator[tuple[UUID, Record]]:
    """Children old enough that a rule might say so, who have no review that is open or keeps them. Three queries."""
    waiting = RetentionReview.objects.filter(
        ~Q(decision=Decision.KEEP) | Q(keep_until__gt=by.today), area=by.area, of=Of.CHILD, removed_at__isnull=True
    )
    oldest = birthday(by.today, -YOUNGEST)
    children = Child.objects.filter(area=by.area, born_on__lte=oldest).exclude(pk__in=waiting.values("subject_id"))
    yield from _facts(by, children)


def _facts(by: Actor, children: QuerySet[Child]) -> Iterator[tuple[UUID, Record]]:
    """What the rules ask of each child. Two queries."""
    cases = Case.objects.filter(area=by.area, child=OuterRef("pk"))
    found = list(
        children.annotate(
            had_plan=Exists(cases.filter(PLAN)),
            is_open=Exists(cases.exclude(stage__in=ENDED)),
        )
        .values_list("pk", "born_on", "made_at", "had_plan", "is_open")
        .order_by("born_on", "pk")
    )
    last = dict(
        Event.objects.filter(area=by.area, child__in=[row[0] for row in found])
        .order_by()
        .values_list("child")
        .annotate(Max("happened_on"))
    )
    for pk, born_on, made_at, had_plan, is_open in found:
        yield pk, Record(born_on, made_at.date(), had_plan, is_open, last.get(pk))


def _accounts(by: Actor) -> Iterator[tuple[UUID, Account]]:
    """Accounts of the area's people none of whose roles, anywhere that Kept may look, runs any more."""
    listed = RetentionReview.objects.filter(
        ~Q(decision=Decision.KEEP) | Q(keep_until__gt=by.today), area=by.area, of=Of.ACCOUNT
    )
    rows = (
        Membership.objects.filter(area=by.area)
        .exclude(user__email__endswith=accounts.GONE)
        .exclude(user__in=listed.values("subject_id"))
        .order_by()
        .values("user")
        .annotate(open=Count("pk", filter=Q(ends_on__isnull=True)), last=Max("ends_on"))
    )
    for row in rows:
        is_over = not row["open"] and row["last"] < birthday(by.today, -RULES[ACCOUNT].least)
        user = User.objects.get(pk=row["user"]) if is_over else None
        if user and not accounts.roles_held(user, by.today):
            yield user.pk, Account(row["last"])


def _list(by: Actor, of: str, subject: UUID, due: Due | None) -> int:
    if due is None or due.on > by.today:
        return 0
    kept = RetentionReview.objects.filter(area=by.area, of=of, subject_id=subject, decision=Decision.KEEP)
    until = kept.aggregate(until=Max("keep_until"))["until"]
    _, is_new = RetentionReview.objects.get_or_create(
        area=by.area,
        of=of,
        subject_id=subject,
        due_on=max(due.on, until) if until else due.on,
        defaults={"rule": due.rule.key, "because": due.because, "listed_on": by.today},
    )
    return int(is_new)


@transaction.atomic
def list_what_is_due(*, by: Actor) -> int:
    """List the records and accounts whose time is up, and ask for their review; how many are new. Safe to repeat."""
    new, own = 0, years_in_force(by)
    take_off_what_is_not_due(by=by)
    for pk, record in _records(by):
        new += _list(by, Of.CHILD, pk, record_due(record, own))
        if new >= MOST_A_NIGHT:
            break
    for user, account in _accounts(by):
        new += _list(by, Of.ACCOUNT, user, account_due(account, own))
    sync_duties(by)
    return new


@transaction.atomic
def take_off_what_is_not_due(*, by: Actor) -> int:
    """Take off the list what is not removed yet and, by the periods in force, not due any more; how many. As Kept."""
    own = years_in_force(by)
    listed = list(
        RetentionReview.objects.select_for_update().filter(
            area=by.area, removed_at__isnull=True, decision__in=(Decision.WAITING, Decision.REMOVE)
        )
    )
    children = Child.objects.filter(area=by.area, pk__in=[one.subject_id for one in listed if one.of == Of.CHILD])
    records = dict(_facts(by, children))
    early = [one.pk for one in listed if (due := _due_now(by, one, records, own)) is not None and due.on > by.today]
    if early:
        RetentionReview.objects.filter(area=by.area, pk__in=early).delete()
        sync_duties(by)
    return len(early)


def _due_now(by: Actor, review: RetentionReview, records: Mapping[UUID, Record], own: Mapping[str, int]) -> Due | None:
    """When a listed record or account is due by the periods in force; None where that cannot be said here."""
    if review.of == Of.CHILD:
        record = records.get(review.subject_id)
        return record_due(record, own) if record else None
    last = Membership.objects.filter(area=by.area, user=review.subject_id).aggregate(last=Max("ends_on"))["last"]
    return account_due(Account(last), own)


def sync_duties(by: Actor) -> None:
    """One duty for the reviews listed on one day: decide them within three months."""
    days = (
        RetentionReview.objects.filter(area=by.area)
        .order_by()
        .values("listed_on")
        .annotate(left=Count("pk", filter=Q(decision=Decision.WAITING)), last=Max("decided_on"))
    )
    sync(
        by=by,
        source=SOURCE,
        source_id=by.area.pk,
        child_id=None,
        duties=[
            DutyFacts(
                key=f"decide.{row['listed_on']}",
                what="Decide whether records whose time is up are removed",
                authority="UK GDPR Article 5(1)(e)",
                owed_by="local authority",
                starts_on=row["listed_on"],
                due_on=_months_after(row["listed_on"], DAYS_TO_DECIDE),
                because="Three months after they were listed, by the area’s own rule.",
                met_on=None if row["left"] else row["last"],
                path="/retention/",
            )
            for row in days
        ],
    )


def _months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def reviews(actor: Actor) -> QuerySet[RetentionReview]:
    """Every review of the area, the longest due first."""
    found = RetentionReview.objects.filter(area=actor.area).select_related("decided_by", "confirmed_by")
    return found.order_by("due_on", "pk")


def _locked(by: Actor, review: RetentionReview) -> RetentionReview:
    found = RetentionReview.objects.select_for_update().get(area=by.area, pk=review.pk)
    if found.removed_at:
        raise Refused("This was removed already.")
    return found


@transaction.atomic
def decide(
    *, by: Actor, review: RetentionReview, decision: str, reason: str, keep_until: date | None = None
) -> RetentionReview:
    """Decide that a record is removed, or kept until a day and why. May be changed until it is confirmed.

    Raises Refused.
    """
    check_can(by, Can.REVIEW_RETENTION)
    review = _locked(by, review)
    reason = " ".join(reason.split())
    if decision not in {Decision.REMOVE, Decision.KEEP}:
        raise Refused("Choose whether it is removed or kept.")
    if len(reason) < SHORTEST_REASON:
        raise Refused("Say why in a sentence: the reason stays when the record is gone, so name nobody in it.")
    if decision == Decision.KEEP and (keep_until is None or keep_until <= by.today):
        raise Refused("Say until which day it is kept: a day to come.")
    if decision == Decision.KEEP and keep_until and keep_until > birthday(by.today, LONGEST_KEPT):
        raise Refused(f"Keep it for {LONGEST_KEPT} years at most; it is asked again then.")
    review.decision, review.reason = decision, reason
    review.keep_until = keep_until if decision == Decision.KEEP else None
    review.decided_by, review.decided_on = by.user, by.today
    review.save(update_fields=["decision", "reason", "keep_until", "decided_by", "decided_on"])
    with acting_as_system(by.area, today=by.today) as kept:
        sync_duties(kept)
    return review


@transaction.atomic
def confirm(*, by: Actor, review: RetentionReview) -> RetentionReview:
    """Confirm, as a second person, that a record is removed; it goes at once. Raises Refused."""
    check_can(by, Can.CONFIRM_REMOVAL)
    review = _locked(by, review)
    if review.decision != Decision.REMOVE:
        raise Refused("Nobody has decided that this is removed.")
    if review.decided_by_id == by.user.pk:
        raise Refused("You decided this yourself. Somebody else confirms it.")
    with acting_as_system(by.area, today=by.today) as kept:
        _check_still_due(kept, review)
        review.confirmed_by, review.confirmed_on = by.user, by.today
        review.save(update_fields=["confirmed_by", "confirmed_on"])
        review.removed = _remove_child(kept, review) if review.of == Of.CHILD else _remove_account(review)
        review.removed_at = timezone.now()
        review.save(update_fields=["removed", "removed_at"])
    note(Happened.REMOVED, person=by.user, area=by.area, request=None, what=f"{review}: {review.subject_id}")
    return review


@transaction.atomic
def send_back(*, by: Actor, review: RetentionReview, reason: str) -> RetentionReview:
    """Do not confirm: whoever decided is asked again. Raises Refused."""
    check_can(by, Can.CONFIRM_REMOVAL)
    review = _locked(by, review)
    if review.decision != Decision.REMOVE:
        raise Refused("Nobody has decided that this is removed.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say why in a sentence.")
    review.decision, review.reason = Decision.WAITING, f"Sent back by {by.user.name}: {reason.strip()}"[:500]
    review.decided_by = review.decided_on = None
    review.save(update_fields=["decision", "reason", "decided_by", "decided_on"])
    with acting_as_system(by.area, today=by.today) as kept:
        sync_duties(kept)
    return review


def _check_still_due(kept: Actor, review: RetentionReview) -> None:
    """A case may have been opened, or a role given, since the record was listed."""
    if review.of == Of.CHILD:
        if Case.objects.filter(area=kept.area, child=review.subject_id).exclude(stage__in=ENDED).exists():
            raise Refused("A case was opened for this child since. The record stays.")
        facts = dict(_facts(kept, Child.objects.filter(area=kept.area, pk=review.subject_id)))
        due = record_due(facts[review.subject_id], years_in_force(kept))
        if due and due.on > kept.today:
            raise Refused(f"By the area’s periods this record is not due before {due.on:%-d %B %Y}. It stays.")
    elif accounts.roles_held(User.objects.get(pk=review.subject_id), kept.today):
        raise Refused("This person was given a role since. The account stays.")


def _remove_child(kept: Actor, review: RetentionReview) -> dict[str, int]:
    files = list(
        Document.objects.filter(area=kept.area, child=review.subject_id).exclude(path="").values_list("path", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept_remove_child(%s)", [review.subject_id])
        found = cursor.fetchone()[0]
    counts: dict[str, int] = json.loads(found) if isinstance(found, str) else found
    for path in files:
        transaction.on_commit(lambda path=path: default_storage.delete(path))
    return counts | {"files": len(files)}


def _remove_account(review: RetentionReview) -> dict[str, int]:
    accounts.forget(User.objects.get(pk=review.subject_id))
    return {"access_user": 1}
