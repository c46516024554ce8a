"""What a letter says of a wait: blocks for any letter, and a letter of its own."""

from __future__ import annotations

from uuid import UUID

from kept.access.acting import Actor
from kept.design.words import day
from kept.forecasts import scoring
from kept.forecasts.telling import Spoken, meanwhile, right_words, spoken
from kept.letters.letter import Block, Letter, bullets, dates, heading, text
from kept.waiting.models import Referral
from kept.waiting.queries import on_list_at, referrals


def blocks(actor: Actor, referral: Referral, found: Spoken) -> tuple[Block, ...]:
    """The part of a letter about one wait: the statement, how often they were right, what to do meanwhile."""
    one, service = found.statement, referral.stage.service
    made = [heading(f"How long you may wait for {service.name}"), text(found.sentence)]
    pairs = [("First asked for", day(referral.referral_made_on))]
    if one.first and one.last:
        pairs += [("Eight in ten are seen from", f"{one.first:%B %Y}"), ("to", f"{one.last:%B %Y}")]
    made += [dates(pairs), text(right_words(*scoring.right_lately(actor, one.stage_id)))]
    helps = [name for name, _ in meanwhile(actor, referral)]
    if helps:
        made += [heading("What you can use meanwhile"), text("You need nobody’s referral for these:"), bullets(helps)]
    made.append(
        text(
            "If things change or get worse, tell us: a child who needs help sooner can be seen sooner. "
            "You may ask at any time where your child stands and how this was worked out."
        )
    )
    return tuple(made)


def of_child(actor: Actor, child_id: UUID, easy: bool) -> tuple[Block, ...]:
    """What a notice says of the lists on which a child waits; empty where there is none. easy: in short sentences."""
    open_ones = referrals(actor).filter(on_list_at(actor.today), child_id=child_id)
    made: list[Block] = []
    for referral in open_ones.select_related("child", "stage__service__agency").order_by("referral_made_on", "pk"):
        found = spoken(actor, referral)
        if found is not None:
            made += _easy(referral, found) if easy else blocks(actor, referral, found)
    return tuple(made)


def _easy(referral: Referral, found: Spoken) -> tuple[Block, ...]:
    one, name, service = found.statement, referral.child.first_name, referral.stage.service.name
    told = [f"{name} is on a waiting list.", f"The list is for {service}."]
    if one.first and one.last:
        told += [
            f"Most children like {name} are seen between {one.first:%B %Y} and {one.last:%B %Y}.",
            "Some children wait longer.",
        ]
    else:
        told.append("We cannot say yet how long it will be.")
    told.append("If things get worse, tell us.")
    return (heading("Waiting"), *(text(words) for words in told))


def letter(actor: Actor, referral: Referral, found: Spoken) -> Letter:
    """A letter to the family about one wait."""
    agency = referral.stage.service.agency
    contact = [line for line in (agency.phone, agency.email) if line]
    return Letter(
        title=f"{referral.child.first_name}’s wait: {referral.stage.service.name}", council=agency.name,
        sender=(agency.name, *contact), recipient=f"The parents or carers of {referral.child.first_name}", address=(),
        dated=day(actor.today), reference=referral.ref, blocks=blocks(actor, referral, found), signed=(agency.name,),
    )  # fmt: skip
