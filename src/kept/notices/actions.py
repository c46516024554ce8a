"""Prepare a notice: start it, write what it needs, say to whom and how it goes, put files in. Sending is `sending`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.cases.folding import in_force
from kept.cases.models import Case, Event
from kept.letters.channels.base import CouldNotSend, email_address, header
from kept.notices.making import LETTERHEAD, TYPED_DAYS
from kept.notices.models import Enclosure, Letterhead, Looks, Notice, Recipient, Way, Wording
from kept.notices.recipients import SETTING_ROLES, suggested
from kept.notices.sorts import SORTS
from kept.notices.wording import Template, Wrong, check_template

LONGEST = 20_000
LARGEST_FILE = 20 * 1024 * 1024
MOST_RECIPIENTS = 30


def _locked(by: Actor, notice: Notice, *, open_only: bool = True) -> Notice:
    check_can(by, Can.WORK_CASES)
    found = Notice.objects.select_for_update(of=("self",)).select_related("case__child", "case__officer")
    current = found.filter(area=by.area, pk=notice.pk).first()
    if current is None:
        raise Refused("This notice is not in your record.")
    if open_only and current.sent_on:
        raise Refused("This notice has gone to everybody, so it cannot be changed.")
    return current


@transaction.atomic
def start(*, by: Actor, case: Case, sort: str, event: UUID | None = None) -> Notice:
    """Begin a notice about a step of a case, with the recipients that the record knows. Safe to repeat.

    event: the entry of the case that it is about. Raises Refused.
    """
    check_can(by, Can.WORK_CASES)
    wanted = SORTS.get(sort)
    if wanted is None:
        raise Refused("There is no notice of that sort.")
    about = _entry(by, case, event)
    Case.objects.select_for_update(of=("self",)).get(area=by.area, pk=case.pk)
    if found := Notice.objects.filter(area=by.area, case=case, sort=sort, event=about).first():
        return found
    notice = Notice.objects.create(
        area=by.area,
        child_id=case.child_id,
        case=case,
        sort=sort,
        event=about,
        event_on=about.happened_on,
        made_by=by.user,
    )
    people, _ = suggested(by, case, wanted)
    for one in people:
        one.area, one.notice, one.child_id = by.area, notice, case.child_id
    Recipient.objects.bulk_create(people)
    return notice


def _entry(by: Actor, case: Case, event: UUID | None) -> Event:
    if event is None:
        raise Refused("Choose the step of the case that the notice is about.")
    rows = in_force(case.events.filter(area=by.area))
    found = next((row for row in rows if row.pk == event), None)
    if found is None:
        raise Refused("That entry was corrected or withdrawn meanwhile. Look at the newer one.")
    return found


@transaction.atomic
def write(*, by: Actor, notice: Notice, facts: Mapping[str, Any]) -> Notice:
    """Keep what the officer wrote for the notice: reasons, changes, days, places. Unknown names are refused."""
    current = _locked(by, notice)
    asks = SORTS[current.sort].asks
    for name, value in facts.items():
        if name not in asks:
            raise Refused(f"This notice has no use for “{name}”.")
        if len(str(value)) > LONGEST:
            raise Refused(f"Keep it to {LONGEST:,} letters; put the rest in a document that goes with the letter.")
    kept = {
        name: value.isoformat() if isinstance(value, date) else str(value).replace("\x00", "").strip()
        for name, value in facts.items()
        if value is not None
    }
    for name in TYPED_DAYS:
        if kept.get(name):
            date.fromisoformat(kept[name])
    current.facts = {**current.facts, **kept}
    return _touched(current)


def _touched(notice: Notice) -> Notice:
    notice.version += 1
    notice.save(update_fields=["facts", "version"])
    return notice


@transaction.atomic
def put_recipient(
    *,
    by: Actor,
    notice: Notice,
    recipient: Recipient | None = None,
    role: str = "",
    name: str = "",
    way: str = Way.POST,
    look: str = Looks.STANDARD,
    address: str = "",
    email: str = "",
    none_because: str = "",
) -> Recipient:
    """Add somebody to whom the notice goes, or change how it goes. Raises Refused with a sentence."""
    current = _locked(by, notice)
    if way not in {Way.POST, Way.EMAIL, Way.HAND}:
        raise Refused("A notice goes by post, by email or by hand. A text or a page is never enough.")
    try:
        tidy_name = header(name.strip(), "name")
        tidy_email = email_address(email) if email.strip() else ""
    except CouldNotSend as problem:
        raise Refused(str(problem)) from None
    if none_because and role not in SETTING_ROLES:
        raise Refused(f"The law requires that the {role or 'recipient'} is told.")
    if recipient is None:
        if current.recipients.count() >= MOST_RECIPIENTS:
            raise Refused(f"A notice has at most {MOST_RECIPIENTS} recipients.")
        recipient = Recipient(area=by.area, notice=current, child_id=current.child_id, role=role)
    elif recipient.notice_id != current.pk:
        raise Refused("That recipient belongs to another notice.")
    if recipient.carer_id is None and not recipient.is_young_person:
        recipient.name = tidy_name[:150]
    recipient.way, recipient.look, recipient.email = way, Looks(look), tidy_email
    recipient.address = address.replace("\x00", "").strip()[:1000]
    recipient.none_because = none_because.strip()[:200]
    recipient.save()
    _touched(current)
    return recipient


@transaction.atomic
def remove_recipient(*, by: Actor, notice: Notice, recipient: Recipient) -> None:
    """Take somebody off, as long as no letter to them was made. The law's own recipients are then missing again."""
    current = _locked(by, notice)
    if recipient.dispatches.filter(area=by.area).exists():
        raise Refused("A letter to them was made already, so they stay on the list.")
    Recipient.objects.filter(area=by.area, notice=current, pk=recipient.pk).delete()
    _touched(current)


