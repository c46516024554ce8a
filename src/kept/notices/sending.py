"""Send a notice: freeze each letter, hand it to its channel, keep the proof, and record the case's event when all went.

A letter goes at most once: what went has proof, and the database refuses a second. A process that dies between the
channel and the proof leaves the letter waiting, and `deliver_waiting` takes it up again under the same key.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kept.access.acting import Actor, Refused, acting, check_can
from kept.access.models import Area, User
from kept.access.roles import Can
from kept.cases import actions as cases
from kept.cases.folding import check_possible, facts_of, in_force
from kept.duties.actions import DutyFacts, sync
from kept.letters.addresses import read_address
from kept.letters.channels import Attached, Channel, CouldNotSend, Parcel, channel_for
from kept.letters.letter import letter_from
from kept.letters.pdf import as_pdf, joined
from kept.messages.emails import quiet_hours
from kept.notices.counting import owed_by
from kept.notices.making import Desk, Office, check_ready, desk_of, letter_for, office_of
from kept.notices.models import WENT, Dispatch, Notice, Proof, Proved, Recipient, Way
from kept.notices.quiet import day_on_letter, must_go_now
from kept.notices.sorts import SORTS
from kept.rules.calendar import ENGLAND
from kept.rules.process import NotPossible
from kept.rules.quiet import is_quiet, next_allowed

log = logging.getLogger(__name__)
SOURCE = "notices"
SETTLED = (*WENT, Proved.STOPPED, Proved.FAILED, Proved.BOUNCED)


def _without_proof(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    return dispatches.exclude(Exists(Proof.objects.filter(area=OuterRef("area"), dispatch=OuterRef("pk"))))


def limit_of(desk: Desk) -> date | None:
    """The last day by which the notice should go, from the case."""
    if desk.state is None:
        return None
    about = str(desk.notice.event_id or "")
    return next((one.due for one in owed_by(desk.state) if one.key == about and one.sort == desk.sort), None)


def day_for(desk: Desk, moment: datetime) -> date:
    """The day that the letters bear when they are sent at this moment."""
    mails = any(one.is_family and one.way == Way.EMAIL and not one.none_because for one in desk.recipients)
    return day_on_letter(timezone.localtime(moment), quiet_hours(desk.by), mails_family=mails, limit=limit_of(desk))


@transaction.atomic
def send(*, by: Actor, notice: Notice, version: int | None = None, moment: datetime | None = None) -> list[Dispatch]:
    """Send the notice to everybody who has not had it. Safe to repeat.

    Raises Wrong with everything that is missing, Refused, or NotPossible when the case cannot record it.
    """
    check_can(by, Can.WORK_CASES)
    now = moment or timezone.now()
    current = _locked(by, notice)
    if current.sent_on:
        return []
    if version is not None and version != current.version:
        raise Refused("Somebody changed the notice while you had it open. Look at it again before it goes.")
    desk = desk_of(by, current, dated=by.today)
    desk.dated = max(by.today, day_for(desk, now))
    check_ready(desk)
    _check_case_allows(by, desk)
    made = [
        _freeze(desk, one, now)
        for one in desk.recipients
        if not one.none_because and not _is_under_way(by, one, desk.dated)
    ]
    _after_commit(by, [one.pk for one in made])
    return made


def _locked(by: Actor, notice: Notice) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related("case__child", "case__officer", "case__area")
    current = found.filter(area=by.area, pk=notice.pk).first()
    if current is None:
        raise Refused("This notice is not in your record.")
    return current


def _check_case_allows(by: Actor, desk: Desk) -> None:
    if desk.notice.event_id:
        rows = in_force(desk.case.events.filter(area=by.area))
        if desk.notice.event_id not in {row.pk for row in rows}:
            raise Refused("The entry that this notice is about was corrected or withdrawn. Begin the notice anew.")
        if desk.sort.key != "N6" and desk.notice.event_on and desk.notice.event_on > desk.dated:
            raise Refused("The step that this notice is about is dated after today.")
    recording = desk.sort.recording
    if recording is None or _was_recorded(desk):
        return
    kind, details = recording
    check_possible(facts_of(desk.case), kind=kind, on=by.today, details=details, child=desk.case.child, today=by.today)


def _was_recorded(desk: Desk) -> bool:
    """Whether the case already says that the notice was sent (by hand, before the letters were made here)."""
    about = str(desk.notice.event_id or "")
    owed = owed_by(desk.state) if desk.state else []
    return any(one.sent for one in owed if one.key == about and one.sort == desk.sort)


def _is_under_way(by: Actor, recipient: Recipient, dated: date) -> bool:
    """Whether a letter to them went, or waits with this day on it. One with another day on it is stopped."""
    for one in recipient.dispatches.filter(area=by.area).exclude(way=Way.TEXT).prefetch_related("proofs"):
        proofs = list(one.proofs.all())
        if proofs and proofs[-1].what in WENT:
            return True
        if not proofs and one.dated == dated:
            return True
        if not proofs:
            _prove(by, one, Proved.STOPPED, on=by.today, words="Made again with another day on it")
    return False


def _freeze(desk: Desk, recipient: Recipient, now: datetime) -> Dispatch:
    letter = letter_for(desk, recipient)
    local = timezone.localtime(now)
    held, hours = None, quiet_hours(desk.by)
    if recipient.is_family and recipient.way == Way.EMAIL and not must_go_now(local, hours, limit_of(desk)):
        held = next_allowed(local, hours) if is_quiet(local, hours) else None
    return Dispatch.objects.create(
        area=desk.by.area,
        notice=desk.notice,
        recipient=recipient,
        child_id=desk.notice.child_id,
        way=recipient.way,
        dated=desk.dated,
        letter=letter.as_data(),
        digest=letter.digest,
        wording=desk.wordings[recipient.look == "easy"],
        to=recipient.email if recipient.way == Way.EMAIL else "",
        postcode=read_address(recipient.address).postcode,
        held_until=held,
        made_by=desk.by.user,
    )


def _after_commit(by: Actor, keys: list[UUID]) -> None:
    transaction.on_commit(partial(_deliver_as, by.user, by.area, by.today, keys))


def _deliver_as(user: User, area: Area, today: date, keys: Iterable[UUID]) -> None:
    """Deliver, after the request's own transaction. What fails is kept as waiting and told in the log, not lost."""
    for key in keys:
        try:
            with acting(user=user, area=area, today=today) as by:
                deliver(by=by, key=key)
        except Exception:  # the letter stays waiting; the next round takes it
            log.exception("A letter could not be delivered; it stays waiting.")


