"""Make the letter of a notice for one recipient, and say what is still missing. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kept.access.acting import Actor
from kept.cases.folding import state_of
from kept.cases.models import Case
from kept.design.symbols import credit
from kept.design.words import day
from kept.letters import Letter, Look, text
from kept.letters.addresses import read_address
from kept.notices.counting import Dates, dates_for, served_on
from kept.notices.hooks import waits_of
from kept.notices.models import Enclosure, Letterhead, Notice, Recipient, Way, Wording
from kept.notices.recipients import SETTING_ROLES, required_roles, secrets_kept_from, squeezed
from kept.notices.sorts import SORTS, Sort
from kept.notices.wording import FIELDS, Filled, Template, Wrong, fill, needs_of, our_template, statement
from kept.people.queries import addresses_of
from kept.rules.process import CaseState

# What every council's letters must name; regulation 32 asks for most of it.
LETTERHEAD: Mapping[str, str] = {
    "council": "Name of the council, as it stands on letters",
    "address": "Address of the service, in lines",
    "la_contact": "Whom to ask: a team or a post",
    "la_phone": "Telephone",
    "la_email": "Email address",
    "adviser": "Mediation adviser: who it is",
    "adviser_contact": "Mediation adviser: telephone, email and web address",
    "disagreement": "Disagreement resolution service: who it is",
    "disagreement_contact": "Disagreement resolution service: how to reach it",
    "sendiass": "Information, advice and support service (SENDIASS): who it is",
    "sendiass_contact": "Information, advice and support service: how to reach it",
    "schools_where": "Where families find information about schools and colleges, in a sentence",
    "tribunal": "How to reach the Tribunal, in a sentence",
}
TRIBUNAL = (
    "How to appeal is on www.gov.uk/courts-tribunals/first-tier-tribunal-special-educational-needs-and-disability"
)
# Where a family is told what will be done, or that nothing more will be, the lists on which the child waits matter.
TELL_OF_WAITS = frozenset({"N2-refuse", "N2-yes", "N3"})
TYPED_DAYS = ("views_by", "takes_effect_on", "review_by")


@dataclass(frozen=True)
class Office:
    """What the letters of the area say of the council, and how long its post takes."""

    facts: Mapping[str, str] = field(default_factory=dict)
    post_days: int = 2


def office_of(by: Actor) -> Office:
    """The letterhead in force; an empty one when there is none."""
    found = Letterhead.objects.filter(area=by.area).order_by("-made_at", "-pk").first()
    return Office(found.facts, found.post_days) if found else Office()


def wording_of(by: Actor, sort: Sort, *, easy: bool) -> Wording | None:
    """The council's own template in force; None when it has made none."""
    found = Wording.objects.filter(area=by.area, sort=sort.key, is_easy=easy)
    return found.order_by("-version").first()


def template_of(wording: Wording | None, sort: Sort) -> Template:
    """The template, or the one that comes with Kept."""
    return Template(wording.title, wording.body) if wording else our_template(sort)


@dataclass
class Desk:
    """All that the letters of one notice are made from, read once."""

    by: Actor
    notice: Notice
    case: Case
    sort: Sort
    office: Office
    state: CaseState | None
    recipients: list[Recipient]
    enclosures: list[Enclosure]
    wordings: dict[bool, Wording | None]
    dated: date

    def template(self, *, easy: bool) -> Template:
        """The template for standard and large print, or for easy read."""
        return template_of(self.wordings[easy], self.sort)


def desk_of(by: Actor, notice: Notice, *, dated: date) -> Desk:
    """Read everything for a notice. `dated`: the day that the letters will bear."""
    sort = SORTS[notice.sort]
    return Desk(
        by,
        notice,
        notice.case,
        sort,
        office_of(by),
        state_of(notice.case, by.today),
        list(notice.recipients.filter(area=by.area).select_related("carer", "agency")),
        list(notice.enclosures.filter(area=by.area).defer("content")),
        {easy: wording_of(by, sort, easy=easy) for easy in (False, True)},
        dated,
    )


