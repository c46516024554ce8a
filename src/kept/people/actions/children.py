"""Add a child, and change what is known of them: names, details, identifiers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db import connection, transaction

from kept.access.acting import Actor, check_can
from kept.access.roles import Can
from kept.people.actions.writing import changed, check_version, locked
from kept.people.codes import Ethnicity, Pronouns, Sex
from kept.people.duplicates import PossibleDuplicate, possible_duplicates
from kept.people.facts import (
    NotPossible,
    check_born_on,
    check_day,
    check_identifier,
    check_name,
    sort_key,
    tidy_postcode,
)
from kept.people.languages import LANGUAGES
from kept.people.models import Address, Child, FormerName, Identifier, IdentifierKind
from kept.rules.dates_as_typed import say_date
from kept.rules.names import Known, name_keys

LONGEST_KEY = 40
DETAILS = (
    "known_as",
    "born_on",
    "sex",
    "pronouns",
    "ethnicity",
    "language",
    "interpreter_needed",
    "looked_after_from",
    "left_area_on",
    "died_on",
)
CODES: dict[str, tuple[Collection[str], str]] = {
    "sex": (Sex.values, "sex"),
    "pronouns": (Pronouns.values, "pronouns"),
    "ethnicity": (Ethnicity.values, "ethnicity"),
    "language": (LANGUAGES, "first language"),
}


def name_facts(
    *, given_names: str, family_name: str, known_as: str = "", former: Collection[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The fields of a child that follow from names present and former; for `Child(**name_facts(...))` in bulk too.

    former: pairs of given names and family name.
    """
    names = [f"{given_names} {family_name}", *(f"{given} {family}" for given, family in former)]
    if known_as:
        names.append(f"{known_as} {family_name}")
    keys = sorted({key for name in names for key in name_keys(name) if len(key) <= LONGEST_KEY})
    return {
        "given_names": given_names,
        "family_name": family_name,
        "known_as": known_as,
        "name_keys": keys,
        "sort_key": sort_key(given_names, family_name),
    }


def _rename(child: Child) -> None:
    """Bring the keys of a child up to its names."""
    former = [(name.given_names, name.family_name) for name in child.former_names.all()]
    facts = name_facts(
        given_names=child.given_names, family_name=child.family_name, known_as=child.known_as, former=former
    )
    child.name_keys, child.sort_key = facts["name_keys"], facts["sort_key"]


@transaction.atomic
def add_child(
    *,
    by: Actor,
    given_names: str,
    family_name: str,
    born_on: date,
    known_as: str = "",
    sex: str = "",
    pronouns: str = "",
    ethnicity: str = "",
    language: str = "",
    interpreter_needed: bool = False,
    address: str = "",
    postcode: str = "",
    identifiers: Mapping[str, str] | None = None,
    confirmed_not: Collection[UUID] = (),
    token: UUID | None = None,
) -> Child:
    """Add a child to the record.

    identifiers: by kind ("upn", "nhs", "uln", "local"). confirmed_not: the children on the record at whom the person
    looked and who are somebody else. token: the form, so that a double click adds one child. Raises Refused,
    NotPossible, or PossibleDuplicate with the children that it may be.
    """
    check_can(by, Can.ADD_CHILDREN)
    _one_adding_at_a_time(by)
    if token and (done := Child.objects.filter(area=by.area, token=token).first()):
        return done
    names = _checked_names(given_names, family_name, known_as)
    numbers = {
        kind: check_identifier(kind, text, field=kind) for kind, text in (identifiers or {}).items() if text.strip()
    }
    details = {
        "sex": sex, "pronouns": pronouns, "ethnicity": ethnicity, "language": language,
        "interpreter_needed": interpreter_needed,
    }  # fmt: skip
    _check_codes(details)
    born_on = check_born_on(born_on, by.today)
    postcode = tidy_postcode(postcode)
    _check_not_there(by, _known(names, born_on, postcode, numbers), confirmed_not)
    for kind, number in numbers.items():
        _check_nobody_elses(by, None, kind, number)
    child = Child.objects.create(area=by.area, born_on=born_on, token=token, **name_facts(**names), **details)
    for kind, number in numbers.items():
        Identifier.objects.create(area=by.area, child=child, kind=kind, value=number)
    if address.strip() or postcode:
        Address.objects.create(area=by.area, child=child, lines=address.strip(), postcode=postcode, starts_on=by.today)
    confirmed = [str(key) for key in confirmed_not]
    return changed(by, child, "Added to the record", **({"is not": confirmed} if confirmed else {}))