def deliver(*, by: Actor, key: UUID, moment: datetime | None = None) -> Proof | None:
    """Hand one waiting letter to its channel; None when it is not its time, it went already, or people must do it."""
    now = moment or timezone.now()
    found = Dispatch.objects.select_for_update(of=("self",)).filter(area=by.area, pk=key)
    one = _without_proof(found).select_related("notice", "recipient").first()
    if one is None or one.dated > by.today or (one.held_until and one.held_until > now):
        return None
    office = office_of(by)
    channel = _channel(one.way, office)
    if channel is None:
        return None
    if one.dated != by.today:
        return _prove(by, one, Proved.STOPPED, on=by.today, words="Not sent on the day that is on it")
    try:
        receipt = channel.send(_parcel(one, office))
    except CouldNotSend as problem:
        if problem.may_retry:
            log.warning("A letter waits: %s", problem)
            return None
        proof = _prove(by, one, Proved.FAILED, on=by.today, words=str(problem))
    else:
        what = Proved.POSTED if one.way == Way.POST else Proved.ACCEPTED
        proof = _prove(by, one, what, on=by.today, words=receipt.words, system=receipt.by, reference=receipt.reference)
    settle(by=by, notice=one.notice)
    return proof


def _channel(way: str, office: Office) -> Channel | None:
    if way == Way.HAND:
        return None
    folder = Path(settings.EMAIL_FILE_PATH)
    return channel_for(way, folder=folder, sender=settings.DEFAULT_FROM_EMAIL, sender_name=office.facts["council"])


