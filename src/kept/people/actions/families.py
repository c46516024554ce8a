"""Parents and carers: who they are, how they are joined to a child, and whether their account opens the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kept.access import actions as access
from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Grant, Relation, User
from kept.access.roles import Can
from kept.people.actions.writing import changed, check_version, locked
from kept.people.facts import NotPossible, check_day, check_name, tidy
from kept.people.languages import LANGUAGES
from kept.people.models import Carer, Child, ParentalLink
from kept.rules.ages import is_young_person
from kept.rules.dates_as_typed import say_date
from kept.rules.identifiers.emails import email_address

CONTACT = ("name", "email", "phone", "prefers", "language", "interpreter_needed")
WAYS = {"post": "", "email": "email", "phone": "phone", "text": "phone"}
LINK = ("relationship", "has_responsibility", "evidence", "limits", "lives_with", "withheld_because")
FEWEST_FIGURES = 7


def _checked_contact(facts: dict[str, Any]) -> dict[str, Any]:
    facts = {name: tidy(value) if isinstance(value, str) else value for name, value in facts.items()}
    if "name" in facts:
        facts["name"] = check_name(facts["name"], field="name", called="name")
    if facts.get("email"):
        try:
            facts["email"] = email_address(facts["email"])
        except ValueError as problem:
            raise NotPossible(str(problem), "email") from None
    if facts.get("phone") and sum(mark.isdigit() for mark in facts["phone"]) < FEWEST_FIGURES:
        raise NotPossible("The telephone number is too short. Enter it with its area code.", "phone")
    if facts.get("language") and facts["language"] not in LANGUAGES:
        raise NotPossible(f"“{facts['language']}” is not a code for a language. Choose one from the list.", "language")
    return facts


def _check_reachable(carer: Carer) -> None:
    if carer.prefers not in WAYS:
        raise NotPossible(f"“{carer.prefers}” is not a way to reach somebody. Choose one from the list.", "prefers")
    needed = WAYS[carer.prefers]
    if needed and not getattr(carer, needed):
        words = {"email": "an email address", "phone": "a telephone number"}[needed]
        raise NotPossible(f"Enter {words}, since that is how they like to hear from us.", needed)


@transaction.atomic
def add_carer(*, by: Actor, name: str, user: User | None = None, **contact: Any) -> Carer:
    """Add a parent or carer to the record: name and any of `CONTACT`. Raises Refused, NotPossible, TypeError."""
    check_can(by, Can.EDIT_PEOPLE)
    if unknown := contact.keys() - set(CONTACT):
        raise TypeError(f"A carer has no {', '.join(sorted(unknown))}.")
    carer = Carer(area=by.area, user=user, **_checked_contact({"name": name, **contact}))
    _check_reachable(carer)
    carer.save()
    return carer


def _locked_carer(by: Actor, carer: Carer) -> Carer:
    current = Carer.objects.select_for_update().filter(area=by.area, pk=carer.pk).first()
    if current is None:
        raise Refused("This parent or carer is not in your record.")
    return current


@transaction.atomic
def change_carer(*, by: Actor, carer: Carer, **contact: Any) -> Carer:
    """Change how a carer is called and reached: any of `CONTACT`. Noted on every child. Raises Refused, NotPossible."""
    check_can(by, Can.EDIT_PEOPLE)
    if unknown := contact.keys() - set(CONTACT):
        raise TypeError(f"A carer has no {', '.join(sorted(unknown))}.")
    carer = _locked_carer(by, carer)
    facts = _checked_contact(contact)
    different = [name for name, value in facts.items() if getattr(carer, name) != value]
    if not different:
        return carer
    for name in different:
        setattr(carer, name, facts[name])
    _check_reachable(carer)
    carer.save()
    for link in running_links(by, carer):
        changed(by, locked(by, link.child), f"Contact details of {carer.name} changed", carer=str(carer.pk))
    return carer


def running_links(by: Actor, carer: Carer) -> list[ParentalLink]:
    """The carer's links that have not ended."""
    links = ParentalLink.objects.filter(area=by.area, carer=carer).select_related("child").order_by("child_id")
    return [link for link in links if link.ends_on is None or link.ends_on >= by.today]


