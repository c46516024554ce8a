"""Whom a notice goes to: the people whom the law names, found in the record, each with an address of their own.

A confidential address is used for nobody but its holder and the young person themself, and the address of a child is
never put on a letter to a parent whom the child does not live with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kept.access.acting import Actor
from kept.access.models import Agency, AgencyKind
from kept.access.queries import agencies
from kept.cases.models import Case
from kept.cases.queries import people_of
from kept.letters.addresses import read_address
from kept.notices.hooks import deciding_for
from kept.notices.models import Recipient, Way
from kept.notices.sorts import Sort
from kept.people.models import Address, Carer, EnrolmentKind
from kept.people.queries import FamilyMember, addresses_of
from kept.rules import ages
from kept.rules.process.notices import FAMILY

FAMILY_ROLES = frozenset({FAMILY, "family, from the new authority", "appropriate person", "recipient or requester"})
SETTING_ROLES = frozenset(
    {
        "head, principal or early years lead",
        "named institution",
        "provider, head or principal",
        "head or principal",
        "school",
    }
)
KINDS_OF_ROLE: dict[str, AgencyKind] = {
    "responsible commissioning body": AgencyKind.ICB,
    "home commissioning body": AgencyKind.ICB,
    "social care officers": AgencyKind.SOCIAL_CARE,
    "social care officer": AgencyKind.SOCIAL_CARE,
    "health professional": AgencyKind.HEALTH,
    "LA education officer": AgencyKind.SEND,
}


@dataclass(frozen=True)
class Kept:
    """Somebody of the family who gets no letter, and why, for the officer to read."""

    name: str
    why: str


def required_roles(sort: Sort) -> tuple[str, ...]:
    """The recipients whom the law names. A decision to consider ceasing is for the family and the head alone."""
    if sort.key == "N10-consider":
        return tuple(role for role in sort.kind.to if role in {FAMILY, "head or principal"})
    if sort.key == "N9-none":
        return (FAMILY,)
    return sort.kind.to


def suggested(by: Actor, case: Case, sort: Sort) -> tuple[list[Recipient], list[Kept]]:
    """The recipients that the record knows, not saved, and those of the family left out. Each role at most once an

    agency; a role without anybody in the record is for the officer to fill.
    """
    around = people_of(by, case.child_id)
    found: list[Recipient] = []
    left_out: list[Kept] = []
    settings = [row.setting for row in around.enrolments if row.setting and row.kind == EnrolmentKind.ON_ROLL]
    everywhere = list(agencies(by))
    for role in required_roles(sort):
        if role in FAMILY_ROLES:
            family, left_out = _family(by, case, role, around.family)
            found += family
        elif role in SETTING_ROLES:
            found += [_agency(role, one) for one in settings[:1]]
        elif role in KINDS_OF_ROLE:
            found += [_agency(role, one) for one in _of_kind(KINDS_OF_ROLE[role], around.agencies, everywhere)[:1]]
    seen: set[object] = set()
    return [one for one in found if not (one.agency_id and (one.agency_id, one.role) in seen)], left_out


def _of_kind(kind: AgencyKind, involved: Iterable[Agency], everywhere: Iterable[Agency]) -> list[Agency]:
    """The agencies of a kind, those involved with the child first; of the area's others only when there is one."""
    near = [one for one in involved if one.kind == kind]
    if near:
        return near
    others = [one for one in everywhere if one.kind == kind]
    return others if len(others) == 1 else []


def _agency(role: str, agency: Agency) -> Recipient:
    way = Way.EMAIL if agency.email else Way.POST
    return Recipient(
        role=role, name=agency.name, agency=agency, email=agency.email, way=way, address=agency.postcode and ""
    )


def _family(by: Actor, case: Case, role: str, members: Iterable[FamilyMember]) -> tuple[list[Recipient], list[Kept]]:
    addresses = [one for one in addresses_of(by, case.child_id) if _holds(one, by)]
    if ages.is_young_person(case.child.born_on, by.today):
        return _young_person(by, case, role, members=list(members), addresses=addresses)
    found, left_out = [], []
    for member in members:
        carer, link = member.carer, member.link
        if carer is None:
            continue
        if link.withheld_because:
            left_out.append(Kept(carer.name, f"May not see the record: {link.withheld_because}"))
        elif link.has_responsibility or link.lives_with:
            found.append(_carer(role, carer, address_of(carer, addresses, lives_with=link.lives_with)))
        else:
            left_out.append(Kept(carer.name, "Has neither parental responsibility nor care of the child."))
    return found, left_out