def _parcel(one: Dispatch, office: Office) -> Parcel:
    """What goes to the channel. The words of an email name neither the child nor a need: the letter is attached."""
    letter = letter_from(one.letter)
    files = [Attached("Letter.pdf", as_pdf(letter))]
    inside = list(one.notice.enclosures.filter(area=one.area_id, content__isnull=False))
    files += [
        Attached(f"{place} {_file_name(e.title)}.pdf", bytes(e.content or b"")) for place, e in enumerate(inside, 1)
    ]
    if one.way == Way.POST:
        files = [Attached("Letter.pdf", joined(file.content for file in files))] if len(files) > 1 else files
    council = office.facts["council"]
    return Parcel(
        key=str(one.pk),
        to_name=one.recipient.name,
        subject=f"A letter from {council}",
        words=(
            f"A letter from {council} is attached. It has dates in it that matter, so please read it.\n\n"
            f"If you cannot open it, or would like it on paper, in large print or read to you, call "
            f"{office.facts['la_phone']}.\n"
        ),
        to=one.to,
        address=tuple(one.letter["address"]),
        postcode=one.postcode,
        attached=tuple(files),
        reply_to=office.facts["la_email"],
    )


def _file_name(title: str) -> str:
    return "".join(mark if mark.isalnum() else " " for mark in title)[:60].strip() or "Document"


def _prove(
    by: Actor, one: Dispatch, what: str, *, on: date, words: str = "", system: str = "", reference: str = ""
) -> Proof:
    return Proof.objects.create(
        area=by.area,
        dispatch=one,
        child_id=one.child_id,
        what=what,
        on=on,
        by=by.user,
        system=system,
        reference=reference[:300],
        words=words[:400],
    )


@transaction.atomic
def confirm(*, by: Actor, keys: Iterable[UUID], on: date, words: str = "") -> int:
    """Say that letters on the post list were posted, or given by hand; how many. Safe to repeat.

    Only on the day that is on them: the family's time to appeal runs from it. Raises Refused.
    """
    check_can(by, Can.WORK_CASES)
    if on > by.today:
        raise Refused("They cannot have been posted after today.")
    waiting = Dispatch.objects.select_for_update(of=("self",)).filter(
        area=by.area, pk__in=list(keys), way__in=[Way.POST, Way.HAND]
    )
    chosen = list(_without_proof(waiting).select_related("notice"))
    if wrong := [one for one in chosen if one.dated != on]:
        raise Refused(
            f"{len(wrong)} of the letters bear another day than that on which they went, and their dates count from "
            "it. Make them again on the day they go."
        )
    for one in chosen:
        what = Proved.POSTED if one.way == Way.POST else Proved.HANDED
        _prove(by, one, what, on=on, words=words or f"{by.user.name} says so", system="by hand")
    for notice in {one.notice_id: one.notice for one in chosen}.values():
        settle(by=by, notice=notice)
    return len(chosen)


@transaction.atomic
def came_back(*, by: Actor, key: UUID, why: str, on: date | None = None) -> Proof:
    """Record that a letter or an email came back. The notice is then no longer sent to everybody. Safe to repeat."""
    check_can(by, Can.WORK_CASES)
    if not why.strip():
        raise Refused("Say why it came back, as the mail server or the envelope says.")
    found = Dispatch.objects.select_for_update(of=("self",)).select_related("notice", "recipient")
    one = found.filter(area=by.area, pk=key).first()
    if one is None:
        raise Refused("This letter is not in your record.")
    latest = one.proofs.filter(area=by.area).last()
    if latest is not None and latest.what == Proved.BOUNCED:
        return latest
    if latest is None or latest.what not in WENT:
        raise Refused("This letter has not gone, so it cannot have come back.")
    proof = _prove(by, one, Proved.BOUNCED, on=on or by.today, words=" ".join(why.split()))
    if one.recipient.way == Way.EMAIL and one.way == Way.EMAIL:
        one.recipient.way = Way.POST
        one.recipient.save(update_fields=["way"])
    settle(by=by, notice=one.notice)
    return proof