def dates_of(desk: Desk, recipient: Recipient | None = None) -> Dates:
    """The days that the letter to a recipient tells: the latest that any way of sending gives the family."""
    by_post = recipient is None or recipient.way == Way.POST
    served = served_on(desk.dated, by_post=by_post, post_days=desk.office.post_days)
    return dates_for(desk.state, desk.sort, event_on=desk.notice.event_on, dated=desk.dated, served=served)


def values_of(desk: Desk, recipient: Recipient) -> dict[str, str | Sequence[str]]:
    """The value of every field in the letter to a recipient; empty where there is none."""
    child, facts = desk.case.child, desk.notice.facts
    told = dates_of(desk, recipient)
    is_you = recipient.is_young_person
    whose = "your" if is_you else f"{child.first_name}’s"
    officer = desk.case.officer.name if desk.case.officer else ""
    days = {
        name: day(value, "")
        for name in Dates.__dataclass_fields__
        if name not in {"dated", "served", "cease_from"} and (value := getattr(told, name)) is not None
    }
    typed_days = {name: day(date.fromisoformat(facts[name]), "") for name in TYPED_DAYS if facts.get(name)}
    return {
        **{name: str(value) for name, value in desk.office.facts.items()},
        "tribunal": str(desk.office.facts.get("tribunal") or TRIBUNAL),
        "child": child.full_name,
        "first_name": child.first_name,
        "who": "you" if is_you else child.first_name,
        "whose": whose,
        "Whose": whose[:1].upper() + whose[1:],
        "born": day(child.born_on),
        "officer": officer,
        "dated": day(desk.dated),
        "decided_on": day(told.event_on, ""),
        "meeting_where": str(facts.get("meeting_where", "")),
        "reasons": str(facts.get("reasons", "")),
        "changes_listed": [line.strip("-• \t") for line in str(facts.get("changes", "")).splitlines() if line.strip()],
        "enclosures": [one.title for one in desk.enclosures],
        "will_assess_words": WILL_ASSESS.get(str(facts.get("will_assess", "")), ""),
        "cease_words": _cease_words(told),
        **days,
        **typed_days,
    }


WILL_ASSESS = {
    "yes": "We will carry out an EHC needs assessment.",
    "no": "We will not carry out an EHC needs assessment now. The plan goes on as it is.",
}


def _cease_words(told: Dates) -> str:
    if told.cease_from is None:
        return ""
    return (
        "We must keep the plan, and give all the help in it, until the time to appeal has passed. It cannot end before "
        f"{day(told.cease_from)}. If you appeal, it goes on until the appeal is decided."
    )


def filled_for(desk: Desk, recipient: Recipient) -> Filled:
    """The words of the letter to a recipient, with what had no value."""
    easy = recipient.look == Look.EASY
    filled = fill(desk.template(easy=easy), desk.sort, values_of(desk, recipient), easy=easy)
    if not recipient.is_family and desk.sort.key != "N6":
        note = statement("copy_note", desk.sort, easy=False) or ""
        filled.blocks.insert(0, text(_plain(note, desk)))
    if recipient.is_family and desk.sort.key in TELL_OF_WAITS:
        filled.blocks += waits_of(desk.by, desk.case.child_id, easy=easy)
    return filled


def _plain(words: str, desk: Desk) -> str:
    child = desk.case.child
    return words.replace("{{child}}", child.full_name).replace("{{born}}", day(child.born_on))


def letter_for(desk: Desk, recipient: Recipient) -> Letter:
    """The letter to a recipient as it stands, even where something is missing (then it says so in place)."""
    filled = filled_for(desk, recipient)
    address = read_address(recipient.address)
    facts = desk.office.facts
    contact = [facts.get("la_contact", ""), *str(facts.get("address", "")).splitlines()]
    contact += [facts.get("la_phone", ""), facts.get("la_email", "")]
    signed = [desk.case.officer.name, "Case officer"] if desk.case.officer else [facts.get("la_contact", "")]
    return Letter(
        title=filled.title,
        council=str(facts.get("council") or desk.by.area.name),
        sender=tuple(line for line in contact if line),
        recipient=recipient.name or recipient.role,
        address=address.shown if recipient.way == Way.POST else (),
        dated=day(desk.dated),
        reference=desk.case.reference,
        blocks=tuple(filled.blocks),
        signed=tuple(line for line in signed if line),
        look=Look(recipient.look),
        extra={"credit": credit()} if any(block.symbol for block in filled.blocks) else {},
    )