def _young_person(
    by: Actor, case: Case, role: str, *, members: list[FamilyMember], addresses: list[Address]
) -> tuple[list[Recipient], list[Kept]]:
    """The young person themself; and whoever decides for them where it is recorded that they lack capacity.

    SEND Regulations 2014 reg 64 and Schedule 3: notices to a young person who lacks capacity go to their
    representative as well, or to the parent where nobody else represents them. Without such a record the rights are the
    young person's alone, and a parent gets no letter.
    """
    own = _best([one for one in addresses if one.holder_id is None or one.is_confidential] or addresses)
    found = [
        Recipient(
            role=role,
            name=case.child.full_name,
            is_family=True,
            is_young_person=True,
            address=_typed(own) if own else "",
        )
    ]
    decides = [one.who for one in deciding_for(by, case.child_id)]
    parents = [one for one in members if one.carer and not one.link.withheld_because and one.is_running]
    letters = {one.carer.pk: one for who in decides for one in _meant(who, parents) if one.carer}
    for one in letters.values():
        if one.carer:
            found.append(_carer(role, one.carer, address_of(one.carer, addresses, lives_with=one.link.lives_with)))
    others = [who for who in decides if not _meant(who, parents)]
    found += [Recipient(role=role, name=who[:150], is_family=True) for who in dict.fromkeys(others)]
    why = f"The rights are {case.child.first_name}’s, who is over compulsory school age."
    left_out = [Kept(one.carer.name, why) for one in members if one.carer and one.carer.pk not in letters]
    return found, left_out


PARENTS = frozenset({"parent", "parents", "mother", "father", "mum", "dad"})


def _meant(who: str, parents: list[FamilyMember]) -> list[FamilyMember]:
    """The parents of the record whom the words name: by their own name, by what they are, or as the parents."""
    said = who.casefold()
    by_name = [one for one in parents if one.carer and one.carer.name.casefold() in said]
    if by_name:
        return by_name
    words = set(re.findall(r"[a-z]+", said))
    by_kind = [one for one in parents if words & PARENTS & set(re.findall(r"[a-z]+", one.link.relationship.casefold()))]
    if by_kind:
        return by_kind
    is_other = words & {"deputy", "attorney", "solicitor"}
    return [one for one in parents if one.link.has_responsibility] if words & PARENTS and not is_other else []


def _carer(role: str, carer: Carer, address: str) -> Recipient:
    by_email = carer.prefers == "email" and carer.email
    return Recipient(
        role=role,
        name=carer.name,
        carer=carer,
        is_family=True,
        way=Way.EMAIL if by_email else Way.POST,
        address=address,
        email=carer.email,
    )


def address_of(carer: Carer, addresses: Iterable[Address], *, lives_with: bool) -> str:
    """The carer's own address, or the child's open one where the child lives with them; empty when there is none."""
    known = list(addresses)
    own = _best([one for one in known if one.holder_id == carer.pk])
    if own is not None:
        return _typed(own)
    shared = _best([one for one in known if one.holder_id is None and not one.is_confidential])
    return _typed(shared) if shared is not None and lives_with else ""


def _holds(address: Address, by: Actor) -> bool:
    return address.starts_on <= by.today and (address.ends_on is None or address.ends_on >= by.today)


def _best(addresses: list[Address]) -> Address | None:
    return max(addresses, key=lambda one: one.starts_on, default=None)


def _typed(address: Address) -> str:
    return f"{address.lines.strip()}\n{address.postcode}".strip()


def secrets_kept_from(addresses: Iterable[Address], recipient: Recipient) -> list[str]:
    """Pieces of confidential addresses that may not stand in a letter to this recipient, in capitals without spaces.

    addresses: every address of the child.
    """
    found = []
    for one in addresses:
        is_own = recipient.is_young_person or (recipient.carer_id is not None and recipient.carer_id == one.holder_id)
        if not one.is_confidential or is_own:
            continue
        read = read_address(one.lines)
        found += [squeezed(line) for line in read.lines[:1]]
        found.append(squeezed(one.postcode or read.postcode))
    return [piece for piece in found if len(piece) > 3]  # noqa: PLR2004 - shorter pieces are in every text


def squeezed(words: str) -> str:
    """Letters and figures only, in capitals, so that spaces and commas hide nothing."""
    return "".join(mark for mark in words.upper() if mark.isalnum())
