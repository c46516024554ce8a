"""Find the children and referrals that a file names: a few queries for the whole file, and never a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.people.duplicates import possible_duplicates
from kept.people.facts import sort_key
from kept.people.models import Child, Identifier
from kept.rules.names import Known
from kept.waiting.models import Event, Referral
from kept.waiting.queries import still_open
from kept.waiting.reading import ReadRow


@dataclass
class OnRecord:
    """What the record has of the children and referrals that a file names; read in a few queries."""

    today: date
    numbers: dict[tuple[str, str], UUID] = field(default_factory=dict)
    born: dict[tuple[str, date], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    birth_of: dict[UUID, date] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)
    events: dict[UUID, list[Event]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[tuple[UUID, UUID], str] = field(default_factory=dict)


def on_record(system: Actor, source: str, rows: Sequence[ReadRow]) -> OnRecord:
    """What the record has of all that the rows name. Seven queries."""
    known = OnRecord(today=system.today)
    area = system.area
    values = {row.text[key] for row in rows for key in ("nhs", "upn") if row.text.get(key)}
    for number in Identifier.objects.filter(area=area, value__in=values, kind__in=["nhs", "upn"]):
        known.numbers[number.kind, number.value] = number.child_id
    days = {row.days["born_on"] for row in rows if "born_on" in row.days}
    named = Child.objects.filter(area=area, born_on__in=days)
    for key, given, family, born_on in named.values_list("pk", "given_names", "family_name", "born_on"):
        known.born[sort_key(given, family), born_on].append(key)
    for key, born_on in Child.objects.filter(area=area, pk__in=set(known.numbers.values())).values_list(
        "pk", "born_on"
    ):
        known.birth_of[key] = born_on
    refs = [row.text["ref"] for row in rows if row.text.get("ref")]
    for one in Referral.objects.filter(area=area, source=source, ref__in=refs).select_related("stage__service__agency"):
        known.referrals[one.ref] = one
    for event in Event.objects.filter(area=area, referral__in=[one.pk for one in known.referrals.values()]):
        known.events[event.referral_id].append(event)
    meant = {*known.numbers.values(), *(key for keys in known.born.values() for key in keys)}
    waiting = Referral.objects.filter(still_open(system.today), area=area, child__in=meant)
    for child, stage, ref in waiting.values_list("child_id", "stage_id", "ref"):
        known.waiting[child, stage] = ref
    return known


def name_of(row: ReadRow) -> tuple[str, date | None]:
    """What a child without a number is known by within one file."""
    key = sort_key(row.text.get("given_names", ""), row.text.get("family_name", ""))
    return key, row.days.get("born_on")


def child_of(by: Actor, system: Actor, row: ReadRow, known: OnRecord, problems: list[str]) -> UUID | None:
    """The child of a row; None for one to be added. Who it may be is a question for a person, never guessed."""
    found = {known.numbers[k, row.text[k]] for k in ("nhs", "upn") if (k, row.text.get(k, "")) in known.numbers}
    if len(found) > 1:
        problems.append("The NHS number and the pupil number belong to two children.")
        return None
    born_on = row.days.get("born_on")
    if found:
        child_id = found.pop()
        if born_on and known.birth_of.get(child_id) not in {None, born_on}:
            problems.append("The number belongs to a child with another date of birth.")
        return child_id
    if not (row.text.get("given_names") and row.text.get("family_name") and born_on):
        problems.append(
            "The number is not on the record, and name and date of birth are not there to find the child by."
        )
        return None
    same = known.born.get((sort_key(row.text["given_names"], row.text["family_name"]), born_on), [])
    if len(same) == 1 and not row.text.get("nhs") and not row.text.get("upn"):
        return same[0]
    described = Known(
        forenames=row.text["given_names"],
        surname=row.text["family_name"],
        birth_date=born_on,
        upn=row.text.get("upn", ""),
        nhs_number=row.text.get("nhs", ""),
    )
    matches = possible_duplicates(system, described)
    exact = [match for match in matches if match.child.pk in same]
    if len(exact) == 1 and len(matches) == 1:
        return exact[0].child.pk
    if matches:
        named = (
            ", ".join(match.child.full_name for match in matches[:3]) if by.reaches_area else "somebody on the record"
        )
        problems.append(f"The child may be {named}: give the NHS number or pupil number so that it is sure.")
    return None
