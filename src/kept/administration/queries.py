"""Read accounts, invitations and reviews, always as the administrator who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from kept.access.accounts import NOT_STAFF
from kept.access.acting import Actor
from kept.access.models import Agency, Membership, Team, User
from kept.access.roles import Role
from kept.administration.models import Invitation, ReviewAnswer
from kept.administration.roles import quarter_of

STAFF, FAMILIES, FORMER = "staff", "families", "former"


def running_on(day: date) -> Q:
    """Memberships that hold on the day; both ends count."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def memberships(actor: Actor) -> QuerySet[Membership]:
    """Every role ever held in the area, but Kept's own."""
    return Membership.objects.filter(area=actor.area).exclude(role=Role.SYSTEM)


def people(
    actor: Actor, *, text: str = "", kind: str = STAFF, role: str = "", agency: Agency | None = None
) -> QuerySet[User]:
    """People of the area by name, with `held`: the roles that make them appear."""
    found = memberships(actor)
    if kind == FORMER:
        today = found.filter(running_on(actor.today))
        found = found.exclude(user__in=today.values("user"))
    else:
        found = found.filter(running_on(actor.today))
        families = [role.value for role in NOT_STAFF]
        found = found.filter(role__in=families) if kind == FAMILIES else found.exclude(role__in=families)
    if role:
        found = found.filter(role=role)
    if agency:
        found = found.filter(agency=agency)
    users = User.objects.filter(pk__in=found.values("user"))
    for word in text.split():
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word))
    held = found.select_related("agency", "team").order_by("role")
    return users.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held")).order_by("name", "pk")


def person(actor: Actor, pk: object) -> User | None:
    """Somebody who holds or held a role here."""
    return User.objects.filter(pk=pk, pk__in=memberships(actor).values("user")).first()


def roles_of(actor: Actor, user: User) -> list[Membership]:
    """Every role that somebody holds or held here, the newest first."""
    found = memberships(actor).filter(user=user).select_related("agency", "team")
    return list(found.order_by("-starts_on", "role"))


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the area, the newest first."""
    found = Invitation.objects.filter(area=actor.area).select_related("agency", "invited_by")
    return found.order_by("-sent_at", "pk")


def own_invitations(actor: Actor, child_id: UUID) -> list[Invitation]:
    """What the person sent to helpers of a child and nobody has accepted yet, the newest first."""
    mine = invitations(actor).filter(invited_by=actor.user, child_id=child_id, accepted_at=None, withdrawn_at=None)
    return list(mine.filter(expires_at__gt=timezone.now()))


def agencies_with_teams(actor: Actor) -> QuerySet[Agency]:
    """The agencies of the area with their teams."""
    teams = Prefetch("teams", queryset=Team.objects.filter(area=actor.area).order_by("name"), to_attr="team_list")
    return Agency.objects.filter(area=actor.area).prefetch_related(teams).order_by("name", "pk")


@dataclass(frozen=True)
class Review:
    """How far the quarter's review is."""

    quarter: date
    waiting: QuerySet[Membership]
    total: int
    answered: int


def review(actor: Actor) -> Review:
    """The roles of staff that nobody has looked at this quarter: never signed in first, then the longest ago."""
    quarter = quarter_of(actor.today)
    families = [role.value for role in NOT_STAFF]
    staff = memberships(actor).filter(running_on(actor.today)).exclude(role__in=families)
    answers = ReviewAnswer.objects.filter(area=actor.area, quarter=quarter).values("membership")
    waiting = staff.exclude(pk__in=answers).select_related("user", "agency", "team")
    total, left = staff.count(), waiting.count()
    return Review(
        quarter, waiting.order_by(F("user__last_login").asc(nulls_first=True), "user__name", "pk"), total, total - left
    )