@transaction.atomic
def link_carer(
    *,
    by: Actor,
    child: Child,
    carer: Carer,
    relationship: str,
    starts_on: date,
    has_responsibility: bool = False,
    evidence: str = "",
    limits: str = "",
    lives_with: bool = True,
    withheld_because: str = "",
    version: int | None = None,
) -> ParentalLink:
    """Join a carer to a child from a day. Changed facts of a running link end it and begin a new one.

    evidence: what shows parental responsibility (a birth certificate, an order). limits: what a court allows or
    forbids. withheld_because: why this person may not see the record, if so. Where the carer has an account and the
    facts open the record, they see the child from that day. Raises Refused, NotPossible, SomebodyElseWasFirst.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child, carer = locked(by, child), _locked_carer(by, carer)
    facts = {
        "relationship": tidy(relationship),
        "has_responsibility": has_responsibility,
        "evidence": tidy(evidence),
        "limits": tidy(limits),
        "lives_with": lives_with,
        "withheld_because": tidy(withheld_because),
    }
    if not facts["relationship"]:
        raise NotPossible("Enter how they are related to the child, such as mother or foster carer.", "relationship")
    links = child.links.filter(carer=carer)
    running = next((link for link in links if link.ends_on is None or link.ends_on >= starts_on), None)
    if running and all(getattr(running, name) == value for name, value in facts.items()):
        return running
    check_version(child, version)
    check_day(starts_on, born_on=child.born_on, today=by.today, field="starts_on")
    if running:
        _make_way(by, running, starts_on)
    link = ParentalLink.objects.create(area=by.area, child=child, carer=carer, starts_on=starts_on, **facts)
    follow_with_access(by, link)
    changed(by, child, _said(link, carer), carer=str(carer.pk))
    return link


def _said(link: ParentalLink, carer: Carer) -> str:
    holds = "with" if link.has_responsibility else "without"
    return f"{carer.name} ({link.relationship}) {holds} parental responsibility from {say_date(link.starts_on)}"


def _make_way(by: Actor, link: ParentalLink, starts_on: date) -> None:
    """End the running link before a new one; one that began that day was a slip, and goes with its access."""
    if link.starts_on >= starts_on:
        access.end_grant(by=by, source=source_of(link), ends_on=min(starts_on, by.today))
        link.delete()
        return
    link.ends_on = starts_on - timedelta(days=1)
    link.save(update_fields=["ends_on"])
    access.end_grant(by=by, source=source_of(link), ends_on=link.ends_on)


def source_of(link: ParentalLink) -> str:
    """What the grant that follows from a link is known by."""
    return f"people.link:{link.pk}"


def follow_with_access(by: Actor, link: ParentalLink) -> Grant | None:
    """Let the link's carer see the child if the facts say so and they have an account; the grant, or None."""
    if link.carer.user is None or not link.opens_the_record:
        return None
    return access.grant(
        by=by,
        child_id=link.child_id,
        user=link.carer.user,
        relation=Relation.FAMILY,
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        reason=link.relationship,
        source=source_of(link),
    )


@transaction.atomic
def end_link(*, by: Actor, link: ParentalLink, on: date, why: str, version: int | None = None) -> ParentalLink:
    """End how a carer is joined to a child, with their access. `on` is the last day. Raises Refused, NotPossible."""
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, link.child)
    current = ParentalLink.objects.select_related("carer").filter(area=by.area, pk=link.pk).first()
    if current is None:
        raise Refused("This relationship is not in your record.")
    if current.ends_on == on:
        return current
    check_version(child, version)
    check_day(on, born_on=child.born_on, today=by.today, field="on")
    if on < current.starts_on:
        raise NotPossible(f"{say_date(on)} is before it began, {say_date(current.starts_on)}.", "on")
    if not tidy(why):
        raise NotPossible("Say why it ends and what shows it, such as an order and its date.", "why")
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    access.end_grant(by=by, source=source_of(current), ends_on=on)
    what = "Parental responsibility" if current.has_responsibility else "Relationship"
    changed(
        by, child, f"{what} of {current.carer.name} ended on {say_date(on)}", why=tidy(why), carer=str(current.carer_id)
    )
    return current


@transaction.atomic
def end_responsibility(
    *, by: Actor, link: ParentalLink, on: date, why: str, stays: bool = False, version: int | None = None
) -> ParentalLink:
    """End a carer's parental responsibility: `on` is its last day, `why` the order or the fact that ends it.

    stays: they remain on the record without it, from the day after. Raises Refused, NotPossible, SomebodyElseWasFirst.
    """
    check_can(by, Can.EDIT_PEOPLE)
    if not link.has_responsibility:
        raise NotPossible(f"{link.carer.name} has no parental responsibility to end.", "on")
    was_ended = link.ends_on is not None
    ended = end_link(by=by, link=link, on=on, why=why, version=version)
    if stays and not was_ended:
        after = {name: getattr(ended, name) for name in LINK} | {"has_responsibility": False, "evidence": ""}
        successor = ParentalLink.objects.create(
            area=by.area, child=ended.child, carer=ended.carer, starts_on=on + timedelta(days=1), **after
        )
        follow_with_access(by, successor)
    return ended


@transaction.atomic
def link_account(*, by: Actor, carer: Carer, user: User | None) -> Carer:
    """Say which account is the carer's own (None: none any more); access to their children follows. Raises Refused."""
    check_can(by, Can.EDIT_PEOPLE)
    carer = _locked_carer(by, carer)
    if carer.user == user:
        return carer
    if user and Carer.objects.filter(area=by.area, user=user).exists():
        raise NotPossible("This account is another parent's or carer's. Each person has their own.", "user")
    links = running_links(by, carer)
    for link in links:
        access.end_grant(by=by, source=source_of(link), ends_on=by.today)
    carer.user = user
    carer.save(update_fields=["user"])
    for link in links:
        link.carer = carer
        follow_with_access(by, link)
    return carer


@transaction.atomic
def open_to_young_person(*, by: Actor, child: Child, user: User, on: date) -> Grant:
    """Give a young person their own view of their record. At the end of compulsory school age the rights are theirs.

    Somebody younger may have it too, if the case team agrees. Raises Refused, NotPossible.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    check_day(on, born_on=child.born_on, today=by.today, field="on")
    given = access.grant(
        by=by,
        child_id=child.pk,
        user=user,
        relation=Relation.YOUNG_PERSON,
        starts_on=on,
        reason="Their own record",
        source=f"people.child:{child.pk}",
    )
    rights = "their rights are their own" if is_young_person(child.born_on, on) else "the rights stay with the parents"
    changed(by, child, f"{child.first_name} sees their own record from {say_date(on)}; {rights}")
    return given
