"""Find a child by part of a name, a misspelt or former name, a number, a postcode or a date of birth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, Sum, Value, When

from kept.access.acting import Actor
from kept.people.asking import Asked, near_numbers, read_search
from kept.people.duplicates import near_dates
from kept.people.facts import shown
from kept.people.models import Address, Child, Enrolment, EnrolmentKind, FormerName, Identifier, NameKey
from kept.rules.dates_as_typed import say_date
from kept.rules.names import query_keys, score

MOST_CANDIDATES = 200
PER_PAGE = 25
WEIGHTS = {"w:": 6, "v:": 4, "s:": 3, "p:": 2}
"""How much a shared key of each kind says when candidates are taken; what decides in the end is `score`."""

GOOD, ENOUGH = 0.94, 0.62
BEHIND_THE_BEST = 0.25
FORMER = 0.97
SAME_DAY, NEAR_DAY, NO_DAY = 1.0, 0.7, 0.0
PREVIOUS_HOME, NEAR_NUMBER = 0.8, 0.85


@dataclass(frozen=True)
class Found:
    """A child found, how well they answer the search (0 to 1) and why, in words (none for a plain match of the name).

    is_whole: whether every part of the search is answered, and not only the name or only the date.
    """

    child: Child
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class Results:
    """One page of what was found. `more` means that there were too many to look at: the search should say more."""

    asked: Asked
    found: tuple[Found, ...]
    total: int
    page: int
    pages: int
    more: bool = False


def search_children(actor: Actor, text: str, *, page: int = 1, per_page: int = PER_PAGE) -> Results:
    """The children of the actor's record that answer the text, the best first; all of them, by name, for no text.

    A constant number of queries. What the actor may not see is neither found nor counted.
    """
    asked = read_search(text)
    if asked.is_empty:
        return _everyone(actor, asked, page, per_page) if not asked.notes else Results(asked, (), 0, 1, 1)
    named, candidates = _candidates(actor, asked)
    judged = _worth_showing([_judge(asked, child) for child in candidates])
    judged.sort(key=lambda found: (-found.score, found.child.sort_key, found.child.pk))
    more = len(named) == MOST_CANDIDATES and any(found.child.pk == named[-1] for found in judged)
    start, page, pages = _window(len(judged), page, per_page)
    shown_now = tuple(judged[start : start + per_page])
    _add_settings(actor, [found.child for found in shown_now])
    return Results(asked, shown_now, len(judged), page, pages, more)


def _worth_showing(judged: list[Found]) -> list[Found]:
    """Those who answer the whole search, or a part of it when nobody answers the whole; none far behind the best."""
    answering = [found for found in judged if found.is_whole] or [found for found in judged if found.score > 0]
    best = max((found.score for found in answering), default=0.0)
    return [found for found in answering if found.score >= best - BEHIND_THE_BEST]


def _window(total: int, page: int, per_page: int) -> tuple[int, int, int]:
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    return (page - 1) * per_page, page, pages


def visible(actor: Actor) -> QuerySet[Child]:
    """Every child whom the actor may see."""
    return Child.objects.filter(area=actor.area)


def _everyone(actor: Actor, asked: Asked, page: int, per_page: int) -> Results:
    children = visible(actor).defer("name_keys").order_by("sort_key", "pk")
    total = children.count()
    start, page, pages = _window(total, page, per_page)
    listed = list(children[start : start + per_page])
    _add_settings(actor, listed)
    return Results(asked, tuple(Found(child) for child in listed), total, page, pages)


def _add_settings(actor: Actor, children: Iterable[Child]) -> None:
    """Put on each child, as `settings`, where they are on roll today. One query."""
    of_child: dict[UUID, list[Enrolment]] = {child.pk: [] for child in children}
    rows = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        area=actor.area,
        child_id__in=list(of_child),
        kind=EnrolmentKind.ON_ROLL,
        starts_on__lte=actor.today,
    )
    for row in rows.select_related("setting").order_by("starts_on"):
        of_child[row.child_id].append(row)
    for child in children:
        child.settings = of_child[child.pk]


def _by_name(actor: Actor, name: str) -> list[UUID]:
    """The children who share most keys with the name."""
    weight = Case(
        *(When(key__startswith=kind, then=Value(points)) for kind, points in WEIGHTS.items()), default=Value(1)
    )
    found = (
        NameKey.objects.filter(area=actor.area, key__in=sorted(query_keys(name)))
        .values("child_id")
        .annotate(weight=Sum(weight))
        .order_by("-weight", "child_id")
    )
    return [row["child_id"] for row in found[:MOST_CANDIDATES]]


def _candidates(actor: Actor, asked: Asked) -> tuple[list[UUID], list[Child]]:
    """The keys of children with such a name, the likeliest first, and all children who answer a part of the search."""
    named = _by_name(actor, asked.name) if asked.name else []
    keys = set(named)
    if asked.numbers:
        keys |= set(_numbered(actor, asked.numbers).values_list("child_id", flat=True))
    if asked.postcode:
        homes = Address.objects.filter(area=actor.area, postcode=asked.postcode)
        keys |= set(homes.values_list("child_id", flat=True)[:MOST_CANDIDATES])
    if asked.born_on:
        born = visible(actor).filter(born_on__in=_days(asked))
        keys |= set(born.values_list("pk", flat=True)[:MOST_CANDIDATES])
    children = visible(actor).filter(pk__in=keys).defer("name_keys").prefetch_related(*_parts(actor, asked))
    return named, list(children)


def _days(asked: Asked) -> set[object]:
    """The day, and the same figures with day and month swapped."""
    day = asked.born_on
    swappable = day is not None and day.day <= 12  # noqa: PLR2004 - months
    return {day, day.replace(day=day.month, month=day.day)} if swappable and day else {day}


def _numbered(actor: Actor, numbers: Iterable[str]) -> QuerySet[Identifier]:
    wanted = {number for typed in numbers for number in (typed, typed.upper(), *near_numbers(typed.upper()))}
    return Identifier.objects.filter(area=actor.area, value__in=sorted(wanted))


def _parts(actor: Actor, asked: Asked) -> list[Prefetch[Any, Any, Any]]:
    parts: list[Prefetch[Any, Any, Any]] = [Prefetch("former_names", FormerName.objects.filter(area=actor.area))]
    if asked.numbers:
        parts.append(Prefetch("identifiers", _numbered(actor, asked.numbers)))
    if asked.postcode:
        parts.append(Prefetch("addresses", Address.objects.filter(area=actor.area, postcode=asked.postcode)))
    return parts


def _judge(asked: Asked, child: Child) -> Found:
    """Every part of the search that the child answers, with its reason; the score is the mean of the parts asked."""
    answers = []
    if asked.name:
        answers.append(_name_answer(asked.name, child))
    if asked.born_on:
        answers.append(_birth_answer(asked, child))
    if asked.postcode:
        answers.append(_home_answer(child))
    if asked.numbers:
        answers.append(_number_answer(asked, child))
    reasons = tuple(reason for _, reason in answers if reason)
    points = [points for points, _ in answers]
    return Found(child, round(sum(points) / len(points), 4), reasons, is_whole=all(points))


def _name_answer(name: str, child: Child) -> tuple[float, str]:
    best = score(name, child.full_name)
    reason = "" if best >= GOOD else "name spelt alike"
    if child.known_as and (points := score(name, f"{child.known_as} {child.family_name}")) > best:
        best, reason = points, f"known as {child.known_as}"
    for former in child.former_names.all():
        points = FORMER * score(name, str(former))
        if points > best:
            best, reason = points, f"was {former}{f' until {say_date(former.until)}' if former.until else ''}"
    return (best, reason) if best >= ENOUGH else (0.0, "")


def _birth_answer(asked: Asked, child: Child) -> tuple[float, str]:
    born = f"born {say_date(child.born_on)}"
    if child.born_on == asked.born_on:
        return SAME_DAY, born
    if asked.born_on and child.born_on in near_dates(asked.born_on):
        return NEAR_DAY, f"{born}, nearly the date you typed"
    return NO_DAY, ""


def _home_answer(child: Child) -> tuple[float, str]:
    homes = list(child.addresses.all())
    if not homes:
        return 0.0, ""
    if any(home.ends_on is None for home in homes):
        return 1.0, f"lives at {homes[0].postcode}"
    return PREVIOUS_HOME, f"lived at {homes[0].postcode}"


def _number_answer(asked: Asked, child: Child) -> tuple[float, str]:
    typed = {number.upper() for number in asked.numbers}
    numbers = sorted(child.identifiers.all(), key=lambda number: number.value.upper() not in typed)
    if not numbers:
        return 0.0, ""
    words = f"{numbers[0].get_kind_display()} {shown(numbers[0])}"
    if numbers[0].value.upper() in typed:
        return 1.0, words
    return NEAR_NUMBER, f"{words}, nearly the number you typed"