def _one_adding_at_a_time(by: Actor) -> None:
    """Two people adding the same child at once: the second waits, then sees the first one's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.add_child'), hashtext(%s))", [str(by.area.pk)])


class Names(TypedDict):
    """The names of a child, checked; for `name_facts(**names)`."""

    given_names: str
    family_name: str
    known_as: str


def _checked_names(given_names: str, family_name: str, known_as: str) -> Names:
    return {
        "given_names": check_name(given_names, field="given_names", called="given name"),
        "family_name": check_name(family_name, field="family_name", called="family name"),
        "known_as": check_name(known_as, field="known_as", called="name they like to be called")
        if known_as.strip()
        else "",
    }


def _check_codes(details: Mapping[str, Any]) -> None:
    for name, (codes, called) in CODES.items():
        if details.get(name) and details[name] not in codes:
            raise NotPossible(f"“{details[name]}” is not a code for {called}. Choose one from the list.", name)


def _known(names: Names, born_on: date, postcode: str, numbers: Mapping[str, str]) -> Known:
    return Known(
        forenames=names["given_names"],
        surname=names["family_name"],
        other_forenames=tuple(filter(None, [names["known_as"]])),
        birth_date=born_on,
        postcode=postcode,
        upn=numbers.get(IdentifierKind.UPN, ""),
        nhs_number=numbers.get(IdentifierKind.NHS, ""),
    )


def _check_not_there(by: Actor, known: Known, confirmed_not: Collection[UUID]) -> None:
    matches = possible_duplicates(by, known)
    if any(match.child.pk not in confirmed_not for match in matches):
        raise PossibleDuplicate(matches)


@transaction.atomic
def change_name(
    *, by: Actor, child: Child, given_names: str, family_name: str, from_day: date, version: int | None = None
) -> Child:
    """Give the child a new name from a day; the old one is kept and still found. Raises Refused, NotPossible.

    from_day: the day from which the new name is used.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    names = _checked_names(given_names, family_name, "")
    if (child.given_names, child.family_name) == (names["given_names"], names["family_name"]):
        return child
    check_version(child, version)
    check_day(from_day, born_on=child.born_on, today=by.today, field="from_day")
    old = child.full_name
    FormerName.objects.create(
        area=by.area, child=child, given_names=child.given_names, family_name=child.family_name, until=from_day
    )
    child.given_names, child.family_name = names["given_names"], names["family_name"]
    _rename(child)
    return changed(by, child, "Name changed", name=[old, child.full_name], **{"from": from_day})


@transaction.atomic
def record_details(*, by: Actor, child: Child, version: int | None = None, **facts: Any) -> Child:
    """Record facts of the child: any of `DETAILS`. Those not given stay. Raises Refused, NotPossible, TypeError."""
    check_can(by, Can.EDIT_PEOPLE)
    if unknown := facts.keys() - set(DETAILS):
        raise TypeError(f"A child has no {', '.join(sorted(unknown))} to record.")
    child = locked(by, child)
    _check_codes(facts)
    if facts.get("known_as"):
        facts["known_as"] = check_name(facts["known_as"], field="known_as", called="name they like to be called")
    different = {name: [getattr(child, name), value] for name, value in facts.items() if getattr(child, name) != value}
    if not different:
        return child
    check_version(child, version)
    born_on = facts.get("born_on") or child.born_on
    check_born_on(born_on, by.today)
    for name in ("looked_after_from", "left_area_on", "died_on"):
        if facts.get(name):
            check_day(facts[name], born_on=born_on, today=by.today, field=name)
    for name, (_, value) in different.items():
        setattr(child, name, value)
    _rename(child)
    labels = [str(getattr(Child._meta.get_field(name), "verbose_name", name)) for name in different]
    return changed(by, child, f"Details changed: {', '.join(labels)}", **different)


@transaction.atomic
def add_identifier(*, by: Actor, child: Child, kind: str, value: str, version: int | None = None) -> Identifier:
    """Record a number by which other systems know the child; an earlier one of its kind becomes a former one.

    Raises Refused, or NotPossible when the number is not valid or is another child's.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    number = check_identifier(kind, value)
    held = Identifier.objects.filter(area=by.area, child=child, kind=kind)
    if same := held.filter(value=number, is_current=True).first():
        return same
    check_version(child, version)
    _check_nobody_elses(by, child, kind, number)
    if kind != IdentifierKind.LOCAL:
        held.update(is_current=False)
    identifier, _ = Identifier.objects.update_or_create(
        area=by.area, child=child, kind=kind, value=number, defaults={"is_current": True}
    )
    changed(by, child, f"{identifier.get_kind_display()} recorded", value=number)
    return identifier


def _check_nobody_elses(by: Actor, child: Child | None, kind: str, number: str) -> None:
    if kind == IdentifierKind.LOCAL:
        return
    held = (
        Identifier.objects.filter(area=by.area, kind=kind, value=number)
        .exclude(child=child)
        .select_related("child")
        .first()
    )
    if held:
        raise NotPossible(
            f"This {held.get_kind_display()} is on the record of {held.child.full_name}, "
            f"born {say_date(held.child.born_on)}. If the two are one child, do not add them again; "
            "if not, one of the two numbers is wrong.",
            "value" if child else kind,
        )


@transaction.atomic
def end_identifier(*, by: Actor, child: Child, identifier: Identifier, version: int | None = None) -> Identifier:
    """Say that a number is no longer the child's; it is kept as a former one. Raises Refused."""
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    held = Identifier.objects.get(area=by.area, child=child, pk=identifier.pk)
    if not held.is_current:
        return held
    check_version(child, version)
    held.is_current = False
    held.save(update_fields=["is_current"])
    changed(by, child, f"{held.get_kind_display()} no longer used", value=held.value)
    return held