@transaction.atomic
def settle(*, by: Actor, notice: Notice) -> Notice:
    """Bring the notice, the case and the ledger into step with the proof."""
    current = _locked(by, notice)
    latest = latest_proofs(by, current)
    needed = [one for one in current.recipients.filter(area=by.area) if not one.none_because]
    went = [latest.get(one.pk) for one in needed]
    day = max((proof.on for proof in went if proof is not None and proof.what in WENT), default=None)
    all_went = bool(needed) and all(proof is not None and proof.what in WENT for proof in went)
    if all_went and current.sent_on is None:
        current.sent_on = day
        _record(by, current, day or by.today)
    elif not all_went and current.sent_on is not None:
        current.sent_on = None
        _withdraw(by, current)
    current.version += 1
    current.save(update_fields=["sent_on", "recorded", "version"])
    _duties(by, current, [proof for proof in went if proof is not None])
    return current


def latest_proofs(by: Actor, notice: Notice) -> dict[UUID, Proof]:
    """The latest proof for each recipient of a notice, leaving out letters that were stopped before they went."""
    rows = Proof.objects.filter(area=by.area, dispatch__notice=notice).exclude(what=Proved.STOPPED)
    rows = rows.exclude(dispatch__way=Way.TEXT)  # a text is never a way to send
    return {proof.dispatch.recipient_id: proof for proof in rows.select_related("dispatch").order_by("pk")}


def _record(by: Actor, notice: Notice, on: date) -> None:
    recording = SORTS[notice.sort].recording
    desk_state = desk_of(by, notice, dated=on)
    if recording is None or _was_recorded(desk_state):
        return
    kind, details = recording
    note = f"Sent to {', '.join(one.name for one in desk_state.recipients if not one.none_because)}."
    try:
        with transaction.atomic():
            notice.recorded = cases.record(by=by, case=notice.case, kind=kind, on=on, details=details, note=note)
    except NotPossible as problem:  # the case moved on meanwhile: the proof stands, and the officer reads why
        log.warning("A notice went, and its event could not be recorded: %s", problem)


def _withdraw(by: Actor, notice: Notice) -> None:
    event, notice.recorded = notice.recorded, None
    if event is None:
        return
    cases.withdraw_event(by=by, event=event, note="A letter came back, so the notice has not reached everybody yet.")


def _duties(by: Actor, notice: Notice, proofs: list[Proof]) -> None:
    """A letter that came back or could not go is owed again, by the next working day."""
    sort = SORTS[notice.sort]
    back = [proof for proof in proofs if proof.what in {Proved.BOUNCED, Proved.FAILED}]
    sync(
        by=by,
        source=SOURCE,
        source_id=notice.pk,
        child_id=notice.child_id,
        duties=[
            DutyFacts(
                key=f"again:{proof.dispatch.recipient_id}",
                what=f"Send again: {sort.title}",
                because=f"It did not arrive: {proof.words}"[:300],
                authority=f"{sort.kind.source}: everybody named must be told",
                owed_by="the council",
                starts_on=proof.on,
                due_on=ENGLAND.after(proof.on, 1),
                path=f"/notices/{notice.pk}/",
                person_id=notice.case.officer_id,
                team_id=notice.case.team_id,
            )
            for proof in back
        ],
    )


def deliver_waiting(*, by: Actor, moment: datetime | None = None) -> int:
    """Hand over every email and letter that waits for a channel: after quiet hours, or after a fault; how many went."""
    waiting = Dispatch.objects.filter(area=by.area).exclude(way__in=[Way.HAND, Way.TEXT]).order_by("pk")
    went = 0
    for key in list(_without_proof(waiting).values_list("pk", flat=True)):
        with transaction.atomic():
            proof = deliver(by=by, key=key, moment=moment)
        went += proof is not None and proof.what in WENT
    return went
