"""Invite somebody to a role, say what an invitation says, and accept it once."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kept.access import actions as access
from kept.access.accounts import NOT_STAFF, account_for, clean_name
from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency, Area, Membership, Relation, Team, User
from kept.access.predicates import BE_FAMILY, SEE_CHILD, check_allows
from kept.access.roles import ROLES, Can, Role
from kept.administration.models import Invitation, new_secret
from kept.people.actions import families
from kept.people.facts import NotPossible
from kept.people.models import Carer
from kept.people.queries import children_seen, links_of
from kept.rules import ages
from kept.rules.identifiers.emails import email_address

log = logging.getLogger(__name__)

SALT = "kept.invitation"
OPEN_FOR = {True: timedelta(days=14), False: timedelta(days=7)}  # families, staff
NEEDS_AGENCY = {Role.PROFESSIONAL, Role.DESIGNATED_OFFICER, Role.SCHOOL, Role.TRANSPORT, Role.PROVIDER}
GONE = {
    "accepted": "This invitation was used already. Sign in with the address to which it was sent.",
    "withdrawn": "This invitation was withdrawn. Ask whoever sent it.",
    "expired": "This invitation is too old. Ask whoever sent it for a new one.",
    "replaced": "A newer invitation was sent. Open the link in the newest email.",
}
UNKNOWN = "This link is not one of ours, or part of it is missing. Open the whole link from the email."


class NotUsable(Exception):
    """An invitation that cannot be used; the text is a sentence for whoever holds it."""


@dataclass(frozen=True)
class Offer:
    """An invitation as whoever opens the link may see it."""

    key: UUID
    area: Area
    email: str
    name: str
    role: str
    role_name: str
    role_words: str
    allows: tuple[str, ...]
    inviter: str
    agency: str


def offered_roles(by: Actor) -> list[Role]:
    """The roles to which the actor may invite, by name."""
    if by.can(Can.MANAGE_ACCESS):
        return sorted(set(Role) - NOT_STAFF - {Role.SYSTEM}, key=lambda role: ROLES[role].name)
    return []


def _check_may_invite(by: Actor, role: Role, *, email: str, carer: Carer | None, child_id: UUID | None) -> None:
    if role is Role.SYSTEM:
        raise Refused("Nobody can be invited to be Kept itself.")
    if role is Role.FAMILY:
        check_can(by, Can.EDIT_PEOPLE)
        if carer is None and child_id is None:
            raise Refused("Invite a parent or carer from their own entry in the record.")
        if carer is None:
            _check_young_person(by, child_id, email)
    elif role is Role.ADVOCATE:
        check_allows(by, BE_FAMILY, child_id)
    elif role is Role.PROVIDER and by.can(Can.EDIT_OFFER):
        return
    else:
        check_can(by, Can.MANAGE_ACCESS)


def _check_young_person(by: Actor, child_id: UUID | None, email: str) -> None:
    """The child is over compulsory school age, and the address is not that of a parent or carer of theirs."""
    check_allows(by, SEE_CHILD, child_id)
    child = children_seen(by).get(pk=child_id)
    if not ages.is_young_person(child.born_on, by.today):
        ends = ages.compulsory_school_age_ends(child.born_on)
        raise Refused(f"{child.first_name} is of compulsory school age until {ends:%-d %B %Y}.")
    if child.died_on:
        raise Refused(f"{child.first_name} died. No letter or message is sent about them.")
    theirs = Q(carer__email__iexact=email) | Q(carer__user__email__iexact=email)
    if links_of(by, child.pk).filter(theirs).exists():
        raise Refused(f"This is the address of {child.first_name}’s parent or carer. Enter their own.")


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    role: Role,
    link_to: str,
    agency: Agency | None = None,
    team: Team | None = None,
    carer: Carer | None = None,
    child_id: UUID | None = None,
) -> Invitation:
    """Invite an address to a role. An open invitation of the same address to the same role is sent anew instead.

    link_to: the address of the page of an invitation, with "TOKEN" where its own part goes. Raises Refused, ValueError.
    """
    try:
        address, now = email_address(email).lower(), timezone.now()
    except ValueError as problem:
        raise Refused(str(problem)) from None
    _check_may_invite(by, role, email=address, carer=carer, child_id=child_id)
    if role in NEEDS_AGENCY and agency is None:
        raise Refused(f"Say which service the {ROLES[role].name.lower()} works for.")
    if team is not None and (agency is None or team.agency_id != agency.pk):
        raise Refused("The team belongs to another service.")
    for thing in (agency, team, carer):
        if thing is not None and thing.area_id != by.area.pk:
            raise Refused("This belongs to another area.")
    open_ones = Invitation.objects.select_for_update().filter(area=by.area, email=address, role=role, agency=agency)
    found = open_ones.filter(carer=carer, child_id=child_id, accepted_at=None, withdrawn_at=None).first()
    made = found or Invitation(
        area=by.area, email=address, role=role, agency=agency, carer=carer, child_id=child_id, invited_by=by.user
    )
    made.name, made.team = clean_name(name), team
    made.secret, made.sent_at, made.expires_at = new_secret(), now, now + OPEN_FOR[role in NOT_STAFF]
    made.problem = ""
    made.save()
    letter = letter_of(made, by=by, link=link_to.replace("TOKEN", token_of(made)))
    transaction.on_commit(partial(_send, letter, made.pk, by.area))
    return made


def _send(letter: EmailMessage, key: UUID, area: Area) -> None:
    """Hand the email over, after the request is done. What the mail server refuses stands beside the invitation."""
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as problem:
        log.warning("An invitation did not go: %s", problem)
        with acting_as_system(area) as kept:
            words = " ".join(str(problem).split())[:300] or "The mail server did not take it."
            Invitation.objects.filter(area=kept.area, pk=key).update(problem=words)


def letter_of(invitation: Invitation, *, by: Actor, link: str) -> EmailMessage:
    """The email: who invites, to what, in plain words, until when."""
    facts, until = invitation.facts, timezone.localtime(invitation.expires_at)
    service = f" for {invitation.agency}" if invitation.agency else ""
    words = (
        f"Hello {invitation.name},\n\n{by.user.name} invites you to use Kept in {by.area.name}{service}.\n\n"
        f"Your role would be: {facts.name}. {facts.description}\n\n"
        f"To accept, open this page by {until:%-d %B %Y}:\n{link}\n\n"
        "The link is yours alone and works once. If you did not expect this, do nothing: no account is made unless you "
        "accept.\n"
    )
    subject = " ".join(f"Your invitation to Kept in {by.area.name}".split())
    return EmailMessage(subject, words, to=[invitation.email], headers={"X-Kept-Key": str(invitation.pk)})


def token_of(invitation: Invitation) -> str:
    """The signed part of the link: which area, which invitation, which letter."""
    facts = {"a": str(invitation.area_id), "i": str(invitation.pk), "s": invitation.secret}
    return signing.dumps(facts, salt=SALT, compress=True)


def _opened(token: str) -> tuple[Area, UUID, str]:
    try:
        facts = signing.loads(token, salt=SALT)
        area = Area.objects.get(pk=facts["a"])
        return area, UUID(facts["i"]), str(facts["s"])
    except (signing.BadSignature, Area.DoesNotExist, KeyError, ValueError, TypeError) as fault:
        raise NotUsable(UNKNOWN) from fault


def _usable(area: Area, key: UUID, secret: str) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).filter(area=area, pk=key)
    invitation = found.select_related("invited_by", "agency", "carer").first()
    if invitation is None:
        raise NotUsable(UNKNOWN)
    state = invitation.state(timezone.now())
    if state == "open" and not constant_time_compare(invitation.secret, secret):
        state = "replaced"
    if state != "open":
        raise NotUsable(GONE[state])
    return invitation


def read(token: str) -> Offer:
    """What the link offers. Raises NotUsable, with a sentence, for one that is forged, used, withdrawn or too old."""
    area, key, secret = _opened(token)
    with acting_as_system(area):
        invitation = _usable(area, key, secret)
    facts = invitation.facts
    return Offer(
        key=invitation.pk,
        area=area,
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        role_name=facts.name,
        role_words=facts.description,
        allows=tuple(sorted(what.value for what in facts.can)),
        inviter=invitation.invited_by.name,
        agency=str(invitation.agency or ""),
    )


@transaction.atomic
def accept(token: str, *, name: str, signed_in: User | None = None) -> tuple[User, Area]:
    """Accept an invitation, once: the account of its address holds the role from today. Raises NotUsable.

    Whoever holds the letter has proven the address; somebody signed in with another account is told so.
    """
    area, key, secret = _opened(token)
    with acting_as_system(area) as system:
        invitation = _usable(area, key, secret)
        if signed_in is not None and signed_in.email != invitation.email:
            raise NotUsable(f"You are signed in as {signed_in.email}. Sign out, then open the link again.")
        user = account_for(email=invitation.email, name=name)
        if not user.is_active:
            raise NotUsable("The account of this address is closed. Ask the administrator to open it again.")
        _give_role(system, invitation, user)
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
    return user, area


def _give_role(system: Actor, invitation: Invitation, user: User) -> None:
    facts = {"area": system.area, "user": user, "role": invitation.role, "agency": invitation.agency}
    held = Membership.objects.filter(**facts)
    if not any(one.is_running(system.today) and one.ends_on is None for one in held):
        Membership.objects.create(**facts, team=invitation.team, starts_on=system.today)
    if invitation.carer:
        try:
            families.link_account(by=system, carer=invitation.carer, user=user)
        except NotPossible as fault:
            raise NotUsable(str(fault)) from fault
    if invitation.role == Role.FAMILY and invitation.child_id:
        child = children_seen(system).get(pk=invitation.child_id)
        try:
            families.open_to_young_person(by=system, child=child, user=user, on=system.today)
        except NotPossible as fault:
            raise NotUsable(str(fault)) from fault
    if invitation.role == Role.ADVOCATE and invitation.child_id:
        source = f"invitation:{invitation.pk}"
        access.grant(
            by=system,
            child_id=invitation.child_id,
            user=user,
            relation=Relation.ADVOCATE,
            starts_on=system.today,
            reason=f"Invited by {invitation.invited_by.name}",
            source=source,
        )


@transaction.atomic
def withdraw(*, by: Actor, invitation: Invitation) -> None:
    """Take an open invitation back. Raises Refused."""
    if invitation.invited_by_id != by.user.pk:
        check_can(by, Can.MANAGE_ACCESS)
    found = Invitation.objects.select_for_update().filter(area=by.area, pk=invitation.pk, accepted_at=None)
    found.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
