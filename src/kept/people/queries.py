"""Read the record of children and families, always as the person who asks. What they may not see is not there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kept.access.acting import Actor
from kept.access.models import Grant, Relation
from kept.access.roles import Can
from kept.people.finding import PER_PAGE, Found, Results, search_children, visible
from kept.people.models import Address, Carer, Change, Child, ChildNeed, Enrolment, Identifier, ParentalLink
from kept.rules import ages

__all__ = [
    "PER_PAGE",
    "ChildSummary",
    "FamilyMember",
    "Found",
    "Results",
    "addresses_of",
    "carers_like",
    "child_summary",
    "children_seen",
    "enrolments_of",
    "family_of",
    "history_of",
    "identifiers_of",
    "links_of",
    "may_invite_young_person",
    "needs_of",
    "search_children",
]

MOST_HISTORY = 50
MOST_CARERS = 10


@dataclass(frozen=True)
class FamilyMember:
    """A carer as joined to a child.

    carer is None for a parent who asks about another parent: those who have parted may be in danger, so each sees their
    own name and contact details only. Those who work with the family see all.
    """

    link: ParentalLink
    carer: Carer | None
    is_running: bool

    @property
    def name(self) -> str:
        """Their name, or how they are related where the name is not for the person who asks."""
        return self.carer.name if self.carer else self.link.relationship.capitalize()


@dataclass(frozen=True)
class ChildSummary:
    """All that a child's page says. Lists hold what is running first, then what was."""

    child: Child
    age: str
    curriculum_year: str
    phase: str
    school_year: str
    is_young_person: bool
    school_age_ends: object
    former_names: tuple[object, ...]
    family: tuple[FamilyMember, ...]
    addresses: tuple[Address, ...]
    needs: tuple[ChildNeed, ...]
    enrolments: tuple[Enrolment, ...]
    identifiers: tuple[Identifier, ...]


def children_seen(actor: Actor) -> QuerySet[Child]:
    """Every child whom the actor may see, by name."""
    return visible(actor).order_by("sort_key", "pk")


def child_summary(actor: Actor, child_id: UUID) -> ChildSummary | None:
    """A child's page, or None when there is no such child for this person. Eight queries."""
    child = visible(actor).filter(pk=child_id).first()
    if child is None:
        return None
    year = ages.curriculum_year(child.born_on, actor.today)
    return ChildSummary(
        child=child,
        age=ages.say_age(child.born_on, max(actor.today, child.born_on)),
        curriculum_year=ages.say_year(year),
        phase=ages.phase(child.born_on, actor.today).value,
        school_year=ages.say_school_year(ages.school_year(actor.today)),
        is_young_person=ages.is_young_person(child.born_on, actor.today),
        school_age_ends=ages.compulsory_school_age_ends(child.born_on),
        former_names=tuple(child.former_names.order_by("-until")),
        family=tuple(family_of(actor, child_id)),
        addresses=tuple(addresses_of(actor, child_id)),
        needs=tuple(needs_of(actor, child_id)),
        enrolments=tuple(enrolments_of(actor, child_id)),
        identifiers=tuple(identifiers_of(actor, child_id)),
    )


def may_invite_young_person(actor: Actor, child: Child) -> bool:
    """Whether the person may invite the young person to their own record, which they do not see yet. One query."""
    if not actor.can(Can.EDIT_PEOPLE) or child.died_on or not ages.is_young_person(child.born_on, actor.today):
        return False
    own = Grant.objects.filter(running(actor), area=actor.area, child_id=child.pk, relation=Relation.YOUNG_PERSON)
    return not own.exists()


def running(actor: Actor) -> Q:
    """Rows that hold today or will."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)


def links_of(actor: Actor, child_id: UUID) -> QuerySet[ParentalLink]:
    """How carers are joined to the child, now and before."""
    return ParentalLink.objects.filter(area=actor.area, child_id=child_id).select_related("carer", "child")


def family_of(actor: Actor, child_id: UUID) -> list[FamilyMember]:
    """The child's parents and carers, those of today first. Two queries."""
    links = list(ParentalLink.objects.filter(area=actor.area, child_id=child_id))
    carers = Carer.objects.filter(area=actor.area).in_bulk({link.carer_id for link in links})
    members = [
        FamilyMember(link, _shown_to(actor, carers.get(link.carer_id)), link.is_running(actor.today)) for link in links
    ]
    return sorted(
        members,
        key=lambda member: (
            not member.is_running,
            not member.link.has_responsibility,
            member.name.casefold(),
            member.link.starts_on,
        ),
    )


def _shown_to(actor: Actor, carer: Carer | None) -> Carer | None:
    """The carer, unless the person who asks is of the family and it is not they. The database says so too."""
    if carer is None or actor.can(Can.SEE_RECORD) or carer.user_id == actor.user.pk:
        return carer
    return None


def addresses_of(actor: Actor, child_id: UUID) -> QuerySet[Address]:
    """Where the child lives and lived, the latest first; confidential ones only for those who may know."""
    found = Address.objects.filter(area=actor.area, child_id=child_id).select_related("holder")
    return found.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")


def needs_of(actor: Actor, child_id: UUID) -> QuerySet[ChildNeed]:
    """The child's needs, those of today first by rank, then earlier ones."""
    found = ChildNeed.objects.filter(area=actor.area, child_id=child_id)
    return found.order_by(F("ends_on").desc(nulls_first=True), "rank", "pk")


def enrolments_of(actor: Actor, child_id: UUID) -> QuerySet[Enrolment]:
    """Where the child is, was and will be educated, the latest first."""
    found = Enrolment.objects.filter(area=actor.area, child_id=child_id).select_related("setting")
    return found.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")


def identifiers_of(actor: Actor, child_id: UUID) -> QuerySet[Identifier]:
    """The numbers by which others know the child, the current ones first."""
    return Identifier.objects.filter(area=actor.area, child_id=child_id).order_by("-is_current", "kind", "value")


def history_of(actor: Actor, child_id: UUID) -> QuerySet[Change]:
    """What was changed on the record, by whom, the latest first; at most fifty.

    Of changes about one parent or carer, the family sees only those about the person who asks.
    """
    found = Change.objects.filter(area=actor.area, child_id=child_id).select_related("by")
    if not actor.can(Can.SEE_RECORD):
        own = Carer.objects.filter(area=actor.area, user=actor.user).values_list("pk", flat=True)
        found = found.filter(~Q(details__has_key="carer") | Q(details__carer__in=[str(key) for key in own]))
    return found.order_by("-at", "-pk")[:MOST_HISTORY]


def carers_like(
    actor: Actor, *, name: str, email: str = "", phone: str = "", besides: Collection[UUID] = ()
) -> list[Carer]:
    """Parents and carers already on the record who may be the one described: same email, telephone or name."""
    test = Q(name__iexact=name.strip())
    if email.strip():
        test |= Q(email__iexact=email.strip())
    if phone.strip():
        test |= Q(phone=phone.strip())
    found = Carer.objects.filter(test, area=actor.area).exclude(pk__in=besides).prefetch_related("links__child")
    return list(found.order_by("name", "pk")[:MOST_CARERS])