@transaction.atomic
def enclose(*, by: Actor, notice: Notice, title: str, what: str = "", content: bytes = b"") -> Enclosure:
    """Put a PDF in with the letter, or say that paper goes with it (no content). Raises Refused for anything else."""
    current = _locked(by, notice)
    if not title.strip():
        raise Refused("Say what it is, as the letter should call it.")
    if content:
        check_pdf(content)
    made = Enclosure.objects.create(
        area=by.area,
        notice=current,
        child_id=current.child_id,
        what=what,
        title=title.strip()[:150],
        content=content or None,
        size=len(content),
    )
    _touched(current)
    return made


def check_pdf(content: bytes) -> None:
    """Raise Refused unless the file is a PDF that opens without a password."""
    if len(content) > LARGEST_FILE:
        raise Refused("The file is larger than 20 MB. Make it smaller, or send it on paper.")
    if not content.startswith(b"%PDF-"):
        raise Refused("The file is not a PDF, whatever its name says. Save it as PDF first.")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise Refused("The PDF has a password, so the family could not open it. Save it without one.")
        if not len(reader.pages):
            raise Refused("The PDF has no pages.")
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as problem:
        raise Refused("The PDF is damaged and cannot be opened. Save it again.") from problem


@transaction.atomic
def take_out(*, by: Actor, notice: Notice, enclosure: Enclosure) -> None:
    """Take an enclosure out again."""
    current = _locked(by, notice)
    Enclosure.objects.filter(area=by.area, notice=current, pk=enclosure.pk).delete()
    _touched(current)


@transaction.atomic
def set_letterhead(*, by: Actor, facts: Mapping[str, str], post_days: int = 2) -> Letterhead:
    """Say what letters must name of the council and its services; all of it but the Tribunal's line is needed."""
    check_can(by, Can.EDIT_LETTERS)
    kept = {name: str(facts.get(name, "")).replace("\x00", "").strip() for name in LETTERHEAD}
    for name in ("council", "la_contact", "la_phone", "la_email"):
        if "\n" in kept[name]:
            raise Refused(f"{LETTERHEAD[name]}: write it on one line.")
    if not 0 <= post_days <= 10:  # noqa: PLR2004 - more than two weeks is no service
        raise Refused("Post is delivered within 0 to 10 working days.")
    return Letterhead.objects.create(area=by.area, facts=kept, post_days=post_days, made_by=by.user)


@transaction.atomic
def publish_wording(*, by: Actor, sort: str, is_easy: bool, title: str, body: str, why: str) -> Wording:
    """Make a new version of the council's template. Raises Wrong with every fault, Refused without a reason."""
    check_can(by, Can.EDIT_LETTERS)
    wanted = SORTS.get(sort)
    if wanted is None:
        raise Refused("There is no notice of that sort.")
    if not why.strip():
        raise Refused("Say why the template changes: it is kept with the version.")
    template = Template(title.strip(), body.replace("\x00", "").replace("\r\n", "\n").strip())
    if problems := check_template(template, wanted, easy=is_easy):
        raise Wrong(problems)
    rows = Wording.objects.filter(area=by.area, sort=sort, is_easy=is_easy).order_by("-version")
    latest = rows.values_list("version", flat=True).first() or 0
    return Wording.objects.create(
        area=by.area,
        sort=sort,
        is_easy=is_easy,
        version=latest + 1,
        title=template.title,
        body=template.body,
        why=why.strip()[:300],
        made_by=by.user,
    )
