"""Ask for a copy, decide what is hidden in it, release it; ask for a correction and decide it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, acting, acting_as_system, check_can
from kept.access.models import User
from kept.access.predicates import BE_FAMILY, SEE_CHILD, allows, check_allows
from kept.access.roles import Can
from kept.duties.actions import DutyFacts, sync
from kept.people.models import Child
from kept.subject_access import third_parties
from kept.subject_access.gathering import Chapter, Entry, gather, with_disputes
from kept.subject_access.models import CopyRequest, Correction, Outcome, Redaction, Showing
from kept.subject_access.third_parties import Flag

SOURCE = "subject_access"
LAST_MONTH = 12
LONG_AGO = timedelta(days=366)


def one_month_after(day: date) -> date:
    """The same day of the next month, or its last day. Source: UK GDPR Article 12(3), as the ICO counts it."""
    year, month = (day.year + 1, 1) if day.month == LAST_MONTH else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def ask_for_copy(*, by: Actor, child_id: UUID) -> CopyRequest:
    """Ask for a copy of everything about a child; it is owed within a month. A second request waits for the first.

    Raises Refused unless the person is the child's family today.
    """
    check_allows(by, BE_FAMILY, child_id)
    return _asked(by, child_id, by.user, by.today)


@transaction.atomic
def write_down_request(*, by: Actor, child_id: UUID, asked_by: User, on: date) -> CopyRequest:
    """Write down that somebody of the family asked by letter, email or phone: the month runs from the day it came.

    Raises Refused for somebody who may not have the copy, and for a day to come or long past.
    """
    check_may_review(by, child_id)
    if on > by.today:
        raise Refused("Give the day on which the request came: today or earlier.")
    if on < by.today - LONG_AGO:
        raise Refused("That is more than a year ago. If the date is right, tell the data protection officer.")
    with acting(user=asked_by, area=by.area, today=by.today) as reader:
        may_have_it = allows(reader, BE_FAMILY, child_id)
    if not may_have_it:
        raise Refused(f"{asked_by.name} does not see this record, and cannot have a copy of it.")
    return _asked(by, child_id, asked_by, on)


def _asked(by: Actor, child_id: UUID, asked_by: User, on: date) -> CopyRequest:
    Child.objects.select_for_update().get(area=by.area, pk=child_id)  # a double click asks once
    waiting = CopyRequest.objects.filter(area=by.area, child_id=child_id, asked_by=asked_by, released_on__isnull=True)
    if found := waiting.first():
        return found
    facts = {"asked_by": asked_by, "asked_on": on, "due_on": one_month_after(on)}
    copy = CopyRequest.objects.create(area=by.area, child_id=child_id, **facts)
    _sync_copy(by, copy)
    return copy


def _sync_copy(by: Actor, copy: CopyRequest) -> None:
    # Without the child: both parents see the child's duties, and one need not know that the other asks.
    with acting_as_system(by.area, today=by.today) as kept:
        sync(
            by=kept,
            source=SOURCE,
            source_id=copy.pk,
            child_id=None,
            duties=[
                DutyFacts(
                    key="copy",
                    what="Give a family the copy of the record that they asked for",
                    authority="UK GDPR Articles 12(3) and 15",
                    owed_by="local authority",
                    starts_on=copy.asked_on,
                    due_on=copy.due_on,
                    because="One month after it was asked for.",
                    met_on=copy.released_on,
                    path=f"/rights/copies/{copy.pk}/check/",
                )
            ],
        )


def check_may_review(by: Actor, child_id: UUID) -> None:
    """Raise Refused unless the person may prepare a copy or decide a correction."""
    check_can(by, Can.EDIT_PEOPLE)
    check_allows(by, SEE_CHILD, child_id)


def chapters_for_reader(copy: CopyRequest, *, today: date) -> list[Chapter]:
    """All that the person who asked may have, nothing hidden yet. Empty when they may no longer see the child."""
    with acting(user=copy.asked_by, area=copy.area, today=today) as reader:
        if not allows(reader, BE_FAMILY, copy.child_id):
            return []
        corrections = list(
            Correction.objects.filter(area=reader.area, child_id=copy.child_id).select_related("asked_by", "decided_by")
        )
        return with_disputes(gather(reader, copy.child_id), corrections)


def flags_of(by: Actor, copy: CopyRequest, chapters: list[Chapter]) -> list[Flag]:
    """The texts of a copy that may be about somebody else. The names of the other family are Kept's to know."""
    with acting_as_system(by.area, today=by.today) as kept:
        names = third_parties.names_of_others(kept, copy.child, copy.asked_by_id)
        own = third_parties.own_contacts(kept, copy.child, copy.asked_by_id)
    return third_parties.flags(chapters, names=names, own=own)


def finished_chapters(by: Actor, copy: CopyRequest) -> list[Chapter]:
    """The copy as it is given: what was decided to hide is not in it."""
    chapters = chapters_for_reader(copy, today=by.today)
    with acting_as_system(by.area, today=by.today):
        redactions = list(Redaction.objects.filter(area=by.area, copy=copy))
    return third_parties.redacted(chapters, redactions)


def entry_of(chapters: list[Chapter], table: str, row_id: UUID) -> Entry | None:
    """One entry of a copy."""
    return next((one for each in chapters if each.table == table for one in each.entries if one.row_id == row_id), None)