@dataclass
class Readiness:
    """What stops a notice, as sentences: by content, by recipient; and what only deserves a look."""

    content: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    look_at: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether it may go."""
        return not (self.content or self.people)


def readiness(desk: Desk) -> Readiness:
    """What is missing before this notice may go to everybody."""
    found = Readiness()
    _check_people(desk, found)
    _check_content(desk, found)
    found.content = list(dict.fromkeys(found.content))
    return found


def _check_content(desk: Desk, found: Readiness) -> None:
    have = {one.what for one in desk.enclosures}
    found.content += [f"Put in the {one}: the notice must hold it." for one in desk.sort.encloses if one not in have]
    living = [one for one in desk.recipients if not one.none_because]
    addresses = list(addresses_of(desk.by, desk.case.child_id))
    for recipient in living:
        filled = filled_for(desk, recipient)
        for name in filled.missing:
            found.content.append(_missing(name))
        for item, needed in needs_of(desk.sort).items():
            if not set(needed) <= filled.statements:
                found.content.append(f"The template leaves out {item}, which the law requires. Mend the template.")
        words = squeezed(letter_for(desk, recipient).all_words())
        if any(piece in words for piece in secrets_kept_from(addresses, recipient)):
            found.content.append(
                f"The letter to {recipient.name} holds a confidential address. Take it out of what you wrote."
            )
    takes_effect = desk.notice.facts.get("takes_effect_on", "")
    if takes_effect and takes_effect <= desk.dated.isoformat():
        found.content.append("The change must take effect after the letter: the law asks for reasonable notice.")
    meeting = desk.notice.event_on if desk.sort.key == "N6" else None
    if meeting and (meeting - desk.dated).days < 14:  # noqa: PLR2004 - regs 20(3), 21(3): two weeks
        found.look_at.append("The law asks for two weeks' notice of the meeting; there are fewer days left.")


def _missing(name: str) -> str:
    if name in LETTERHEAD:
        return f"The council's letterhead lacks: {LETTERHEAD[name][:1].lower()}{LETTERHEAD[name][1:]}."
    return {
        "reasons": "Write the reasons.",
        "changes_listed": "Write each change that is proposed.",
        "enclosures": "Put in what the letter says comes with it.",
        "meeting_where": "Write the time and place of the meeting.",
        "will_assess_words": "Say whether we will carry out an assessment.",
    }.get(name, f"The case does not yet give {FIELDS.get(name, name)}.")


def _check_people(desk: Desk, found: Readiness) -> None:
    roles = {one.role for one in desk.recipients}
    found.people += [
        f"Tell the {role}: nobody is there yet." for role in required_roles(desk.sort) if role not in roles
    ]
    papers_only = [one.title for one in desk.enclosures if not one.size]
    for one in desk.recipients:
        if one.none_because:
            if one.role not in SETTING_ROLES:
                found.people.append(f"The law requires that the {one.role} is told; “there is none” will not do.")
            continue
        who = one.name or one.role
        if not one.name.strip():
            found.people.append(f"Write the name of the {one.role or 'recipient'}.")
        if one.way == Way.POST:
            address = read_address(one.address)
            if address.is_empty:
                found.people.append(f"There is no address for {who}. Write one, or choose another way.")
            elif address.problem:
                found.look_at.append(f"{who}: {address.problem}")
        if one.way == Way.EMAIL and not one.email.strip():
            found.people.append(f"There is no email address for {who}. Write one, or choose another way.")
        if one.way == Way.EMAIL and papers_only:
            found.people.append(f"{papers_only[0]} is paper only, so the letter to {who} cannot go by email.")
        if one.carer and one.carer.interpreter_needed:
            found.look_at.append(f"{who} needs an interpreter: offer to explain the letter.")


def problems_of(by: Actor, notice: Notice, *, dated: date) -> Readiness:
    """What stops a notice dated so."""
    return readiness(desk_of(by, notice, dated=dated))


def check_ready(desk: Desk) -> None:
    """Raise Wrong with every reason why the notice may not go yet."""
    state = readiness(desk)
    if not state.is_ready:
        raise Wrong([*state.people, *state.content])
