"""A person's dates as an iCalendar text (RFC 5545). A child is initials and a case number, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from kept.access.acting import Actor
from kept.duties.models import Duty
from kept.rules.process.table import clocks
from kept.worklist import queries, slices

LONGEST_LINE = 75
PAST, AHEAD = timedelta(days=92), timedelta(days=366)
MOST = 2000
STAMP = "%Y%m%dT%H%M%SZ"


def escape(text: str) -> str:
    """A text value with the signs that have a meaning in the format escaped."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def fold(line: str) -> str:
    """A line cut so that no piece is longer than 75 bytes; each later piece begins with a space."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += width
    return "\r\n".join([*pieces, piece])


def initials(duty: Duty) -> str:
    """The child in a way that only those who know the case can read: "N.S. 26-00012"."""
    child = duty.child
    letters = f"{child.given_names[:1]}.{child.family_name[:1]}." if child else ""
    return f"{letters} {duty.reference or ''}".strip()


def what(duty: Duty) -> str:
    """The duty in the words of the law, not those of the record, which may name somebody."""
    return slices.kind_words(duty.rule)


def entries_for(actor: Actor) -> list[Duty]:
    """What the person still owes, with a date from three months ago to a year ahead."""
    found = queries.mine(actor).filter(due_on__range=(actor.today - PAST, actor.today + AHEAD))
    return list(found.select_related("child").defer("child__name_keys").order_by("due_on", "pk")[:MOST])


def feed(duties: Iterable[Duty], *, name: str, base: str) -> str:
    """The calendar as text. base: the address of the service, without a slash at its end."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kept//Duties//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for duty in duties:
        if duty.due_on:
            lines += _event(duty, duty.due_on, base)
    return "\r\n".join(fold(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"


def _event(duty: Duty, due_on: date, base: str) -> list[str]:
    changed: datetime = timezone.localtime(duty.changed_at, timezone.get_fixed_timezone(0))
    address = f"{base}/work/{duty.pk}/"
    law = "Required by law" if duty.is_statutory else "Planning date"
    citation = clocks()[duty.rule].citation if duty.rule in clocks() else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{duty.pk}@kept",
        f"DTSTAMP:{changed.strftime(STAMP)}",
        f"LAST-MODIFIED:{changed.strftime(STAMP)}",
        f"DTSTART;VALUE=DATE:{due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(' '.join(filter(None, [initials(duty), what(duty)])))}",
        f"DESCRIPTION:{escape(f'{law}. {citation}'.strip())}",
        f"URL:{address}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