@transaction.atomic
def decide_text(
    *,
    by: Actor,
    copy: CopyRequest,
    table: str,
    row_id: UUID,
    field: str,
    showing: str,
    words: str = "",
    reason: str = "",
) -> Redaction:
    """Decide whether one text of a copy is shown, hidden, or shown without some words. Raises Refused."""
    check_may_review(by, copy.child_id)
    if copy.released_on:
        raise Refused("This copy was given already. A new one must be asked for.")
    entry = entry_of(chapters_for_reader(copy, today=by.today), table, row_id)
    text = next((one for one in entry.texts if one.field == field), None) if entry else None
    if text is None:
        raise Refused("This text is not in the copy.")
    wanted = [line.strip() for line in words.splitlines() if line.strip()]
    if showing == Showing.WORDS and not wanted:
        raise Refused("Enter the words to hide, one on each line.")
    missing = [line for line in wanted if line.casefold() not in text.value.casefold()]
    if showing == Showing.WORDS and missing:
        raise Refused(f"“{missing[0]}” is not in this text. Copy the words from it.")
    if showing != Showing.SHOW and not reason.strip():
        raise Refused("Say why this is hidden: the reason is kept.")
    decided, _ = Redaction.objects.update_or_create(
        area=by.area,
        copy=copy,
        table=table,
        row_id=row_id,
        field=field,
        defaults={
            "child_id": copy.child_id,
            "showing": showing,
            "words": "\n".join(wanted),
            "reason": reason.strip(),
            "decided_by": by.user,
        },
    )
    return decided


def undecided(by: Actor, copy: CopyRequest, flags: list[Flag]) -> list[Flag]:
    """The flagged texts at which nobody has looked yet."""
    decided = set(Redaction.objects.filter(area=by.area, copy=copy).values_list("table", "row_id", "field"))
    return [flag for flag in flags if flag.key not in decided]


@transaction.atomic
def release(*, by: Actor, copy: CopyRequest) -> CopyRequest:
    """Give the copy to the person who asked. Raises Refused while a flagged text is undecided. Safe to repeat."""
    check_may_review(by, copy.child_id)
    copy = CopyRequest.objects.select_for_update().select_related("asked_by", "child", "area").get(pk=copy.pk)
    if copy.released_on:
        return copy
    chapters = chapters_for_reader(copy, today=by.today)
    if not chapters:
        raise Refused(f"{copy.asked_by.name} may no longer see this record, so the copy cannot be given.")
    left = undecided(by, copy, flags_of(by, copy, chapters))
    if left:
        raise Refused(f"{len(left)} texts may be about somebody else and nobody has decided about them yet.")
    copy.released_on, copy.released_by = by.today, by.user
    copy.save(update_fields=["released_on", "released_by"])
    _sync_copy(by, copy)
    return copy


@transaction.atomic
def ask_for_correction(
    *, by: Actor, child_id: UUID, table: str, row_id: UUID, says: str, wants: str = "", token: UUID | None = None
) -> Correction:
    """Say that an entry is wrong. It is shown beside the entry at once. Raises Refused."""
    check_allows(by, BE_FAMILY, child_id)
    if token and (done := Correction.objects.filter(area=by.area, token=token).first()):
        return done
    entry = entry_of(gather(by, child_id), table, row_id)
    if entry is None:
        raise Refused("This entry is not in your record.")
    if not says.strip():
        raise Refused("Say what is wrong.")
    return Correction.objects.create(
        area=by.area,
        child_id=child_id,
        table=table,
        row_id=row_id,
        entry=entry.title[:300],
        asked_by=by.user,
        asked_on=by.today,
        due_on=one_month_after(by.today),
        says=says.strip(),
        wants=wants.strip(),
        token=token,
    )


@transaction.atomic
def decide_correction(*, by: Actor, correction: Correction, outcome: str, reason: str) -> Correction:
    """Say what came of a correction, and why. Raises Refused. Safe to repeat with the same answer."""
    check_may_review(by, correction.child_id)
    correction = Correction.objects.select_for_update().get(area=by.area, pk=correction.pk)
    if correction.outcome:
        if correction.outcome == outcome:
            return correction
        raise Refused("This was decided already.")
    if outcome not in {Outcome.CORRECTED, Outcome.PARTLY, Outcome.REFUSED}:
        raise Refused("Choose what came of it.")
    if not reason.strip():
        raise Refused("Say why, in words that the family can read.")
    correction.outcome, correction.reason = outcome, reason.strip()
    correction.decided_by, correction.decided_on = by.user, by.today
    correction.save(update_fields=["outcome", "reason", "decided_by", "decided_on"])
    return correction


def corrections_beside(by: Actor, child_id: UUID) -> dict[tuple[str, UUID], list[Correction]]:
    """The corrections asked for about a child, by table and row, for a page that shows the entries."""
    found: dict[tuple[str, UUID], list[Correction]] = {}
    rows = Correction.objects.filter(area=by.area, child_id=child_id).select_related("asked_by", "decided_by")
    for correction in rows.order_by("asked_on", "pk"):
        found.setdefault((correction.table, correction.row_id), []).append(correction)
    return found
